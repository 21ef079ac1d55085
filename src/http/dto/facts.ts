import type { FactCommand } from '../../../domain/project/commands.js';
import {
  type Blocked,
  type EventData,
  type Stage,
  type StallCause,
  stallCauses,
} from '../../../domain/project/events.js';
import { commandOfFact, type FactType } from '../../../domain/project/facts.js';
import type { StallSaid } from '../../../domain/project/stall-said.js';
import { type Day, isMonth, lastDayOfMonth } from '../../../domain/values/calendar.js';
import { refuse } from '../problems/faults.js';
import { type Kinds, kinds, Member, Optional, shape } from '../validation/member.js';
import { omitUndefined } from '../validation/omit-undefined.js';
import {
  day,
  dayOrMonth,
  isObject,
  listOf,
  oneOf,
  percentage,
  type Rule,
  slug,
  text,
} from '../validation/rules.js';
import { DatedSaying, metadataOf } from './entry.js';
import { type MeasureSaid, measures } from './measure.js';
import { type MoneySaid, money, moneyOf } from './money.js';

/** A fact as it is said; `type` names the event. */
export abstract class FactSaid extends DatedSaying {
  abstract type: FactType;
  /** The data of the command. */
  abstract toData(): FactCommand['data'];
}

const item = slug();

class MilestoneReached extends FactSaid {
  @Member(oneOf(['MilestoneReached']), 'An item, or one step of it, is done.')
  type!: 'MilestoneReached';

  @Member(item, 'The item of the plan; one that no plan names is kept.')
  item!: string;

  @Optional(slug(), 'One step of the item.')
  step?: string;

  toData(): EventData['MilestoneReached'] {
    return omitUndefined({ item: this.item, step: this.step });
  }
}

class ProgressMeasured extends FactSaid {
  @Member(oneOf(['ProgressMeasured']), 'How far an item, or one step of it, is.')
  type!: 'ProgressMeasured';

  @Member(item, 'The item of the plan; one that no plan names is kept.')
  item!: string;

  @Optional(slug(), 'One step of the item.')
  step?: string;

  @Member(kinds(measures), 'How far, as it was said.')
  measure!: MeasureSaid;

  toData(): EventData['ProgressMeasured'] {
    return omitUndefined({ item: this.item, step: this.step, measure: this.measure.toMeasure() });
  }
}

class InvestmentReported extends FactSaid {
  @Member(oneOf(['InvestmentReported']), 'Money put into the project.')
  type!: 'InvestmentReported';

  @Member(money, 'How much.')
  amount!: MoneySaid;

  @Member(
    oneOf(['since-start', 'year', 'month']),
    'Since the start or this year (levels), or in the month of asOf.',
  )
  span!: 'since-start' | 'year' | 'month';

  @Optional(oneOf(['physical', 'accounting', 'unknown']), 'What was counted; "unknown" when absent.')
  basis?: 'physical' | 'accounting' | 'unknown';

  @Optional(percentage(1_000), 'The share of the planned investment that was said with it, in percent.')
  shareOfPlan?: number;

  toData(): EventData['InvestmentReported'] {
    const shareOfPlanBasisPoints =
      this.shareOfPlan === undefined ? undefined : Math.round(this.shareOfPlan * 100);
    return omitUndefined({
      amount: moneyOf(this.amount),
      span: this.span,
      basis: this.basis ?? 'unknown',
      shareOfPlanBasisPoints,
    });
  }
}

export const blocked: readonly Blocked[] = ['works', 'production', 'staffing'];

class StallDeclared extends FactSaid {
  @Member(oneOf(['StallDeclared']), 'Something stands still.')
  type!: 'StallDeclared';

  @Member(oneOf(stallCauses), 'Why.')
  cause!: StallCause;

  @Optional(slug(), 'Its id; the cause and the first day when absent. A correction keeps the id.')
  stall?: string;

  @Optional(
    listOf(oneOf(blocked), 1, 3),
    'What it blocks; production for a licence, staffing for labour, else works when absent. A correction keeps it when absent.',
  )
  blocks?: Blocked[];

  @Optional(day, 'Since when; the day of the entry when absent. A correction keeps it when absent.')
  from?: Day;

  @Optional(day, 'The last day that the statement covers. A correction keeps it when from and to are absent.')
  to?: Day;

  toData(): StallSaid {
    const { stall, cause, blocks, from, to } = this;
    return omitUndefined({ stall, cause, blocks, from, to });
  }
}

