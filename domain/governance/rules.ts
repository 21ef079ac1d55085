import type { Blocked, Names } from '../project/events.js';
import { type ByLanguage, isCalled } from '../values/by-language.js';
import type { Day } from '../values/days/calendar.js';

/** The severity of an alert, lowest first. */
export const severities = ['blue', 'yellow', 'red'] as const;
export type Severity = (typeof severities)[number];

/** True when one severity is the more serious one. */
export function isAbove(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) > severities.indexOf(other);
}

/** The rank of a light: 0 for none, then by severity. */
export function lightRank(light: Severity | null): number {
  return light === null ? 0 : severities.indexOf(light) + 1;
}

/** What a rule looks at. */
export const ruleKinds = [
  'declared-stall',
  'silent-stall',
  'unreported',
  'behind-plan',
  'not-started',
  'item-overdue',
  'stage-late',
  'forecast-missed',
  'forecast-slip',
  'money-gap',
  'not-registered',
  'due-soon',
] as const;
export type RuleKind = (typeof ruleKinds)[number];

/** The count from which a severity is due; its unit is `unitOf`. */
export type Threshold = { days: number } | { months: number } | { points: number };
export type Unit = 'days' | 'months' | 'points';

/**
 * The unit in which the thresholds of a rule count; a declared stall has none, its severity depends on what it blocks.
 */
export const unitOf: Readonly<Record<RuleKind, Unit | null>> = {
  'declared-stall': null,
  'silent-stall': 'days',
  unreported: 'days',
  'behind-plan': 'points',
  'not-started': 'months',
  'item-overdue': 'days',
  'stage-late': 'days',
  'forecast-missed': 'days',
  'forecast-slip': 'days',
  'money-gap': 'points',
  'not-registered': 'days',
  'due-soon': 'days',
};

/** True for a rule whose thresholds count the days left, so that a higher severity has fewer of them. */
export function countsDown(kind: RuleKind): boolean {
  return kind === 'due-soon';
}

/** The scope of a rule or an exemption; a project must match every named member. */
export interface Where {
  project?: string;
  district?: string;
  sector?: string;
}

/** The place of a project: its id, and how its district and its sector are called. */
export interface Placed {
  project?: string | null;
  district?: ByLanguage;
  sector?: ByLanguage;
}

/** True for a project within a scope; its district and its sector may be named in either language. */
export function isWithin(where: Where, { project, district, sector }: Placed): boolean {
  return (
    (where.project === undefined || where.project === project) &&
    (where.district === undefined || isCalled(district, where.district)) &&
    (where.sector === undefined || isCalled(sector, where.sector))
  );
}

/** One rule: the threshold of each severity. */
export interface Rule {
  rule: RuleKind;
  /**
   * Everywhere when absent. The narrowest rule of its kind applies: by project, then by sector and district, then by
   * one of them.
   */
  where?: Where;
  /** Not evaluated there. */
  isOff?: true;
  /** Reached at this count or above; the red one of `behind-plan` only above; of `due-soon` at so many days left or fewer. */
  blue?: Threshold;
  yellow?: Threshold;
  red?: Threshold;
  /** Days added to the lowest threshold of a silent stall, because reports come late. */
  graceDays?: number;
  /** An open alert ends only this many points below its lowest threshold. */
  marginPoints?: number;
  /** For a declared stall, by the most severe of what it blocks. */
  blocks?: Readonly<Record<Blocked, Severity>>;
}

/** Who has to act, in both languages; subscriptions select by the role. */
export interface Duty {
  /** Such as `contact`, `supervisor`, `leader`; a slug of `a-z0-9-`. */
  role: string;
  words: Required<Names>;
}

/** One step of the ladder on which an unanswered alert escalates. */
export interface LadderStep {
  severity: Severity;
  /** Working days to clear the alert, or to acknowledge it with a day, before it escalates. */
  answerWithinDays: number;
  /** Whose duty it is at this step. */
  duty: Duty;
  /** Working days between two reminders while it is open. */
  remindEveryDays: number;
}

/** Force majeure: in these days, both inclusive, nothing is notified and no deadline runs; open alerts are kept and shown as exempt. */
export interface Exemption {
  where: Where;
  /** All rules when absent. */
  rules?: RuleKind[];
  from: Day;
  to: Day;
  reason: string;
}

/** The rules of an installation, adopted whole. */
export interface RuleSet {
  /** Who is responsible for them: `default`, or a person or document. */
  basis: string;
  rules: Rule[];
  /** One step per severity, lowest first. */
  ladder: LadderStep[];
  /** A condition that returns within this many days continues its episode. */
  reopenWithinDays: number;
  /** The name of the working calendar for deadlines: `china`, `every-day`, or an adopted one. */
  calendar: string;
  exemptions: Exemption[];
}

/** Adopted rules; versions count from 1. */
export type AdoptedRules = RuleSet & { version: number };

/**
 * The rules in force until others are adopted: the lights of the Chinese dispatch practice (behind plan 10 to 30 points
 * yellow, above 30 red; not started 1 month yellow, 3 red), a silent-stall detector of 30 + 15 days, and a warning a
 * week ahead. They are version 1 of an installation that has adopted none.
 */
export const defaultRules: AdoptedRules = {
  version: 1,
  basis: 'default',
  rules: [
    { rule: 'declared-stall', blocks: { works: 'red', production: 'yellow', staffing: 'yellow' } },
    { rule: 'silent-stall', yellow: { days: 30 }, red: { days: 90 }, graceDays: 15 },
    { rule: 'unreported', yellow: { days: 45 } },
    { rule: 'behind-plan', yellow: { points: 10 }, red: { points: 30 }, marginPoints: 2 },
    { rule: 'not-started', yellow: { months: 1 }, red: { months: 3 } },
    { rule: 'item-overdue', yellow: { days: 1 }, red: { days: 30 } },
    { rule: 'stage-late', yellow: { days: 1 }, red: { days: 30 } },
    { rule: 'forecast-missed', yellow: { days: 1 }, red: { days: 30 } },
    { rule: 'forecast-slip', yellow: { days: 30 }, red: { days: 90 } },
    { rule: 'money-gap', yellow: { points: 20 }, red: { points: 40 }, marginPoints: 5 },
    { rule: 'not-registered', isOff: true, yellow: { days: 30 }, red: { days: 90 } },
    { rule: 'due-soon', blue: { days: 7 } },
  ],
  ladder: [
    {
      severity: 'blue',
      answerWithinDays: 10,
      duty: { role: 'contact', words: { en: 'the project contact answers', zh: '项目联系人答复' } },
      remindEveryDays: 10,
    },
    {
      severity: 'yellow',
      answerWithinDays: 10,
      duty: {
        role: 'supervisor',
        words: { en: 'the supervising office asks for a written plan', zh: '督办单位要求书面整改计划' },
      },
      remindEveryDays: 10,
    },
    {
      severity: 'red',
      answerWithinDays: 5,
      duty: {
        role: 'leader',
        words: { en: 'the responsible leader holds an interview', zh: '分管领导约谈' },
      },
      remindEveryDays: 5,
    },
  ],
  reopenWithinDays: 14,
  calendar: 'china',
  exemptions: [],
};
