import type { Day } from './calendar.js';
import type { WorkCalendar } from './governance-events.js';

/** True for a day that is worked. */
export function isWorkday(_day: Day, _calendar: WorkCalendar): boolean {
  throw new Error('isWorkday');
}

/** The working day that lies so many working days after a day; the day itself for 0. */
export function afterWorkingDays(_day: Day, _days: number, _calendar: WorkCalendar): Day {
  throw new Error('afterWorkingDays');
}
