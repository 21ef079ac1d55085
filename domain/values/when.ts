import { dayWords } from './day-words.js';
import { addDays, type Day, isDay, isMonth, lastDayOfMonth } from './days/calendar.js';
import { periodWords, type Words } from './words.js';

/** When something is expected; both ends inclusive, and each absent where it was not named. */
export interface When {
  earliest?: Day;
  latest?: Day;
  /** "Around", "about". */
  isApproximate?: true;
}

/** Days from one to another, both ends inclusive. */
export interface Period {
  from: Day;
  to: Day;
}

/** What `whenIn` reads, in a few examples. */
export const whenExpected: Words = {
  en: 'when, such as 2018-06-30, 2018-06, 2018-Q3, 2018-H2, 2018, 2018-07..2018-09, "by 2018-Q3", "before 2018-10-01", "around 2018-09", 2018年三季度, 2018年9月底前, or "no day named" (延期，日期未定)',
  zh: '时间，如 2018-06-30、2018-06、2018年三季度、2018年下半年、2018年、2018-07..2018-09、2018年9月底前、2018-10-01 之前、2018年9月左右，或“延期，日期未定”',
};

/** The days of a day, month, quarter, half-year or year, as `2018-Q3` or 2018年三季度; undefined for anything else. */
export function periodIn(text: string): Period | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^(Q[1-4]|H[12])\s+(\d{4})$/i, '$2-$1')
    .replace(/^(\d{4})\s+([QH]\d)$/i, '$1-$2');
  const chinese = chinesePeriod(plain.replaceAll(/\s/g, ''));
  const name = chinese ?? plain;
  if (isDay(name)) return { from: name, to: name };
  if (isMonth(name)) return months(name, name);
  const parts = /^(\d{4})(?:-([QH])([1-4]))?$/i.exec(name);
  if (!parts) return undefined;
  const [, year = '', kind, number] = parts;
  const length = kind === undefined ? 12 : kind.toUpperCase() === 'Q' ? 3 : 6;
  const index = Number(number ?? 1);
  if (index * length > 12 || !isDay(`${year}-01-01`)) return undefined;
  return months(monthOf(year, (index - 1) * length + 1), monthOf(year, index * length));
}

/**
 * When something is expected, as people write it in both languages; undefined for what is not understood.
 *
 * "By" and 底前 include the last day of a period; "before" a period ends before its first day.
 */
export function whenIn(text: string): When | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/[。.]$/, '');
  if (
    /^(undated|delayed|tbd|(delayed, )?no day named|(延期|推迟|延后)?[,，、]?(日期|时间)?(未定|待定|不明)|延期|推迟|延后)$/i.test(
      plain,
    )
  )
    return {};
  const [, start, end] = /^(.*\d\D{0,4}?)\s*(?:\.\.|\bto\b|至|到)\s*(.*\d.*)$/.exec(plain) ?? [];
  if (start !== undefined && end !== undefined) return between(periodIn(start), periodIn(end));
  for (const { shape, read } of phrases) {
    const [, name] = shape.exec(plain) ?? [];
    const period = name === undefined ? undefined : periodIn(name);
    if (period) return read(period);
  }
  const whole = periodIn(plain);
  return whole && { earliest: whole.from, latest: whole.to };
}

/** When something is expected, as the end of a sentence: `in June 2018`, `by 2018-09-30`, `no day named`. */
export function whenWords({ earliest, latest, isApproximate }: When): Words {
  if (earliest !== undefined && latest !== undefined) {
    const { en, zh } = periodWords(earliest, latest);
    return isApproximate
      ? { en: `around ${en.replace(/^(in|on|between) /, '')}`, zh: `${zh}左右` }
      : { en, zh };
  }
  if (latest !== undefined) return { en: `by ${dayWords(latest).en}`, zh: `不晚于 ${dayWords(latest).zh}` };
  if (earliest !== undefined)
    return { en: `not before ${dayWords(earliest).en}`, zh: `不早于 ${dayWords(earliest).zh}` };
  return { en: 'delayed, no day named', zh: '延期，日期未定' };
}

const by = ({ to }: Period): When => ({ latest: to });
const around = ({ from, to }: Period): When => ({ earliest: from, latest: to, isApproximate: true });
const notBefore = ({ from }: Period): When => ({ earliest: from });

/** The longer phrases first. */
const phrases: readonly { shape: RegExp; read(period: Period): When }[] = [
  { shape: /^not before (.+)$/i, read: notBefore },
  { shape: /^(?:by|until|not after|no later than)(?: the end of)? (.+)$/i, read: by },
  { shape: /^before (.+)$/i, read: ({ from }) => ({ latest: addDays(from, -1) }) },
  { shape: /^after (.+)$/i, read: ({ to }) => ({ earliest: addDays(to, 1) }) },
  { shape: /^(?:around|about|circa) (.+)$/i, read: around },
  { shape: /^(?:at the )?end of (.+)$/i, read: by },
  { shape: /^\.\.\s*(.+)$/, read: by },
  { shape: /^(.+?)\s*\.\.$/, read: notBefore },
  { shape: /^不早于(.+)$/, read: notBefore },
  { shape: /^不(?:晚|迟)于(.+)$/, read: by },
  { shape: /^(.+?)(?:左右|前后)$/, read: around },
  { shape: /^大?约(.+)$/, read: around },
  { shape: /^(.+?)[底末](?:之?前|以前)?$/, read: by },
  { shape: /^(.+?日)(?:之?前|以前)$/, read: by },
  { shape: /^(.+?)(?:之?前|以前)$/, read: ({ from }) => ({ latest: addDays(from, -1) }) },
  { shape: /^(.+?)(?:之?后|以后)$/, read: ({ to }) => ({ earliest: addDays(to, 1) }) },
];

function between(first: Period | undefined, last: Period | undefined): When | undefined {
  return first && last && first.from <= last.to ? { earliest: first.from, latest: last.to } : undefined;
}

const digitsOf: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4 };

/** 2018年9月30日, 2018年9月, 2018年三季度, 2018年上半年 and 2018年 in the form of `periodIn`. */
function chinesePeriod(text: string): string | undefined {
  const [, year, rest = ''] = /^(\d{4})年(.*)$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  if (rest === '') return year;
  const [, month, day] = /^(\d{1,2})月(?:份|(\d{1,2})[日号])?$/.exec(rest) ?? [];
  if (month !== undefined) return [year, month, day].filter(Boolean).map(padded).join('-');
  const [, quarter = ''] = /^第?([一二三四1-4])季度$/.exec(rest) ?? [];
  if (quarter !== '') return `${year}-Q${digitsOf[quarter] ?? quarter}`;
  return /^[上下]半年$/.test(rest) ? `${year}-H${rest.startsWith('上') ? 1 : 2}` : undefined;
}

function padded(part: string | undefined): string {
  return (part ?? '').padStart(2, '0');
}

function monthOf(year: string, index: number): string {
  return `${year}-${padded(String(index))}`;
}

function months(first: string, last: string): Period {
  return { from: `${first}-01`, to: lastDayOfMonth(last) };
}
