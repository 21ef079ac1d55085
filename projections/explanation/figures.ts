import { planInForce } from '../completion/completion.js';
import type { CompletionFigure } from '../completion/figure-evidence.js';
import type { Found } from '../contradictions/contradictions.js';
import { type Fact, factsIn } from '../facts/facts.js';
import type { Line } from '../project/journal.js';
import type { CountedFigures } from './alert-terms.js';
import { type Evaluated, ExplainedAlerts } from './alerts.js';
import { ExplainedAnnual } from './annual.js';
import { ExplainedCompletion } from './completion.js';
import { earnedFigures } from './earned.js';
import type { ExplainedMoment } from './moment.js';
import { ExplainedMoney } from './money.js';
import type { Why } from './not-used.js';
import { openContradictions } from './register.js';
import { ExplainedSchedule } from './schedule.js';
import { ExplainedStalls } from './stalls.js';
import type { Term } from './terms/term.js';

/** True for a figure that follows from the rules. */
export function isOfRules(figure: string): boolean {
  return figure === 'light' || figure.startsWith('alert:');
}

interface FoundFigure {
  term: Term;
  why: (entry: Line) => Why | undefined;
}

const ofCompletion: readonly CompletionFigure[] = ['percent', 'floor', 'ceiling'];

/** The figures of a project at a moment, each as a term; what a figure does not follow from is not computed. */
export class Figures implements CountedFigures {
  private readonly plan: Fact<'PlanAdopted'> | undefined;
  private knownCompletion?: ExplainedCompletion;
  private knownMoney?: ExplainedMoney;
  private knownAnnual?: ExplainedAnnual;
  private knownSchedule?: ExplainedSchedule;
  private knownStalls?: ExplainedStalls;
  private knownAlerts?: ExplainedAlerts;

  /** @param known what takes long to find; without it no figure follows from it */
  constructor(
    private readonly moment: ExplainedMoment,
    private readonly known: { evaluated?: Evaluated | undefined; unsettled?: readonly Found[] | undefined },
  ) {
    this.plan = planInForce(factsIn(moment.state.completion), moment.asOf);
  }

  get completion(): ExplainedCompletion {
    const { state, asOf, lexiconVersion } = this.moment;
    const { facts } = state.completion;
    this.knownCompletion ??= new ExplainedCompletion(facts, this.plan, asOf, lexiconVersion);
    return this.knownCompletion;
  }

  get money(): ExplainedMoney {
    const { state, asOf } = this.moment;
    this.knownMoney ??= new ExplainedMoney(state.investment.facts, asOf);
    return this.knownMoney;
  }

  private get annual(): ExplainedAnnual {
    this.knownAnnual ??= new ExplainedAnnual(this.money);
    return this.knownAnnual;
  }

  get schedule(): ExplainedSchedule {
    const { state, asOf } = this.moment;
    this.knownSchedule ??= new ExplainedSchedule(state.schedule.facts, this.plan, asOf, this);
    return this.knownSchedule;
  }

  private get stalls(): ExplainedStalls {
    const { state, asOf } = this.moment;
    this.knownStalls ??= new ExplainedStalls(state.stalls.facts, asOf);
    return this.knownStalls;
  }

  private get alerts(): ExplainedAlerts | undefined {
    const { evaluated } = this.known;
    if (evaluated) this.knownAlerts ??= new ExplainedAlerts(evaluated, this.moment.state, this);
    return this.knownAlerts;
  }

  find(figure: string): FoundFigure | undefined {
    const colon = figure.indexOf(':');
    const [kind, about] = colon < 0 ? [figure, undefined] : [figure.slice(0, colon), figure.slice(colon + 1)];
    const ofWorks = ofCompletion.find((one) => one === kind);
    if (ofWorks) {
      const term = about === '' ? undefined : this.completion.term(ofWorks, about);
      return term && { term, why: (entry) => this.completion.why(entry, ofWorks, about) };
    }
    const ofMoney = this.moneyFigure(kind, about);
    if (ofMoney) return { term: ofMoney, why: this.money.whyNotIn(ofMoney) };
    if (figure === 'contradictions') {
      const { unsettled } = this.known;
      return unsettled && { term: openContradictions(unsettled), why: () => undefined };
    }
    const ofRules = figure === 'light' ? this.alerts?.light() : this.alerts?.alert(figure);
    if (ofRules) return { term: ofRules, why: () => undefined };
    const ofStalls = about === undefined ? undefined : this.stalls.figure(kind, about);
    if (ofStalls) return { term: ofStalls, why: (entry) => this.stalls.why(entry) };
    const ofPlan = this.planFigure(kind, about);
    const isOfWorks = figure === 'dated-percent' || figure === 'ahead';
    return (
      ofPlan && {
        term: ofPlan,
        why: (entry) =>
          isOfWorks ? this.completion.why(entry, 'percent') : this.schedule.why(entry, figure),
      }
    );
  }

  names(items: readonly string[]): string[] {
    const names = [
      ...ofCompletion,
      ...['invested', 'share-of-plan', 'planned-investment', 'implied-investment'],
      ...['annual-plan', 'annual-invested', 'annual-share', 'elapsed', 'annual-ahead'],
      ...['planned', 'dated-percent', 'ahead'],
      ...earnedFigures,
      ...this.annual.figures,
      ...this.money.latest.map((entry) => `money:${entry}`),
      ...this.schedule.figures,
      ...this.stalls.figures,
      'light',
      ...(this.alerts?.figures ?? []),
      ...ofCompletion.flatMap((figure) => items.map((item) => `${figure}:${item}`)),
    ];
    return names.filter((name) => this.find(name) !== undefined);
  }

  private moneyFigure(kind: string, about: string | undefined): Term | undefined {
    if (kind === 'money') return about === undefined ? undefined : this.money.stated(about);
    if (about !== undefined) return this.annual.figure(kind, about);
    switch (kind) {
      case 'invested':
        return this.money.invested();
      case 'share-of-plan':
        return this.money.shareOfPlan();
      case 'planned-investment':
        return this.money.planned();
      case 'implied-investment':
        return this.money.implied();
      default:
        return this.annual.figure(kind, undefined);
    }
  }

  private planFigure(kind: string, about: string | undefined): Term | undefined {
    if (about !== undefined) return this.schedule.named(kind, about);
    switch (kind) {
      case 'planned':
        return this.schedule.planned();
      case 'dated-percent':
        return this.schedule.dated();
      case 'ahead':
        return this.schedule.ahead();
      default:
        return this.schedule.earned(kind);
    }
  }
}
