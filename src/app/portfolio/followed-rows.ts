import type { RecordedEvent } from '../../../domain/project/events.js';
import { inParts, type Steps } from '../../../projections/facts/steps.js';
import { readBy } from '../../../projections/lexicon/reading.js';
import { IncrementalRow } from '../../../projections/rows/incremental-row.js';
import type { RowStep } from '../../../projections/rows/row-step.js';
import type { Adoption, RulesAt } from '../governance/rules-at.js';
import type { Views } from '../views/views.js';
import type { ViewsEnd } from '../views/views-file.js';
import { IncrementalRows } from './incremental-rows.js';
import { ReadAhead } from './read-ahead.js';
import { RowTable } from './row-table.js';
import { type Followed, RowsFile } from './rows-file.js';
import { putSteps } from './rows-of.js';
import { RowTerms } from './terms.js';

/** What the table holds of a project with a long history (docs/decisions/0045). */
export interface TableLimits {
  /** Record limit: beyond it only the present state of each day is kept, and earlier knowledge is folded on demand. */
  mostRecords: number;
  /** From this number of records on, late entries are processed together. */
  longFrom: number;
}

const usualLimits: TableLimits = { mostRecords: 16_384, longFrom: 1_000 };

/** Where the rows are kept. */
export interface RowsOptions {
  path: string;
  storeName: string;
  limits?: TableLimits;
}

/** The table of rows with the progress of each project, and the file that keeps both. */
export class FollowedRows {
  readonly terms = new RowTerms();
  table = new RowTable();
  /** By number. */
  readonly followed: Followed[] = [];
  /** Numbers of projects without records from before some position. */
  readonly cut = new Set<number>();
  private readonly numbers = new Map<string, number>();
  private readonly walks = new IncrementalRows();
  private readonly ahead: ReadAhead;
  /** By number: the rank from which the records are not in the file. */
  private readonly unsaved = new Map<number, number>();
  private file: RowsFile;
  private hasFailed = false;

  /** @param onFailure called once if the file cannot be written; the rows in memory continue */
  constructor(
    private readonly views: Views,
    private readonly rules: RulesAt,
    private readonly options: RowsOptions,
    private readonly onFailure: ((error: Error) => void) | undefined,
  ) {
    this.ahead = new ReadAhead(views);
    this.file = RowsFile.open(options.path, options.storeName, this.terms);
    const end = this.file.endsWith;
    const isOfThisLog = !end || views.stream(end.stream, end.position, end.revision)[0]?.id === end.id;
    if (!isOfThisLog) this.file.clear();
  }

  /** The position up to which the file is complete; 0 if it is not. */
  get fileEnd(): number {
    return this.file.endsWith?.position ?? 0;
  }

  knownOf(project: string): Followed | undefined {
    return this.followed[this.numbers.get(project) ?? -1];
  }

  /** The number of a project; -1 for an unknown one. */
  numberOf(project: string): number {
    return this.numbers.get(project) ?? -1;
  }

  /** Reads the file, in pages. */
  *load(): Generator<void, undefined> {
    for (const some of this.file.load(this.table)) {
      for (const followed of some) {
        if (followed.wholeFrom > 0) this.cut.add(this.followed.length);
        this.numbers.set(followed.project, this.followed.length);
        this.followed.push(followed);
      }
      yield;
    }
  }

  /** Replaces an unreadable file by an empty one. */
  replaceFile(): void {
    this.file.close();
    const { path, storeName } = this.options;
    this.file = RowsFile.empty(path, storeName, this.terms);
  }

  /** Forgets all rows, also those in the file. */
  clear(): void {
    this.table = new RowTable();
    this.numbers.clear();
    this.followed.length = 0;
    for (const kept of [this.walks, this.unsaved, this.cut]) kept.clear();
    this.file.clear();
  }

  /** Forgets the rows of a project whose entries cannot be folded. */
  forget(project: string): void {
    const number = this.added(project);
    this.table.clear(number);
    this.unsaved.set(number, 0);
    this.followed[number] = notFollowed(project);
    this.cut.delete(number);
  }

  /** Reads the entries of projects that are followed next, as far as they have no rows yet. */
  readAhead(projects: readonly string[]): void {
    this.ahead.read(projects.filter((project) => (this.knownOf(project)?.revision ?? -1) < 0));
  }

