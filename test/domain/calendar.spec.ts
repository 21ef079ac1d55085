import { describe, expect, test } from '@jest/globals';
import {
  addDays,
  dayIn,
  daysBetween,
  isBeforeItsDay,
  isDay,
  isMonth,
  isTimeZone,
  lastDayOfMonth,
  latestDayOnEarth,
  yearOf,
} from '../../domain/values/days/calendar.js';

describe('a day', () => {
  test('of every year from 1890 to 2210 is one that Date knows, and no other', () => {
    const two = (number: number) => String(number).padStart(2, '0');
    const wrong: string[] = [];
    for (let year = 1890; year <= 2210; year++) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const text = `${year}-${two(month)}-${two(day)}`;
          const instant = new Date(Date.UTC(year, month - 1, day)).toISOString();
          const isKnown = year >= 1900 && year <= 2199 && instant.startsWith(text);
          if (isDay(text) !== isKnown) wrong.push(text);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test.each(['2018-06-30', '2016-02-29', '2000-02-29', '1900-01-01', '2199-12-31'])(
    '%s is in the calendar',
    (day) => {
      expect(isDay(day)).toBe(true);
    },
  );

  test.each([
    '2018-02-30',
    '2018-02-29',
    '1900-02-29',
    '2018-04-31',
    '2018-13-01',
    '2018-00-10',
    '2018-06-00',
    '1899-12-31',
    '2200-01-01',
    '2018-6-30',
    '2018-06-30T00:00:00Z',
    ' 2018-06-30',
    '2018-06-30\n',
    '２０１８-06-30',
    '+02018-06-30',
    '',
  ])('%j is not in the calendar', (day) => {
    expect(isDay(day)).toBe(false);
  });

  test('days are added over month ends, leap days and years', () => {
    expect([
      addDays('2018-06-30', 1),
      addDays('2016-02-28', 1),
      addDays('2018-02-28', 1),
      addDays('2018-01-01', -1),
      addDays('2018-07-10', 0),
      addDays('2018-07-10', 365),
    ]).toEqual(['2018-07-01', '2016-02-29', '2018-03-01', '2017-12-31', '2018-07-10', '2019-07-10']);
  });

  test('days between include weekends, and daylight saving time does not shorten them', () => {
    expect([
      daysBetween('2018-12-01', '2019-03-01'),
      daysBetween('2018-07-10', '2018-07-10'),
      daysBetween('2018-07-10', '2018-07-09'),
      daysBetween('2016-01-01', '2017-01-01'),
      daysBetween('2018-03-24', '2018-03-26'),
    ]).toEqual([90, 0, -1, 366, 2]);
  });

  test('the year of a day', () => {
    expect(yearOf('2018-06-30')).toBe(2018);
  });
});

describe('a month', () => {
  test('months are those of the calendar', () => {
    expect(['2018-06', '2018-12', '2018-13', '2018-00', '2018-6', '2018-06-01'].map(isMonth)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('months end on their last day', () => {
    expect(['2018-06', '2018-12', '2018-02', '2016-02', '1900-02', '2000-02'].map(lastDayOfMonth)).toEqual([
      '2018-06-30',
      '2018-12-31',
      '2018-02-28',
      '2016-02-29',
      '1900-02-28',
      '2000-02-29',
    ]);
  });
});

describe('the day that has begun', () => {
  test('in Shanghai a day begins at 16:00 UTC of the day before', () => {
    expect(dayIn('Asia/Shanghai', '2018-07-09T15:59:59.999Z')).toBe('2018-07-09');
    expect(dayIn('Asia/Shanghai', '2018-07-09T16:00:00.000Z')).toBe('2018-07-10');
  });

  test('in New York it begins later in winter than in summer', () => {
    expect(dayIn('America/New_York', '2018-07-10T04:00:00.000Z')).toBe('2018-07-10');
    expect(dayIn('America/New_York', '2018-01-10T04:00:00.000Z')).toBe('2018-01-09');
  });

  test('anywhere on earth it begins at UTC+14', () => {
    expect(latestDayOnEarth('2018-07-09T09:59:59.999Z')).toBe('2018-07-09');
    expect(latestDayOnEarth('2018-07-09T10:00:00.000Z')).toBe('2018-07-10');
    expect(latestDayOnEarth('2018-07-09T10:00:00.000Z')).toBe(
      dayIn('Pacific/Kiritimati', '2018-07-09T10:00:00.000Z'),
    );
  });

  test('a zone has an IANA name', () => {
    expect(['Asia/Shanghai', 'UTC', 'Asia/Gotham', '+08:00', '', '__proto__'].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(() => dayIn('Asia/Gotham', '2018-07-09T10:00:00.000Z')).toThrow(RangeError);
  });
});

describe('an entry is recorded before its day', () => {
  const evening = '2026-11-30T10:30:00.000Z';
  test.each([
    ['2026-12-01', evening, 'Asia/Shanghai', true],
    ['2026-11-30', evening, 'Asia/Shanghai', false],
    ['2026-12-01', evening, 'Pacific/Kiritimati', false],
    ['2026-12-01', '2026-11-30T15:59:59.999Z', 'Asia/Shanghai', true],
    ['2026-12-01', '2026-11-30T16:00:00.000Z', 'Asia/Shanghai', false],
    ['2026-12-01', '2026-11-30T18:14:59.999Z', 'Asia/Kathmandu', true],
    ['2026-12-01', '2026-11-30T18:15:00.000Z', 'Asia/Kathmandu', false],
    ['2026-11-30', '2026-11-30T09:30:00.000Z', 'Pacific/Honolulu', true],
    ['2026-11-29', '2026-11-30T09:30:00.000Z', 'Pacific/Honolulu', false],
    // Under a configured business day.
    ['2030-01-01', evening, 'Asia/Shanghai', false],
  ])('for %s at %s in %s: %s', (day, recordedAt, timeZone, isBefore) => {
    expect(isBeforeItsDay(day, recordedAt, () => timeZone)).toBe(isBefore);
  });
});
