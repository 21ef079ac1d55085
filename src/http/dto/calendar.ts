import type { Day } from '../../../domain/values/days/calendar.js';
import type { WorkCalendar } from '../../../domain/values/days/working-days.js';
import { Member } from '../validation/member.js';
import { day, listOf, wholeNumber } from '../validation/rules.js';

/** A working calendar; its name is in the URL. */
export class CalendarSaid {
  @Member(listOf(wholeNumber(0, 6), 0, 6), 'Weekdays that are free: 0 is Sunday, 6 Saturday.')
  freeWeekdays!: number[];

  @Member(listOf(day, 0, 4_000), 'Days that are free although their weekday is not.')
  holidays!: Day[];

  @Member(listOf(day, 0, 4_000), 'Days that are worked although their weekday is free.')
  workdays!: Day[];
}

/** The calendar in a request. */
export function calendarOf(name: string, { freeWeekdays, holidays, workdays }: CalendarSaid): WorkCalendar {
  return { name, freeWeekdays, holidays, workdays };
}
