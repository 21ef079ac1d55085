import type { FactCommand } from '../../domain/project/commands.js';
import type { Blocked, EntryMetadata, EventData, Measure, WorkItem } from '../../domain/project/events.js';
import { addDays } from '../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import type { Dice } from './dice.js';
import { randomMoney } from './random-plan.js';

/** The properties of the item that a fact is about. */
export type MeasuredItem = Pick<WorkItem, 'id' | 'measure' | 'of' | 'steps'>;

/** A possible report of one item, or of a project with these stalls. */
export function randomFact(
  dice: Dice,
  entry: EntryMetadata,
  item: MeasuredItem,
  stalls: readonly string[],
): FactCommand {
  const kind = dice.int(1, 100);
  const step = item.steps && dice.chance(75) ? dice.pick(stepIds) : undefined;
  const on = { item: item.id, ...(step === undefined ? {} : { step }) };
  if (kind <= 20) return { type: 'MilestoneReached', entry, data: on };
  if (kind <= 60)
    return { type: 'ProgressMeasured', entry, data: { ...on, measure: randomMeasure(dice, item) } };
  if (kind > 69 && kind <= 73) return { type: 'MoneyReported', entry, data: randomMoneyOfKind(dice) };
  if (kind <= 69) {
    const [share, annual] = [dice.chance(20), dice.chance(25)];
    return {
      type: 'InvestmentReported',
      entry,
      data: {
        ...((share || annual) && dice.chance(30) ? {} : { amount: randomMoney(dice) }),
        span: dice.pick(['since-start', 'since-start', 'year', 'quarter', 'month']),
        basis: dice.pick(['unknown', 'unknown', 'physical', 'accounting']),
        ...(share ? { shareOfPlanBasisPoints: dice.int(0, 10000) } : {}),
        ...(annual ? { shareOfAnnualPlanBasisPoints: dice.int(0, 12000) } : {}),
      },
    };
  }
  const [stall, ...others] = stalls;
  if (kind <= 79 && stall)
    return { type: 'StallCleared', entry, data: { stall: dice.pick([stall, ...others]) } };
  if (kind <= 85) {
    const from = addDays(entry.asOf, -dice.int(0, 40));
    return {
      type: 'StallDeclared',
      entry,
      data: {
        stall: dice.pick(['stall-1', 'stall-2', 'stall-3']),
        cause: dice.pick(['financing', 'licence', 'labour', 'weather', 'other', 'unknown']),
        blocks: dice.pick<Blocked[]>([['works'], ['production'], ['staffing'], ['works', 'production']]),
        from,
        ...(dice.chance(40)
          ? { [dice.pick(['to', 'to', 'expectedEnd'])]: addDays(from, dice.int(0, 60)) }
          : {}),
        ...(dice.chance(35) ? { item: item.id } : {}),
      },
    };
  }
  if (kind <= 91) {
    const earliest = addDays(entry.asOf, dice.int(-30, 400));
    const latest = addDays(earliest, dice.int(0, 180));
    const isOfItem = dice.chance(40);
    return {
      type: 'ForecastGiven',
      entry,
      data: {
        target: isOfItem ? item.id : dice.pick(['completion', 'production', 'start', 'opening']),
        ...(isOfItem && dice.chance(30) ? { what: 'start' as const } : {}),
        ...dice.pick([{ earliest, latest }, { earliest, latest }, { latest }, { earliest }, {}]),
        ...(dice.chance(20)
          ? { scope: dice.pick([{ en: 'whole vehicle' }, { en: 'whole vehicle', zh: '整车' }]) }
          : {}),
        ...(dice.chance(20) ? { reason: { zh: '尚未取得许可' } } : {}),
      },
    };
  }
  if (kind <= 96) return { type: 'StageEntered', entry, data: { stage: dice.pick(stages) } };
  return {
    type: 'NoChangeReported',
    entry,
    data: { from: addDays(entry.asOf, -dice.int(0, 31)), to: entry.asOf },
  };
}

function randomMoneyOfKind(dice: Dice): EventData['MoneyReported'] {
  const kind = dice.pick(['paid', 'funds', 'contract', 'budget'] as const);
  return {
    kind,
    amount: randomMoney(dice),
    span: dice.pick(['since-start', 'since-start', 'year', 'quarter', 'month']),
    ...(kind === 'funds' && dice.chance(50) ? { source: dice.pick(['bond', 'loan'] as const) } : {}),
  };
}

function randomMeasure(dice: Dice, item: Pick<WorkItem, 'measure' | 'of'>): Measure {
  const kind = dice.chance(80) ? item.measure : dice.pick(['percent', 'count', 'storeys', 'done']);
  const of = dice.chance(30) ? dice.int(1, 12) : item.of;
  const reached = dice.int(0, of ?? 12);
  switch (kind) {
    case 'percent':
      return { kind, basisPoints: dice.chance(20) ? dice.pick([0, 10000]) : dice.int(0, 10000) };
    case 'count':
      return { kind, done: reached, ...(of !== undefined && dice.chance(70) ? { of, unit: '幢' } : {}) };
    case 'storeys':
      return { kind, reached, ...(of !== undefined && dice.chance(70) ? { of } : {}) };
    case 'quantity':
    case 'done':
    case 'steps': {
      const [first, ...rest] = shippedLexicon.words;
      const word = first && dice.pick([first, ...rest]);
      return { kind: 'word', word: word?.word ?? 'partly', said: word?.name.zh ?? '部分' };
    }
  }
}

const stages = [
  'contracted',
  'started',
  'built',
  'trial-production',
  'trial-operation',
  'in-production',
  'opened-to-traffic',
  'in-use',
  'handed-over',
  'accepted',
  'registered-in-statistics',
  'suspended',
  'resumed',
  'cancelled',
] as const;

const stepIds = ['delivered', 'installed', 'commissioned'] as const;
