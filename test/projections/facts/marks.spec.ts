import { expect, test } from '@jest/globals';
import { Marks } from '../../../projections/facts/marks.js';
import type { ProjectSoFar } from '../../../projections/rows/project-so-far.js';

/** A state that counts its copies. */
function stateOf(copies: { count: number }): ProjectSoFar {
  const copy = () => {
    copies.count += 1;
    return stateOf(copies);
  };
  return { copy } as unknown as ProjectSoFar;
}

test('a project without late entries keeps no copies of its state', () => {
  const copies = { count: 0 };
  const marks = new Marks();
  for (let count = 1; count <= 1_000; count += 1) marks.pass(stateOf(copies), count);
  expect(copies.count).toBe(0);
});

test('a late entry begins close before its place, with few copies of a long history', () => {
  const copies = { count: 0 };
  const marks = new Marks();
  marks.forgetFrom(0);
  for (let count = 1; count <= 100_000; count += 1) marks.pass(stateOf(copies), count);
  expect(copies.count).toBeLessThan(800);
  const beginnings = new Set<number>();
  for (const late of [0, 100, 2_000, 10_000, 50_000]) {
    const from = marks.lastUpTo(100_000 - late)?.count ?? 0;
    beginnings.add(from);
    expect(100_000 - late - from).toBeLessThan(2 * Math.max(late, 1_600));
  }
  for (let most = 0; most <= 100_000; most += 10) beginnings.add(marks.lastUpTo(most)?.count ?? 0);
  expect(beginnings.size).toBeLessThan(20);
});

test('entries that are known to follow are added with few copies', () => {
  const copies = { count: 0 };
  const marks = new Marks();
  marks.forgetFrom(0);
  for (let count = 1; count <= 100_000; count += 1) marks.pass(stateOf(copies), count, 100_000);
  expect(copies.count).toBeLessThan(10);
  for (const late of [0, 100, 2_000, 10_000, 50_000])
    expect(100_000 - late - (marks.lastUpTo(100_000 - late)?.count ?? 0)).toBeLessThan(
      2 * Math.max(late, 1_600),
    );
});

test('after a late entry nothing is continued from a state that lacks it', () => {
  const marks = new Marks();
  marks.forgetFrom(0);
  for (let count = 1; count <= 100; count += 1) marks.pass(stateOf({ count: 0 }), count);
  marks.forgetFrom(50);
  expect(marks.lastUpTo(1_000)?.count).toBeLessThanOrEqual(50);
});
