import { expect, test } from '@jest/globals';
import { duration, figures } from '../../src/cli/views/progress.js';

test('progress shows how much, how fast and how long still', () => {
  expect(figures(1200, 4000, 2000, 'lines', 'en')).toBe('5 s left · 600 a second · 1,200 of 4,000 lines');
});

test('without a known end it shows how much and how fast', () => {
  expect(figures(1200, undefined, 2000, 'lines', 'en')).toBe('600 a second · 1,200 lines');
});

test('before anything is done it shows no estimate', () => {
  expect(figures(0, 4000, 0, 'events', 'en')).toBe('0 of 4,000 events');
});

test.each([
  [0.2, '1 s'],
  [59, '59 s'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds, 'en')).toBe(text);
});

test('it is in Chinese as well', () => {
  expect(figures(1200, 400_000, 2000, '行', 'zh')).toBe('剩余 11 分 5 秒 · 每秒 600 · 1,200/400,000 行');
});
