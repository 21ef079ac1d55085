import {
  type Alert,
  type AlertLife,
  type AlertStep,
  type Changing,
  changed,
  type Raising,
} from '../../../domain/alerts/alert.js';
import { isAbove } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { Words } from '../../../domain/values/words.js';
import type { Due } from '../due.js';
import type { Watched } from '../rules/watched.js';
import type { Ending, StepContext } from './context.js';
import { deadlineOf, stepOf } from './deadlines.js';
import { exemptionOf } from './exemptions.js';
import { evaluatedOn, ladderStep } from './ladder.js';
import { byKeyOf, isMet, isOvertaken, keyOf, type Met, raising } from './raising.js';
import { clearedWords, takenBackSentence } from './step-words.js';

/**
 * The events by which a project's alerts follow an evaluation: cleared, raised, reopened, muted, escalated by threshold
 * or missed deadline, revised, reminded. None if they already match.
 *
 * At most one event per alert: changes during a pause are combined.
 */
export function alertSteps(life: AlertLife, due: Due, context: StepContext): AlertStep[] {
  const watched = byKeyOf(due.watched);
  const open = openIn(life);
  const cleared = open.flatMap((alert) => clearing(alert, watched.get(keyOf(alert)), due, context));
  const ended = new Set(cleared.map(({ data }) => data.alert));
  const standing = open.filter(({ alert }) => !ended.has(alert));
  const taken = new Set(open.map(keyOf));
  const raised = [...watched.values()].flatMap((one) =>
    isMet(one) && !taken.has(keyOf(one)) && !isOvertaken(one, watched)
      ? raising(life, one, due.on, context)
      : [],
  );
  const now = [...standing, ...raised.map(({ data }) => data)];
  const muters = new Map(now.map((alert) => [keyOf(alert), alert.alert]));
  return [
    ...cleared,
    ...raised.map((step) => explained(step, watched.get(keyOf(step.data)), muters)),
    ...standing.flatMap((alert) => {
      const one = watched.get(keyOf(alert));
      const isEarlier = due.on < evaluatedOn(alert);
      const mutedBy = isEarlier ? stillMuting(alert, muters) : muterOf(one, alert.mutedBy, muters);
      return changing(alert, one, mutedBy, due.on, context);
    }),
  ];
}

/** The open alerts of which `alertSteps` asks the context what cleared them. */
export function endingAlerts(
  life: AlertLife,
  due: Due,
  context: Omit<StepContext, 'clearedBy'>,
): readonly Alert[] {
  const open = openIn(life);
  if (open.length === 0) return [];
  const watched = byKeyOf(due.watched);
  const ending: Alert[] = [];
  const clearedBy = (alert: Alert): Ending => {
    ending.push(alert);
    return { because: 'fact', evidence: [] };
  };
  for (const alert of open) clearing(alert, watched.get(keyOf(alert)), due, { ...context, clearedBy });
  return ending;
}

function openIn(life: AlertLife): readonly Alert[] {
  return life.alerts.filter(({ status }) => status === 'open');
}

/** Clears an alert whose facts were replaced or taken back, or that the rules no longer require. */
function clearing(alert: Alert, watched: Watched | undefined, due: Due, context: StepContext) {
  const { rules } = context;
  const { on, takenBack } = due;
  const clears = ({ because, evidence }: Pick<Ending, 'because' | 'evidence'>, reason: Words) => [
    { type: 'AlertCleared' as const, data: { alert: alert.alert, because, evidence, reason } },
  ];
  if (takenBack)
    return clears({ because: 'correction', evidence: [takenBack.entry] }, takenBackSentence(takenBack));
  const isWatchedAlike = watched?.anchor === alert.anchor && rules.version === alert.rulesVersion;
  if (watched && (watched.severity !== null || watched.isHeld || isWatchedAlike)) return [];
  const ending = context.clearedBy(alert);
  const { because, evidence } = ending;
  const isByEntry = because === 'fact' || because === 'correction';
  // A clock that went back does not see later facts: only an entry ends what they raised.
  if (on < evaluatedOn(alert) && (!isByEntry || evidence.length === 0)) return [];
  return clears({ because, evidence }, clearedWords(alert, watched, ending, rules.version));
}

