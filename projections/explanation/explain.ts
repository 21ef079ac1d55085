import type { Day } from '../../domain/values/calendar.js';
import { planInForce } from '../completion/completion.js';
import type { CompletionFigure } from '../completion/figure-evidence.js';
import type { Fact } from '../facts/facts.js';
import { finished, type Steps } from '../facts/steps.js';
import { type JournalEntry, journalInSteps } from '../project/journal.js';
import type { ProjectState } from '../project/project.js';
import { ExplainedCompletion } from './completion.js';
import { type Explanation, entriesIn, nodesOf } from './explanation.js';
import { ExplainedMoney } from './money.js';
import { notUsedIn, type Why } from './not-used.js';
import { ExplainedSchedule } from './schedule.js';
import type { Term } from './term.js';

/** A project at a moment. */
export interface ExplainedMoment {
  state: ProjectState;
  asOf: Day;
  /** Of the lexicon by which its entries were read, and of the rules in force. */
  lexiconVersion: number;
  rulesVersion: number;
  /** The same project with what was recorded since; absent if nothing was. */
  latest?: Pick<ProjectState, 'journal'> | undefined;
}

/** A day after every other one. */
const lastDay = '9999-12-31';

/**
 * Explains one figure of a project by the fold: every number down to the entries, and the entries that do not count for
 * it; undefined for a figure that the project does not have at the moment.
 *
 * Figures: `percent`, `floor`, `ceiling` of the project, and of an item or a group `percent:ITEM` and so on; `invested`,
 * `share-of-plan`, `annual-share`, `elapsed`, `annual-ahead`, `money:ENTRY`; `planned`, `dated-percent`, `ahead`,
 * `slip:TARGET`, `slip:ITEM:start`.
 */
export function explain(moment: ExplainedMoment, figure: string): Explanation | undefined {
  return finished(explainInSteps(moment, figure));
}

/** The same in steps. */
export function* explainInSteps(moment: ExplainedMoment, figure: string): Steps<Explanation | undefined> {
  const { state, asOf, lexiconVersion, rulesVersion, latest } = moment;
  const found = new Figures(moment).find(figure);
  if (!found) return undefined;
  yield;
  const nodes = nodesOf(found.term);
  const plan = planInForce(state.completion.facts, asOf);
  const used = entriesIn(nodes);
  if (plan) used.add(plan.id);
  yield;
  const { entries: known } = yield* journalInSteps(state.journal, lastDay);
  const later = yield* laterEntries(known.length, latest);
  return {
    figure,
    plan: plan ? { version: plan.data.version, entry: plan.id } : null,
    lexiconVersion,
    rulesVersion,
    nodes,
    entries: known.filter(({ id }) => used.has(id)),
    ...notUsedIn({ known, later, asOf, used }, found.why),
  };
}

/** The figures that `explain` has for a project at a moment. */
export function explainable(moment: ExplainedMoment): string[] {
  const { state, asOf } = moment;
  const figures = new Figures(moment);
  const items = planInForce(state.completion.facts, asOf)?.data.items ?? [];
  return figures.names(items.map(({ id }) => id));
}

interface FoundFigure {
  term: Term;
  why: (entry: JournalEntry) => Why | undefined;
}

const ofCompletion: readonly CompletionFigure[] = ['percent', 'floor', 'ceiling'];

class Figures {
  private readonly completion: ExplainedCompletion;
  private readonly plan: Fact<'PlanAdopted'> | undefined;
  private knownMoney?: ExplainedMoney;
  private knownSchedule?: ExplainedSchedule;

  constructor(private readonly moment: ExplainedMoment) {
    const { state, asOf, lexiconVersion } = moment;
    this.plan = planInForce(state.completion.facts, asOf);
    this.completion = new ExplainedCompletion(state.completion.facts, this.plan, asOf, lexiconVersion);
  }

  private get money(): ExplainedMoney {
    const { state, asOf } = this.moment;
    this.knownMoney ??= new ExplainedMoney(state.investment.facts, asOf);
    return this.knownMoney;
  }

  private get schedule(): ExplainedSchedule {
    const { state, asOf } = this.moment;
    this.knownSchedule ??= new ExplainedSchedule(state.schedule.facts, this.plan, asOf, this.completion);
    return this.knownSchedule;
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
    if (ofMoney) return { term: ofMoney, why: (entry) => this.money.why(entry, ofMoney) };
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
      ...['invested', 'share-of-plan', 'annual-share', 'elapsed', 'annual-ahead'],
      ...['planned', 'dated-percent', 'ahead'],
      ...this.money.latest.map((entry) => `money:${entry}`),
      ...this.schedule.targets.map((target) => `slip:${target}`),
      ...ofCompletion.flatMap((figure) => items.map((item) => `${figure}:${item}`)),
    ];
    return names.filter((name) => this.find(name) !== undefined);
  }

  private moneyFigure(kind: string, about: string | undefined): Term | undefined {
    if (kind === 'money') return about === undefined ? undefined : this.money.stated(about);
    if (about !== undefined) return undefined;
    switch (kind) {
      case 'invested':
        return this.money.invested();
      case 'share-of-plan':
        return this.money.shareOfPlan();
      case 'annual-share':
        return this.money.annualShare();
      case 'elapsed':
        return this.money.elapsed();
      case 'annual-ahead':
        return this.money.annualAhead();
      default:
        return undefined;
    }
  }

  private planFigure(kind: string, about: string | undefined): Term | undefined {
    if (kind === 'slip') return about === undefined ? undefined : this.schedule.slip(about);
    if (about !== undefined) return undefined;
    switch (kind) {
      case 'planned':
        return this.schedule.planned();
      case 'dated-percent':
        return this.schedule.dated();
      case 'ahead':
        return this.schedule.ahead();
      default:
        return undefined;
    }
  }
}

/** The entries that were recorded after the known ones. */
function* laterEntries(known: number, latest: ExplainedMoment['latest']): Steps<readonly JournalEntry[]> {
  if (!latest || latest.journal.lines.length <= known) return [];
  const { entries } = yield* journalInSteps(latest.journal, lastDay);
  return entries.slice(known);
}
