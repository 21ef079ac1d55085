import {
  type Exemption,
  type LadderStep,
  type Rule,
  type RuleKind,
  type RuleSet,
  ruleKinds,
  type Severity,
  severities,
  type Threshold,
  type Where,
} from '../../../domain/governance/rules.js';
import type { Names } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { seenAs } from '../problems/faults.js';
import { Member, Optional, shape, shapes } from '../validation/member.js';
import { day, listOf, oneOf, pattern, slug, text, wholeNumber } from '../validation/rules.js';

const severity = oneOf(severities);
const yes = { schema: { type: 'boolean' as const, example: true }, check: yesOnly };
const counted = wholeNumber(0, 36_500);
const version = wholeNumber(1, 1_000_000_000);

export class WhereSaid implements Where {
  @Optional(slug(3), 'A project.')
  project?: string;

  @Optional(text(200), 'A district.')
  district?: string;

  @Optional(text(200), 'A sector.')
  sector?: string;
}

export class ThresholdSaid {
  @Optional(counted, 'From so many days on.')
  days?: number;

  @Optional(counted, 'From so many months on.')
  months?: number;

  @Optional(counted, 'From so many points (percent of the whole) on.')
  points?: number;
}

const oneUnit = { en: 'one of days, months and points', zh: 'days、months、points 之一' };

const threshold = shape(ThresholdSaid, (value) => {
  const { days, months, points, ...others } = value as ThresholdSaid;
  const [[unknown, count] = []] = Object.entries(others);
  if (unknown !== undefined)
    return {
      at: `.${unknown}`,
      type: 'member-unknown',
      seen: seenAs(count),
      expected: oneUnit,
    };
  const said = Object.entries({ days, months, points }).filter(([, count]) => count !== undefined);
  if (said.length === 1) return undefined;
  const seen = said.length === 0 ? { en: 'no number', zh: '无数字' } : said.map(([unit]) => unit).join(' + ');
  return { type: 'member-missing', seen, expected: oneUnit };
});

export class BlocksSaid {
  @Member(severity, 'Of a stall that stops the works.')
  works!: Severity;

  @Member(severity, 'Of a stall that holds up the production.')
  production!: Severity;

  @Member(severity, 'Of a stall for want of people.')
  staffing!: Severity;
}

export class RuleSaid {
  @Member(oneOf(ruleKinds), 'What it looks at.')
  rule!: RuleKind;

  @Optional(shape(WhereSaid), 'Where it holds; everywhere when absent.')
  where?: WhereSaid;

  @Optional(yes, 'It is not evaluated there.')
  isOff?: true;

  @Optional(threshold, 'From where on it is blue; of due-soon the days left.')
  blue?: ThresholdSaid;

  @Optional(threshold, 'From where on it is yellow; of due-soon the days left.')
  yellow?: ThresholdSaid;

  @Optional(threshold, 'From where on it is red; of due-soon the days left.')
  red?: ThresholdSaid;

  @Optional(counted, 'Days beside the mildest threshold, because reports come late.')
  graceDays?: number;

  @Optional(counted, 'Points below the mildest threshold at which it ends.')
  marginPoints?: number;

  @Optional(shape(BlocksSaid), 'How severe a declared stall is, by what it blocks.')
  blocks?: BlocksSaid;
}

export class BothNamesSaid {
  @Member(text(200), 'In English.')
  en!: string;

  @Member(text(200), 'In Chinese.')
  zh!: string;
}

export class DutySaid {
  @Member(slug(), 'The role, by which subscriptions choose.')
  role!: string;

  @Member(shape(BothNamesSaid), 'What it has to do, in both languages.')
  words!: Required<Names>;
}

export class LadderStepSaid {
  @Member(severity, 'The severity it is about.')
  severity!: Severity;

  @Member(counted, 'Working days to answer before it climbs.')
  answerWithinDays!: number;

  @Member(shape(DutySaid), 'Whose duty it is.')
  duty!: DutySaid;

  @Member(counted, 'Working days between two reminders.')
  remindEveryDays!: number;
}

export class ExemptionSaid {
  @Member(shape(WhereSaid), 'Where it holds; everywhere when empty.')
  where!: WhereSaid;

  @Optional(listOf(oneOf(ruleKinds), 1, ruleKinds.length), 'Of which rules; of all when absent.')
  rules?: RuleKind[];

  @Member(day, 'The first day.')
  from!: Day;

  @Member(day, 'The last day.')
  to!: Day;

  @Member(text(500, { isNote: true }), 'Why.')
  reason!: string;
}

/** The rules of an installation, adopted whole. */
export class RulesSaid {
  @Optional(version, 'The version that it was made from; counts like If-Match when that is absent.')
  version?: number;

  @Member(text(200), 'Who stands for them: a person or a document.')
  basis!: string;

  @Member(shapes(RuleSaid, 0, 1_000), 'The rules; the narrowest one of its kind counts.')
  rules!: RuleSaid[];

  @Member(shapes(LadderStepSaid, 0, 3), 'One step a severity, mildest first.')
  ladder!: LadderStepSaid[];

  @Member(counted, 'What comes back within so many days continues its episode.')
  reopenWithinDays!: number;

  @Member(slug(), 'The working calendar by which deadlines are counted.')
  calendar!: string;

  @Member(shapes(ExemptionSaid, 0, 500), 'Force majeure: where and when no notices are sent.')
  exemptions!: ExemptionSaid[];
}

export class RulesQuery {
  @Optional(pattern(/^[1-9]\d{0,8}$/, 'a version, a whole number from 1'), 'The one in force when absent.')
  version?: string;
}

export class RulesTestQuery {
  @Member(day, 'The first day.')
  from!: Day;

  @Member(day, 'The last day, inclusive.')
  to!: Day;

  @Optional(text(200), 'Only projects of this district.')
  district?: string;

  @Optional(text(200), 'Only projects of this sector.')
  sector?: string;

  @Optional(slug(3), 'Only this project.')
  project?: string;

  @Optional(oneOf(['json', 'csv']), 'Instead of the header Accept.')
  format?: 'json' | 'csv';
}

/** The rules in a request; the application finds inconsistencies. */
export function rulesOf(said: RulesSaid): RuleSet {
  const { basis, rules, ladder, reopenWithinDays, calendar, exemptions } = said;
  return {
    basis,
    rules: rules.map(ruleOf),
    ladder: ladder.map(
      ({ duty, ...step }): LadderStep => ({ ...step, duty: { ...duty, words: { ...duty.words } } }),
    ),
    reopenWithinDays,
    calendar,
    exemptions: exemptions.map(
      (exemption): Exemption => omitUndefined({ ...exemption, where: omitUndefined({ ...exemption.where }) }),
    ),
  };
}

function ruleOf({ where, blue, yellow, red, blocks, ...rule }: RuleSaid): Rule {
  return omitUndefined({
    ...rule,
    where: where && omitUndefined({ ...where }),
    blue: blue && thresholdOf(blue),
    yellow: yellow && thresholdOf(yellow),
    red: red && thresholdOf(red),
    blocks: blocks && { ...blocks },
  });
}

function thresholdOf(said: ThresholdSaid): Threshold {
  return omitUndefined({ ...said }) as Threshold;
}

function yesOnly(value: unknown) {
  if (value === true) return undefined;
  return {
    type: 'type-wrong' as const,
    seen: seenAs(value),
    expected: { en: 'true, or no such member', zh: 'true，或不含此字段' },
  };
}
