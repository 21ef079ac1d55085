import { createRequire } from 'node:module';
import type { WorkCalendar } from '../../../domain/values/days/working-days.js';
import type { Calendars } from '../ports.js';

const load = createRequire(import.meta.url);
const weekend = [0, 6];

const makers: ReadonlyMap<string, () => WorkCalendar> = new Map([
  ['china', china],
  ['weekdays', () => ({ name: 'weekdays', freeWeekdays: weekend, holidays: [], workdays: [] })],
  ['every-day', () => ({ name: 'every-day', freeWeekdays: [], holidays: [], workdays: [] })],
]);

/**
 * The included calendars: `china` (statutory holidays and make-up working days, in the years that its source knows),
 * `weekdays` (Monday to Friday) and `every-day`. Each is created on first use.
 */
export function calendars(): Calendars {
  const made = new Map<string, WorkCalendar>();
  return {
    calendar(name) {
      const known = made.get(name);
      if (known) return known;
      const calendar = makers.get(name)?.();
      if (calendar) made.set(name, calendar);
      return calendar;
    },
    names: () => [...makers.keys()],
  };
}

/** The days as listed by the package `chinese-days`; its functions are not used, because they use the machine's time zone. */
function china(): WorkCalendar {
  const { holidays, workdays } = load('chinese-days/dist/chinese-days.json') as Record<
    'holidays' | 'workdays',
    Record<string, string>
  >;
  return {
    name: 'china',
    freeWeekdays: weekend,
    holidays: Object.keys(holidays).sort(),
    workdays: Object.keys(workdays).sort(),
  };
}
