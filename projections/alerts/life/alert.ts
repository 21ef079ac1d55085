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
import type { Words } from '../../words/words.js';

/** One alert with its life so far; plain JSON. */
export interface Alert {
  alert: Uuid;
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
  /** The day on which what it is about began. */
  since: Day;
  /** Names the facts that it rests on. */
  anchor: string;
  /** Ids of the entries that it rests on. */
  evidence: Uuid[];
  /** The arithmetic in one sentence. */
  reason: Words;
  /** What would clear it; null once it is cleared. */
  clears: Words | null;
  /** 1, and one more each time the same episode opens again. */
  opening: number;
  raisedOn: Day;
  raisedAt: Instant;
  /** The last day on which it was raised, escalated, reminded of or no longer muted. */
  toldOn: Day;
  /** The last day on which it was revised. */
  revisedOn?: Day;
  reminders: number;
  /** As it was set or acknowledged; what stops it from running is in `answerDueOn`. */
  deadline?: Deadline;
  /** The day on which its deadline began to run. */
  askedOn?: Day;
  /** The day since which it is less serious than when its deadline was set. */
  easedOn?: Day;
  /** Its severity comes from a deadline that nobody met, not from a threshold. */
  isByDeadline?: true;
  /** Of a declared stall that stops the works. */
  stopsWorks?: true;
  /** The alert of the declared stall that explains it. */
  mutedBy?: Uuid;
  /** The day since which it is no longer muted, while its deadline is one from before. */
  unmutedOn?: Day;
  acknowledged?: AlertEventData['AlertAcknowledged'] & { by: string; at: Instant; entry: Uuid };
  /** In force up to its day, inclusive. */
  silenced?: AlertEventData['AlertSilenced'] & { by: string; at: Instant; entry: Uuid };
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

/** By what the ladder runs. */
export interface LadderContext {
  rules: AdoptedRules;
  /** The day that lies so many working days after a day; the day itself for 0. */
  afterWorkingDays(day: Day, days: number): Day;
}

/** What is needed to decide beside the alerts and the judgement. */
export interface StepContext extends LadderContext {
  /** The project as it is, for what is raised. */
  of: Alert['of'];
  /** The id of an alert: follows from its name, so that two who decide alike name it alike. */
  idOf(name: string): string;
  /**
   * What made an alert end that stands no longer: the ids of the entries, and whether a correction did it; `rules` when no
   * entry did. Asked only for alerts that are due no longer.
   */
  clearedBy(alert: Alert): { because: 'fact' | 'correction' | 'rules'; evidence: string[] };
}

type StepOf<T extends AlertEventType> = { [K in T]: { type: K; data: AlertEventData[K] } }[T];

/** An event for the alerts of a project, not yet recorded. */
export type AlertStep = StepOf<AlertEventType>;

/** A step that opens an alert, once more or for the first time. */
export type Raising = StepOf<'AlertRaised'>;

/** A step that changes an alert which is there. */
export type Changing = StepOf<Exclude<AlertEventType, 'AlertRaised' | 'NoticeSent' | 'NoticeFailed'>>;