  /** Adds what the views have of one project to its rows. */
  *follow(project: string): Steps<void> {
    const { views, rules } = this;
    const { mostRecords, longFrom } = this.options.limits ?? usualLimits;
    const number = this.added(project);
    const followed = this.followed[number] as Followed;
    const { revision } = followed;
    const upTo = views.position;
    const known = this.walks.take(followed);
    const entries = yield* this.ahead.take(project, upTo, known ? revision + 1 : 0);
    const isNew = revision < 0;
    let inForce = rules.lastUpTo(isNew ? (entries[0]?.position ?? 0) : followed.rules);
    const by = inForce.position;
    let walk = known ?? (yield* rowKnowing(entries.slice(0, revision + 1), inForce));
    let news = known ? entries : entries.slice(revision + 1);
    let from = this.unsaved.get(number) ?? Number.POSITIVE_INFINITY;
    let { wholeFrom } = followed;
    const put = (steps: readonly RowStep[], position: number) => {
      from = Math.min(from, putSteps(this.table, number, steps, { position, terms: this.terms }));
      if (this.table.countOf(number) <= mostRecords) return;
      this.table.compact(number);
      from = 0;
      wholeFrom = position;
    };
    const adopt = function* (adopted: Adoption): Steps<void> {
      if (readBy(adopted.lexicon) === readBy(inForce.lexicon)) walk.adopt(adopted.rules);
      else walk = yield* rowKnowing(yield* views.entriesInSteps(project, adopted.position), adopted);
      inForce = adopted;
      if (walk.firstOn !== null) put(yield* walk.inStepsFrom(walk.firstOn), adopted.position);
    };
    const adoptions = rules.between(by, upTo);
    const last = news.at(-1) ?? followed;
    while (news[0]) {
      const [entry] = news;
      for (; adoptions[0] && adoptions[0].position < entry.position; adoptions.shift())
        yield* adopt(adoptions[0]);
      // Late entries of a project with a long history are processed together: each alone would cost a pass through all days.
      const isLong = this.table.countOf(number) > longFrom && !walk.isLatest(entry);
      const until = adoptions[0]?.position ?? Number.POSITIVE_INFINITY;
      const together = isLong ? news.filter(({ position }) => position < until) : [entry];
      const { position } = together.at(-1) ?? entry;
      if (together.length > 1) wholeFrom = position;
      put((yield* walk.takeAll(together.map(readBy(inForce.lexicon)))).steps, position);
      news = news.slice(together.length);
    }
    for (const adopted of adoptions) yield* adopt(adopted);
    const done = {
      project,
      revision: last.revision,
      position: last.position,
      rules: rules.lastUpTo(upTo).position,
      wholeFrom,
    };
    this.followed[number] = done;
    if (wholeFrom > 0) this.cut.add(number);
    // Of many projects processed for the first time, few change again soon.
    if (!isNew) this.walks.keep(done, walk);
    this.unsaved.set(number, Math.min(from, this.table.countOf(number)));
  }

  /** Writes new records; with an event, that everything up to it is there. */
  save(end?: ViewsEnd): void {
    if (this.hasFailed || (this.unsaved.size === 0 && !end)) return;
    try {
      this.file.begin();
      for (const [number, from] of this.unsaved)
        this.file.save(this.table, number, from, this.followed[number] as Followed);
      this.file.commit(end);
      this.unsaved.clear();
    } catch (error) {
      // The rows in memory are complete; after the next start the rest is rebuilt.
      this.hasFailed = true;
      this.onFailure?.(error as Error);
    }
  }

  close(): void {
    this.save();
    this.file.close();
  }

  /** The number of a project, which is added if it is unknown. */
  private added(project: string): number {
    const known = this.numbers.get(project);
    if (known !== undefined) return known;
    const number = this.table.add();
    this.numbers.set(project, number);
    this.followed.push(notFollowed(project));
    return number;
  }
}

/** A row that knows some entries as they are read by what is in force. */
export function* rowKnowing(
  entries: readonly RecordedEvent[],
  { rules, lexicon }: Adoption,
): Steps<IncrementalRow> {
  const row = new IncrementalRow(rules);
  const read = readBy(lexicon);
  for (const some of inParts(entries)) {
    for (const entry of some) row.know(read(entry));
    yield;
  }
  return row;
}

function notFollowed(project: string): Followed {
  return { project, revision: -1, position: 0, rules: 0, wholeFrom: 0 };
}
