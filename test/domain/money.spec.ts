import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCurrency, minorDigits } from '../../domain/values/amounts/money.js';
import { moneyIn, parseMoney } from '../../domain/values/money-text.js';

const faultOf = (read: ReturnType<typeof moneyIn>) => ('fault' in read ? read.fault : read);

describe('an amount and its unit', () => {
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
    ['0.001', '元', 'fraction-of-minor-unit', 'at most 2 decimals in 元', '元最多 2 位小数'],
    ['0.0000001', '万元', 'fraction-of-minor-unit', 'at most 6 decimals in 万元', '万元最多 6 位小数'],
    ['1.5', 'JPY', 'fraction-of-minor-unit', 'no decimals in JPY', 'JPY不带小数'],
    ['90071992547409.92', '元', 'amount-too-large', /^at most 9007199254740991/, /^最多 9007199254740991/],
    ['999999999999999', '亿元', 'amount-too-large', /^at most 9007199254740991/, /^最多 9007199254740991/],
    ['-6900', '万元', 'amount-negative', 'zero or more', '零或以上'],
  ])('%s %s is refused: nothing is rounded and nothing is negative', (amount, unit, fault, en, zh) => {
    expect(parseMoney(amount, unit)).toMatchObject({
      fault,
      expected: { en: expect.stringMatching(en), zh: expect.stringMatching(zh) },
    });
  });

  test.each(['', ' ', '+6900', '.5', '5.', 'NaN', '--1', '-', '1,20', '1,2000'])(
    'the amount %j is not a number on a form',
    (amount) => expect(faultOf(parseMoney(amount, '万元'))).toBe('amount-shape'),
  );

  test.each(['XXX', 'constructor', '__proto__', '%', '公里', '方'])('the unit %j is unknown', (unit) =>
    expect(faultOf(parseMoney('1', unit))).toBe('unit-unknown'),
  );
});

const yi = 10_000_000_000;
const wan = 1_000_000;

