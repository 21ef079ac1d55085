import { type GroupBy, GroupSums } from '../../../projections/portfolio/portfolio.js';
import type { ProjectFilter } from '../topout.js';
import type { Cursor } from './row-cursor.js';
import type { Place, RowTerms } from './terms.js';

/** True for a record that matches a filter. */
export function chosenBy(filter: ProjectFilter, { places, stages }: RowTerms): (cursor: Cursor) => boolean {
  const { stage, ...wanted } = filter;
  const asked = Object.entries(wanted).filter(([, value]) => value !== undefined) as [keyof Place, string][];
  const fits = Array.from({ length: places.count }, (_, number) => {
    const place = places.valueOf(number);
    return asked.every(([name, value]) => place?.[name] === value);
  });
  return (cursor) =>
    fits[cursor.place] === true && (stage === undefined || stages.valueOf(cursor.stage) === stage);
}

/** Sums by key, indexed by term numbers: no text look-up per project. */
export function sumsBy(
  groupBy: GroupBy | undefined,
  { places, stages }: RowTerms,
): {
  groups: Map<string | null, GroupSums>;
  groupOf(cursor: Cursor): GroupSums;
} {
  const groups = new Map<string | null, GroupSums>();
  const byNumber: GroupSums[] = [];
  const numberOf = (cursor: Cursor) =>
    groupBy === undefined ? 0 : groupBy === 'stage' ? cursor.stage : cursor.place;
  const keyOf = (cursor: Cursor) => {
    if (groupBy === undefined) return null;
    return groupBy === 'stage'
      ? stages.valueOf(cursor.stage)
      : (places.valueOf(cursor.place)?.[groupBy] ?? null);
  };
  const groupOf = (cursor: Cursor) => {
    const number = numberOf(cursor);
    const known = byNumber[number];
    if (known) return known;
    const key = keyOf(cursor);
    const group = groups.get(key) ?? new GroupSums();
    groups.set(key, group);
    byNumber[number] = group;
    return group;
  };
  return { groups, groupOf };
}
