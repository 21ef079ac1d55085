import type { WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import type { Fact } from '../facts/facts.js';
import { type Finding, finding, type Side } from './contradiction.js';
import type { ItemReport } from './fact-index.js';

type AdoptedPlan = Fact<'PlanAdopted'>;
type Conflict = [Side, Side];

/** What a report counts, and of how many if it said so. */
interface Count {
  kind: 'count' | 'storeys';
  done: number;
  of: number | undefined;
}

/** The reports of one kind on an item or a step. */
interface Subject {
  rule: 'denominators-differ' | 'unknown-step';
  item: string;
  last: ItemReport;
  /** The first report with a total. */
  first: ItemReport | undefined;
  open: Finding | undefined;
}

/**
 * Reports with another total than the plan or an earlier report, or with a step that the plan in force does not name,
 * found report by report and plan by plan.
 *
 * A new plan settles what it agrees with; it opens nothing on an item that an earlier plan named, because reports under
 * the old plan were right then.
 */
export class PlanReports {
  openContradictions = 0;
  private readonly subjects = new Map<string, Subject>();
  private readonly namedBefore = new Set<string>();
  private plan: AdoptedPlan | undefined;
  private items: ReadonlyMap<string, WorkItem> = new Map();

  /** @param found where findings are added, settled or not */
  constructor(private readonly found?: Finding[]) {}

  say(report: ItemReport): void {
    const [item, { step }] = [itemOf(report.data), report.data];
    const kind = report.type === 'ProgressMeasured' ? report.data.measure.kind : null;
    const isCounted = kind === 'count' || kind === 'storeys';
    if (step === undefined && !isCounted) return;
    const key = JSON.stringify([item, step ?? null, kind]);
    let subject = this.subjects.get(key);
    if (!subject) {
      const rule = step === undefined ? 'denominators-differ' : 'unknown-step';
      subject = { rule, item, last: report, first: undefined, open: undefined };
      this.subjects.set(key, subject);
    }
    subject.last = report;
    if (countOf(report)?.of !== undefined) subject.first ??= report;
    this.check(subject, report, true);
  }

  adopt(plan: AdoptedPlan): void {
    for (const id of this.items.keys()) this.namedBefore.add(id);
    this.plan = plan;
    this.items = new Map(plan.data.items.map((item) => [item.id, item]));
    for (const subject of this.subjects.values())
      this.check(subject, plan, !this.namedBefore.has(subject.item));
  }

  private check(subject: Subject, fact: ItemReport | AdoptedPlan, mayOpen: boolean): void {
    const sides = this.conflictOf(subject);
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

  private conflictOf(subject: Subject): Conflict | undefined {
    return subject.rule === 'unknown-step' ? this.unnamedStep(subject) : this.otherTotal(subject);
  }

  private unnamedStep({ item, last }: Subject): Conflict | undefined {
    const { plan } = this;
    const planned = this.items.get(item);
    if (!plan || !planned || planned.steps?.some(({ id }) => id === last.data.step)) return undefined;
    return [{ fact: last }, { fact: plan, plans: 'no-step' }];
  }

  private otherTotal({ item, last, first }: Subject): Conflict | undefined {
    const { plan } = this;
    const count = countOf(last);
    const planned = this.items.get(item);
    if (plan && planned?.of !== undefined && planned.measure === count?.kind) {
      const { of } = planned;
      if (!isOfAnother(count, of)) return undefined;
      return [{ fact: plan, plans: { of } }, { fact: last }];
    }
    return first && isOfAnother(count, countOf(first)?.of) ? [{ fact: first }, { fact: last }] : undefined;
  }
}

/** True for a count of another total, or beyond that total. */
function isOfAnother(count: Count | undefined, total: number | undefined): boolean {
  if (!count || total === undefined) return false;
  return (count.of !== undefined && count.of !== total) || count.done > total;
}

function countOf(report: ItemReport): Count | undefined {
  if (report.type !== 'ProgressMeasured') return undefined;
  const { measure } = report.data;
  if (measure.kind === 'count') return { kind: 'count', done: measure.done, of: measure.of };
  return measure.kind === 'storeys' ? { kind: 'storeys', done: measure.reached, of: measure.of } : undefined;
}
