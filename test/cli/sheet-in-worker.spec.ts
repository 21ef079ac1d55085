import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { readSheet } from '../../domain/workbook/read-sheet.js';
import { refusals } from '../../domain/workbook/refused.js';
import type { readInWorker } from '../../src/cli/input/sheet-in-worker.js';
import { partsOf, zipOf } from '../domain/workbook/xlsx-file.js';

/** A worker runs what is built. */
const built = join(import.meta.dirname, '../../dist/src/cli/input/sheet-in-worker.js');
let read: typeof readInWorker;
beforeAll(async () => {
  ({ readInWorker: read } = (await import(built)) as { readInWorker: typeof readInWorker });
});

const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (number: number, text = 'x') =>
  `<row r="${number}">${cell(`A${number}`, 'quay')}${cell(`B${number}`, text)}</row>`;
const workbook = (rows: string) => zipOf(partsOf({ June: rows, July: row(1) }));

test('a sheet is read in a worker as it is in the process, and a refusal comes back in words', async () => {
  const bytes = workbook(row(1, 'Progress') + row(2, '62'));
  for (const sheet of [undefined, 'July', 'May'])
    expect(await read({ bytes, sheet })).toEqual(await readSheet({ bytes, sheet }));
  expect(await read({ bytes: bytes.subarray(0, 200) })).toEqual({
    refused: expect.objectContaining({ en: expect.any(String) }),
  });
});

test('a workbook that takes too long, or too much memory, is refused and ends nothing else', async () => {
  const many = workbook(Array.from({ length: 5_000 }, (_, at) => row(at + 1, 'x'.repeat(2_000))).join(''));
  expect(await read({ bytes: many }, { ms: 20_000, megabytes: 4 })).toEqual({ refused: refusals.costly });
  expect(await read({ bytes: many }, { ms: 1, megabytes: 512 })).toEqual({ refused: refusals.costly });
  expect(await read({ bytes: many }, { ms: 20_000, megabytes: 512 })).toHaveProperty('text');
}, 60_000);
