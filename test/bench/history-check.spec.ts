import { expect, test } from '@jest/globals';
import { type Append, check, type History, type Kept, type Look } from '../../proofs/store/history-check.js';

const append = (id: string, position: number, begun: number, more: Partial<Append> = {}): Append => ({
  kind: 'append',
  project: 'east',
  id,
  outcome: 'ok',
  position,
  revision: position - 1,
  begun,
  ended: begun + 1,
  ...more,
});
const look = (begun: number, ids: string[], more: Partial<Look> = {}): Look => ({
  kind: 'look',
  project: 'east',
  count: ids.length,
  ids,
  begun,
  ended: begun + 1,
  ...more,
});
const kept = (id: string, position: number, more: Partial<Kept> = {}): Kept => ({
  kind: 'entry',
  project: 'east',
  id,
  position,
  revision: position - 1,
  recordedAt: `2018-07-10T00:00:0${position}.000Z`,
  ...more,
});

const three = [kept('a', 1), kept('b', 2), kept('c', 3)];
const sent = [append('a', 1, 0), append('b', 2, 10), append('c', 3, 20)];
const clean = { lost: 0, phantom: 0, reordered: 0, unSeen: 0 };

function verdictOn(history: Partial<History>, store: readonly Kept[] = three) {
  const { firstFault, ...counts } = check({ operations: sent, readers: [], ...history }, store);
  return counts;
}

test('a correct history has no fault', () => {
  const operations = [
    ...sent,
    append('d', 0, 5, { outcome: 'fail' }),
    append('e', 0, 6, { outcome: 'unknown' }),
    look(25, ['a', 'b']),
    look(30, ['a', 'b', 'c']),
    look(40, ['a', 'b'], { at: 2 }),
  ];
  expect(verdictOn({ operations })).toEqual(clean);
  expect(verdictOn({ operations }, [...three, kept('e', 4)])).toEqual(clean);
});

test('an unknown outcome that is sent again returns its original place', () => {
  const operations = [append('a', 1, 0, { outcome: 'unknown' }), append('b', 2, 10), append('a', 1, 20)];
  expect(verdictOn({ operations }, three.slice(0, 2))).toEqual(clean);
});

test.each<[string, Kept[]]>([
  ['is gone', three.slice(0, 2)],
  ['is in another place', [kept('a', 1), kept('b', 2), kept('x', 3), kept('c', 4)]],
])('an acknowledged event that %s is lost', (_, store) => {
  expect(verdictOn({}, store).lost).toBe(1);
});

test.each<[string, Append[], Kept[]]>([
  ['was never sent', sent, [...three, kept('x', 4)]],
  ['was refused', [...sent, append('x', 0, 5, { outcome: 'fail' })], [...three, kept('x', 4)]],
  ['is there twice', sent, [...three, kept('c', 4)]],
])('an event that %s and is stored is a phantom', (_, operations, store) => {
  expect(verdictOn({ operations }, store)).toEqual({ ...clean, phantom: 1 });
});

test('an event shown in a journal and not stored is a phantom', () => {
  expect(verdictOn({ operations: [...sent, look(30, ['a', 'x'])] })).toEqual({ ...clean, phantom: 1 });
});

test('a journal in another order is reordered', () => {
  expect(verdictOn({ operations: [...sent, look(30, ['b', 'a'])] })).toEqual({ ...clean, reordered: 1 });
});

test('an event sent after an answer and stored before it is reordered', () => {
  const operations = [append('a', 1, 20), append('b', 2, 10), append('c', 3, 30)];
  expect(verdictOn({ operations })).toEqual({ ...clean, reordered: 1 });
});

test('an instant that goes back is reordered', () => {
  const store = [kept('a', 1), kept('b', 2, { recordedAt: '2018-07-09T00:00:00.000Z' }), kept('c', 3)];
  expect(verdictOn({}, store)).toEqual({ ...clean, reordered: 1 });
});

test('an event seen and not shown later is unseen', () => {
  const operations = [...sent, look(30, ['a', 'b', 'c']), look(40, ['a', 'b'])];
  expect(verdictOn({ operations })).toEqual({ ...clean, unSeen: 1 });
});

test('two concurrent reads need not agree', () => {
  const operations = [...sent, look(30, ['a', 'b', 'c'], { ended: 50 }), look(40, ['a', 'b'])];
  expect(verdictOn({ operations })).toEqual(clean);
});

test('a read at a position shows exactly the entries up to it', () => {
  expect(verdictOn({ operations: [...sent, look(30, ['a'], { at: 2 })] })).toEqual({ ...clean, unSeen: 1 });
  expect(verdictOn({ operations: [...sent, look(30, ['a', 'b'], { at: 1 })] })).toEqual({
    ...clean,
    reordered: 1,
  });
});

test.each<[string, number[], Partial<typeof clean>]>([
  ['every alert', [5, 6], {}],
  ['one of two', [5], { unSeen: 1 }],
  ['one of them twice', [5, 5, 6], { reordered: 1 }],
  ['one that nobody raised', [5, 6, 7], { phantom: 1 }],
])('a reader that gets %s', (_, positions, faults) => {
  const alert = (position: number) => kept(`alert-${position}`, position, { kind: 'alert' });
  const store = [...three, alert(4), alert(5), alert(6)];
  expect(verdictOn({ readers: [{ from: 4, positions }] }, store)).toEqual({ ...clean, ...faults });
});
