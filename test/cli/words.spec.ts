import { expect, test } from '@jest/globals';
import { targetText } from '../../src/cli/views/words.js';

const items = [
  { item: 'open', name: '开放式车间' },
  { item: 'roof', name: '' },
];

test('the subject of a forecast is in the language of the reader', () => {
  const said = ['completion', 'production', 'open', 'roof', 'steel'];
  expect(said.map((target) => targetText({ target }, items, 'zh'))).toEqual([
    '完工',
    '投产',
    '开放式车间',
    'roof',
    'steel',
  ]);
  expect(said.map((target) => targetText({ target }, [], 'en'))).toEqual(said);
});
