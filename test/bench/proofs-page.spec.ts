import { expect, test } from '@jest/globals';
import { pageWith, type Run } from '../../proofs/page.js';
import type { Outcome } from '../../proofs/tried.js';

const names = ['kill9', 'race', 'rebuild'];
const small: Run = {
  on: '2026-11-28',
  commit: '30fda2851213',
  size: 'small',
  seed: 1,
  machine: ['2 cores, 24 GiB of memory'],
};
const full: Run = { ...small, on: '2026-11-30', commit: '25642c0aaaaa', size: 'full', seed: 2 };
const kept: Outcome = {
  name: 'rebuild',
  rounds: 2,
  figures: { reads: 7 },
  isKept: true,
  isCaught: true,
  seconds: 3,
};
const empty =
  'nothing yet\n\n<!-- Written by hand from here on; `npm run prove -- --all` keeps it. -->\n\nBy hand.\n';

const rowsOf = (page: string) => page.split('\n').filter((line) => line.startsWith('| `'));
const withRow = (page: string, outcome: Outcome, run: Run) =>
  pageWith(page, { outcome, names, promise: 'It holds', run });

test('a proof run by name replaces its own row, and each row has its size, day, commit and seed', () => {
  const first = withRow(empty, kept, small);
  const both = withRow(first, { ...kept, name: 'kill9', seconds: 9 }, small);
  const again = withRow(both, { ...kept, rounds: 10, figures: { reads: 70 }, seconds: 400 }, full);
  expect(rowsOf(both)).toEqual([
    '| `kill9` | It holds | kept | rounds 2, reads 7 | caught | small, 2026-11-28, 30fda2851213, seed 1 | 9 |',
    '| `rebuild` | It holds | kept | rounds 2, reads 7 | caught | small, 2026-11-28, 30fda2851213, seed 1 | 3 |',
  ]);
  expect(rowsOf(again)).toEqual([
    rowsOf(both)[0],
    '| `rebuild` | It holds | kept | rounds 10, reads 70 | caught | full, 2026-11-30, 25642c0aaaaa, seed 2 | 400 |',
  ]);
  expect(again.slice(again.indexOf('<!--'))).toBe(empty.slice(empty.indexOf('<!--')));
  expect(again).toContain('- 2 cores, 24 GiB of memory\n');
});

test('a broken promise replaces a kept one, and a removed proof has no row', () => {
  const before = withRow(empty, kept, small);
  const broken = withRow(before, { ...kept, isKept: false, isCaught: false }, full);
  expect(rowsOf(broken)).toEqual([
    '| `rebuild` | It holds | **not kept** | rounds 2, reads 7 | **missed** | full, 2026-11-30, 25642c0aaaaa, seed 2 | 3 |',
  ]);
  const other = { outcome: { ...kept, name: 'race' }, names: ['race'], promise: '', run: full };
  expect(rowsOf(pageWith(before, other)).map((row) => row.slice(0, 8))).toEqual(['| `race`']);
});
