import type {
  AlertCause,
  AlertEventData,
  AlertEventType,
  Deadline,
  Silence,
  Subject,
} from '../../../domain/alerts/events.js';
import type { AdoptedRules, RuleKind, Severity } from '../../../domain/governance/rules.js';
import type { Day, Instant } from '../../../domain/values/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { Words } from '../../../domain/values/words.js';

/** One alert with its history; plain JSON. */
export interface Alert {
  alert: Uuid;
  project: string;
  /** The project when the alert was raised. */
  of: { name: Words; district?: string; sector?: string };
  rule: RuleKind;
  rulesVersion: number;
  subject: Subject;
  cause: AlertCause;
  silence?: Silence;
  status: 'open' | 'cleared';
  severity: Severity;
  /** The day on which the condition began. */
  since: Day;
  /** Identifies the facts behind it. */
  anchor: string;
  /** Ids of the entries behind it. */
  evidence: Uuid[];
  /** The arithmetic in one sentence. */
  reason: Words;
  /** What would clear it; null once it is cleared. */
  clears: Words | null;
  /** 1, incremented each time the same episode reopens. */
  opening: number;
  raisedOn: Day;
  raisedAt: Instant;
  /** The last day on which it was raised, escalated, reminded or unmuted. */
  toldOn: Day;
  /** The last day on which it was revised. */
  revisedOn?: Day;
  reminders: number;
  /** As set or acknowledged; `answerDueOn` includes what pauses it. */
  deadline?: Deadline;
  /** The day on which its deadline started. */
  askedOn?: Day;
  /** The day since which it is less severe than when its deadline was set. */
  easedOn?: Day;
  /** Its severity comes from a missed deadline, not from a threshold. */
  isByDeadline?: true;
  /** For a declared stall that stops the works. */
  stopsWorks?: true;
  /** The alert of the declared stall that explains it. */
  mutedBy?: Uuid;
  /** The day on which it was unmuted, while its deadline is from before. */
  unmutedOn?: Day;
  acknowledged?: AlertEventData['AlertAcknowledged'] & { by: string; at: Instant; entry: Uuid };
  /** In force up to its day, inclusive. */
  silenced?: AlertEventData['AlertSilenced'] & { by: string; at: Instant; entry: Uuid };
  cleared?: Omit<AlertEventData['AlertCleared'], 'alert'> & { on: Day; at: Instant };
  /** Position of its last event, except notices. */
  position: number;
}

/** The alerts of one project, in the order in which they were first raised; plain JSON. */
export interface AlertLife {
  project: string;
  /** Of the stream; -1 before its first event. */
  revision: number;
  alerts: Alert[];
}

/** The calendar of the ladder. */
export interface LadderContext {
  rules: AdoptedRules;
  /** The day a number of working days after a day; the day itself for 0. */
  afterWorkingDays(day: Day, days: number): Day;
}

/** The input of a decision beside the alerts and the evaluation. */
export interface StepContext extends LadderContext {
  /** The project now, for new alerts. */
  of: Alert['of'];
  /** The id of an alert: derived from its name, so that two replicas name it equally. */
  idOf(name: string): string;
  /**
   * What ended an alert: the ids of the entries, and whether a correction did it; `rules` if no entry did. Called only
   * for alerts that are no longer due.
   */
  clearedBy(alert: Alert): { because: 'fact' | 'correction' | 'rules'; evidence: string[] };
}

type StepOf<T extends AlertEventType> = { [K in T]: { type: K; data: AlertEventData[K] } }[T];

/** An unrecorded event for the alerts of a project. */
export type AlertStep = StepOf<AlertEventType>;

/** A step that opens or reopens an alert. */
export type Raising = StepOf<'AlertRaised'>;

/** A step that changes an existing alert. */
export type Changing = StepOf<Exclude<AlertEventType, 'AlertRaised' | 'NoticeSent' | 'NoticeFailed'>>;
