import { expect, test } from '@jest/globals';
import { dayMarks, markedDay } from '../../projections/day-marks.js';
import { journal } from '../../projections/journal.js';
import { fold } from '../../projections/projection.js';
import type { Entry as Answered } from '../../src/cli/answers.js';
import { journalTable } from '../../src/cli/journal.js';
import { done, history } from '../support/entries.js';

const june30 = '2018-06-30';
const inferred = done('roof', june30, { precision: 'period-end', isInferred: true });

test('a day says how exact it is and whether it was inferred; a stated day says nothing', () => {
  expect(dayMarks({ precision: 'day' })).toBeNull();
  expect(markedDay(june30, { precision: 'day' }, 'en')).toBe(june30);
  expect(markedDay(june30, { precision: 'month' }, 'en')).toBe('2018-06-30 (known to the month)');
  expect(markedDay(june30, { precision: 'day', isInferred: true }, 'zh')).toBe('2018-06-30（推断）');
  expect(markedDay(june30, { precision: 'period-end', isInferred: true }, 'zh')).toBe(
    '2018-06-30（期末，推断）',
  );
});

test('the journal of the terminal marks an inferred day', () => {
  const { entries } = journal.view(fold(journal, history(inferred)), june30);
  const answered = entries.map((entry) => ({ ...entry, words: entry.words.en })) as unknown as Answered[];
  expect(journalTable(answered, 'en')).toMatch(/ 2018-06-30 \(end of a period, inferred\) /);
});
