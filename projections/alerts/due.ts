import { type RuleKind, type RuleSet } from '../../domain/governance/rules.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { Words } from '../../domain/values/words.js';
import { nextEntryOn } from '../facts/identity.js';
import { finished, type Steps } from '../facts/steps.js';
import { existsOn, type ProjectFigures, type ProjectState } from '../project/project.js';
import { type TakenBack, takenBack } from '../project/taken-back.js';
import { Explanations } from './explained.js';
import { EvidenceOnDay, ProjectDays } from './project-on-day.js';
import { isWatched } from './rules/every-rule.js';
import type { RuleEvidence, RuleInput } from './rules/rule-input.js';
import type { Watched } from './rules/watched.js';
import { Watching } from './watching.js';

export type { Watched } from './rules/watched.js';

/** The evaluation of the rules for a project on a day. */
export interface Due {
  on: Day;
  /** Every watched condition, due or not, in the order of the rules. */
  watched: Watched[];
  /** Rules that cannot be evaluated, with the missing data. */
  notJudged: { rule: RuleKind; why: Words }[];
  /** The next day on which the result changes without a further entry; null if there is none. */
  nextOn: Day | null;
  /** The registration was taken back: nothing is watched, and open alerts end for this reason. */
  takenBack?: TakenBack;
}

/**
 * Evaluates the rules for a project on a day: which alerts are due, on which facts, and when next. It uses no clock.
 *
 * Time alone raises a severity, never lowers it: only an entry ends a condition. Nothing of a cancelled project is
 * watched.
 *
 * @param known the figures of the project on that day, if already computed
 * @param days of the same project, for one day after another; what is found on one is to be read before the next
 */
export function dueAlerts(
  state: ProjectState,
  rules: RuleSet,
  on: Day,
  known?: ProjectFigures,
  days?: ProjectDays,
): Due {
  return finished(dueInSteps(state, rules, on, known, days));
}

/**
 * The same in steps, one rule each.
 *
 * @param watch what the rules give their findings to
 */
export function* dueInSteps(
  state: ProjectState,
  rules: RuleSet,
  on: Day,
  known?: ProjectFigures,
  days?: ProjectDays,
  watch: (on: Day, input: RuleInput, evidence: RuleEvidence) => Watching = (on, input, evidence) =>
    new Watching(on, input, evidence),
): Steps<Due> {
  const nextEntry = nextEntryOn(state.identity, on);
  const nothing = { on, watched: [], notJudged: [], nextOn: nextEntry };
  const back = takenBack(state);
  if (back) return { ...nothing, nextOn: null, takenBack: back };
  if (!existsOn(state, on)) return nothing;
  const input = yield* (days ?? new ProjectDays(state)).on(on);
  if (!isWatched(input)) return nothing;
  const watching = watch(on, input, new EvidenceOnDay(state, on, input, known));
  for (const rule of input.rulesInForce(rules)) {
    watching.evaluate(rule);
    yield;
  }
  const { watched, notJudged, nextOn } = watching;
  new Explanations(input).explain(watched);
  const isEarlier = nextOn !== null && (nextEntry === null || nextOn < nextEntry);
  return { on, watched, notJudged, nextOn: isEarlier ? nextOn : nextEntry };
}