/**
 * The alert of a stall that explains a condition, or of the rule that takes over from it; the present one takes
 * precedence.
 *
 * @param muters the open alerts by their keys
 */
function muterOf(
  watched: Watched | undefined,
  mutedBy: string | undefined,
  muters: ReadonlyMap<string, string>,
): string | undefined {
  const { explainedBy = [], overdue } = watched ?? {};
  const stalls = explainedBy.map((id) => keyOf({ rule: 'declared-stall', subject: { kind: 'stall', id } }));
  const keys = overdue ? [...stalls, keyOf(overdue)] : stalls;
  const muting = keys.flatMap((key) => muters.get(key) ?? []);
  return muting.find((alert) => alert === mutedBy) ?? muting[0];
}

/** A clock that went back does not see a stall that was declared later. */
function stillMuting({ mutedBy }: Alert, muters: ReadonlyMap<string, string>): string | undefined {
  return [...muters.values()].find((alert) => alert === mutedBy);
}

function explained(
  step: Raising,
  watched: Watched | undefined,
  muters: ReadonlyMap<string, string>,
): Raising {
  const mutedBy = muterOf(watched, undefined, muters);
  return mutedBy === undefined ? step : { ...step, data: { ...step.data, mutedBy } };
}

/** The next event of an open alert: muting first, then changed facts, then the ladder. */
function changing(
  alert: Alert,
  watched: Watched | undefined,
  mutedBy: string | undefined,
  on: Day,
  context: StepContext,
): Changing[] {
  const steps: Changing[] = [];
  let present: Alert = { ...alert, of: context.of };
  const say = (step: Changing | undefined) => {
    if (!step) return;
    steps.push(step);
    present = changed(present, step, { on, at: alert.raisedAt, by: '', entry: '', position: alert.position });
  };
  if (alert.mutedBy !== mutedBy)
    say({ type: 'AlertMuted', data: { alert: alert.alert, mutedBy: mutedBy ?? null } });
  if (watched && isMet(watched) && on >= evaluatedOn(alert)) say(factStep(present, watched, on, context));
  if (steps.at(-1)?.type !== 'AlertEscalated') say(ladderStep(present, context, on));
  return steps;
}

/** An open alert that is due: more severe, or with changed facts or rules; undefined if unchanged. */
function factStep(alert: Alert, met: Met, on: Day, context: StepContext): Changing | undefined {
  const { rules } = context;
  const isHigher = isAbove(met.severity, alert.severity);
  const isEscalated = isHigher && !exemptionOf(alert, rules, on);
  const isUnchanged = met.anchor === alert.anchor && rules.version === alert.rulesVersion;
  if (!isEscalated && isUnchanged) return undefined;
  const { since, anchor, evidence, reason, clears } = met;
  const cause = met.cause === alert.cause ? {} : { cause: met.cause };
  const known = met.sinceExactness ? { sinceExactness: met.sinceExactness } : {};
  const facts = { rulesVersion: rules.version, since, ...known, anchor, evidence, reason, clears, ...cause };
  const from = alert.severity;
  if (isEscalated) {
    const step = stepOf(met.severity, context);
    const deadline = step ? { deadline: deadlineOf(step, on, context) } : {};
    const to = met.severity;
    return {
      type: 'AlertEscalated',
      data: { alert: alert.alert, from, to, because: 'threshold', ...facts, ...deadline },
    };
  }
  const severity = isHigher || alert.isByDeadline ? from : met.severity;
  return { type: 'AlertRevised', data: { alert: alert.alert, severity, ...facts } };
}
