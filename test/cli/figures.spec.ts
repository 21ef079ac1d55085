import { describe, expect, test } from '@jest/globals';
import { instant, money, moneyMoved, percent, points, range } from '../../src/cli/views/figures.js';

describe('percentages', () => {
  test.each([
    [0, '0 %'],
    [1, '0.1 %'],
    [3620, '36.2 %'],
    [3625, '36.3 %'],
    [9999, '99.9 %'],
    [10_000, '100 %'],
    [-40, '-0.4 %'],
  ])('%d basis points are %s: values near 0 or 100 are never rounded to it', (basisPoints, text) => {
    expect(percent(basisPoints, 'en')).toBe(text);
    expect(percent(basisPoints, 'zh')).toBe(text.replace(' ', ''));
  });

  const huaao = { floorBasisPoints: 3620, percentBasisPoints: 5740, ceilingBasisPoints: 8320 };
  test('a range names what is stated and what is possible', () => {
    expect(range(huaao, 'en')).toBe('57.4 % (36.2 % stated, at most 83.2 %)');
    expect(range(huaao, 'zh')).toBe('57.4%（下限 36.2%，上限 83.2%）');
  });

  test('a range of one point is one figure', () => {
    expect(
      range({ floorBasisPoints: 10_000, percentBasisPoints: 10_000, ceilingBasisPoints: 10_000 }, 'en'),
    ).toBe('100 %');
  });

  test.each([
    [130, '+1.3 points'],
    [-5, '-0.05 points'],
    [0, '±0.0 points'],
  ])('a difference of %d basis points is %s', (basisPoints, text) => {
    expect(points(basisPoints, 'en')).toBe(text);
  });
});

describe('money', () => {
  test.each([
    [6_900_000_000, 'CNY', '69.0 million CNY', '6,900 万元'],
    [96_838_000_000, 'CNY', '968.38 million CNY', '96,838 万元'],
    [135_626_000_000, 'CNY', '1,356.26 million CNY', '135,626 万元'],
    [85_000_000, 'CNY', '850,000 CNY', '85 万元'],
    [123_456_789, 'CNY', '1,234,567.89 CNY', '1,234,567.89 元'],
    [0, 'CNY', '0 CNY', '0 万元'],
    [150_000_000, 'USD', '1.5 million USD', '150 万 USD'],
    [5_000_000, 'JPY', '5.0 million JPY', '500 万 JPY'],
    [9_007_199_254_740_991, 'CNY', '90,071,992,547,409.91 CNY', '90,071,992,547,409.91 元'],
  ])('%d minor units of %s lose no digit', (minor, currency, en, zh) => {
    expect([money(minor, currency, 'en'), money(minor, currency, 'zh')]).toEqual([en, zh]);
  });

  test('a difference has its sign', () => {
    expect([moneyMoved(300_000_000, 'CNY', 'zh'), moneyMoved(-300_000_000, 'CNY', 'en')]).toEqual([
      '+300 万元',
      '-3.0 million CNY',
    ]);
  });
});

test('an instant is shown to the second, in UTC', () => {
  expect(instant('2018-07-10T01:02:03.004Z')).toBe('2018-07-10 01:02:03Z');
});
