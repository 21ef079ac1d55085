import type { AnyRecordedEvent } from '../../../../domain/log/any-event.js';
import type { RecordedEvent } from '../../../../domain/project/events.js';
import { finished } from '../../../../projections/facts/steps.js';
import type { StoredRow } from '../../../event-store/event-store.js';
import { type Adoption, Adoptions } from '../../governance/adoptions.js';
import { RowTable } from '../table/row-table.js';
import type { Followed } from '../table/rows-file.js';
import { type NewTerms, RowTerms } from '../table/terms.js';
import { layRows, notFollowed, type TableLimits } from './lay-rows.js';

/** What rows are computed by, the same for all projects of a rebuild. */
export interface RowsAsked {
  adoptions: readonly Adoption[];
  /** The position of the log up to which the rows are computed. */
  upTo: number;
  limits: TableLimits;
}

/** A project of which all entries up to that position are there, as they are stored. */
export interface ProjectRead {
  project: string;
  stream: string;
  rows: readonly StoredRow[];
}

/** The rows of a project, with the numbers of terms of the thread that computed them. */
export interface FirstRows {
  followed: Followed;
  records: Uint8Array;
}

/** The rows of some projects; those that could not be computed are absent. */
export interface FirstRowsOfSome {
  rows: FirstRows[];
  /** The terms that no earlier answer of this thread had, in the order of their numbers. */
  terms: NewTerms;
}

/** Computes the rows of projects that have none yet: the part of a rebuild that a thread beside the service does. */
export class FirstRowsThread {
  private readonly terms = new RowTerms();
  private readonly table = new RowTable();
  private readonly number = this.table.add();
  private readonly adopted: Adoptions;
  /** The terms that were in an answer. */
  private told = this.terms.counts;

  constructor(
    private readonly asked: RowsAsked,
    private readonly eventsIn: (rows: readonly StoredRow[], stream: string) => AnyRecordedEvent[],
  ) {
    this.adopted = new Adoptions(asked.adoptions);
  }

  of(projects: readonly ProjectRead[]): FirstRowsOfSome {
    const rows: FirstRows[] = [];
    for (const one of projects) {
      try {
        rows.push(this.rowsOf(one));
      } catch {
        // The service follows it once more by itself, and finds out what is wrong with which entry.
      }
    }
    const terms = this.terms.since(this.told);
    this.told = this.terms.counts;
    return { rows, terms };
  }

  private rowsOf({ project, stream, rows }: ProjectRead): FirstRows {
    const { table, terms, number, adopted } = this;
    const { upTo, limits } = this.asked;
    table.clear(number);
    const entries = this.eventsIn(rows, stream) as RecordedEvent[];
    const laying = layRows({ table, terms, number, limits }, notFollowed(project), {
      entries,
      known: undefined,
      upTo,
      adopted,
      *entriesUpTo(until) {
        return entries.filter(({ position }) => position <= until);
      },
    });
    const { followed } = finished(laying);
    return { followed, records: table.bytesOf(number, 0, table.countOf(number)) };
  }
}
