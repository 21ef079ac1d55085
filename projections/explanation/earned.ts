import type { WorkItem } from '../../domain/project/events.js';
import { nameWords, type Words } from '../../domain/values/words.js';
import type { Fact } from '../facts/facts.js';
import type { DatedLeaf, PlannedWork } from '../plan/planned-work.js';
import { budgetOf } from '../schedule/earned-value.js';
import { exactly } from './terms/exact.js';
import { between, leaf, rounded, type Term, total } from './terms/term.js';

/** What earned value is computed from. */
interface EarnedOf {
  work: PlannedWork;
  plan: Fact<'PlanAdopted'> | undefined;
  /** The completion of a leaf. */
  percent: (item: WorkItem) => Term;
  /** What of a leaf is planned to be done. */
  planned: (leaf: DatedLeaf) => Term;
  /** The latest accounting figure since the start. */
  cost: (currency: string) => Term | undefined;
}

export const earnedFigures = [
  'budget',
  'planned-value',
  'earned-value',
  'actual-cost',
  'spi',
  'cpi',
] as const;

const names: Readonly<Record<(typeof earnedFigures)[number], Words>> = {
  budget: { en: 'Planned costs of all work', zh: '全部工作的计划费用' },
  'planned-value': { en: 'Planned value', zh: '计划价值（PV）' },
  'earned-value': { en: 'Earned value', zh: '挣值（EV）' },
  'actual-cost': { en: 'Actual cost', zh: '实际成本（AC）' },
  spi: { en: 'Schedule performance index', zh: '进度绩效指数（SPI）' },
  cpi: { en: 'Cost performance index', zh: '成本绩效指数（CPI）' },
};

/** Earned value on a day as terms; undefined where the plan lacks what it needs. */
export class ExplainedEarned {
  private readonly currency: string | undefined;

  constructor(private readonly of: EarnedOf) {
    const budget = budgetOf(of.work.leaves);
    this.currency = 'currency' in budget ? budget.currency : undefined;
  }

  figure(kind: string): Term | undefined {
    if (this.currency === undefined) return undefined;
    switch (kind) {
      case 'budget':
        return this.sum('budget', ({ item }) => this.costOf(item));
      case 'planned-value':
        return this.planned();
      case 'earned-value':
        return this.earned();
      case 'actual-cost':
        return this.of.cost(this.currency);
      case 'spi':
        return this.index('spi', this.planned());
      case 'cpi':
        return this.index('cpi', this.of.cost(this.currency));
      default:
        return undefined;
    }
  }

  private planned(): Term {
    return this.sum('planned-value', (leaf) => this.part(leaf.item, this.of.planned(leaf)));
  }

  private earned(): Term {
    return this.sum('earned-value', ({ item }) => this.part(item, rounded(this.of.percent(item))));
  }

  /** The earned value over another one; undefined while that is nothing. */
  private index(figure: 'spi' | 'cpi', by: Term | undefined): Term | undefined {
    if (!by || by.value.n === 0n) return undefined;
    return between('share', this.earned(), by, { name: names[figure], unit: 'basis-points', figure });
  }

  private sum(figure: 'budget' | 'planned-value' | 'earned-value', part: (of: DatedLeaf) => Term): Term {
    // Without a day for every leaf there is no earned value.
    return total(
      this.of.work.dated.map((one) => ({ term: part(one) })),
      { name: names[figure], ...this.money(), figure },
    );
  }

  /** The share of the cost of an item. */
  private part(item: WorkItem, share: Term): Term {
    const name = nameWords(item.name, item.id);
    return between('part-of', this.costOf(item), share, {
      name: { en: `${name.en}: its share of the cost`, zh: `${name.zh}：按完成折算的费用` },
      ...this.money(),
    });
  }

  private costOf(item: WorkItem): Term {
    const { plan } = this.of;
    const name = nameWords(item.name, item.id);
    return leaf('stated', exactly(item.plannedCost?.amountMinor ?? 0), {
      name: { en: `${name.en}: planned cost`, zh: `${name.zh}：计划费用` },
      ...this.money(),
      words: { en: 'The plan states it.', zh: '计划写明。' },
      about: { item: item.id },
      ...(plan ? { entries: [plan.id] } : {}),
    });
  }

  private money(): Pick<Term, 'unit' | 'currency'> {
    const { currency } = this;
    return { unit: 'minor', ...(currency === undefined ? {} : { currency }) };
  }
}
