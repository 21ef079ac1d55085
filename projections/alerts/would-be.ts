import type { AlertLife, AlertStep } from '../../domain/alerts/alert.js';
import { withStep } from '../../domain/alerts/alert.js';
import type { Subject } from '../../domain/alerts/events.js';
import { type AdoptedRules, isAbove, type RuleKind, type Severity } from '../../domain/governance/rules.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { nameWords, type Words } from '../../domain/values/words.js';
import { identity } from '../facts/identity.js';
import type { ProjectFigures, ProjectState } from '../project/project.js';
import type { dueAlerts } from './due.js';
import type { StepContext } from './life/context.js';
import { nextStepOn } from './life/ladder.js';
import { alertSteps } from './life/steps.js';
import { ProjectDays } from './project-on-day.js';

/** A hypothetical alert. */
export interface WouldBe {
  project: string;
  name: Words;
  rule: RuleKind;
  subject: Subject;
  raisedOn: Day;
  severity: Severity;
  /** Each higher severity with its day. */
  escalated: { to: Severity; on: Day }[];
  /** The last day on which it ended; null if it is open at the end of the period. */
  clearedOn: Day | null;
  reason: Words;
  /** Days from the alert to the next declared stall of the project; null if none followed, and for declared stalls. */
  leadDays: number | null;
  /** The day on which the adopted rules raise it; null if they never do. */
  adoptedOn: Day | null;
}

/** A hypothetical alert before the comparison; a muted one was explained by a declared stall. */
export type Fired = Omit<WouldBe, 'leadDays' | 'adoptedOn'> & { isMuted: boolean };

/** A project whose history is evaluated again. */
export interface Tested {
  project: string;
  state: ProjectState;
}

/** The rules and period (both days inclusive) of an evaluation of history. */
export interface Test {
  rules: AdoptedRules;
  period: { from: Day; to: Day };
  afterWorkingDays: StepContext['afterWorkingDays'];
  judge: typeof dueAlerts;
  /** The figures of the project on a day, shared by all tested rules. */
  figuresOn: (day: Day) => ProjectFigures;
}

/** The highest severity an alert would have reached. */
export function worstOf({ severity, escalated }: Pick<Fired, 'severity' | 'escalated'>): Severity {
  return escalated.at(-1)?.to ?? severity;
}

/**
 * The alerts of one project in a period, in the order in which they are first raised: evaluated on its first day, on
 * each day with an entry, and on each day on which time alone changes the result.
 *
 * A back-test has no answers and no missed deadlines, so the ladder is left out: only thresholds raise a severity.
 */
export function wouldBeOf({ project, state }: Tested, test: Test): Fired[] {
  const { period, judge, afterWorkingDays, figuresOn } = test;
  const rules: AdoptedRules = { ...test.rules, ladder: [] };
  const { details } = identity.view(state.identity, period.to);
  const name = nameWords(details.name, project);
  const context: StepContext = {
    rules,
    afterWorkingDays,
    of: {
      name,
      ...(details.district === undefined ? {} : { district: details.district }),
      ...(details.sector === undefined ? {} : { sector: details.sector }),
    },
    idOf: (id) => id,
    clearedBy: () => ({ because: 'fact', evidence: [] }),
  };
  const entryDays = [...new Set(state.identity.sightings.map(({ asOf }) => asOf))].sort();
  const fired = new Map<string, Fired>();
  const days = new ProjectDays(state);
  let life: AlertLife = { project, revision: -1, alerts: [] };
  for (let on: Day | null = period.from; on !== null && on <= period.to; ) {
    const day: Day = on;
    const due = judge(state, rules, day, figuresOn(day), days);
    for (const step of alertSteps(life, due, context)) {
      life = withStep(life, step, { on: day, at: `${day}T00:00:00.000Z`, by: '', entry: '', position: 0 });
      note(fired, step, { project, name, on: day });
    }
    const entryOn = entryDays.find((entryDay) => entryDay > day) ?? null;
    on = [due.nextOn, nextStepOn(life, context, day), entryOn].reduce(
      (next: Day | null, other) => (other !== null && (next === null || other < next) ? other : next),
      null,
    );
  }
  return [...fired.values()];
}

function note(
  fired: Map<string, Fired>,
  step: AlertStep,
  at: { project: string; name: Words; on: Day },
): void {
  const { on, ...who } = at;
  if (step.type === 'AlertRaised') {
    const { alert, rule, subject, severity, reason, mutedBy } = step.data;
    const before = fired.get(alert);
    if (!before) {
      const isMuted = mutedBy !== undefined;
      const first = {
        rule,
        subject,
        raisedOn: on,
        severity,
        escalated: [],
        clearedOn: null,
        reason,
        isMuted,
      };
      fired.set(alert, { ...who, ...first });
      return;
    }
    before.clearedOn = null;
    if (isAbove(severity, worstOf(before))) before.escalated.push({ to: severity, on });
    return;
  }
  if (!('alert' in step.data)) return;
  const known = fired.get(step.data.alert);
  if (!known) return;
  if (step.type === 'AlertEscalated' && isAbove(step.data.to, worstOf(known)))
    known.escalated.push({ to: step.data.to, on });
  if (step.type === 'AlertCleared') known.clearedOn = on;
  if (step.type === 'AlertMuted' && step.data.mutedBy === null) known.isMuted = false;
}
