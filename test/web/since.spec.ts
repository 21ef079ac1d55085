import { expect, test } from '@jest/globals';
import { dayOfSince, sinceIn } from '../../web/office/district/since/since.js';

test.each([
  ['', 'month'],
  ['since=week', 'week'],
  ['since=2018-05-01', '2018-05-01'],
  ['since=2018-02-30', 'month'],
  ['since=constructor', 'month'],
])('the URL parameter %j compares with %s', (search, since) => {
  expect(sinceIn(new URLSearchParams(search))).toBe(since);
});

test.each([
  ['week', '2018-07-10', '2018-07-03'],
  ['month', '2018-07-10', '2018-06-10'],
  ['month', '2018-03-31', '2018-02-28'],
  ['month', '2018-01-15', '2017-12-15'],
  ['half-year', '2018-08-31', '2018-02-28'],
  ['half-year', '2018-03-10', '2017-09-10'],
  ['report', '2018-07-10', '2018-06-29'],
  ['2018-05-01', '2018-07-10', '2018-05-01'],
] as const)('%s before %s is %s', (since, asOf, day) => {
  expect(dayOfSince(since, asOf, '2018-06-30')).toBe(day);
});

test('there is no day of comparison on or after the day that is shown, nor before any report', () => {
  expect(dayOfSince('2018-07-10', '2018-07-10', undefined)).toBeUndefined();
  expect(dayOfSince('report', '2018-07-10', undefined)).toBeUndefined();
});
