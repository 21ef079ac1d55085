import { type Precision, projectOf } from '../../../domain/project/events.js';
import { givenDay } from '../../../domain/values/day-marks.js';
import type { Day, Instant } from '../../../domain/values/days/calendar.js';
import type { Words } from '../../../domain/values/words.js';
import { type PortfolioGroup, portfolio } from '../../../projections/portfolio/portfolio.js';
import { wordsOf } from '../../../projections/project/journal.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import { type Authored, authorOf } from '../../../projections/words/author-words.js';
import type { DistrictReplay } from './district-replay.js';

/** The totals of a district in a replay. */
export interface FilmTotals
  extends Pick<PortfolioGroup, 'projects' | 'completion' | 'lights' | 'stalled' | 'openContradictions'> {
  /** By basis and currency; they are never summed. */
  money: { basis: string; currency: string; sinceStartMinor: number; reported: number }[];
}

/** One frame of a replay: the entry, and the figures before and after it. */
export interface Frame extends Authored {
  id: string;
  project: string;
  position: number;
  recordedAt: Instant;
  asOf: Day;
  precision: Precision;
  isInferred?: true;
  words: Words;
  /** The project on the replay's day; null if it did not exist then. */
  before: ProjectRow | null;
  after: ProjectRow | null;
  /** The totals after the entry; only in a replay of the district. */
  totals?: FilmTotals;
}

/**
 * The entries of a log one by one, with the figures of one day as known after each.
 *
 * The past does not change, so frames are cacheable.
 */
export class Film {
  private readonly words = new Map<string, { count: number; words: ReadonlyMap<string, Words> }>();

  constructor(private readonly replay: DistrictReplay) {}

  /** The frames from an index (inclusive) to another (exclusive), for a day; with `isDistrict` each has the totals. */
  frames(from: number, to: number, asOf: Day, isDistrict: boolean): Frame[] {
    const entries = this.replay.entries.slice(from, to);
    const totals = isDistrict ? this.totalsAfter(from, to, asOf) : [];
    return entries.map(({ id, position, recordedAt, by, entry, stream }, index): Frame => {
      const project = projectOf(stream);
      const found = totals[index];
      return {
        id,
        project,
        position,
        recordedAt,
        ...authorOf({ by, entry }),
        ...givenDay(entry),
        words: this.wordsIn(project).get(id) ?? { en: id, zh: id },
        before: this.replay.rowAt(project, asOf, position - 1),
        after: this.replay.rowAt(project, asOf, position),
        ...(found ? { totals: found } : {}),
      };
    });
  }

  private totalsAfter(from: number, to: number, asOf: Day): FilmTotals[] {
    const { replay } = this;
    let rows = new Map<string, ProjectRow>();
    let last: number | undefined;
    return replay.entries.slice(from, to).map(({ position, stream }) => {
      const begun = last;
      // Between two entries only the project of the second changes, unless rules were adopted.
      if (begun === undefined || replay.adoptedAt.some((at) => at > begun && at < position))
        rows = new Map(replay.rowsAt(asOf, position).map((row) => [row.project, row]));
      const project = projectOf(stream);
      const row = replay.rowAt(project, asOf, position);
      if (row) rows.set(project, row);
      else rows.delete(project);
      last = position;
      return totalsOf([...rows.values()]);
    });
  }

  private wordsIn(project: string): ReadonlyMap<string, Words> {
    const entries = this.replay.entriesOf(project);
    const known = this.words.get(project);
    if (known?.count === entries.length) return known.words;
    const words = wordsOf(entries);
    this.words.set(project, { count: entries.length, words });
    return words;
  }
}

function totalsOf(rows: readonly ProjectRow[]): FilmTotals {
  const { total } = portfolio(rows);
  const { projects, completion, lights, stalled, openContradictions, investment } = total;
  return {
    projects,
    completion,
    lights,
    stalled,
    openContradictions,
    money: investment.map(({ basis, currency, sinceStartMinor, reported }) => ({
      basis,
      currency,
      sinceStartMinor,
      reported,
    })),
  };
}
