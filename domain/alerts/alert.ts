import { isAbove, type RuleKind, type Severity } from '../governance/rules.js';
import type { ByLanguage } from '../values/by-language.js';
import type { Exactness } from '../values/day-marks.js';
import type { Day, Instant } from '../values/days/calendar.js';
import type { Uuid } from '../values/uuid.js';
import type { Words } from '../values/words.js';
import {
  type AlertCause,
  type AlertEvent,
  type AlertEventData,
  type AlertEventType,
  type Deadline,
  projectOfAlerts,
  type Silence,
  type Subject,
} from './events.js';

/** One alert with its history; plain JSON. */
export interface Alert {
  alert: Uuid;
  project: string;
  /** The project when the alert was raised. */
  of: { name: Words; district?: ByLanguage; sector?: ByLanguage };
  rule: RuleKind;
  rulesVersion: number;
  subject: Subject;
  cause: AlertCause;
  silence?: Silence;
  status: 'open' | 'cleared';
  severity: Severity;
  /** The day on which the condition began. */
  since: Day;
  /** How exactly that day is known; absent if it was stated. */
  sinceExactness?: Exactness;
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

type StepOf<T extends AlertEventType> = { [K in T]: { type: K; data: AlertEventData[K] } }[T];

/** An unrecorded event for the alerts of a project. */
export type AlertStep = StepOf<AlertEventType>;

/** A step that opens or reopens an alert. */
export type Raising = StepOf<'AlertRaised'>;

/** A step that changes an existing alert. */
export type Changing = StepOf<Exclude<AlertEventType, 'AlertRaised' | 'NoticeSent' | 'NoticeFailed'>>;

/** When and by whom a step was recorded. */
export interface StepRecord {
  /** The business day. */
  on: Day;
  at: Instant;
  by: string;
  /** Id of the event. */
  entry: string;
  position: number;
}

/** The state of a project without any alert. */
export function emptyLife(project: string): AlertLife {
  return { project, revision: -1, alerts: [] };
}

/** The state after one more event of the stream `alerts-{projectId}`; the given one is not changed. */
export function applyToLife(life: AlertLife, event: AlertEvent): AlertLife {
  return { ...withStep(life, event, recordOf(event)), revision: event.revision };
}

/** The state after a step, recorded or not; its revision is not changed. */
export function withStep(life: AlertLife, step: AlertStep, record: StepRecord): AlertLife {
  if (!('alert' in step.data)) return life;
  const { alert: id } = step.data;
  const before = life.alerts.find(({ alert }) => alert === id);
  const after = stepped(life.project, before, step, record);
  if (!after) return life;
  if (!before) return { ...life, alerts: [...life.alerts, after] };
  return { ...life, alerts: life.alerts.map((alert) => (alert === before ? after : alert)) };
}

/** An alert after one more event of it; undefined while it was never raised. */
export function alertAfter(before: Alert | undefined, event: AlertEvent): Alert | undefined {
  return stepped(projectOfAlerts(event), before, event, recordOf(event));
}

function stepped(
  project: string,
  before: Alert | undefined,
  step: AlertStep,
  record: StepRecord,
): Alert | undefined {
  if (step.type === 'AlertRaised') return raised(project, step.data, record, before);
  if (step.type === 'NoticeSent' || step.type === 'NoticeFailed') return before;
  return before && changed(before, step, record);
}

function recordOf({ entry, recordedAt: at, by, id, position }: AlertEvent): StepRecord {
  return { on: entry.asOf, at, by, entry: id, position };
}

/** A newly raised alert; a reopened one keeps only its silence. */
function raised(project: string, data: Raising['data'], record: StepRecord, before?: Alert): Alert {
  return {
    ...data,
    project,
    status: 'open',
    raisedOn: record.on,
    raisedAt: record.at,
    toldOn: record.on,
    reminders: 0,
    ...(data.deadline ? { askedOn: record.on } : {}),
    ...(before?.silenced ? { silenced: before.silenced } : {}),
    position: record.position,
  };
}

/** An alert after one more event. */
export function changed(alert: Alert, step: Changing, record: StepRecord): Alert {
  const { on, at, by, entry, position } = record;
  const now = { ...alert, position };
  switch (step.type) {
    case 'AlertEscalated': {
      const { to, because, rulesVersion, since, anchor, evidence, clears, cause, deadline } = step.data;
      // After a missed deadline the alert still states its condition, not the missing answer.
      const reason = because === 'threshold' ? step.data.reason : alert.reason;
      const { isByDeadline: _, sinceExactness: __, ...rest } = withDeadline(now, deadline, on);
      const { sinceExactness } = step.data;
      const facts = { severity: to, rulesVersion, since, anchor, evidence, reason, clears };
      return {
        ...rest,
        ...facts,
        ...(sinceExactness ? { sinceExactness } : {}),
        ...(cause === undefined ? {} : { cause }),
        toldOn: on,
        ...(because === 'deadline' ? { isByDeadline: true as const } : {}),
      };
    }
    case 'AlertRevised': {
      const { alert: _, ...facts } = step.data;
      const { sinceExactness: __, ...rest } = now;
      const eased = isAbove(alert.severity, facts.severity) ? { easedOn: on } : {};
      return { ...rest, ...facts, ...eased, revisedOn: on };
    }
    case 'AlertReminded': {
      const { number, deadline } = step.data;
      return { ...(deadline ? withDeadline(now, deadline, on) : now), reminders: number, toldOn: on };
    }
    case 'AlertAcknowledged': {
      const answered = alert.deadline && { ...alert.deadline, dueOn: step.data.dueOn };
      return { ...withDeadline(now, answered, on), acknowledged: { ...step.data, by, at, entry } };
    }
    case 'AlertSilenced':
      return { ...now, silenced: { ...step.data, by, at, entry } };
    case 'AlertMuted':
      return muted(now, step.data.mutedBy, on);
    case 'AlertCleared': {
      const { alert: _, ...cleared } = step.data;
      return {
        ...withDeadline(now, undefined, on),
        status: 'cleared',
        clears: null,
        cleared: { ...cleared, on, at },
      };
    }
  }
}

function muted(alert: Alert, mutedBy: string | null, on: Day): Alert {
  const { mutedBy: _, unmutedOn: __, ...rest } = alert;
  if (mutedBy !== null) return { ...rest, mutedBy };
  return { ...rest, unmutedOn: on, toldOn: on > alert.toldOn ? on : alert.toldOn };
}

/** A new deadline starts in full on its day, whatever muted the alert before. */
function withDeadline(alert: Alert, deadline: Alert['deadline'], on: Day): Alert {
  const { deadline: _, askedOn: __, unmutedOn: ___, easedOn: ____, ...rest } = alert;
  return deadline ? { ...rest, deadline, askedOn: on } : rest;
}
