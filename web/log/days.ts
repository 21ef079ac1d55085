import { addDays, type Day, daysBetween } from '../../domain/values/days/calendar.js';

/** The calendar day on this device. */
export function deviceDay(now = new Date()): Day {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The service's current business day: the last one it named, plus the days that have passed on the device since. */
export function today(known: { businessDay: Day; saidOn: Day } | undefined, now = new Date()): Day {
  const here = deviceDay(now);
  if (!known) return here;
  return addDays(known.businessDay, Math.max(0, daysBetween(known.saidOn, here)));
}
