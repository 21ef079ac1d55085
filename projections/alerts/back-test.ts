import type { Subject } from '../../src/domain/alert-events.js';
import type { Day } from '../../src/domain/calendar.js';
import type { AdoptedRules, RuleKind, Severity } from '../../src/domain/rules.js';
import type { ProjectState } from '../project.js';
import type { Words } from '../words.js';

/** One alert that would have been. */
export interface WouldBe {
  project: string;
  name: Words;
  rule: RuleKind;
  subject: Subject;
  raisedOn: Day;
  severity: Severity;
  /** Each further severity with its day. */
  escalated: { to: Severity; on: Day }[];
  clearedOn: Day | null;
  reason: Words;
  /** Days from the raising to the next declared stall of the project; null when none was declared afterwards. */
  leadDays: number | null;
  /** The adopted rules raise it on this day; null when they never do. */
  adoptedOn: Day | null;
}

export interface BackTestSide {
  version: number | null;
  alerts: number;
  bySeverity: Record<Severity, number>;
  byRule: Partial<Record<RuleKind, number>>;
  /** Declared stalls in the period that another alert came before, of all. */
  stallsForeseen: number;
  stalls: number;
  /** Median of the days by which the first alert came before a declared stall; null when none did. */
  medianLeadDays: number | null;
  /** Alerts other than of declared stalls after which no stall was declared in the period. */
  withoutStall: number;
}

/** A candidate and the adopted rules over the same history. */
export interface BackTest {
  from: Day;
  to: Day;
  projects: number;
  candidate: BackTestSide;
  adopted: BackTestSide;
  /** What the candidate would have raised, by day. */
  alerts: WouldBe[];
  /** What the adopted rules raise and the candidate does not. */
  missed: WouldBe[];
}

/**
 * Which alerts rules would have raised in a period of the calendar (both days inclusive), with all entries known today,
 * each counted from the day it is about.
 */
export function backTest(
  _projects: Iterable<{ project: string; state: ProjectState }>,
  _candidate: AdoptedRules,
  _adopted: AdoptedRules,
  _period: { from: Day; to: Day },
  _afterWorkingDays: (rules: AdoptedRules) => (day: Day, days: number) => Day,
): BackTest {
  throw new Error('backTest');
}
