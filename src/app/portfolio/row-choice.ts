import { CalledTheSame } from '../../../domain/values/by-language.js';
import { type GroupBy, type GroupKey, GroupSums } from '../../../projections/portfolio/portfolio.js';
import type { ProjectFilter } from '../topout.js';
import type { Cursor } from './table/row-cursor.js';
import type { Place, RowTerms } from './table/terms.js';

/** True for a record that matches a filter. */
export function chosenBy(filter: ProjectFilter, { places, stages }: RowTerms): (cursor: Cursor) => boolean {
  const { stage, ...wanted } = filter;
  const asked = Object.entries(wanted).filter(([, value]) => value !== undefined) as [keyof Place, string][];
  const same = new Map(asked.map(([name]) => [name, calledTheSame(name, places)]));
  const fits = Array.from({ length: places.count }, (_, number) => {
    const place = places.valueOf(number);
    return asked.every(([name, value]) => same.get(name)?.isCalled(place?.[name], value));
  });
  return (cursor) =>
    fits[cursor.place] === true && (stage === undefined || stages.valueOf(cursor.stage) === stage);
}

/** Sums by key, indexed by term numbers: no text look-up per project. */
export function sumsBy(
  groupBy: GroupBy | undefined,
  { places, stages }: RowTerms,
): {
  groups: Map<GroupKey, GroupSums>;
  groupOf(cursor: Cursor): GroupSums;
} {
  const groups = new Map<GroupKey, GroupSums>();
  const byNumber: GroupSums[] = [];
  const numberOf = (cursor: Cursor) =>
    groupBy === undefined ? 0 : groupBy === 'stage' ? cursor.stage : cursor.place;
  const same = groupBy === undefined || groupBy === 'stage' ? undefined : calledTheSame(groupBy, places);
  const keyOf = (cursor: Cursor): GroupKey => {
    if (groupBy === undefined) return null;
    if (groupBy === 'stage') return stages.valueOf(cursor.stage);
    const text = places.valueOf(cursor.place)?.[groupBy];
    return text ? (same?.of(text) ?? text) : null;
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

/** Which texts of the places that the table knows are called the same. */
function calledTheSame(name: keyof Place, places: RowTerms['places']): CalledTheSame {
  return new CalledTheSame(places.since(1).flatMap(({ value }) => value[name] ?? []));
}
