import { expect, test } from '@jest/globals';
import type { WorkItem } from '../../../domain/project/events.js';
import { compared } from '../../../web/office/setup/plan/paste/compared.js';
import { type Choices, matched } from '../../../web/office/setup/plan/paste/matching.js';

const item = (id: string, en: string, parent?: string, weight = 1): WorkItem => ({
  ...{ id, name: { en }, weight, measure: 'percent' },
  ...(parent ? { parent } : {}),
});
const row = (at: number, own: WorkItem) => ({ row: at, depth: 1, item: own, hasOwnId: false }) as never;

const inForce = [
  item('hall', 'Hall'),
  item('roof', 'Roof', 'hall'),
  item('store', 'Waste store', 'hall'),
  item('green', 'Greening'),
  item('kit', 'Equipment'),
];
const pasted = [
  row(1, item('r1', 'Hall')),
  row(2, item('r2', 'Roof', 'r1', 3)),
  row(3, item('r3', 'Hazardous-waste store', 'r1')),
  row(4, item('r4', 'Equipment')),
  row(5, item('r5', 'Pond')),
];
const identity = {
  items: inForce,
  hasEntries: (id: string) => id === 'store',
  used: new Set<string>(),
};
const differencesWith = (choices: Choices) =>
  compared(pasted, matched(pasted, identity, choices), inForce).map(({ difference, was, is }) => [
    difference,
    was?.id,
    is?.name.en,
  ]);

test('rows stand beside the items they are, and what is gone keeps its place', () => {
  expect(differencesWith(new Map())).toEqual([
    ['same', 'hall', 'Hall'],
    ['changed', 'roof', 'Roof'],
    ['doubted', 'store', 'Hazardous-waste store'],
    ['gone', 'green', undefined],
    ['same', 'kit', 'Equipment'],
    ['new', undefined, 'Pond'],
  ]);
});

test('an answer makes a doubtful row a renamed item, or a new one beside what is gone', () => {
  expect(differencesWith(new Map([['r3', 'store']]))[2]).toEqual([
    'renamed',
    'store',
    'Hazardous-waste store',
  ]);
  expect(differencesWith(new Map([['r3', null]])).map(([difference]) => difference)).toEqual([
    ...['same', 'changed', 'gone', 'gone', 'new', 'same', 'new'],
  ]);
});
