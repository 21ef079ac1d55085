import { expect, test } from '@jest/globals';
import { type Compared, comparedDefaults, tableOfDefaults, toRead } from '../../bench/default-rules.js';
import { read } from '../docs/pages.js';

test('the page of alerts counts what the default rules raise, before and after', async () => {
  const sets: Compared[] = [];
  for await (const set of comparedDefaults(300)) sets.push(set);
  expect(read('docs/alerts.md')).toContain(tableOfDefaults(sets));
  const dropped = sets.flatMap((set) => set.dropped);
  const takenOver = sets.flatMap((set) => set.takenOver);
  expect(dropped.map(({ rule }) => rule)).toEqual(takenOver.map(() => 'stage-late'));
  expect(
    toRead(
      sets.flatMap(({ added }) => added),
      'due-soon',
    ),
  ).toHaveLength(20);
}, 240_000);
