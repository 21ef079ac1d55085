import { describe, expect, test } from '@jest/globals';
import { decimalText } from '../../domain/values/amounts/decimal.js';
import { type AmountSaid, amountIn, amountsIn } from '../../domain/values/quantity-text.js';

/** An amount in short: vagueness, number, end of the range, unit. */
function short(said: AmountSaid | undefined): string | undefined {
  if (!said) return undefined;
  const { vagueness, amount, upTo, unit } = said;
  return [vagueness, decimalText(amount), upTo && `to ${decimalText(upTo)}`, unit].filter(Boolean).join(' ');
}

describe('An amount in a text', () => {
  test.each([
    ['7400', '7,400'],
    ['7,400米', '7,400 米'],
    ['12.6 km', '12.6 km'],
    ['115.7 万 m³', '115.7 万 m³'],
    ['2.95万块', '2.95 万块'],
    ['约3亿方', 'about 3 亿方'],
    ['about 3 亿', 'about 3 亿'],
    ['７０％左右', 'about 70 %'],
    ['70-80', '70 to 80'],
    ['70 to 80 %', '70 to 80 %'],
    ['70%至80%', '70 to 80 %'],
    ['6000～7000 m', '6,000 to 7,000 m'],
    ['6万-7万方', '6 to 7 万方'],
    ['6公里至7公里', '6 to 7 公里'],
    ['3千余米', 'over 3 千米'],
    ['300多户', 'over 300 户'],
    ['7公里多', 'over 7 公里'],
    ['over 7 km', 'over 7 km'],
    ['近 3000 米', 'nearly 3,000 米'],
  ])('%s is read', (text, read) => {
    expect(short(amountIn(text))).toBe(read);
  });

  test.each(['', '米', 'half', '-3', '7,40 m', '6公里-7米', 'about', '12345678901234 m'])(
    '%s is not one',
    (text) => {
      expect(amountIn(text)).toBeUndefined();
    },
  );
});

describe('So much of so much', () => {
  test.each([
    ['7.4 of 12.6 km', '7.4 km', '12.6 km'],
    ['7.4 / 12.6 km', '7.4 km', '12.6 km'],
    ['7.4/12.6公里', '7.4 公里', '12.6 公里'],
    ['7,400 米，共 12 公里', '7,400 米', '12 公里'],
    ['已完成7400米,总长12公里', '7,400 米', '12 公里'],
    ['12公里中已完成约7公里', 'about 7 公里', '12 公里'],
    ['80 of 100 households', '80 households', '100 households'],
    ['7,400 米', '7,400 米', undefined],
    ['300 根', '300 根', undefined],
  ])('%s is read', (text, done, of) => {
    const read = amountsIn(text);
    expect([short(read?.done), short(read?.of)]).toEqual([done, of]);
  });

  test.each(['half of 12 km', '7 of many', 'of 12 km'])('%s is not read', (text) => {
    expect(amountsIn(text)).toBeUndefined();
  });
});
