import { describe, expect, test } from '@jest/globals';
import { isGivenUpOn, retryAt } from '../../../src/app/deliveries/attempts.js';
import { digestAfter, inHours } from '../../../src/app/deliveries/timing.js';

const daily = { kind: 'daily', at: '08:00' } as const;
const at = (timing: Parameters<typeof digestAfter>[0], zone: string, since: string) =>
  digestAfter(timing, zone, since)?.at;

describe('a digest', () => {
  test("comes at its time of day in its reader's zone", () => {
    expect(at(daily, 'Asia/Shanghai', '2018-07-10T03:00:00.000Z')).toBe('2018-07-11T00:00:00.000Z');
    expect(at(daily, 'Europe/Berlin', '2018-07-10T03:00:00.000Z')).toBe('2018-07-10T06:00:00.000Z');
  });

  test('for a week comes on its weekday', () => {
    const weekly = { kind: 'weekly', weekday: 1, at: '08:00' } as const;
    expect(at(weekly, 'Asia/Shanghai', '2018-07-10T00:00:00.000Z')).toBe('2018-07-16T00:00:00.000Z');
  });

  test('leaves events right before it to the next one', () => {
    expect(digestAfter(daily, 'UTC', '2018-07-10T07:59:50.000Z')).toEqual({
      at: '2018-07-10T08:00:00.000Z',
      tellsUpTo: '2018-07-10T07:59:50.000Z',
    });
    expect(at(daily, 'UTC', '2018-07-10T07:59:50.001Z')).toBe('2018-07-11T08:00:00.000Z');
  });

  test('at a time skipped in spring comes right after the gap, once', () => {
    const skipped = { kind: 'daily', at: '02:30' } as const;
    expect(at(skipped, 'Europe/Berlin', '2018-03-24T12:00:00.000Z')).toBe('2018-03-25T01:00:00.000Z');
    expect(at(skipped, 'Europe/Berlin', '2018-03-25T01:00:00.000Z')).toBe('2018-03-26T00:30:00.000Z');
  });

  test('at a time repeated in autumn comes the first time only', () => {
    const repeated = { kind: 'daily', at: '02:30' } as const;
    expect(at(repeated, 'Europe/Berlin', '2018-10-27T12:00:00.000Z')).toBe('2018-10-28T00:30:00.000Z');
    expect(at(repeated, 'Europe/Berlin', '2018-10-28T00:30:00.000Z')).toBe('2018-10-29T01:30:00.000Z');
  });

  test('does not exist for immediate subscriptions', () => {
    expect(digestAfter({ kind: 'at-once' }, 'UTC', '2018-07-10T00:00:00.000Z')).toBeUndefined();
  });
});

describe('working hours', () => {
  const hours = { from: '08:30', to: '17:30' };
  const weekdays = (day: string) => ![0, 6].includes(new Date(day).getUTCDay());
  const from = (instant: string) => inHours(hours, 'Asia/Shanghai', instant, weekdays);

  test.each([
    ['in them it goes immediately', '2018-07-10T00:30:00.000Z', '2018-07-10T00:30:00.000Z'],
    ['a second before their end as well', '2018-07-10T09:29:59.000Z', '2018-07-10T09:29:59.000Z'],
    ['at their end it waits for the next morning', '2018-07-10T09:30:00.000Z', '2018-07-11T00:30:00.000Z'],
    ['before they begin it waits for them', '2018-07-09T20:00:00.000Z', '2018-07-10T00:30:00.000Z'],
    ['on Friday evening it waits for Monday', '2018-07-13T10:00:00.000Z', '2018-07-16T00:30:00.000Z'],
  ])('%s', (_, asked, expected) => {
    expect(from(asked)).toBe(expected);
  });

  test('of a calendar without working days delay nothing', () => {
    expect(inHours(hours, 'UTC', '2018-07-10T22:00:00.000Z', () => false)).toBe('2018-07-10T22:00:00.000Z');
  });
});

describe('a failed attempt', () => {
  const now = '2018-07-10T00:00:00.000Z';

  test('is repeated after 5 s, 5 min, then every 30 min', () => {
    expect([1, 2, 3, 4, 99].map((attempt) => retryAt(now, attempt, 0.5))).toEqual([
      '2018-07-10T00:00:05.000Z',
      '2018-07-10T00:05:00.000Z',
      '2018-07-10T00:30:00.000Z',
      '2018-07-10T00:30:00.000Z',
      '2018-07-10T00:30:00.000Z',
    ]);
  });

  test('varies by a fifth, and waits longer when the receiver requests it, a day at most', () => {
    expect(retryAt(now, 3, 0)).toBe('2018-07-10T00:24:00.000Z');
    expect(retryAt(now, 3, 0.9999)).toBe('2018-07-10T00:35:59.928Z');
    expect(retryAt(now, 1, 0.5, 3_600_000)).toBe('2018-07-10T01:00:00.000Z');
    expect(retryAt(now, 1, 0.5, 1)).toBe('2018-07-10T00:00:05.000Z');
    expect(retryAt(now, 1, 0.5, 1e12)).toBe('2018-07-11T00:00:00.000Z');
  });

  test('is the last one after 5 days, unless only the clock jumped', () => {
    expect(isGivenUpOn('2018-07-05T00:00:00.000Z', 240, now)).toBe(true);
    expect(isGivenUpOn('2018-07-05T00:00:00.001Z', 240, now)).toBe(false);
    expect(isGivenUpOn('2018-07-05T00:00:00.000Z', 4, now)).toBe(false);
    expect(isGivenUpOn(undefined, 240, now)).toBe(false);
  });
});
