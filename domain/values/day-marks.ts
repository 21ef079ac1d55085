import { dayWords } from './day-words.js';
import { addDays, type Day } from './days/calendar.js';
import { joined, type Words } from './words.js';

/** The precision of a fact's day: the day, its month, or only "by the end of the period". */
export type Precision = 'day' | 'month' | 'period-end';

/** The day of an entry as an answer gives it. */
export interface GivenDay {
  /** The day the fact is true for, in the time zone of its project. */
  asOf: Day;
  precision: Precision;
  /** The day was inferred (from a reporting period, for example), not stated. */
  isInferred?: true;
}

/** How exactly a shown day is known: as that of its entry, or as the first day of the period that the entry is about. */
export interface Exactness {
  precision: Precision | 'period-start';
  isInferred?: true;
}

const precisions: Readonly<Record<Exactness['precision'], Words | undefined>> = {
  day: undefined,
  month: { en: 'known to the month', zh: '精确到月' },
  'period-start': { en: 'start of a period', zh: '期初' },
  'period-end': { en: 'end of a period', zh: '期末' },
};

/** The precision of an entry's day, and whether it was inferred: what an answer gives beside that day. */
export function exactness({ precision, isInferred }: Pick<GivenDay, 'precision' | 'isInferred'>) {
  return { precision, ...(isInferred ? { isInferred } : {}) };
}

/** The day of an entry with its precision, for an answer. */
export function givenDay(entry: GivenDay): GivenDay {
  return { asOf: entry.asOf, ...exactness(entry) };
}

/**
 * How exactly a day is known that an entry gives, its own or another one.
 *
 * An entry whose own day is not exact is about a period that ends on it. If the other day is the first one of such a
 * month, quarter, half-year or year, it was taken from the period: "no progress in June" is from 1 June (docs/decisions/0085).
 */
export function exactnessOf(day: Day, entry: GivenDay): Exactness {
  if (day === entry.asOf) return exactness(entry);
  const isExact = entry.precision === 'day' && !entry.isInferred;
  const isTaken = !isExact && isFirstOfPeriod(day, entry.asOf);
  return isTaken ? { precision: 'period-start', isInferred: true } : { precision: 'day' };
}

/** The same for an answer: nothing beside a day that is stated exactly. */
export function marksOf<Name extends string>(
  name: Name,
  day: Day | null | undefined,
  entry: GivenDay | undefined,
): { [N in Name]?: Exactness } {
  return markedAs(name, day && entry ? exactnessOf(day, entry) : undefined);
}

/** How exactly a day is known, under a name; nothing for one that is stated exactly. */
export function markedAs<Name extends string>(
  name: Name,
  known: Exactness | undefined,
): { [N in Name]?: Exactness } {
  return (known && dayMarks(known) ? { [name]: known } : {}) as { [N in Name]?: Exactness };
}

/** Of two ways in which one day is known the more exact one. */
export function moreExact(one: Exactness, other: Exactness): Exactness {
  return rankOf(other) < rankOf(one) ? other : one;
}

const order = Object.keys(precisions);

function rankOf({ precision, isInferred }: Exactness): number {
  return order.indexOf(precision) + (isInferred ? order.length : 0);
}

/** The precision of a day, and whether it was inferred; null for a stated day. */
export function dayMarks({ precision, isInferred }: Exactness): Words | null {
  const exact = precisions[precision];
  const marks = [...(exact ? [exact] : []), ...(isInferred ? [{ en: 'inferred', zh: '推断' }] : [])];
  return marks.length === 0 ? null : joined(marks, { en: ', ', zh: '，' });
}

/** The same for a cell beside the day in a table of plain values. */
export function marksIn(known: Exactness | undefined, language: 'en' | 'zh'): string | null {
  return (known && dayMarks(known)?.[language]) ?? null;
}

/**
 * A day as it is written on a surface, with its precision: `2018-06-30 (end of a period, inferred)`.
 *
 * @param known absent for a day that is stated exactly
 */
export function markedDay(day: string, known: Exactness | undefined, language: 'en' | 'zh'): string {
  const marks = known && dayMarks(known);
  if (!marks) return day;
  return language === 'zh' ? `${day}（${marks.zh}）` : `${day} (${marks.en})`;
}

/** A day with its precision in a sentence. */
export function markedDayWords(day: Day, known?: Exactness): Words {
  const { en, zh } = dayWords(day);
  return { en: markedDay(en, known, 'en'), zh: markedDay(zh, known, 'zh') };
}

/** The same within brackets: `2018-06-30, end of a period, inferred`; in Chinese the marks have brackets of their own. */
export function markedDayInBrackets(day: Day, known?: Exactness): Words {
  return { en: bracketedDay(day, known).en, zh: markedDayWords(day, known).zh };
}

/** The same where brackets have nothing but the day: `2018年6月30日，期末，推断`. */
export function bracketedDay(day: Day, known?: Exactness): Words {
  const marks = known && dayMarks(known);
  return marks ? joined([dayWords(day), marks], { en: ', ', zh: '，' }) : dayWords(day);
}

/** True for the first day of a month, quarter, half-year or year that ends on another day. */
function isFirstOfPeriod(day: Day, last: Day): boolean {
  if (!day.endsWith('-01') || !addDays(last, 1).endsWith('-01')) return false;
  const [first, end] = [Number(day.slice(5, 7)), Number(last.slice(5, 7))];
  const months = end - first + 1;
  return day.slice(0, 4) === last.slice(0, 4) && [1, 3, 6, 12].includes(months) && end % months === 0;
}
