import { lightRank, severities } from '../../../domain/governance/rules.js';
import { lifeStages } from '../../../domain/project/stages.js';
import { CalledTheSame, textByLanguage } from '../../../domain/values/by-language.js';
import { nameWords } from '../../../domain/values/words.js';
import {
  type GroupKey,
  keysOf,
  orderOf,
  type Portfolio,
  type PortfolioGroup,
  portfolio,
} from '../../../projections/portfolio/portfolio.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import type { Language } from '../../shared/language.js';
import { type Choice, type Filter, filters, type Sort } from './choice.js';

/** A line of the list: a project, or the head of a group. */
export type Line = { kind: 'project'; row: ProjectRow } | { kind: 'group'; group: PortfolioGroup };

/** The selected lines in order, and the totals over the selected projects. */
export interface Chosen {
  lines: readonly Line[];
  rows: readonly ProjectRow[];
  portfolio: Portfolio;
}

/**
 * Filters, searches, sorts and groups rows.
 *
 * @param initialsOf the pinyin initials of a Chinese name, for the search; nothing until they are loaded
 */
export function chosenOf(
  all: readonly ProjectRow[],
  choice: Choice,
  language: Language,
  initialsOf?: (name: string) => string,
): Chosen {
  const wanted = choice.search.trim().toLowerCase();
  const fits = fittingIn(all, choice);
  const rows = all.filter(fits).filter((row) => wanted === '' || isFound(row, wanted, initialsOf));
  const sorted = sortedBy(rows, choice, language);
  const totals = portfolio(sorted, choice.groupBy);
  const { groupBy } = choice;
  if (!groupBy)
    return { lines: sorted.map((row) => ({ kind: 'project', row })), rows: sorted, portfolio: totals };
  const keyOf = keysOf(sorted, groupBy);
  const byKey = Map.groupBy(sorted, (row) => orderOf(keyOf(row)));
  const lines = totals.groups.flatMap((group): Line[] => [
    { kind: 'group', group },
    ...(byKey.get(orderOf(group.key)) ?? []).map((row): Line => ({ kind: 'project', row })),
  ]);
  return { lines, rows: sorted, portfolio: totals };
}

/** The values of the rows for a filter, in display order. */
export function valuesOf(rows: readonly ProjectRow[], name: Filter, language: Language): string[] {
  if (name === 'light') return [...severities].reverse();
  if (name === 'stage') return [...new Set(rows.flatMap((row) => row.stage ?? []))].sort();
  const keyOf = keysOf(rows, name);
  return [...new Set(rows.flatMap((row) => keyText(keyOf(row), language) ?? []))].sort();
}

/** The text of a group in a language; null for the group of those without one. */
export function keyText(key: GroupKey, language: Language): string | null {
  return key === null || typeof key === 'string' ? key : textByLanguage(key, language);
}

function fittingIn(rows: readonly ProjectRow[], { filter }: Choice): (row: ProjectRow) => boolean {
  const tests = filters.flatMap((name): ((row: ProjectRow) => boolean)[] => {
    const wanted = filter[name];
    if (wanted === undefined) return [];
    if (wanted === 'none') return [(row) => (row[name] ?? null) === null];
    if (name === 'stage' || name === 'light') return [(row) => row[name] === wanted];
    const same = new CalledTheSame(rows.flatMap((row) => row[name] ?? []));
    return [(row) => same.isCalled(row[name], wanted)];
  });
  return (row) => tests.every((test) => test(row));
}

function isFound(row: ProjectRow, wanted: string, initialsOf?: (name: string) => string): boolean {
  const { owner } = row;
  const names = [row.project, row.name.en, row.name.zh, owner?.en, owner?.zh, ...(row.aliases ?? [])];
  return names.some(
    (name) =>
      name !== undefined &&
      (name.toLowerCase().includes(wanted) || initialsOf?.(name).includes(wanted.replaceAll(' ', ''))),
  );
}

function sortedBy(
  rows: readonly ProjectRow[],
  { sort, isDescending }: Choice,
  language: Language,
): ProjectRow[] {
  const { compare } = collatorOf(language);
  const keyed = rows.map((row) => ({
    row,
    name: nameWords(row.name, row.project)[language],
    key: keyOf(row, sort),
  }));
  const sign = isDescending ? -1 : 1;
  return keyed
    .sort((a, b) => {
      // Missing values come last in both directions.
      if (a.key === null || b.key === null) {
        if (a.key !== b.key) return a.key === null ? 1 : -1;
      } else if (a.key !== b.key) return sign * (a.key < b.key ? -1 : 1);
      return (sort === 'name' ? sign : 1) * compare(a.name, b.name);
    })
    .map(({ row }) => row);
}

const collators = new Map<Language, Intl.Collator>();

/** One per language, because creating one is slow. */
function collatorOf(language: Language): Intl.Collator {
  const collator =
    collators.get(language) ?? new Intl.Collator(language === 'zh' ? 'zh-CN-u-co-pinyin' : 'en');
  collators.set(language, collator);
  return collator;
}

function keyOf(row: ProjectRow, sort: Sort): number | string | null {
  switch (sort) {
    // The worst light first; then those that are stalled, the longest first.
    case 'need':
      return `${9 - lightRank(row.light)}${row.stalls.map(({ from }) => from).sort()[0] ?? '9999'}`;
    case 'name':
      return 0;
    case 'stage':
      return row.stage === null ? null : lifeStages.indexOf(row.stage);
    case 'completion':
      return row.hasPlan ? row.completion.percentBasisPoints : null;
    case 'money':
      return row.investment?.sinceStartMinor ?? null;
    case 'share':
      return row.investment?.shareOfPlanBasisPoints ?? null;
    case 'light':
      return lightRank(row.light);
    case 'stalled':
      return row.stalls.map(({ from }) => from).sort()[0] ?? null;
    case 'report':
      return row.lastReportOn;
  }
}
