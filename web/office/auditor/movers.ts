import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import type { DistrictReplay } from '../../shared/replay/district-replay.js';
import type { Clock } from '../../shared/replay/timeline.js';

/** A point of both clocks. */
export interface Point {
  asOf: Day;
  knownAt: number;
}

/**
 * The ids of the entries that changed a figure of a project between two points, in log order.
 *
 * On the clock of days an entry counts from its day, so all entries of a day on which the figure changed are returned
 * together; a change caused by time alone has none.
 *
 * @param figure maps a row to a value that is equal while the figure is unchanged
 */
export function moversOf(
  walked: DistrictReplay,
  project: string,
  [from, to]: readonly [Point, Point],
  clock: Clock,
  figure: (row: ProjectRow | null) => string,
): string[] {
  const at = (asOf: Day, knownAt: number) => figure(walked.rowAt(project, asOf, knownAt));
  const entries = walked.entriesOf(project);
  if (clock === 'knownAt')
    return entries
      .filter(({ position }) => position > from.knownAt && position <= to.knownAt)
      .filter(({ position }) => at(to.asOf, position - 1) !== at(to.asOf, position))
      .map(({ id }) => id);
  const changed = new Map<Day, boolean>();
  const isChangedOn = (day: Day) => {
    const known = changed.get(day) ?? at(addDays(day, -1), to.knownAt) !== at(day, to.knownAt);
    changed.set(day, known);
    return known;
  };
  return entries
    .filter(
      ({ position, entry }) => position <= to.knownAt && entry.asOf > from.asOf && entry.asOf <= to.asOf,
    )
    .filter(({ type, entry }) => type !== 'EntryWithdrawn' && isChangedOn(entry.asOf))
    .map(({ id }) => id);
}
