import { expect, test } from '@jest/globals';
import { type When, whenIn } from '../../../domain/values/when.js';
import { whenAgain, whenParts, whenText } from '../../../web/forms/said/when-parts.js';

test('the parts of a forecast make words that the service reads, and are found in them again', () => {
  for (const [how, period, kind] of [
    ['in', '2018-09', 'month'],
    ['by', '2018-Q3', 'quarter'],
    ['before', '2018-10-01', 'day'],
    ['around', '2018', 'year'],
    ['not-before', '2018-Q4', 'quarter'],
  ] as const) {
    const text = whenText(how, period);
    expect(whenIn(text)).toBeDefined();
    expect(whenParts(text)).toEqual({ how, period, kind });
  }
  expect(whenIn(whenText('none', '2018-09'))).toEqual({});
  expect(whenParts('no day named').how).toBe('none');
});

test('words that have no such parts stay as they are', () => {
  expect(whenParts('2018年9月底前')).toEqual({ how: 'in', period: '2018年9月底前', kind: 'words' });
});

test('the days of any forecast are said again so that they are read as the same days', () => {
  const days = [
    '2018-01-01',
    '2018-01-31',
    '2018-02-01',
    '2018-03-31',
    '2018-06-30',
    '2018-07-01',
    '2018-12-31',
  ];
  const all: When[] = days.flatMap((earliest) => [
    { earliest },
    { latest: earliest },
    ...days.filter((latest) => latest >= earliest).map((latest) => ({ earliest, latest })),
  ]);
  for (const when of [
    {},
    ...all,
    { earliest: '2018-09-01', latest: '2018-09-30', isApproximate: true as const },
  ])
    expect(whenIn(whenAgain(when))).toEqual(when);
});
