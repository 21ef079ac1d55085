import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ruleFault } from '../../../domain/governance/rule-fault.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import { afterWorkingDays, calendarFault, isWorkday } from '../../../domain/values/days/working-days.js';
import { calendars } from '../../../src/app/governance/calendars.js';

const { calendar, names } = calendars();

function workedBetween(name: string, from: Day, to: Day): Day[] {
  const known = calendar(name);
  const worked: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (known && isWorkday(day, known)) worked.push(day);
  return worked;
}

describe('the included calendars', () => {
  test('each name exists once, without a fault', () => {
    expect(names()).toEqual(['china', 'weekdays', 'every-day']);
    for (const name of names()) {
      const known = calendar(name);
      expect(known?.name).toBe(name);
      expect(known && calendarFault(known)).toBeUndefined();
      expect(calendar(name)).toBe(known);
    }
  });

  test('another name is unknown', () => {
    expect(calendar('mars')).toBeUndefined();
    expect(calendar('constructor')).toBeUndefined();
  });

  test('around the Spring Festival of 2018 the eleventh (a Sunday) and the twenty-fourth (a Saturday) are worked, the holiday week is not', () => {
    expect(workedBetween('china', '2018-02-10', '2018-02-25')).toEqual([
      '2018-02-11',
      '2018-02-12',
      '2018-02-13',
      '2018-02-14',
      '2018-02-22',
      '2018-02-23',
      '2018-02-24',
    ]);
  });

  test("ten working days from the example's business day end on 24 July 2018", () => {
    const china = calendar('china');
    expect(china && afterWorkingDays('2018-07-10', 10, china)).toBe('2018-07-24');
  });

  test('in a year without a known list, weekdays are worked', () => {
    expect(workedBetween('china', '2031-10-01', '2031-10-06')).toEqual([
      '2031-10-01',
      '2031-10-02',
      '2031-10-03',
      '2031-10-06',
    ]);
  });

  test('the last known year of China is the documented one', () => {
    expect(calendar('china')?.holidays.at(-1)?.slice(0, 4)).toBe('2026');
  });

  test('weekdays have no holidays, and every day is every day', () => {
    expect(workedBetween('weekdays', '2018-10-01', '2018-10-07')).toHaveLength(5);
    expect(workedBetween('every-day', '2018-10-01', '2018-10-07')).toHaveLength(7);
  });
});

test('the documented rules and calendar can be adopted', () => {
  const page = readFileSync(new URL('../../../docs/alerts.md', import.meta.url), 'utf8');
  const [shown, rules, ...more] = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json]) =>
    JSON.parse(json ?? ''),
  );
  expect(more).toEqual([]);
  expect(calendarFault({ name: 'own', ...shown })).toBeUndefined();
  expect(ruleFault(rules, names())).toBeUndefined();
});
