import { expect, test } from '@jest/globals';
import { monthsOn, timeAxis } from '../../web/office/parts/time-axis.js';
import { curveLines, roundAbove } from '../../web/office/project/curve/curve-lines.js';

const at = (asOf: string, percentBasisPoints: number) => ({
  asOf,
  percentBasisPoints,
  floorBasisPoints: percentBasisPoints,
  ceilingBasisPoints: 10_000,
});
const registered = at('2018-01-01', 0);
const may = at('2018-05-31', 2_000);
const planned = at('2018-06-10', 1_500);
const june = at('2018-06-30', 5_000);
const stalled = at('2018-07-05', 5_000);

test('a dot stands where somebody reported, and a dashed line where nobody did for more than a month', () => {
  const lines = curveLines([registered, may, planned, june, stalled], new Set([may.asOf, june.asOf]));
  expect(lines).toEqual({
    reported: [may, june],
    begin: registered,
    silent: [[registered, may]],
    known: [[may, planned, june]],
  });
});

test('two reports more than a month apart are joined by a dashed line', () => {
  const { known, silent } = curveLines([registered, may], new Set([registered.asOf, may.asOf]));
  expect({ known, silent }).toEqual({ known: [], silent: [[registered, may]] });
});

test('an axis names a few months, and a January by its year', () => {
  const axis = timeAxis(['2017-11-20', '2018-07-10'], 100);
  expect([axis.place('2017-11-20'), axis.place('2018-07-10')]).toEqual([0, 100]);
  expect(monthsOn(axis, 3, 'en')).toEqual([
    { day: '2018-01-01', words: '2018' },
    { day: '2018-04-01', words: 'Apr' },
    { day: '2018-07-01', words: 'Jul' },
  ]);
  expect(monthsOn(axis, 3, 'zh').map(({ words }) => words)).toEqual(['2018年', '4月', '7月']);
});

test('a scale ends at a round number', () => {
  expect([0, 69, 80, 1_234].map(roundAbove)).toEqual([1, 80, 80, 1_500]);
});
