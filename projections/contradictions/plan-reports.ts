import type { Measure, WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import { compareQuantities, type Quantity } from '../../domain/values/amounts/quantity.js';
import { isSame } from '../../domain/values/equal.js';
import type { Lexicon } from '../../domain/values/lexicon.js';
import type { Fact } from '../facts/facts.js';
import { type Amount, statementOf } from '../progress/statement.js';
import { type Finding, finding, type Side } from './contradiction.js';
import type { ItemReport } from './fact-index.js';

type AdoptedPlan = Fact<'PlanAdopted'>;
type Conflict = [Side, Side];

/** The reports of one kind on an item or a step. */
interface Subject {
  rule: 'denominators-differ' | 'unknown-step';
  item: string;
  isStoreys: boolean;
  last: ItemReport;
  /** The first report with a total, or a later one whose total grew. */
  total: ItemReport | undefined;
  /** The total grew since the plan. */
  hasGrown: boolean;
  open: Finding | undefined;
}

/**
 * Reports with another total than the plan or an earlier report, or with a step that the plan in force does not name,
 * found report by report and plan by plan.
 *
 * A larger total with as much done or more is scope that grew. A new plan settles what it agrees with; it opens nothing
 * on an item that an earlier plan named, because reports under the old plan were right then.
 */
export class PlanReports {
  openContradictions = 0;
  private readonly subjects = new Map<string, Subject>();
  private readonly namedBefore = new Set<string>();
  private plan: AdoptedPlan | undefined;
  private items: ReadonlyMap<string, WorkItem> = new Map();

  /** @param found where findings are added, settled or not */
  constructor(
    private readonly lexicon: Lexicon,
    private readonly found?: Finding[],
  ) {}

  say(report: ItemReport): void {
    const [item, { step }] = [itemOf(report.data), report.data];
    const kind = report.type === 'ProgressMeasured' ? report.data.measure.kind : undefined;
    const isStoreys = kind === 'storeys';
    if (step === undefined && !isStoreys && kind !== 'count' && kind !== 'quantity') return;
    const key = JSON.stringify([item, step ?? null, step === undefined ? isStoreys : (kind ?? null)]);
    const known = this.subjects.get(key);
    const rule = step === undefined ? 'denominators-differ' : 'unknown-step';
    const subject = known ?? {
      ...{ rule, item, isStoreys, last: report, total: undefined, hasGrown: false, open: undefined },
    };
    if (known && this.grows(known, report)) {
      known.total = report;
      known.hasGrown = true;
    }
    this.subjects.set(key, subject);
    subject.last = report;
    if (this.amountOf(report)?.isOwnTotal) subject.total ??= report;
    this.check(subject, report, true);
  }

  adopt(plan: AdoptedPlan): void {
    const { items: before } = this;
    for (const id of before.keys()) this.namedBefore.add(id);
    this.plan = plan;
    this.items = new Map(plan.data.items.map((item) => [item.id, item]));
    for (const subject of this.subjects.values()) {
      const [was, is] = [before.get(subject.item), this.items.get(subject.item)];
      if (was?.of !== is?.of || !isSame(was?.total, is?.total)) subject.hasGrown = false;
      this.check(subject, plan, !this.namedBefore.has(subject.item));
    }
  }

  private check(subject: Subject, fact: ItemReport | AdoptedPlan, mayOpen: boolean): void {
    const sides = subject.rule === 'unknown-step' ? this.unnamedStep(subject) : this.otherTotal(subject);
    if (subject.open && !sides) {
      subject.open.settledBy = fact.id;
      subject.open = undefined;
      this.openContradictions -= 1;
    } else if (sides && !subject.open && mayOpen) {
      subject.open = finding(subject.rule, sides, { since: fact.asOf });
      this.openContradictions += 1;
      this.found?.push(subject.open);
    }
  }

  private unnamedStep({ item, last }: Subject): Conflict | undefined {
    const { plan } = this;
    const planned = this.items.get(item);
    if (!plan || !planned || planned.steps?.some(({ id }) => id === last.data.step)) return undefined;
    return [{ fact: last }, { fact: plan, plans: 'no-step' }];
  }

  private otherTotal(subject: Subject): Conflict | undefined {
    const total = this.totalOf(subject);
    const said = this.amountOf(subject.last);
    if (!total || !said || !isOfAnother(said, total.of)) return undefined;
    return [total.side, { fact: subject.last }];
  }

  /** The total that reports are compared with: the plan's, or that of the first report with one. */
  private totalOf(subject: Subject): { of: Quantity; side: Side } | undefined {
    const { plan } = this;
    const of = subject.hasGrown ? undefined : this.plannedFor(subject);
    if (plan && of) return { of, side: { fact: plan, plans: { total: of } } };
    const stated = subject.total && this.amountOf(subject.total)?.of;
    return subject.total && stated ? { of: stated, side: { fact: subject.total } } : undefined;
  }

  /** The plan's total of an item, if reports of this kind are measured by it. */
  private plannedFor({ item, isStoreys, last }: Subject): Quantity | undefined {
    const planned = this.items.get(item);
    if (!planned || (planned.measure === 'storeys') !== isStoreys || last.type !== 'ProgressMeasured')
      return undefined;
    const measure: Measure & { of?: unknown } = { ...last.data.measure };
    delete measure.of;
    return statementOf(measure, planned, this.lexicon).amount?.of ?? undefined;
  }

  /** True for a report of a larger total than the one that it is compared with, and of no smaller amount. */
  private grows(subject: Subject, report: ItemReport): boolean {
    const total = this.totalOf(subject);
    const [before, now] = [this.amountOf(subject.last), this.amountOf(report)];
    if (!total || !before || !now?.of || !now.isOwnTotal || subject.open) return false;
    const isLarger = (compareQuantities(now.of, total.of) ?? 0) > 0;
    return isLarger && (compareQuantities(now.done, before.done) ?? -1) >= 0;
  }

  private amountOf(report: ItemReport): Amount | undefined {
    if (report.type !== 'ProgressMeasured') return undefined;
    const planned = this.items.get(itemOf(report.data));
    return statementOf(report.data.measure, planned, this.lexicon).amount ?? undefined;
  }
}

/** True for an amount of another total, or beyond that total; false where the units do not convert. */
function isOfAnother({ done, of, isOwnTotal }: Amount, total: Quantity): boolean {
  if (isOwnTotal && of && (compareQuantities(of, total) ?? 0) !== 0) return true;
  return (compareQuantities(done, total) ?? 0) > 0;
}
