import type { ReadRecorded } from '../../app/access/reads.js';
import type { Language } from '../terminal.js';
import { instant } from './figures.js';
import { table } from './table.js';
import { columns, either, term } from './words.js';

/** Recorded reads, one line each. */
export function readsTable(reads: readonly ReadRecorded[], language: Language): string {
  if (reads.length === 0) return either(language, 'No reads are recorded.', '没有查阅记录。');
  return table(
    columns(['at', 'person', 'key', 'kind', 'range', 'count'], language, ['count']),
    reads.map((read) => [
      instant(read.at),
      read.person,
      read.credential,
      term(read.kind, language),
      rangeText(read, language),
      String(read.count),
    ]),
  );
}

/** What was read. */
function rangeText({ route, from, to, asOf, knownAt, about }: ReadRecorded, language: Language): string {
  const parts = [
    route,
    about,
    from === undefined ? undefined : `${from}–${to}`,
    asOf,
    knownAt === undefined ? undefined : either(language, `known at ${knownAt}`, `截至位置 ${knownAt}`),
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}
