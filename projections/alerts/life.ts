import type {
  AlertCause,
  AlertEventData,
  Deadline,
  Silence,
  Subject,
} from '../../src/domain/alert-events.js';
import type { AlertEventType, AnyEvent, AnyRecordedEvent } from '../../src/domain/any-event.js';
import type { Day, Instant } from '../../src/domain/calendar.js';
import type { AdoptedRules, RuleKind, Severity } from '../../src/domain/rules.js';
import type { Words } from '../words.js';
import type { Due } from './due.js';

/** One alert with its life so far; plain JSON. */
export interface Alert {
  alert: string;
  project: string;
  /** The project as it was when the alert was raised. */
  of: { name: Words; district?: string; sector?: string };
  rule: RuleKind;
  rulesVersion: number;
  subject: Subject;
  cause: AlertCause;
  silence?: Silence;
  status: 'open' | 'cleared';
  severity: Severity;
  since: Day;
  anchor: string;
  evidence: string[];
  reason: Words;
  /** What would clear it; null once it is cleared. */
  clears: Words | null;
  opening: number;
  raisedOn: Day;
  raisedAt: Instant;
  /** The last day on which it was raised, escalated or reminded of. */
  toldOn: Day;
  reminders: number;
  deadline?: Deadline;
  /** Its severity comes from a deadline that nobody met, not from a threshold. */
  isByDeadline?: true;
  /** Of a declared stall that stops the works. */
  stopsWorks?: true;
  mutedBy?: string;
  acknowledged?: AlertEventData['AlertAcknowledged'] & { by: string; at: Instant; entry: string };
  /** In force up to its day, inclusive. */
  silenced?: AlertEventData['AlertSilenced'] & { by: string; at: Instant; entry: string };
  cleared?: Omit<AlertEventData['AlertCleared'], 'alert'> & { on: Day; at: Instant };
  /** Position of the last thing that happened to it, notices left out. */
  position: number;
}

/** The alerts of one project, in the order in which they were first raised; plain JSON. */
export interface AlertLife {
  project: string;
  /** Of the stream; -1 before its first event. */
  revision: number;
  alerts: Alert[];
}

export function emptyLife(project: string): AlertLife {
  return { project, revision: -1, alerts: [] };
}

/** The life after one more event of the stream `alerts-{projectId}`; the given one stays as it is. */
export function applyToLife(_life: AlertLife, _event: AnyRecordedEvent<AlertEventType>): AlertLife {
  throw new Error('applyToLife');
}

/** What is needed to decide beside the alerts and the judgement. */
export interface StepContext {
  rules: AdoptedRules;
  /** The day that lies so many working days after a day; the day itself for 0. */
  afterWorkingDays(day: Day, days: number): Day;
  /** The project as it is, for what is raised. */
  of: Alert['of'];
  /** The id of an alert: follows from its name, so that two who decide alike name it alike. */
  idOf(name: string): string;
  /**
   * What made an alert end that stands no longer: the ids of the entries, and whether a correction did it. Asked only for alerts
   * that end.
   */
  clearedBy(alert: Alert): { because: 'fact' | 'correction' | 'rules'; evidence: string[] };
}

/** An event for the alerts of a project, not yet recorded. */
export type AlertStep = Pick<AnyEvent<AlertEventType>, 'type' | 'data'>;

/**
 * The events by which the alerts of a project follow a judgement: raised, opened again, escalated by threshold or missed
 * deadline, reminded of, muted, cleared. None when they follow it already.
 */
export function alertSteps(_life: AlertLife, _due: Due, _context: StepContext): AlertStep[] {
  throw new Error('alertSteps');
}

/** The next day on which `alertSteps` has something to say without a further event: a deadline, a reminder, the end of a silence or an exemption. */
export function nextStepOn(
  _life: AlertLife,
  _context: Pick<StepContext, 'rules' | 'afterWorkingDays'>,
  _on: Day,
): Day | null {
  throw new Error('nextStepOn');
}
