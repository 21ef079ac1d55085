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
function rangeText({ route, about, ...read }: ReadRecorded, language: Language): string {
  const { from, to, toAsOf, toKnownAt } = read;
  const range = from === undefined ? undefined : `${from}–${to}`;
  const second = momentText({ asOf: toAsOf, knownAt: toKnownAt }, language);
  const compared = second === '' ? undefined : either(language, `with ${second}`, `对比 ${second}`);
  const parts = [route, about, range, momentText(read, language) || undefined, compared];
  return parts.filter((part) => part !== undefined).join(' ');
}

function momentText(
  { asOf, knownAt }: { [member in 'asOf' | 'knownAt']?: ReadRecorded[member] | undefined },
  language: Language,
): string {
  const known = knownAt === undefined ? [] : [either(language, `known at ${knownAt}`, `截至位置 ${knownAt}`)];
  return [...(asOf === undefined ? [] : [asOf]), ...known].join(' ');
}
