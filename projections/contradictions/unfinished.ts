import type { WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import type { Lexicon } from '../../domain/values/lexicon.js';
import type { Fact } from '../facts/facts.js';
import { statementOf } from '../progress/statement.js';
import { type Finding, finding } from './contradiction.js';
import { type IndexedFact, type ItemReport, isItemReport } from './fact-index.js';

/**
 * Items and steps that are reported unfinished although the project is built, found entry by entry.
 *
 * Each is found once, at its first such report about the day on which the project was built or a later one; reports
 * about that day count in any order. A report that it may be done, or another one that the project is built, settles it.
 * Reports are read by the plan in force when they are added.
 */
export class Unfinished {
  openContradictions = 0;
  private built: Fact<'StageEntered'> | undefined;
  /** By item and step. */
  private readonly subjects = new Map<string, Finding>();
  private items: ReadonlyMap<string, WorkItem> = new Map();
  /** The reports about the latest day, until the project is built. */
  private ofDay: ItemReport[] = [];

  /** @param found where findings are added, settled or not */
  constructor(
    private readonly lexicon: Lexicon,
    private readonly found?: Finding[],
  ) {}

  take(fact: IndexedFact): void {
    if (isItemReport(fact)) this.say(fact);
    else if (fact.type === 'PlanAdopted') this.adopt(fact);
    else if (fact.type === 'StageEntered' && fact.data.stage === 'built') this.build(fact);
  }

  private adopt({ data }: Fact<'PlanAdopted'>): void {
    this.items = new Map(data.items.map((item) => [item.id, item]));
  }

  private build(fact: Fact<'StageEntered'>): void {
    if (this.built) {
      for (const known of this.subjects.values()) if (known.since < fact.asOf) this.settle(known, fact);
      return;
    }
    this.built = fact;
    for (const report of this.ofDay) if (report.asOf === fact.asOf) this.check(report, fact);
    this.ofDay = [];
  }

  private say(report: ItemReport): void {
    if (this.built) this.check(report, this.built);
    else if (this.ofDay[0]?.asOf === report.asOf) this.ofDay.push(report);
    else this.ofDay = [report];
  }

  private check(report: ItemReport, built: Fact<'StageEntered'>): void {
    const [item, { step }] = [itemOf(report.data), report.data];
    const planned = this.items.get(item);
    if (planned?.stage !== undefined) return;
    const isUnfinished =
      report.type === 'ProgressMeasured' &&
      statementOf(report.data.measure, planned, this.lexicon).high < wholeBasisPoints;
    const key = JSON.stringify([item, step]);
    const known = this.subjects.get(key);
    if (known) {
      if (!isUnfinished) this.settle(known, report);
    } else if (isUnfinished) {
      const sides = [{ fact: built }, { fact: report }] as const;
      const opened = finding('built-but-unfinished', sides, { since: report.asOf });
      this.subjects.set(key, opened);
      this.found?.push(opened);
      this.openContradictions += 1;
    }
  }

  private settle(known: Finding, { id }: IndexedFact): void {
    if (known.settledBy !== undefined) return;
    known.settledBy = id;
    this.openContradictions -= 1;
  }
}
