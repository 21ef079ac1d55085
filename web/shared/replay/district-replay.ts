import { type AdoptedRules, defaultRules } from '../../../domain/governance/rules.js';
import { projectOf, type RecordedEvent } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { asRecorded, type Reading, readBy } from '../../../projections/lexicon/reading.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import { IncrementalRow } from '../../../projections/rows/incremental-row.js';
import type { RowStep } from '../../../projections/rows/row-step.js';
import type { LogPage } from '../../../src/app/queries/log-page.js';
import { recordedIn } from '../entries.js';
import type { Adoption } from './replay.js';
import type { Ticking } from './timeline.js';

/** The row of a project from a log position on. */
interface Record {
  position: number;
  /** Earlier days are unchanged. */
  since: Day;
  steps: readonly RowStep[];
}

interface Followed {
  walk: IncrementalRow;
  records: Record[];
  entries: RecordedEvent[];
}

/**
 * Every project as a row of the district at any point of both clocks, folded from the log by the service's projections.
 *
 * A row that is equal at two points is the same object, so differences are found by identity.
 */
export class DistrictReplay {
  private readonly projects = new Map<string, Followed>();
  private rules: AdoptedRules = defaultRules;
  private read: Reading = asRecorded;
  /** Every processed entry, in log order. */
  readonly entries: RecordedEvent[] = [];
  /** Positions at which rules or lexicons were adopted, sorted. */
  readonly adoptedAt: number[] = [];
  /** Every processed entry as a point on the clocks, in log order. */
  readonly ticking: Ticking[] = [];
  /** The last processed position. */
  upTo = 0;

  /** Processes the next part of the log; returns the affected projects. */
  take({ items, rules, lexicons, upTo }: Omit<LogPage, 'head'>): Set<string> {
    const affected = new Set<string>();
    const adoptions: Adoption[] = [...rules, ...lexicons].sort((a, b) => a.position - b.position);
    for (const item of items) {
      for (; adoptions[0] && adoptions[0].position < item.position; adoptions.shift())
        this.adopt(adoptions[0], affected);
      this.takeEntry(recordedIn(item.project, item));
      affected.add(item.project);
    }
    for (const adoption of adoptions) this.adopt(adoption, affected);
    this.upTo = upTo;
    return affected;
  }

  /** Folds a project from the start, because rules or a lexicon were adopted after its entries. */
  takeProject(entries: readonly RecordedEvent[], adoptions: readonly Adoption[]): void {
    const ahead = [...adoptions];
    for (const event of entries) {
      for (; ahead[0] && ahead[0].position < event.position; ahead.shift()) this.adopt(ahead[0], new Set());
      this.takeEntry(event);
    }
    for (const adoption of ahead) this.adopt(adoption, new Set());
  }

  /** The row of a project on a day as known at a position; null if it did not exist then. */
  rowAt(project: string, asOf: Day, knownAt: number): ProjectRow | null {
    return rowIn(this.projects.get(project)?.records ?? [], asOf, knownAt);
  }

  /** The entries of a project, in log order. */
  entriesOf(project: string): readonly RecordedEvent[] {
    return this.projects.get(project)?.entries ?? [];
  }

  /** The rows on a day as known at a position, ordered by id. */
  rowsAt(asOf: Day, knownAt = Number.POSITIVE_INFINITY): ProjectRow[] {
    const rows: ProjectRow[] = [];
    for (const { records } of this.projects.values()) {
      const row = rowIn(records, asOf, knownAt);
      if (row) rows.push(row);
    }
    return rows.sort((a, b) => (a.project < b.project ? -1 : 1));
  }

  private takeEntry(event: RecordedEvent): void {
    const { position, recordedAt, entry, stream } = event;
    this.ticking.push({ asOf: entry.asOf, position, recordedAt });
    const followed = this.followed(projectOf(stream));
    followed.entries.push(event);
    const { since, steps } = followed.walk.take(this.read(event));
    followed.records.push({ position, since, steps });
    this.entries.push(event);
  }

  private followed(project: string): Followed {
    const known = this.projects.get(project);
    if (known) return known;
    const followed = { walk: new IncrementalRow(this.rules), records: [], entries: [] };
    this.projects.set(project, followed);
    return followed;
  }

  private adopt(adoption: Adoption, affected: Set<string>): void {
    const { position } = adoption;
    if ('rules' in adoption) this.rules = adoption.rules;
    else this.read = readBy(adoption.lexicon);
    this.adoptedAt.push(position);
    for (const [project, followed] of this.projects) {
      if ('rules' in adoption) followed.walk.adopt(this.rules);
      else followed.walk = this.walkOf(followed.entries);
      const { walk, records } = followed;
      const { firstOn } = walk;
      if (firstOn === null) continue;
      records.push({ position, since: firstOn, steps: walk.stepsFrom(firstOn) });
      affected.add(project);
    }
  }

  /** A row that knows entries as they are read now. */
  private walkOf(entries: readonly RecordedEvent[]): IncrementalRow {
    const walk = new IncrementalRow(this.rules);
    for (const entry of entries) walk.know(this.read(entry));
    return walk;
  }
}

function rowIn(records: readonly Record[], asOf: Day, knownAt: number): ProjectRow | null {
  for (let at = records.length - 1; at >= 0; at--) {
    const { position, since, steps } = records[at] as Record;
    if (position <= knownAt && since <= asOf) return lastUpTo(steps, asOf);
  }
  return null;
}

function lastUpTo(steps: readonly RowStep[], asOf: Day): ProjectRow | null {
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at] as RowStep;
    if (step.from <= asOf) return step.row;
  }
  return null;
}
