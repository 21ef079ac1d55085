import { msPerDay, msPerHour } from './durations.js';
/**
 * A calendar day as `YYYY-MM-DD`; compares as text. It belongs to the time zone of its project.
 *
 * @format date
 */
export type Day = string;

/**
 * An instant in UTC as RFC 3339 with exactly three decimals, `2018-07-10T01:02:03.004Z`; compares as text.
 *
 * @format date-time
 */
export type Instant = string;

/** After every day that a fact may be about. */
export const lastDay: Day = '9999-12-31';

const dayShape = /^(\d{4})-(\d{2})-(\d{2})$/;
const monthShape = /^(\d{4})-(\d{2})$/;

function fromMs(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

/** True for a day in the calendar, from 1900-01-01 to 2199-12-31; 2018-02-30 is not. */
export function isDay(text: string): text is Day {
  const parts = dayShape.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year >= 1900 && year <= 2199 && day >= 1 && day <= daysIn(year, month);
}

/** Days of a month of the Gregorian calendar, 0 for an invalid month; without a Date, because every entry is checked. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** True for a month in the calendar, `YYYY-MM`. */
export function isMonth(text: string): boolean {
  return monthShape.test(text) && isDay(`${text}-01`);
}

/** The day a number of whole `days` after the given one; before it when negative. */
export function addDays(day: Day, days: number): Day {
  return dayOf(dayNumber(day) + days);
}

/** Whole days from one day to another, weekends included; negative when `to` is the earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** Whole days from 1970-01-01 to a day; negative before it. */
export function dayNumber(day: Day): number {
  const year = (digit(day, 0) * 10 + digit(day, 1)) * 100 + digit(day, 2) * 10 + digit(day, 3);
  const month = digit(day, 5) * 10 + digit(day, 6);
  // Counted from March, so that the leap day comes last; by hand, because parsing costs ten times as much.
  const years = month > 2 ? year : year - 1;
  const days =
    Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + digit(day, 8) * 10 + digit(day, 9);
  return (
    years * 365 + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400) + days - 719_469
  );
}

/** The day a number of days after 1970-01-01. */
export function dayOf(number: number): Day {
  const known = knownDays[number - firstKnown];
  if (known !== undefined) return known;
  const day = fromMs(number * msPerDay);
  // Distant days are rare, and must not make the list long.
  if (number >= firstKnown && number < firstKnown + mostKnown) knownDays[number - firstKnown] = day;
  return day;
}

/** Days from 1990-01-01 on as text, cached on use: the same few thousand are requested repeatedly. */
const knownDays: (Day | undefined)[] = [];
const firstKnown = 7_305;
const mostKnown = 36_525;

function digit(day: Day, place: number): number {
  return day.charCodeAt(place) - 48;
}

/** The last day of a month that `isMonth` accepts. */
export function lastDayOfMonth(month: string): Day {
  const [year, index] = month.split('-').map(Number);
  return fromMs(Date.UTC(year ?? 0, index ?? 0, 0));
}

/** The first day that a day or a month stands for. */
export function firstDayOf(dayOrMonth: string): Day {
  return isMonth(dayOrMonth) ? `${dayOrMonth}-01` : dayOrMonth;
}

/** The last day that a day or a month stands for. */
export function lastDayOf(dayOrMonth: string): Day {
  return isMonth(dayOrMonth) ? lastDayOfMonth(dayOrMonth) : dayOrMonth;
}

/** The calendar year of a day. */
export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** One formatter per zone: creating one takes far longer than using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** The instant some milliseconds after another one. */
export function instantAfter(instant: Instant, ms: number): Instant {
  return new Date(Date.parse(instant) + ms).toISOString();
}

/**
 * The day that has begun in a time zone at an instant.
 *
 * @throws RangeError the zone is not an IANA name
 */
export function dayIn(timeZone: string, instant: Instant): Day {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  clocks.set(timeZone, clock);
  const parts = clock.formatToParts(new Date(instant));
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The day in China, which has one time zone, at an instant; without a zone's clock, so that a server's script has it. */
export function dayInChina(instant: Instant): Day {
  return fromMs(Date.parse(instant) + 8 * msPerHour);
}

/** The latest day that has begun anywhere on earth at an instant: the one at UTC+14. */
export function latestDayOnEarth(instant: Instant): Day {
  return fromMs(Date.parse(instant) + 14 * msPerHour);
}

/**
 * True for a fact recorded before its day began in a time zone, but after it began somewhere on earth.
 *
 * Entries for still later days were recorded under a configured business day (docs/decisions/0007), and are excluded.
 */
export function isBeforeItsDay(day: Day, recordedAt: Instant, timeZone: () => string): boolean {
  // No zone is a whole day behind UTC, so nearly all are decided without the zone's clock.
  if (day < recordedAt.slice(0, 10)) return false;
  return day > dayRecorded(timeZone(), recordedAt) && day <= latestDayOnEarth(recordedAt);
}

/** Days cached by zone and quarter of an hour: offsets are whole quarters, and a zone's clock is slow to read. */
const daysRecorded = new Map<string, Day>();
const mostDaysRecorded = 10_000;

function dayRecorded(timeZone: string, instant: Instant): Day {
  const quarter = Math.floor(Number(instant.slice(14, 16)) / 15);
  const key = `${instant.slice(0, 13)} ${quarter} ${timeZone}`;
  let day = daysRecorded.get(key);
  if (day === undefined) {
    day = dayIn(timeZone, instant);
    if (daysRecorded.size === mostDaysRecorded) daysRecorded.clear();
    daysRecorded.set(key, day);
  }
  return day;
}

/** True for an IANA time zone known to this platform; an offset such as `+08:00` is not. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const defaultTimeZone = 'Asia/Shanghai';

/** Months since the beginning of the calendar. */
export function monthOf(day: Day): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

/** The first day of the month that is a number of months after that of a day. */
export function firstOfMonth(day: Day, months: number): Day {
  const month = monthOf(day) + months;
  const [year, index] = [Math.floor(month / 12), (month % 12) + 1];
  return `${String(year).padStart(4, '0')}-${String(index).padStart(2, '0')}-01`;
}
