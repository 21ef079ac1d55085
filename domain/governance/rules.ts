import type { Blocked, Names } from '../project/events.js';
import type { Day } from '../values/calendar.js';

/** How serious an alert is, mildest first. */
export const severities = ['blue', 'yellow', 'red'] as const;
export type Severity = (typeof severities)[number];

/** True when one severity is the more serious one. */
export function isAbove(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) > severities.indexOf(other);
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
  'forecast-slip',
  'money-gap',
] as const;
export type RuleKind = (typeof ruleKinds)[number];

/** From how many on a severity is due; which unit a rule counts in is `unitOf`. */
export type Threshold = { days: number } | { months: number } | { points: number };
export type Unit = 'days' | 'months' | 'points';

/** The unit in which the thresholds of a rule count; a declared stall has none, it goes by what it blocks. */
export const unitOf: Readonly<Record<RuleKind, Unit | null>> = {
  'declared-stall': null,
  'silent-stall': 'days',
  unreported: 'days',
  'behind-plan': 'points',
  'not-started': 'months',
  'item-overdue': 'days',
  'stage-late': 'days',
  'forecast-slip': 'days',
  'money-gap': 'points',
};

/** Where a rule or an exemption holds; a project is of all that is named. */
export interface Where {
  project?: string;
  district?: string;
  sector?: string;
}

/** One rule: from where on each severity is due. */
export interface Rule {
  rule: RuleKind;
  /** Everywhere when absent. The narrowest rule of its kind counts: by project, then by sector and district, then by one of them. */
  where?: Where;
  /** Not judged there. */
  isOff?: true;
  /** Reached when as many or more are counted; the red one of `behind-plan` only by more than it says. */
  blue?: Threshold;
  yellow?: Threshold;
  red?: Threshold;
  /** Days beside the mildest threshold before a silent stall is due, because reports come late. */
  graceDays?: number;
  /** An alert that stands ends only when this many points below its mildest threshold are reached. */
  marginPoints?: number;
  /** Of a declared stall, by the most serious thing that it blocks. */
  blocks?: Readonly<Record<Blocked, Severity>>;
}

/** Who has to do something, in both languages; subscriptions choose by the role. */
export interface Duty {
  /** Such as `contact`, `supervisor`, `leader`; a slug of `a-z0-9-`. */
  role: string;
  words: Required<Names>;
}

/** One step of the ladder on which an alert that nobody answers climbs. */
export interface LadderStep {
  severity: Severity;
  /** Working days to clear the alert, or to acknowledge it with a day of one's own, before it climbs. */
  answerWithinDays: number;
  /** Whose duty it is at this step. */
  duty: Duty;
  /** Working days between two reminders while it stands. */
  remindEveryDays: number;
}

/** Force majeure: in these days, both inclusive, nothing of it is told and no deadline runs; what stands is kept and shown as exempt. */
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
  /** Who stands for them: `default`, or a person or document. */
  basis: string;
  rules: Rule[];
  /** One step a severity, mildest first. */
  ladder: LadderStep[];
  /** A condition that comes back within so many days continues its episode. */
  reopenWithinDays: number;
  /** The name of the working calendar by which deadlines are counted: `china`, `every-day`, or an adopted one. */
  calendar: string;
  exemptions: Exemption[];
}

/** Rules as they were adopted; versions count from 1. */
export type AdoptedRules = RuleSet & { version: number };

/**
 * The rules that hold until others are adopted: the lights of the Chinese dispatch practice (behind plan 10 to 30 points
 * yellow, above 30 red; not started 1 month yellow, 3 red) and a silent-stall detector of 30 + 15 days.
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
    { rule: 'forecast-slip', yellow: { days: 30 }, red: { days: 90 } },
    { rule: 'money-gap', yellow: { points: 20 }, red: { points: 40 }, marginPoints: 5 },
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
