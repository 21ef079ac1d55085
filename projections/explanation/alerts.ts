import { type AdoptedRules, lightRank } from '../../domain/governance/rules.js';
import { dayWords } from '../../domain/values/day-words.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { joined, type Words } from '../../domain/values/words.js';
import { type Due, dueInSteps } from '../alerts/due.js';
import { ruleWords } from '../alerts/happening-words.js';
import { exemptionOf } from '../alerts/life/exemptions.js';
import type { ProjectDays } from '../alerts/project-on-day.js';
import { identity } from '../facts/identity.js';
import type { Steps } from '../facts/steps.js';
import type { ProjectState } from '../project/project.js';
import { alertFigure } from './alert-figure.js';
import { AlertTerms, type CountedFigures } from './alert-terms.js';
import { type FoundCondition, FoundConditions } from './found-conditions.js';
import { highest, nothing, type Term } from './terms/term.js';

/** The evaluation of the rules for a project on a day, with what each of them counted. */
export interface Evaluated {
  due: Due;
  conditions: readonly FoundCondition[];
  rules: AdoptedRules;
}

/**
 * Evaluates the rules, as alerts and lights do, in steps.
 *
 * @param days of the same project
 */
export function* evaluatedInSteps(
  state: ProjectState,
  rules: AdoptedRules,
  on: Day,
  days?: ProjectDays,
): Steps<Evaluated> {
  const found: FoundConditions[] = [];
  const due = yield* dueInSteps(state, rules, on, undefined, days, (...given) => {
    const conditions = new FoundConditions(...given);
    found.push(conditions);
    return conditions;
  });
  return { due, rules, conditions: found.flatMap(({ conditions }) => conditions) };
}

/** The light of a project and its alerts as terms. */
export class ExplainedAlerts {
  private readonly conditions = new Map<string, FoundCondition>();
  private readonly terms: AlertTerms;

  constructor(
    private readonly evaluated: Evaluated,
    private readonly state: ProjectState,
    figures: CountedFigures,
  ) {
    for (const one of evaluated.conditions) {
      const figure = alertFigure(one.watched);
      if (!this.conditions.has(figure)) this.conditions.set(figure, one);
    }
    this.terms = new AlertTerms(evaluated.due.on, evaluated.rules.version, figures);
  }

  /** Everything that is watched, due or not. */
  get figures(): string[] {
    return [...this.conditions.keys()];
  }

  /** The most severe of the alerts that are due. */
  light(): Term {
    const { conditions, due } = this.evaluated;
    const rankOf = ({ watched }: FoundCondition) => lightRank(watched.severity);
    const [first, ...others] = conditions
      .filter((one) => rankOf(one) > 0)
      .sort((a, b) => rankOf(b) - rankOf(a))
      .map((one) => this.term(one));
    const lacking = due.notJudged.map(({ rule, why }) => ({
      en: `${ruleWords[rule].en} (${why.en})`,
      zh: `${ruleWords[rule].zh}（${why.zh}）`,
    }));
    const names = joined(lacking, { en: '; ', zh: '；' });
    const beside =
      lacking.length === 0 ? [] : [{ en: `Not evaluated: ${names.en}.`, zh: `未判断：${names.zh}。` }];
    const of = {
      name: { en: 'Light', zh: '预警灯' },
      unit: 'light',
      figure: 'light',
      words: sentences([first ? mostSevere : nothingDue, ...beside]),
    } as const;
    return first ? highest([first, ...others], of) : nothing(0, of);
  }

  /** One alert, due or not; undefined for one that no rule watches. */
  alert(figure: string): Term | undefined {
    const found = this.conditions.get(figure);
    return found && this.term(found);
  }

  private term(one: FoundCondition): Term {
    const { watched } = one;
    const said = [watched.reason, ...this.asides(one)];
    return this.terms.alert(one, alertFigure(watched), sentences(said));
  }

  /** What does not change the severity, and yet decides who is notified, or what stays open. */
  private asides({ watched, rule }: FoundCondition): Words[] {
    const { due, rules } = this.evaluated;
    const { explainedBy = [], isHeld, clears, severity } = watched;
    const { details } = identity.view(this.state.identity, due.on);
    const { district, sector } = details;
    const of = { ...(district ? { district } : {}), ...(sector ? { sector } : {}) };
    const project = this.state.identity.project ?? '';
    const exempt = exemptionOf({ rule: watched.rule, project, of }, rules, due.on);
    return [
      ...(explainedBy.length > 0 ? [explainedWords(explainedBy.join(', '))] : []),
      ...(exempt ? [exemptWords(exempt)] : []),
      ...(isHeld ? [heldWords(rule.marginPoints)] : []),
      ...(severity === null ? [] : [{ en: `Ends by: ${clears.en}`, zh: `解除条件：${clears.zh}` }]),
    ];
  }
}

const mostSevere = { en: 'The most severe of the alerts that are due.', zh: '取应预警事项中最严重者。' };
const nothingDue = { en: 'Nothing that the rules watch is due.', zh: '规则所监测的事项均未到预警条件。' };

function explainedWords(stalls: string): Words {
  return {
    en: `The declared stall ${stalls} explains it: nobody is notified.`,
    zh: `已申报的停工/受阻 ${stalls} 可以解释，不另行通知。`,
  };
}

function exemptWords({ from, to, reason }: { from: Day; to: Day; reason: string }): Words {
  const [first, last] = [dayWords(from), dayWords(to)];
  return {
    en: `Exempt from ${first.en} to ${last.en} (${reason}): nobody is notified, no deadline runs.`,
    zh: `${first.zh}至${last.zh}豁免（${reason}）：不通知，限期不计。`,
  };
}

function heldWords(points: number): Words {
  return {
    en: `It is within ${points} points below its limit, so that an alert that is open stays open.`,
    zh: `低于界限不足 ${points} 个百分点，已发预警保持不变。`,
  };
}

function sentences(all: readonly Words[]): Words {
  return joined([...all], { en: ' ', zh: '' });
}
