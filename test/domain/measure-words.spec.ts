import { describe, expect, test } from '@jest/globals';
import type { PlannedTotal } from '../../domain/project/facts/measure.js';
import { measureWords } from '../../domain/project/facts/measure-words.js';
import { type ProgressMeasured, progressMeasured } from '../../domain/project/facts/progress-measured.js';
import { type Decimal, decimalOf } from '../../domain/values/amounts/decimal.js';

const decimal = (text: string): Decimal => decimalOf(text) as Decimal;
const amount = (done: string, unit: string, of?: string) =>
  ({ kind: 'quantity', done: decimal(done), unit, ...(of ? { of: decimal(of) } : {}) }) as const;
const totalOf = (total: string, unit: string): PlannedTotal => ({ total: decimal(total), unit });

describe('A measure in words', () => {
  const said: [ProgressMeasured['measure'], PlannedTotal | undefined, string, string][] = [
    [amount('7.4', 'km', '12.6'), {}, '7.4 of 12.6 km', '12.6 km 中完成 7.4 km'],
    [amount('7400', '米'), totalOf('12', '公里'), '7,400 米 of 12 公里', '12 公里中完成 7,400 米'],
    [amount('90000', 'm³'), totalOf('30', '万方'), '90,000 m³ of 30 万方', '30 万方中完成 90,000 m³'],
    [amount('7400', '米'), {}, '7,400 米 done, of how many was not said', '已完成 7,400 米，总数未说明'],
    [amount('7400', '米'), undefined, '7,400 米 done', '已完成 7,400 米'],
    [
      amount('7400', '米'),
      totalOf('12', '亩'),
      '7,400 米 done, the plan has 12 亩',
      '已完成 7,400 米，计划为 12 亩',
    ],
    [
      { ...amount('2.7', '亿方'), upTo: decimal('3.3'), said: '约3亿方' },
      totalOf('4', '亿 m³'),
      '"约3亿方" (2.7–3.3 亿方 of 4 亿 m³)',
      '“约3亿方”（4 亿 m³ 中完成 2.7–3.3 亿方）',
    ],
    [
      {
        kind: 'range',
        lowBasisPoints: 4500,
        highBasisPoints: 5500,
        pointBasisPoints: 5000,
        said: 'about half',
      },
      {},
      '"about half" (45 to 55 %)',
      '“about half”（45% 至 55%）',
    ],
    [{ kind: 'range', lowBasisPoints: 7000, highBasisPoints: 8000 }, {}, '70 to 80 %', '完成 70% 至 80%'],
    [{ kind: 'count', done: 3 }, { of: 5, unit: '幢' }, '3 of 5', '5 幢中完成 3 幢'],
    [
      { kind: 'count', done: 3, unit: 'buildings' },
      { of: 5 },
      '3 of 5 buildings',
      '5 buildings 中完成 3 buildings',
    ],
    [
      { kind: 'count', done: 80, unit: '户' },
      { of: 5, unit: '栋' },
      '80 户 done, the plan has 5 栋',
      '已完成 80 户，计划为 5 栋',
    ],
    [
      { kind: 'count', done: 90_000, of: 300_000, unit: 'm³' },
      {},
      '90,000 of 300,000 m³',
      '300,000 m³ 中完成 90,000 m³',
    ],
    [{ kind: 'storeys', reached: 3 }, { of: 18 }, 'at storey 3 of 18', '到第 3 层，共 18 层'],
    [
      { kind: 'storeys', reached: 3, of: 18, below: 2, isUnderWay: true },
      {},
      'storey 3 of 18, 2 below ground under way',
      '第 3 层施工中，地上共 18 层，地下 2 层',
    ],
    [
      { kind: 'storeys', reached: -1 },
      { of: 18, below: 2 },
      'up to level -1 of 18, 2 below ground',
      '到地下 1 层，地上共 18 层，地下 2 层',
    ],
    [
      { kind: 'storeys', reached: 0 },
      { of: 6, below: 1 },
      'up to ground level of 6, 1 below ground',
      '到±0，地上共 6 层，地下 1 层',
    ],
    [
      { kind: 'storeys', reached: -2 },
      {},
      'up to level -2, of how many was not said',
      '到地下 2 层，总层数未说明',
    ],
  ];
  test.each(said.map(([measure, planned, en, zh]) => ({ measure, planned, en, zh })))('$en', (one) => {
    expect(measureWords(one.measure, one.planned)).toEqual({ en: one.en, zh: one.zh });
  });
});

describe('A statement in words', () => {
  const planned = { name: { en: 'Road', zh: '道路' }, total: decimal('12'), unit: '公里' };
  const words = (data: ProgressMeasured) =>
    progressMeasured.words(data, '2018-06-30', { item: () => planned, causeOf: () => undefined });

  test('without an item is about the whole project', () => {
    expect(words({ measure: { kind: 'percent', basisPoints: 4000 } })).toEqual({
      en: 'The whole project: 40 %.',
      zh: '项目总体：完成 40%。',
    });
  });

  test('about less than before on purpose gives the reason', () => {
    const measure = amount('6', '公里');
    expect(words({ item: 'road', measure, change: 're-measured' })).toEqual({
      en: 'Road: 6 of 12 公里 (re-measured).',
      zh: '道路：12 公里中完成 6 公里（复测）。',
    });
    expect(words({ item: 'road', measure, change: 'undone' }).zh).toBe(
      '道路：12 公里中完成 6 公里（返工或拆除）。',
    );
  });

  test('about one step takes the total of the item', () => {
    expect(words({ item: 'road', step: 'base', measure: { kind: 'count', done: 3 } }).en).toBe(
      'Road (base): 3 of 12 公里.',
    );
  });
});
