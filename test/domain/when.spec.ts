import { describe, expect, test } from '@jest/globals';
import { periodIn, whenIn, whenWords } from '../../domain/values/when.js';

describe('when something is expected, as people write it', () => {
  const q3 = { earliest: '2018-07-01', latest: '2018-09-30' };

  test.each([
    ['2018-06-30', { earliest: '2018-06-30', latest: '2018-06-30' }],
    ['2018-06', { earliest: '2018-06-01', latest: '2018-06-30' }],
    ['2018', { earliest: '2018-01-01', latest: '2018-12-31' }],
    ['2018-H2', { earliest: '2018-07-01', latest: '2018-12-31' }],
    ['2018-Q3', q3],
    ['2018 Q3', q3],
    ['q3 2018', q3],
    ['2018年三季度', q3],
    ['2018年第3季度', q3],
    ['２０１８年三季度', q3],
    ['2018年下半年', { earliest: '2018-07-01', latest: '2018-12-31' }],
    ['2018年9月', { earliest: '2018-09-01', latest: '2018-09-30' }],
    ['2018年9月5日', { earliest: '2018-09-05', latest: '2018-09-05' }],
    ['2018-07..2018-09', q3],
    ['2018-07 to 2018-09', q3],
    ['2018年7月至2018年9月', q3],
    ['by the end of 2018-Q3', { latest: '2018-09-30' }],
    ['by 2018-09', { latest: '2018-09-30' }],
    ['..2018-09', { latest: '2018-09-30' }],
    ['2018年9月底前', { latest: '2018-09-30' }],
    ['2018年底前', { latest: '2018-12-31' }],
    ['2018年三季度末', { latest: '2018-09-30' }],
    ['2018年9月30日前', { latest: '2018-09-30' }],
    ['before 2018-10-01', { latest: '2018-09-30' }],
    ['before 2018-10', { latest: '2018-09-30' }],
    ['2018年10月前', { latest: '2018-09-30' }],
    ['not before 2018-10', { earliest: '2018-10-01' }],
    ['after 2018-09', { earliest: '2018-10-01' }],
    ['around 2018-09', { earliest: '2018-09-01', latest: '2018-09-30', isApproximate: true }],
    ['2018年9月左右', { earliest: '2018-09-01', latest: '2018-09-30', isApproximate: true }],
    ['delayed, no day named', {}],
    ['延期，日期未定', {}],
    ['待定', {}],
  ])('%s', (text, when) => {
    expect(whenIn(text)).toEqual(when);
  });

  test.each([
    '',
    'soon',
    '2018-13',
    '2018-Q5',
    '2018-02-30',
    '2018-09..2018-07',
    'by',
    '明年',
    '9月底前',
    'Q3',
  ])('%s is not understood', (text) => {
    expect(whenIn(text)).toBeUndefined();
  });

  test('a year without its quarter is no quarter', () => {
    expect(periodIn('2018-H3')).toBeUndefined();
  });
});

test.each([
  [
    { earliest: '2018-07-01', latest: '2018-09-30' },
    'between 2018-07-01 and 2018-09-30',
    '2018年7月1日至 2018年9月30日',
  ],
  [
    { earliest: '2018-09-01', latest: '2018-09-30', isApproximate: true },
    'around September 2018',
    '2018年9月左右',
  ],
  [{ latest: '2018-09-30' }, 'by 2018-09-30', '不晚于 2018年9月30日'],
  [{ earliest: '2018-10-01' }, 'not before 2018-10-01', '不早于 2018年10月1日'],
  [{}, 'delayed, no day named', '延期，日期未定'],
] as const)('%j is written in both languages', (when, en, zh) => {
  expect(whenWords(when)).toEqual({ en, zh });
});
