import type { EntryMetadata } from '../src/domain/events.js';
import { joined, type Words } from './words.js';

const precisions: Readonly<Record<EntryMetadata['precision'], Words | undefined>> = {
  day: undefined,
  month: { en: 'known to the month', zh: '精确到月' },
  'period-end': { en: 'end of a period', zh: '期末' },
};

/** What is to be known of the day of an entry: how exact it is, and whether it was inferred; null for a stated day. */
export function dayMarks({
  precision,
  isInferred,
}: {
  precision: EntryMetadata['precision'];
  isInferred?: true;
}): Words | null {
  const exact = precisions[precision];
  const marks = [...(exact ? [exact] : []), ...(isInferred ? [{ en: 'inferred', zh: '推断' }] : [])];
  return marks.length === 0 ? null : joined(marks, { en: ', ', zh: '，' });
}

/** A day in words with what is to be known of it: `2018-06-30 (end of a period, inferred)`. */
export function markedDay(day: string, entry: Parameters<typeof dayMarks>[0], language: 'en' | 'zh'): string {
  const marks = dayMarks(entry);
  if (!marks) return day;
  return language === 'zh' ? `${day}（${marks.zh}）` : `${day} (${marks.en})`;
}
