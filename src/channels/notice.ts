import type { AlertCause, Silence, Subject } from '../../domain/alerts/events.js';
import type { RuleKind, Severity } from '../../domain/governance/rules.js';
import type { Names } from '../../domain/project/events.js';
import type { ByLanguage } from '../../domain/values/by-language.js';
import { type Exactness } from '../../domain/values/day-marks.js';
import type { Day, Instant } from '../../domain/values/days/calendar.js';

/** One event of an alert, as a receiver gets it. */
export interface NoticeItem {
  /** `AlertRaised`, `AlertEscalated`, `AlertReminded` or `AlertCleared`. */
  type: string;
  /** Id of the event. */
  event: string;
  position: number;
  recordedAt: Instant;
  alert: string;
  project: string;
  projectName: Required<Names>;
  district?: ByLanguage;
  sector?: ByLanguage;
  rule: RuleKind;
  rulesVersion: number;
  subject: Subject;
  cause: AlertCause;
  silence?: Silence;
  severity: Severity;
  since: Day;
  /** How exactly that day is known; absent if it was stated. */
  sinceExactness?: Exactness;
  reason: Required<Names>;
  /** What would clear it; absent once it is cleared. */
  clears?: Required<Names>;
  duty?: Required<Names>;
  dueOn?: Day;
  evidence: string[];
}

/** One message to a receiver: all events of one project and cause in one evaluation, or a digest. */
export interface Notice {
  /** UUID, the same for every attempt. */
  notice: string;
  subscription: string;
  kind: 'at-once' | 'digest' | 'test';
  language: 'en' | 'zh';
  timeZone: string;
  /** Oldest first. */
  items: NoticeItem[];
  /** Lines below: an ended silence, unmuted alerts, earlier notices that were given up. */
  remarks: Required<Names>[];
  /** The time of this attempt. */
  at: Instant;
  /** Links for a reader; absent without a public URL. */
  links?: { alerts: string; unsubscribe: string };
}

/** The content of a notice in one language, in safe lines; shared by text and HTML. */
export interface Letter {
  language: 'en' | 'zh';
  subject: string;
  opening: string;
  groups: { project: string; alerts: LetterAlert[] }[];
  remarks: string[];
  links?: { alerts: string; unsubscribe: string };
  closing: { alerts: string; unsubscribe: string; sent: string };
}

/** One event of an alert. */
export interface LetterAlert {
  /** Null once it is cleared. */
  severity: Severity | null;
  headline: string;
  lines: { label: string; text: string }[];
}
