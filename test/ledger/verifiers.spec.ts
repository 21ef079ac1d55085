import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { verdicts } from '../../src/ledger/verdicts.js';
import { verifierKeyText } from '../../src/ledger/vkey.js';
import { alterations } from '../support/bundle-alterations.js';
import { logKey, sampleBundle, sampleLog, witnessKey } from '../support/bundle-samples.js';
import { missingForPython, ownReport, pageVerifier, pythonVerifier } from '../support/bundle-verifiers.js';

const folder = mkdtempSync(join(tmpdir(), 'topout-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

const page = pageVerifier();
const log = sampleLog(30, ['project-east-road', 'project-school']);
const whole = sampleBundle(log, {
  witnesses: [witnessKey(1), witnessKey(2)],
  quorum: 'quorum w1',
  earlierSize: 8,
});
const missing = missingForPython();
const required = process.env.CI === 'true';
if (missing !== undefined) console.log(`bundles in Python: not run, no ${missing} here`);

const altered = alterations(log);

describe('the verifiers of a bundle', () => {
  test.each(altered)(
    'of terminal and page agree on $verdict: $title',
    async ({ bundle, policy = '', verdict }) => {
      const bytes = Buffer.from(bundle);
      const own = ownReport(bytes, policy);
      expect({ ...own.words, verdict: own.verdict }).toMatchObject({ verdict });
      expect(await page(bytes, policy)).toMatchObject({ verdict });
    },
  );

  test.each([...new Set(['ok', ...altered.map(({ verdict }) => verdict)])])(
    'in Python agrees on %s',
    async (verdict) => {
      if (missing !== undefined && !required) return;
      const { bundle, policy = '' } = altered.find((one) => one.verdict === verdict) ?? { bundle: whole };
      const code = verdicts[verdict as keyof typeof verdicts];
      const python = pythonVerifier(join(folder, 'bundle'));
      expect(await python(Buffer.from(bundle), policy)).toEqual({ verdict, code });
    },
  );

  test('agree on a good one', async () => {
    const policy = `log ${verifierKeyText(logKey(1))}\nquorum none\n`;
    expect(await page(Buffer.from(whole), policy)).toMatchObject({ verdict: 'ok', code: 0, entries: 15 });
  });

  test('in Python has at most 150 lines', () => {
    const lines = readFileSync(new URL('../../web/verify/verify-bundle.py', import.meta.url), 'utf8').split(
      '\n',
    );
    expect(lines.length - 1).toBeLessThanOrEqual(150);
  });
});
