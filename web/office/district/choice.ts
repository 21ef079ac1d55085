import type { GroupBy } from '../../../projections/portfolio/portfolio.js';

export const sorts = [
  'need',
  'name',
  'stage',
  'completion',
  'money',
  'share',
  'light',
  'stalled',
  'report',
] as const;
export type Sort = (typeof sorts)[number];
export const groupings: readonly GroupBy[] = ['district', 'sector', 'stage', 'owner', 'phase'];
export const filters = ['district', 'sector', 'stage', 'light'] as const;
export type Filter = (typeof filters)[number];

/** Filter, grouping and order of the district; the URL has all of it. */
export interface Choice {
  search: string;
  sort: Sort;
  isDescending: boolean;
  groupBy?: GroupBy;
  filter: Partial<Record<Filter, string>>;
}

/** The choice that a URL names; invalid parts are ignored. */
export function choiceIn(parameters: URLSearchParams): Choice {
  const sort = parameters.get('sort') ?? '';
  const groupBy = parameters.get('group');
  return {
    search: parameters.get('search') ?? '',
    sort: sorts.find((known) => known === sort.replace(/^-/, '')) ?? 'need',
    isDescending: sort.startsWith('-'),
    groupBy: groupings.find((known) => known === groupBy),
    filter: Object.fromEntries(
      filters.flatMap((name) => {
        const value = parameters.get(name);
        return value ? [[name, value]] : [];
      }),
    ),
  };
}
