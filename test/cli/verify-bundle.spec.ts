import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verifierKeyText } from '../../src/ledger/vkey.js';
import { logKey, sampleBundle, sampleLog, witnessKey } from '../support/bundle-samples.js';
import { typed } from './typed.js';

let top: string;
let file: string;
const bundle = sampleBundle(sampleLog(30, ['project-east-road', 'project-school']), {
  witnesses: [witnessKey(1)],
});

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'topout-verify-'));
  file = join(top, 'east-road.bundle');
  writeFileSync(file, bundle);
});
afterAll(() => rmSync(top, { recursive: true }));

describe('verify FILE', () => {
  test('shows what was checked, and says whose key it was', async () => {
    const { code, out } = await typed('verify', file);
    expect(code).toBe(0);
    expect(out).toContain(
      'All 15 entries of project-east-road are as they were when the checkpoint was signed.',
    );
    expect(
      out
        .split('\n')
        .map((line) => line.split(' ')[0])
        .slice(0, 3),
    ).toEqual(['Verdict', 'Stream', 'Entries']);
    expect(out).toContain('The key is the one that the bundle brings');
    const trusted = await typed('verify', file, '--key', verifierKeyText(logKey(1)));
    expect([trusted.code, trusted.out.includes('that the bundle brings')]).toEqual([0, false]);
  });

  test.each([
    [
      'a changed word',
      bundle.replace('roof-2', 'roof-3'),
      10,
      'line 39, entry 2 (revision 1, id 019a4c1e-0000-7000-8000-000000000002): The content of this entry',
    ],
    ['a cut end', bundle.slice(0, -40), 12, 'it was cut short'],
    ['another file', 'hello\n', 17, 'this is no bundle'],
  ])('ends with the code of its verdict for %s', async (_, text, code, words) => {
    writeFileSync(`${file}.bad`, text);
    const found = await typed('verify', `${file}.bad`);
    expect(found.code).toBe(code);
    expect(found.err).toContain(words.replace(/^line \d+, /, ''));
  });

  test('refuses a bundle of a foreign key by that of the reader', async () => {
    const { code, err } = await typed('verify', file, '--key', verifierKeyText(logKey(2)));
    expect([code, err.includes('expected a signature by district.example/5f0c+')]).toEqual([14, true]);
  });

  test('says that a file is not there, and that a key is none', async () => {
    expect((await typed('verify', join(top, 'absent'))).code).toBe(17);
    expect((await typed('verify', file, '--key', 'key')).err).toContain('expected name+keyid+base64');
  });
});
