import { expect, test } from '@jest/globals';
import type { Measure } from '../../domain/project/events.js';
import { completion } from '../../projections/completion/completion.js';
import { coverageWords } from '../../projections/completion/coverage-words.js';
import { type Entry, history, item, measured, percent, planned } from '../support/entries.js';
import { fold } from '../support/folds.js';

const whole = (measure: Measure, asOf: string): Entry =>
  ({ ...measured('', measure, asOf), data: { measure } }) as Entry;

const [planDay, may31, june30] = ['2018-01-01', '2018-05-31', '2018-06-30'] as const;
const plan = planned(
  [item('works', 60), item('a', 1, { parent: 'works' }), item('b', 1, { parent: 'works' }), item('c', 40)],
  planDay,
);
const wordsOf = (...entries: Entry[]) => {
  const view = completion.view(fold(completion, history(plan, ...entries)), june30);
  return coverageWords(view, `${view.coverageBasisPoints / 100} %`);
};

test('one of three items reported is counted with its share of the weights', () => {
  expect(wordsOf(measured('a', percent(30), may31))).toEqual({
    en: '1 of 3 items reported, alone or with their group (30 % of the weights)',
    zh: '3 个部位中的 1 个已单独或随分组上报（占权重 30 %）',
  });
});

test('a group reported as one covers its items', () => {
  expect(wordsOf(measured('works', percent(30), may31)).en).toBe(
    '2 of 3 items reported, alone or with their group (60 % of the weights)',
  );
});

test('a report on the whole project is not counted as one on its items', () => {
  expect(wordsOf(whole(percent(75), may31), measured('a', percent(30), june30))).toEqual({
    en: 'reported as a whole; 1 of 3 items reported besides, alone or with their group',
    zh: '已上报项目总体；另有 3 个部位中的 1 个单独或随分组上报',
  });
});