class StallCleared extends FactSaid {
  @Member(oneOf(['StallCleared']), 'What stood still moves again on this day.')
  type!: 'StallCleared';

  @Member(slug(), 'The id of the stall.')
  stall!: string;

  toData(): EventData['StallCleared'] {
    return { stall: this.stall };
  }
}

class ForecastGiven extends FactSaid {
  @Member(oneOf(['ForecastGiven']), 'When something is expected.')
  type!: 'ForecastGiven';

  @Member(slug(), 'completion, production, or an item of the plan.')
  target!: string;

  @Member(dayOrMonth, 'Not before this day, or the first of this month.')
  earliest!: string;

  @Member(dayOrMonth, 'Not after this day, or the last of this month.')
  latest!: string;

  @Optional(text(200), 'Of what part.')
  scope?: string;

  @Optional(text(500), 'Why.')
  reason?: string;

  toData(): EventData['ForecastGiven'] {
    const { target, earliest, latest, scope, reason } = this;
    return omitUndefined({
      target,
      earliest: firstDayOf(earliest),
      latest: lastDayOf(latest),
      scope,
      reason,
    });
  }
}

export const stages: readonly Stage[] = [
  'contracted',
  'started',
  'built',
  'trial-production',
  'in-production',
  'accepted',
  'suspended',
  'resumed',
  'cancelled',
];

class StageEntered extends FactSaid {
  @Member(oneOf(['StageEntered']), 'The project enters a stage on this day.')
  type!: 'StageEntered';

  @Member(oneOf(stages), 'Which.')
  stage!: Stage;

  toData(): EventData['StageEntered'] {
    return { stage: this.stage };
  }
}

export class Period {
  @Member(day, 'Its first day.')
  from!: Day;

  @Member(day, 'Its last day.')
  to!: Day;
}

const inPeriod = shape(Period);

/** A period of two days, or a month. */
const period: typeof inPeriod = {
  ...inPeriod,
  api: { oneOf: [{ $ref: '#/components/schemas/Period' }, dayOrMonth.schema] } as typeof inPeriod.api,
  check: (value): ReturnType<Rule['check']> =>
    typeof value === 'string' ? monthFinding(value) : inPeriod.check(value),
};

class NoChangeReported extends FactSaid {
  @Member(oneOf(['NoChangeReported']), 'In these days nothing changed.')
  type!: 'NoChangeReported';

  @Optional(period, 'The days, or a month as YYYY-MM.')
  period?: Period | string;

  @Optional(day, 'Instead of period: the first day.')
  from?: Day;

  @Optional(day, 'Instead of period: the last day.')
  to?: Day;

  toData(): EventData['NoChangeReported'] {
    const { period: days, from, to } = this;
    if (days !== undefined && (from ?? to) !== undefined)
      refuse('member-unknown', 'period', 'a period beside from and to', 'one of them');
    if (typeof days === 'string') return { from: firstDayOf(days), to: lastDayOf(days) };
    if (isObject(days)) return { from: days.from, to: days.to };
    const missing = (member: string) =>
      refuse('member-missing', member, 'nothing', 'a period, or from and to');
    return { from: from ?? missing(to === undefined ? 'period' : 'from'), to: to ?? missing('to') };
  }
}

export const facts: Kinds<FactSaid> & { shapes: Record<FactType, new () => FactSaid> } = {
  member: 'type',
  shapes: {
    MilestoneReached,
    ProgressMeasured,
    InvestmentReported,
    StallDeclared,
    StallCleared,
    ForecastGiven,
    StageEntered,
    NoChangeReported,
  },
};

/**
 * The command that a fact stands for.
 *
 * @param today the business day
 * @throws RequestRefused what only the members together show
 */
export function commandOf(fact: FactSaid, today: Day): FactCommand {
  const entry = metadataOf(fact, today);
  return { type: commandOfFact[fact.type], entry, data: fact.toData() } as FactCommand;
}

function monthFinding(value: string): ReturnType<Rule['check']> {
  return isMonth(value)
    ? undefined
    : {
        type: 'day-invalid',
        seen: JSON.stringify(value.slice(0, 60)),
        expected: '{from, to}, or a month as YYYY-MM',
      };
}

function firstDayOf(said: string): Day {
  return isMonth(said) ? `${said}-01` : said;
}

function lastDayOf(said: string): Day {
  return isMonth(said) ? lastDayOfMonth(said) : said;
}
