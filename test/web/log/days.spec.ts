import { expect, test } from '@jest/globals';
import { deviceDay, today } from '../../../web/log/days.js';

const noon = new Date(2018, 6, 12, 12);

test('the day of the device is its local day', () => {
  expect(deviceDay(new Date(2018, 0, 5, 0, 1))).toBe('2018-01-05');
  expect(deviceDay(new Date(2018, 11, 31, 23, 59))).toBe('2018-12-31');
});

test('a business day named two days ago has advanced by two days', () => {
  expect(today({ businessDay: '2018-07-10', saidOn: '2018-07-12' }, noon)).toBe('2018-07-10');
  expect(today({ businessDay: '2014-02-27', saidOn: '2018-07-10' }, noon)).toBe('2014-03-01');
});

test('a device whose clock was put back removes no day', () => {
  expect(today({ businessDay: '2018-07-10', saidOn: '2018-07-20' }, noon)).toBe('2018-07-10');
});

test('before the service was ever reached it is the day of the device', () => {
  expect(today(undefined, noon)).toBe('2018-07-12');
});