describe('an amount as people write it', () => {
  test.each([
    ['3亿', 3 * yi, 'CNY', '3', '亿'],
    ['3亿元', 3 * yi, 'CNY', '3', '亿元'],
    ['3億圓', 3 * yi, 'CNY', '3', '亿圆'],
    ['1.5个亿', 1.5 * yi, 'CNY', '1.5', '个亿'],
    ['1200万', 1_200 * wan, 'CNY', '1200', '万'],
    ['1200萬元', 1_200 * wan, 'CNY', '1200', '万元'],
    ['12,000万元', 12_000 * wan, 'CNY', '12000', '万元'],
    ['１２，０００万元', 12_000 * wan, 'CNY', '12000', '万元'],
    ['12 000 万元', 12_000 * wan, 'CNY', '12000', '万元'],
    ['3.5百万元', 350 * wan, 'CNY', '3.5', '百万元'],
    ['80千元', 8 * wan, 'CNY', '80', '千元'],
    ['人民币3亿元', 3 * yi, 'CNY', '人民币3', '亿元'],
    ['￥6,900.50', 690_050, 'CNY', '¥6900.50', ''],
    ['RMB 3 million', 300 * wan, 'CNY', 'RMB 3', 'million'],
    ['3 million yuan', 300 * wan, 'CNY', '3', 'million yuan'],
    ['500万美元', 500_000_000, 'USD', '500', '万美元'],
    ['$1.2 million', 120_000_000, 'USD', '$1.2', 'million'],
    ['US$1.2m', 120_000_000, 'USD', 'US$1.2', 'm'],
    ['USD 1.2 billion', 120_000_000_000, 'USD', 'USD 1.2', 'billion'],
    ['1.2 million dollars', 120_000_000, 'USD', '1.2', 'million dollars'],
    ['€250k', 25_000_000, 'EUR', '€250', 'k'],
    ['2亿日元', 200_000_000, 'JPY', '2', '亿日元'],
    ['1亿2000万元', 1.2 * yi, 'CNY', '1亿2000', '万元'],
    ['三千五百万元', 3_500 * wan, 'CNY', '三千五百万元', ''],
    ['一亿二千万', 1.2 * yi, 'CNY', '一亿二千万', ''],
    ['69000000CNY', 6_900 * wan, 'CNY', '69000000', 'CNY'],
  ])('%s is %i minor units of %s', (text, amountMinor, currency, amount, unit) => {
    expect(moneyIn(text)).toEqual({ amountMinor, currency, said: { amount, unit } });
  });

  test.each([
    ['3-4亿元', 3 * yi, 3 * yi, 4 * yi],
    ['3亿元至4亿元', 3 * yi, 3 * yi, 4 * yi],
    ['8000万～1.2亿', 0.8 * yi, 0.8 * yi, 1.2 * yi],
    ['约3亿', 3 * yi, 2.7 * yi, 3.3 * yi],
    ['about 3亿元', 3 * yi, 2.7 * yi, 3.3 * yi],
    ['3亿元左右', 3 * yi, 2.7 * yi, 3.3 * yi],
    ['超过3亿元', 3 * yi, 3 * yi, 3.3 * yi],
    ['3亿余元', 3 * yi, 3 * yi, 3.3 * yi],
    ['近3亿元', 3 * yi, 2.7 * yi, 3 * yi],
    ['about RMB 300 million', 3 * yi, 2.7 * yi, 3.3 * yi],
  ])('%s is %i, between %i and %i', (text, amountMinor, lowMinor, highMinor) => {
    expect(moneyIn(text)).toMatchObject({ amountMinor, currency: 'CNY', lowMinor, highMinor });
  });

  test('both ends of a range have the currency that one of them has', () => {
    expect(moneyIn('3万-4万美元')).toMatchObject({ currency: 'USD', lowMinor: 3 * wan, highMinor: 4 * wan });
    const range = {
      amountMinor: 120_000_000,
      lowMinor: 120_000_000,
      highMinor: 150_000_000,
      currency: 'USD',
    };
    expect(moneyIn('$1.2-1.5 million')).toMatchObject(range);
    expect(moneyIn('$1.2 to $1.5 million')).toMatchObject(range);
    expect(moneyIn('1.2 to 1.5 million USD')).toMatchObject(range);
  });

  test.each([
    ['1,200', 'unit-open'],
    ['3 million', 'unit-open'],
    ['1200', 'unit-open'],
    ['3m', 'unit-unknown'],
    ['$3亿元', 'unit-unknown'],
    ['3亿元至4亿美元', 'range-reversed'],
    ['4-3亿元', 'range-reversed'],
    ['80%', 'unit-unknown'],
    ['6.9e3万元', 'unit-unknown'],
    ['0x10万元', 'unit-unknown'],
    ['很多钱', 'amount-shape'],
    ['不超过3亿元', 'amount-shape'],
    ['2000万1亿', 'amount-shape'],
    ['3元5', 'amount-shape'],
  ])('%s is refused as %s, with what was expected in both languages', (text, fault) => {
    expect(moneyIn(text)).toEqual({
      fault,
      expected: { en: expect.stringMatching(/\w/), zh: expect.stringMatching(/\p{Script=Han}/u) },
    });
  });

  test('whatever is typed is read or refused, and what is read again is the same amount', () => {
    const signs = fc.array(fc.constantFrom(...'0123456789.,-～ 约万亿元美$百个至余三十', ' to ', 'million'));
    fc.assert(
      fc.property(signs, (drawn) => {
        const read = moneyIn(drawn.join(''));
        if ('fault' in read) return;
        const { said, ...amount } = read;
        expect(moneyIn(`${said?.amount}${said?.unit}`)).toMatchObject(amount);
      }),
      { numRuns: 3_000, seed: 20180630 },
    );
  });
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
