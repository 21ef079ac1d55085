import type { Fault } from '../rejections.js';
import type { Text } from '../text.js';
import { addDays, type Day, daysBetween, isDay } from './calendar.js';

/** A working calendar: its weekly holidays, and the days that differ from them. */
export interface WorkCalendar {
  /** A slug of `a-z0-9-`. */
  name: string;
  /** 0 is Sunday, 6 Saturday. */
  freeWeekdays: number[];
  /** Holidays on working weekdays. */
  holidays: Day[];
  /** Working days on weekly holidays. */
  workdays: Day[];
}

/** Maximum number of days that differ from their weekday. */
const mostDays = 5_000;
const atMostDays = { en: `at most ${mostDays} days in both lists`, zh: `两个列表合计至多 ${mostDays} 天` };

/** A calendar for fast queries: days are counted from 1970-01-01, a Thursday. */
interface Counted {
  free: ReadonlySet<number>;
  holidays: ReadonlySet<number>;
  workdays: ReadonlySet<number>;
}

const epoch: Day = '1970-01-01';
const numberOf = (day: Day): number => daysBetween(epoch, day);

/** Cached per calendar: building the sets takes longer than using them. */
const counted = new WeakMap<WorkCalendar, Counted>();

/** True for a working day. */
export function isWorkday(day: Day, calendar: WorkCalendar): boolean {
  return isWorked(numberOf(day), countedOf(calendar));
}

/**
 * The day a number of working days after a day; the day itself for 0.
 *
 * A calendar without a working weekday counts every weekday.
 */
export function afterWorkingDays(day: Day, days: number, calendar: WorkCalendar): Day {
  const ways = countedOf(calendar);
  const start = numberOf(day);
  let at = start;
  for (let left = days; left > 0; ) {
    at += 1;
    if (isWorked(at, ways)) left -= 1;
  }
  return addDays(day, at - start);
}

/** The first fault of a calendar, or undefined; accepts any JSON. */
export function calendarFault(calendar: WorkCalendar): Fault | undefined {
  return nameFault(calendar?.name) ?? weekdaysFault(calendar.freeWeekdays) ?? daysFault(calendar);
}

function countedOf(calendar: WorkCalendar): Counted {
  const known = counted.get(calendar);
  if (known) return known;
  const free = new Set(calendar.freeWeekdays);
  const made = {
    free: free.size < 7 ? free : new Set<number>(),
    holidays: new Set(calendar.holidays.map(numberOf)),
    workdays: new Set(calendar.workdays.map(numberOf)),
  };
  counted.set(calendar, made);
  return made;
}

function isWorked(at: number, { free, holidays, workdays }: Counted): boolean {
  if (workdays.has(at)) return true;
  return !holidays.has(at) && !free.has((((at + 4) % 7) + 7) % 7);
}

function nameFault(name: unknown): Fault | undefined {
  if (typeof name === 'string' && /^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) return undefined;
  return fault('name', shown(name), {
    en: 'a name of 1 to 64 letters a to z, digits and hyphens, such as "district-2027"',
    zh: '名称：1 至 64 个小写字母、数字或连字符，如“district-2027”',
  });
}

function weekdaysFault(weekdays: unknown): Fault | undefined {
  const expected = {
    en: 'the free days of the week, 0 (Sunday) to 6 (Saturday), such as [0, 6]',
    zh: '每周休息日，0（星期日）至 6（星期六），如 [0, 6]',
  };
  if (!Array.isArray(weekdays)) return fault('freeWeekdays', shown(weekdays), expected);
  const wrong = weekdays.findIndex((weekday) => !Number.isInteger(weekday) || weekday < 0 || weekday > 6);
  if (wrong >= 0) return fault(`freeWeekdays[${wrong}]`, shown(weekdays[wrong]), expected);
  if (new Set(weekdays).size < 7) return undefined;
  return fault(
    'freeWeekdays',
    { en: 'every day of the week', zh: '一周七天' },
    {
      en: 'at least one day of the week that is worked',
      zh: '每周至少有一个工作日',
    },
  );
}

function daysFault({ holidays, workdays }: WorkCalendar): Fault | undefined {
  const own = listFault('holidays', holidays) ?? listFault('workdays', workdays);
  if (own) return own;
  const count = holidays.length + workdays.length;
  if (count > mostDays) return fault('holidays', { en: `${count} days`, zh: `${count} 天` }, atMostDays);
  const free = new Set(holidays);
  const twice = workdays.findIndex((day) => free.has(day));
  if (twice < 0) return undefined;
  return fault(
    `workdays[${twice}]`,
    {
      en: `${workdays[twice]}, also a holiday`,
      zh: `${workdays[twice]}，同时为节假日`,
    },
    { en: 'a day that is no holiday', zh: '非节假日' },
  );
}

function listFault(member: string, days: unknown): Fault | undefined {
  if (!Array.isArray(days))
    return fault(member, shown(days), {
      en: 'a list of days; [] when there are none',
      zh: '日期列表；没有则为 []',
    });
  if (days.length > mostDays)
    return fault(member, { en: `${days.length} days`, zh: `${days.length} 天` }, atMostDays);
  const wrong = days.findIndex((day) => typeof day !== 'string' || !isDay(day));
  if (wrong < 0) return undefined;
  return fault(`${member}[${wrong}]`, shown(days[wrong]), {
    en: 'a day of the calendar as YYYY-MM-DD',
    zh: '日历中的日期 YYYY-MM-DD',
  });
}

/** The given value, short enough for a message. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function fault(member: string, seen: Text, expected: Text): Fault {
  return { member, seen, expected };
}
