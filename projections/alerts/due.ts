import { type RuleKind, type RuleSet, ruleKinds } from '../../domain/governance/rules.js';
import type { Day } from '../../domain/values/calendar.js';
import type { Words } from '../../domain/values/words.js';
import { nextEntryOn } from '../facts/identity.js';
import { finished, type Steps } from '../facts/steps.js';
import { existsOn, figuresInSteps, type ProjectFigures, type ProjectState } from '../project/project.js';
import { behindPlan } from './rules/behind-plan.js';
import { declaredStall } from './rules/declared-stall.js';
import { forecastSlip } from './rules/forecast-slip.js';
import { itemOverdue, notStarted } from './rules/late-works.js';
import { limitsOf } from './rules/limits.js';
import { moneyGap } from './rules/money-gap.js';
import { type EvaluateRule, ruleInputOf } from './rules/rule-input.js';
import { rulesInForce } from './rules/rules-in-force.js';
import { silentStall, unreported } from './rules/silence.js';
import { stageLate } from './rules/stage-late.js';
import type { Watched } from './watched.js';

export type { Watched } from './watched.js';

/** The evaluation of the rules for a project on a day. */
export interface Due {
  on: Day;
  /** Every watched condition, due or not, in the order of the rules. */
  watched: Watched[];
  /** Rules that cannot be evaluated, with the missing data. */
  notJudged: { rule: RuleKind; why: Words }[];
  /** The next day on which the result changes without a further entry; null if there is none. */
  nextOn: Day | null;
}

/**
 * Evaluates the rules for a project on a day: which alerts are due, on which facts, and when next. It uses no clock.
 *
 * Time alone raises a severity, never lowers it: only an entry ends a condition. Nothing of a cancelled project is
 * watched.
 *
 * @param known the figures of the project on that day, if already computed
 */
export function dueAlerts(state: ProjectState, rules: RuleSet, on: Day, known?: ProjectFigures): Due {
  return finished(dueInSteps(state, rules, on, known));
}

/** The same in steps, one rule each. */
export function* dueInSteps(
  state: ProjectState,
  rules: RuleSet,
  on: Day,
  known?: ProjectFigures,
): Steps<Due> {
  const nextEntry = nextEntryOn(state.identity, on);
  if (!existsOn(state, on)) return { on, watched: [], notJudged: [], nextOn: nextEntry };
  const figures = known ?? (yield* figuresInSteps(state, on));
  yield;
  if (figures.stage?.stage === 'cancelled') return { on, watched: [], notJudged: [], nextOn: nextEntry };
  const input = ruleInputOf(state, figures, on);
  yield;
  const inForce = rulesInForce(rules.rules, { project: figures.project, ...figures.details });
  const watched: Watched[] = [];
  const notJudged: Due['notJudged'] = [];
  let nextOn = nextEntry;
  for (const kind of ruleKinds) {
    const rule = inForce.get(kind);
    if (!rule) continue;
    const judged = evaluations[kind](input, rule, limitsOf(rule));
    watched.push(...judged.watched);
    if (judged.why) notJudged.push({ rule: kind, why: judged.why });
    for (const day of judged.changesOn) if (nextOn === null || day < nextOn) nextOn = day;
    yield;
  }
  return { on, watched, notJudged, nextOn };
}

const evaluations: Readonly<Record<RuleKind, EvaluateRule>> = {
  'declared-stall': declaredStall,
  'silent-stall': silentStall,
  unreported,
  'behind-plan': behindPlan,
  'not-started': notStarted,
  'item-overdue': itemOverdue,
  'stage-late': stageLate,
  'forecast-slip': forecastSlip,
  'money-gap': moneyGap,
};
