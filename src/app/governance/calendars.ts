import { createRequire } from 'node:module';
import type { WorkCalendar } from '../../../domain/values/working-days.js';
import type { Calendars } from '../ports.js';

const load = createRequire(import.meta.url);
const weekend = [0, 6];

const makers: ReadonlyMap<string, () => WorkCalendar> = new Map([
  ['china', china],
  ['weekdays', () => ({ name: 'weekdays', freeWeekdays: weekend, holidays: [], workdays: [] })],
  ['every-day', () => ({ name: 'every-day', freeWeekdays: [], holidays: [], workdays: [] })],
]);

/**
 * The calendars that come with the installation: `china` (statutory holidays and the weekend days worked for them, in the
 * years that its source knows), `weekdays` (Monday to Friday) and `every-day`. Each is made once, when first asked for.
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

/** The days as the package `chinese-days` lists them; its functions are not asked, because they count in the time zone of the machine. */
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
