import type { TotalChanges } from './total-changes.js';

/** A new entry of a project between the two moments. */
export type Dot = TotalChanges['items'][number]['entries'][number] & { name: string };

export type EntryKind = Dot['kind'];

export const entryKinds = ['new', 'late', 'correction', 'withdrawal'] as const satisfies readonly EntryKind[];

/** Which new entries are shown: their kinds, and who recorded them; the URL has both. */
export interface EntryFilter {
  kinds: ReadonlySet<EntryKind>;
  who: string | undefined;
}

/** The filter that URL parameters name; without them every entry is shown. */
export function filterIn(parameters: URLSearchParams): EntryFilter {
  const named = parameters.get('kinds')?.split(',');
  return {
    kinds: new Set(entryKinds.filter((kind) => named === undefined || named.includes(kind))),
    who: parameters.get('who') ?? undefined,
  };
}

/** The kinds as a URL parameter; undefined for all. */
export function kindsInUrl(kinds: ReadonlySet<EntryKind>): string | undefined {
  if (kinds.size === entryKinds.length) return undefined;
  return entryKinds.filter((kind) => kinds.has(kind)).join(',') || 'none';
}

export function isShown({ kind, by }: Pick<Dot, 'kind' | 'by'>, { kinds, who }: EntryFilter): boolean {
  return kinds.has(kind) && (who === undefined || by === who);
}

/** The new entries of every project, in the order in which they were recorded. */
export function dotsOf({ items }: TotalChanges): Dot[] {
  return items
    .flatMap(({ name, entries }) => entries.map((entry) => ({ ...entry, name })))
    .sort((a, b) => a.position - b.position);
}
