import type { WorkItem } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { full, type Range } from '../completion/statements.js';
import type { ItemReport } from '../contradictions/fact-index.js';
import { isOfMore, reportedLevel } from '../contradictions/progress.js';
import { Regressions } from '../facts/regressions.js';

/** The reports on an item as a whole, or on one of its steps. */
interface Subject {
  regressions: Regressions<ItemReport>;
  /** Percent of the last report, not rounded. */
  percent: number;
}

/** The reports on one item, planned or not, in order, with their contradictions. */
export class ItemReports {
  private readonly subjects = new Map<string | undefined, Subject>();
  /**
   * Reports that the whole item is done, its own and those on enclosing groups: they count for each step, and are in
   * every list.
   */
  private readonly doneAbove = new Regressions(isOfMore);
  private readonly doneWhole = new Regressions(isOfMore);
  private isReached = false;

  constructor(readonly item: WorkItem | undefined) {}

  /** An enclosing group is reported done: returns the change in open regressions. */
  sayDoneAbove(fact: ItemReport): number {
    const done = reportedLevel(fact, full);
    this.doneAbove.say(done);
    this.doneWhole.say(done);
    let more = 0;
    for (const { regressions } of this.subjects.values()) more += regressions.say(done);
    return more;
  }

  /** Adds a report: the change in regressions, and whether it rose or was produced. */
  say(word: ItemReport, range: Range): { regressions: number; isRise: boolean; isProduction: boolean } {
    const { step } = word.data;
    const said = reportedLevel(word, range);
    const subject = this.subject(step);
    let regressions = subject.regressions.say(said);
    // An item that is done is done in each of its steps.
    if (step === undefined && range.floor === wholeBasisPoints) {
      this.doneWhole.say(said);
      for (const [name, other] of this.subjects)
        if (name !== undefined) regressions += other.regressions.say(said);
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
