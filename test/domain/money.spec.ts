import { describe, expect, test } from '@jest/globals';
import { isCurrency, minorDigits, parseMoney as parseMoneyInWords } from '../../domain/values/money.js';
import { english } from '../support/in-english.js';

const parseMoney = english(parseMoneyInWords);

describe('an amount as reported', () => {
  test.each([
    ['6900', '万元', 6_900_000_000, 'CNY'],
    ['96838', '万元', 96_838_000_000, 'CNY'],
    ['0.85', '亿元', 8_500_000_000, 'CNY'],
    ['1.5', '元', 150, 'CNY'],
    ['0', '万元', 0, 'CNY'],
    ['0.000001', '万元', 1, 'CNY'],
    ['007.10', '元', 710, 'CNY'],
    ['12.34', 'CNY', 1234, 'CNY'],
    ['12.34', 'USD', 1234, 'USD'],
    ['1000', 'JPY', 1000, 'JPY'],
    ['1000.00', 'JPY', 1000, 'JPY'],
    ['1.234', 'KWD', 1234, 'KWD'],
    ['90071992547409.91', '元', Number.MAX_SAFE_INTEGER, 'CNY'],
  ])('%s %s is %i minor units of %s, and the wording is kept', (amount, unit, amountMinor, currency) => {
    expect(parseMoney(amount, unit)).toEqual({ amountMinor, currency, said: { amount, unit } });
  });

  test.each([
    ['0.001', '元', { fault: 'fraction-of-minor-unit', expected: 'at most 2 decimals in 元' }],
    ['0.0000001', '万元', { fault: 'fraction-of-minor-unit', expected: 'at most 6 decimals in 万元' }],
    ['1.5', 'JPY', { fault: 'fraction-of-minor-unit', expected: 'no decimals in JPY' }],
    [
      '90071992547409.92',
      '元',
      { fault: 'amount-too-large', expected: 'at most 9007199254740991 minor units' },
    ],
    [
      '999999999999999',
      '亿元',
      { fault: 'amount-too-large', expected: 'at most 9007199254740991 minor units' },
    ],
    ['-6900', '万元', { fault: 'amount-negative', expected: 'zero or more' }],
  ])('%s %s is refused: nothing is rounded and nothing is negative', (amount, unit, problem) => {
    expect(parseMoney(amount, unit)).toEqual(problem);
  });

  test.each([
    '',
    ' ',
    '6,900',
    '6900 ',
    '6.9e3',
    '+6900',
    '.5',
    '5.',
    '６９００',
    '0x10',
    'NaN',
    '1'.repeat(16),
    '--1',
    '-',
  ])('the amount %j is not a number on a form', (amount) => {
    expect(parseMoney(amount, '万元')).toEqual({
      fault: 'amount-shape',
      expected: 'digits with an optional decimal point, such as 6900 or 0.85',
    });
  });

  test.each(['', '万', 'RMB', 'usd', '$', 'XXX', 'constructor', '__proto__'])(
    'the unit %j is unknown',
    (unit) => {
      expect(parseMoney('1', unit)).toEqual({
        fault: 'unit-unknown',
        expected: '元, 万元, 亿元 or an ISO 4217 currency code such as USD',
      });
    },
  );
});

describe('a currency', () => {
  test('codes are those of ISO 4217 in use', () => {
    expect(['CNY', 'USD', 'XOF', 'DEM', 'XXX', 'cny', ''].map(isCurrency)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('minor units follow the standard, even where the platform does not', () => {
    expect(['CNY', 'JPY', 'KWD', 'IDR', 'HUF'].map((code) => [code, minorDigits(code)])).toEqual([
      ['CNY', 2],
      ['JPY', 0],
      ['KWD', 3],
      ['IDR', 2],
      ['HUF', 2],
    ]);
  });
});
