import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type Day } from '../../domain/values/days/calendar.js';
import type { WorkCalendar } from '../../domain/values/days/working-days.js';
import {
  afterWorkingDays,
  calendarFault as calendarFaultInWords,
  isWorkday,
} from '../../domain/values/days/working-days.js';
import { english } from '../support/in-english.js';

const calendarFault = english(calendarFaultInWords);

const tuesday = '2018-07-10';
const friday = '2018-07-13';
const saturday = '2018-07-14';
const sunday = '2018-07-15';
const monday = '2018-07-16';

const office: WorkCalendar = {
  name: 'office',
  freeWeekdays: [0, 6],
  holidays: [monday],
  workdays: [saturday],
};
const neverOpen: WorkCalendar = {
  name: 'never-open',
  freeWeekdays: [0, 1, 2, 3, 4, 5, 6],
  holidays: [],
  workdays: [],
};

describe('a working calendar', () => {
  test('a weekday is worked, a weekend day is not, and listed days differ from their weekday', () => {
    const worked = [tuesday, friday, saturday, sunday, monday].filter((day) => isWorkday(day, office));
    expect(worked).toEqual([tuesday, friday, saturday]);
  });

  test('working days are counted over weekends, holidays and make-up days', () => {
    expect([0, 1, 3, 4, 5].map((days) => afterWorkingDays(tuesday, days, office))).toEqual([
      tuesday,
      '2018-07-11',
      friday,
      saturday,
      '2018-07-17',
    ]);
  });

  test('days before 1970 have their weekdays too', () => {
    const weekdays = { ...office, holidays: [], workdays: [] };
    expect(afterWorkingDays('1969-12-26', 1, weekdays)).toBe('1969-12-29');
  });

  test('the search in a calendar without working days terminates', () => {
    expect(afterWorkingDays(tuesday, 250, neverOpen)).toBe(addDays(tuesday, 250));
  });

  test('after n working days exactly n were worked, and the last of them is one', () => {
    fc.assert(
      fc.property(
        fc.record({
          freeWeekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 6 }),
          holidays: fc.array(fc.integer({ min: 0, max: 400 })),
          workdays: fc.array(fc.integer({ min: 0, max: 400 })),
          days: fc.integer({ min: 1, max: 250 }),
        }),
        ({ freeWeekdays, holidays, workdays, days }) => {
          const dayOf = (after: number): Day => addDays(tuesday, after);
          const calendar = {
            name: 'any',
            freeWeekdays,
            holidays: holidays.map(dayOf),
            workdays: workdays.map(dayOf),
          };
          const end = afterWorkingDays(tuesday, days, calendar);
          let worked = 0;
          for (let day = addDays(tuesday, 1); day <= end; day = addDays(day, 1))
            if (isWorkday(day, calendar)) worked += 1;
          expect([worked, isWorkday(end, calendar)]).toEqual([days, true]);
        },
      ),
    );
  });
});

describe('a loaded calendar', () => {
  test('that is valid has no fault', () => {
    expect(calendarFault(office)).toBeUndefined();
  });

  test.each<[string, Partial<Record<keyof WorkCalendar, unknown>>, string, string]>([
    ['a name with a space', { name: 'my office' }, 'name', '"my office"'],
    ['no name', { name: undefined }, 'name', 'nothing'],
    ['an eighth weekday', { freeWeekdays: [0, 7] }, 'freeWeekdays[1]', '7'],
    ['a weekday in words', { freeWeekdays: ['Sunday'] }, 'freeWeekdays[0]', '"Sunday"'],
    ['no weekday that is worked', neverOpen, 'freeWeekdays', 'every day of the week'],
    ['no list of weekdays', { freeWeekdays: null }, 'freeWeekdays', 'null'],
    ['a day that no year has', { holidays: ['2018-02-30'] }, 'holidays[0]', '"2018-02-30"'],
    ['a day as a number', { workdays: [saturday, 20180714] }, 'workdays[1]', '20180714'],
    ['one day, not a list', { holidays: monday }, 'holidays', `"${monday}"`],
    ['a day in both lists', { workdays: [saturday, monday] }, 'workdays[1]', `${monday}, also a holiday`],
    [
      'too many days',
      { holidays: Array.from({ length: 5_000 }, (_, i) => addDays('2019-01-01', i)) },
      'holidays',
      '5001 days',
    ],
  ])('%s is refused', (_, change, member, seen) => {
    const { expected, ...fault } = calendarFault({ ...office, ...change } as WorkCalendar) ?? {
      expected: '',
    };
    expect(fault).toEqual({ member, seen });
    expect(expected).not.toBe('');
  });
});
