import { describe, expect, test } from '@jest/globals';
import { dayOf, periodOf } from '../../src/cli/input/period.js';

describe('periods as typed', () => {
  test.each([
    ['2018-06-30', '2018-06-30', '2018-06-30'],
    ['2018-02', '2018-02-01', '2018-02-28'],
    ['2018-Q2', '2018-04-01', '2018-06-30'],
    ['2018-h2', '2018-07-01', '2018-12-31'],
    ['2018', '2018-01-01', '2018-12-31'],
    ['2018-07..2018-09', '2018-07-01', '2018-09-30'],
    ['2018-12-30..2019', '2018-12-30', '2019-12-31'],
  ])('%s runs from %s to %s', (text, from, to) => {
    expect(periodOf(text, '--forecast')).toEqual({ from, to });
  });

  test.each(['2018-02-30', '2018-13', '2018-H3', '2018-Q5', 'June', '', '2018..2019..2020', '..2018'])(
    '%p is not a period',
    (text) => {
      expect(() => periodOf(text, '--forecast')).toThrow(
        `--forecast "${text}": expected a day (2018-06-30), month (2018-06), quarter (2018-Q2), half year (2018-H1) or year (2018), or two of them as FROM..TO.`,
      );
    },
  );

  test('a period does not end before it begins', () => {
    expect(() => periodOf('2018-07..2018-05', '--no-change')).toThrow(
      '--no-change "2018-07..2018-05": it ends before it begins; expected FROM..TO.',
    );
  });
});

describe('days as typed', () => {
  const businessDay = '2018-07-01';
  test.each([
    ['today', '2018-07-01'],
    ['Yesterday', '2018-06-30'],
    ['2018-05-31', '2018-05-31'],
  ])('%s is %s', (text, day) => {
    expect(dayOf(text, '--as-of', businessDay)).toBe(day);
  });

  test('30 February is not a day', () => {
    expect(() => dayOf('2018-02-30', '--as-of', businessDay)).toThrow(
      '--as-of "2018-02-30": expected a day of the calendar such as 2018-06-30, today or yesterday.',
    );
  });
});
