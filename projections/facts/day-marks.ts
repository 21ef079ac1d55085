import type { EntryMetadata } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/calendar.js';
import { joined, type Words } from '../../domain/values/words.js';

const precisions: Readonly<Record<EntryMetadata['precision'], Words | undefined>> = {
  day: undefined,
  month: { en: 'known to the month', zh: '精确到月' },
  'period-end': { en: 'end of a period', zh: '期末' },
};

/** The day of an entry as an answer gives it. */
export type GivenDay = Pick<EntryMetadata, 'asOf' | 'precision' | 'isInferred'>;

/** The precision of an entry's day, and whether it was inferred. */
export type Exactness = Omit<GivenDay, 'asOf'>;

/** What an answer gives beside the day of an entry. */
export function exactness({ precision, isInferred }: Exactness): Exactness {
  return { precision, ...(isInferred ? { isInferred } : {}) };
}

/** The day of an entry with its precision, for an answer. */
export function givenDay(entry: GivenDay): GivenDay {
  return { asOf: entry.asOf, ...exactness(entry) };
}

/** The precision of an entry's day, and whether it was inferred; null for a stated day. */
export function dayMarks({ precision, isInferred }: Exactness): Words | null {
  const exact = precisions[precision];
  const marks = [...(exact ? [exact] : []), ...(isInferred ? [{ en: 'inferred', zh: '推断' }] : [])];
  return marks.length === 0 ? null : joined(marks, { en: ', ', zh: '，' });
}

/** A day in words with its precision: `2018-06-30 (end of a period, inferred)`. */
export function markedDay(day: Day, entry: Exactness, language: 'en' | 'zh'): string {
  const marks = dayMarks(entry);
  if (!marks) return day;
  return language === 'zh' ? `${day}（${marks.zh}）` : `${day} (${marks.en})`;
}

/** A day in both languages for the inside of brackets; in Chinese the marks have brackets of their own. */
export function dayWords(day: Day, entry: Exactness): Words {
  return { en: bracketedDay(day, entry).en, zh: markedDay(day, entry, 'zh') };
}

/** The same for a place already in brackets: `2018-06-30, end of a period, inferred`. */
export function bracketedDay(day: Day, entry: Exactness): Words {
  const marks = dayMarks(entry);
  const plain = { en: day, zh: day };
  return marks ? joined([plain, marks], { en: ', ', zh: '，' }) : plain;
}
