import type { WorkItem } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { full, type Range } from '../completion/statements.js';
import type { ItemReport } from '../contradictions/fact-index.js';
import { RegressionCount, type StatedRange } from './regression-count.js';

/** The reports on an item as a whole, or on one of its steps. */
interface Subject {
  regressions: RegressionCount;
  /** Percent of the last report, not rounded. */
  percent: number;
}

const done: StatedRange = { floor: wholeBasisPoints, ceiling: wholeBasisPoints };

/** The reports on one item, planned or not, in order, with their contradictions. */
export class ItemReports {
  private readonly subjects = new Map<string | undefined, Subject>();
  /**
   * Reports that the whole item is done, its own and those on enclosing groups: they count for each step, and are in
   * every list.
   */
  private readonly doneAbove = new RegressionCount();
  private readonly doneWhole = new RegressionCount();
  private isReached = false;

  constructor(readonly item: WorkItem | undefined) {}

  /** An enclosing group is reported done: returns the change in open regressions. */
  sayDoneAbove(day: number): number {
    this.doneAbove.say(day, done);
    this.doneWhole.say(day, done);
    let more = 0;
    for (const { regressions } of this.subjects.values()) more += regressions.say(day, done);
    return more;
  }

  /** Adds a report: the change in regressions, and whether it rose or was produced. */
  say(
    day: number,
    word: ItemReport,
    range: Range,
  ): { regressions: number; isRise: boolean; isProduction: boolean } {
    const { step } = word.data;
    const said = saidBy(word, range);
    const subject = this.subject(step);
    let regressions = subject.regressions.say(day, said);
    // An item that is done is done in each of its steps.
    if (step === undefined && range.floor === wholeBasisPoints) {
      this.doneWhole.say(day, said);
      for (const [name, other] of this.subjects)
        if (name !== undefined) regressions += other.regressions.say(day, said);
    }
    const isRise = range.percent > subject.percent;
    subject.percent = range.percent;
    const isReached = step === undefined && range.floor === wholeBasisPoints;
    const isProduction = isReached && !this.isReached && this.item?.stage !== undefined;
    this.isReached = isReached;
    return { regressions, isRise, isProduction };
  }

  private subject(step: string | undefined): Subject {
    const known = this.subjects.get(step);
    if (known) return known;
    const regressions = (step === undefined ? this.doneAbove : this.doneWhole).copy();
    const subject = { regressions, percent: 0 };
    this.subjects.set(step, subject);
    return subject;
  }
}

function saidBy(word: ItemReport, range: Range): StatedRange {
  if (range === full) return done;
  const said = { floor: Math.round(range.floor), ceiling: Math.round(range.ceiling) };
  if (word.type === 'MilestoneReached') return said;
  const { measure } = word.data;
  if (measure.kind === 'count') return { ...said, count: { kind: measure.kind, done: measure.done } };
  return measure.kind === 'storeys'
    ? { ...said, count: { kind: measure.kind, done: measure.reached } }
    : said;
}
