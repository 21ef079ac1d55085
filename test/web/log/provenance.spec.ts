import { expect, test } from '@jest/globals';
import { reportIn, sourceTyped } from '../../../web/log/forms/provenance.js';

const typed = { document: ' 6月通报 ', paragraph: '一(二)1', quote: '' };

test('an entry of the phone is an inspection unless a report is named', () => {
  expect(sourceTyped({ document: ' ', paragraph: '3', quote: '' })).toEqual({ kind: 'inspection' });
  expect(sourceTyped(typed)).toEqual({ kind: 'report', document: '6月通报', paragraph: '一(二)1' });
});

test('an entry that is edited again shows its report', () => {
  const source = sourceTyped({ ...typed, quote: '完成 62%' });
  expect(reportIn(source)).toEqual({ document: '6月通报', paragraph: '一(二)1', quote: '完成 62%' });
  expect(reportIn(undefined)).toEqual({ document: '', paragraph: '', quote: '' });
});
