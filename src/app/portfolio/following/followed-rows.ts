import type { Steps } from '../../../../projections/facts/steps.js';
import type { RulesAt } from '../../governance/rules-at.js';
import type { Views } from '../../views/views.js';
import type { ViewsEnd } from '../../views/views-file.js';
import { RowTable } from '../table/row-table.js';
import { type Followed, RowsFile } from '../table/rows-file.js';
import { RowTerms, type TranslatedTerms } from '../table/terms.js';
import type { FirstRows } from './first-rows.js';
import { IncrementalRows } from './incremental-rows.js';
import { layRows, notFollowed, type TableLimits, usualLimits } from './lay-rows.js';
import { ReadAhead } from './read-ahead.js';

/** Entries of a project that is read together with others; a longer one would leave no room for them in a page. */
const shortEntries = 16;

/** Where the rows are kept. */
export interface RowsOptions {
  path: string;
  storeName: string;
  limits?: TableLimits;
  /** How many entries of rows that continue are cached. */
  entriesKept?: number;
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
  private readonly walks: IncrementalRows;
  private readonly ahead: ReadAhead;
  /** By number: the rank from which the records are not in the file. */
  private readonly unsaved = new Map<number, number>();
  private file: RowsFile;
  private hasFailed = false;
  readonly limits: TableLimits;

  /** @param onFailure called once if the file cannot be written; the rows in memory continue */
  constructor(
    private readonly views: Views,
    private readonly rules: RulesAt,
    private readonly options: RowsOptions,
    private readonly onFailure: ((error: Error) => void) | undefined,
  ) {
    this.ahead = new ReadAhead(views);
    this.limits = options.limits ?? usualLimits;
    this.walks = new IncrementalRows(options.entriesKept);
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

  /** Reads the entries of projects that are followed next, as far as they are short and all of them are needed. */
  readAhead(projects: readonly string[]): void {
    this.ahead.read(projects.filter((project) => this.isReadWhole(project)));
  }

  /** True for a project without rows, and for a short one whose rows do not continue. */
  private isReadWhole(project: string): boolean {
    const followed = this.knownOf(project);
    return (
      this.isNew(project) || (!!followed && followed.revision < shortEntries && !this.walks.has(followed))
    );
  }

  /** True for a project without rows. */
  isNew(project: string): boolean {
    return (this.knownOf(project)?.revision ?? -1) < 0;
  }

  /** Adds what the views have of one project to its rows. */
  *follow(project: string): Steps<void> {
    const { views, rules, table, terms } = this;
    const number = this.added(project);
    const followed = this.followed[number] as Followed;
    const { revision } = followed;
    const upTo = views.position;
    const known = this.walks.take(followed);
    const laid = yield* layRows({ table, terms, number, limits: this.limits }, followed, {
      entries: yield* this.ahead.take(project, upTo, known ? revision + 1 : 0),
      known,
      upTo,
      adopted: rules,
      entriesUpTo: (position) => views.entriesInSteps(project, position),
    });
    this.settle(number, laid.followed, laid.from);
    // Of many projects processed for the first time, few change again soon.
    if (revision >= 0) this.walks.keep(laid.followed, laid.walk);
  }

  /** Adds the rows of a project that had none, as another thread computed them. */
  addFirst({ followed, records }: FirstRows, terms: TranslatedTerms): void {
    const number = this.added(followed.project);
    this.table.clear(number);
    this.table.load(number, records);
    this.table.renumber(number, terms);
    this.settle(number, followed, 0);
  }

  private settle(number: number, followed: Followed, from: number): void {
    this.followed[number] = followed;
    if (followed.wholeFrom > 0) this.cut.add(number);
    const unsaved = Math.min(from, this.unsaved.get(number) ?? Number.POSITIVE_INFINITY);
    this.unsaved.set(number, Math.min(unsaved, this.table.countOf(number)));
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
  added(project: string): number {
    const known = this.numbers.get(project);
    if (known !== undefined) return known;
    const number = this.table.add();
    this.numbers.set(project, number);
    this.followed.push(notFollowed(project));
    return number;
  }
}
