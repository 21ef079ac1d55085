import { expect, test } from '@jest/globals';
import { reportIn, sourceAgain, sourceTyped } from '../../../web/forms/said/provenance.js';

const onSite = { document: ' ', paragraph: '3', quote: '', unnamed: 'inspection' as const };
const typed = { ...onSite, document: ' 6月通报 ', paragraph: '一(二)1' };

test('an entry of the phone is an inspection unless a report is named', () => {
  expect(sourceTyped(onSite)).toEqual({ kind: 'inspection' });
  expect(sourceTyped(typed)).toEqual({ kind: 'report', document: '6月通报', paragraph: '一(二)1' });
});

test('an entry of the office is no inspection unless its author says so', () => {
  const first = reportIn(undefined, 'unstated');
  expect(sourceTyped(first)).toEqual({ kind: 'unstated' });
  expect(sourceTyped({ ...first, unnamed: 'inspection' })).toEqual({ kind: 'inspection' });
});

test('an entry that is edited again shows its report', () => {
  const source = sourceTyped({ ...typed, quote: '完成 62%' });
  expect(reportIn(source, 'unstated')).toEqual({
    document: '6月通报',
    paragraph: '一(二)1',
    quote: '完成 62%',
    unnamed: 'unstated',
  });
  expect(sourceTyped(reportIn({ kind: 'inspection' }, 'unstated'))).toEqual({ kind: 'inspection' });
});

test('a correction in the office says the source of the entry again, but no import', () => {
  const report = { kind: 'report', document: '6月通报', quote: '完成 62%' } as const;
  expect(sourceAgain(report)).toEqual(report);
  expect(sourceAgain({ kind: 'import', document: 'june.csv', line: 7 })).toEqual({ kind: 'unstated' });
});
