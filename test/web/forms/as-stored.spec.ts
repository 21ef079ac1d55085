import { expect, test } from '@jest/globals';
import { measureWords } from '../../../domain/project/facts/measure-words.js';
import { measureAsStored } from '../../../web/forms/said/as-stored.js';
import type { MeasureSaid } from '../../../web/forms/said/facts.js';

test.each<[MeasureSaid, string, string]>([
  [{ kind: 'percent', percent: 85.5 }, '85.5 %', '完成 85.5%'],
  [{ kind: 'range', low: 70, high: 80 }, '70 to 80 %', '完成 70% 至 80%'],
  [{ kind: 'count', done: 3, of: 5, unit: '幢' }, '3 of 5', '5 幢中完成 3 幢'],
  [
    { kind: 'quantity', done: '7,400', of: '12', unit: '公里' },
    '7,400 of 12 公里',
    '12 公里中完成 7,400 公里',
  ],
  [{ kind: 'quantity', done: '7.5', unit: 'km' }, '7.5 km done', '已完成 7.5 km'],
  [
    { kind: 'storeys', reached: 3, of: 18, below: 2 },
    'at storey 3 of 18, 2 below ground',
    '到第 3 层，地上共 18 层，地下 2 层',
  ],
  [{ kind: 'word', said: '大半' }, 'mostly ("大半")', '大部分（“大半”）'],
  [{ kind: 'word', said: 'as good as there' }, 'as good as there', 'as good as there'],
])('the list of the phone words %j as the journal does', (said, en, zh) => {
  expect(measureWords(measureAsStored(said))).toEqual({ en, zh });
});
