import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bundleReader } from '../../src/ledger/bundle-lines.js';
import type { BundleReport } from '../../src/ledger/bundle-report.js';
import { type Policy, readPolicy } from '../../src/ledger/policy.js';
import { readProof } from '../../src/ledger/proof-file.js';
import { verifierKeyText } from '../../src/ledger/vkey.js';
import { logKey, sampleBundle, sampleLog, witnessKey } from '../support/bundle-samples.js';

const streams = ['project-east-road', 'project-school', 'alerts-east-road'];
const log = sampleLog(40, streams);
const whole = sampleBundle(log, {
  witnesses: [witnessKey(1), witnessKey(2)],
  quorum: 'quorum w1',
  earlierSize: 9,
});

describe('a bundle', () => {
  test('as it was made is verified, with everything that was checked', () => {
    expect(verify(whole)).toMatchObject({
      verdict: 'ok',
      entries: 14,
      stream: 'project-east-road',
      earlierSize: 9,
      log: { origin: 'district.example/5f0c', size: 40, isKeyOfBundle: true },
      witnesses: [{ name: 'w1', at: '2018-07-10T00:00:00.000Z' }, { name: 'w2' }],
    });
    expect(verify(whole).files).toHaveLength(2);
  });

  test.each(streams)('of the stream %s is verified at every size of the tree', (stream) => {
    const first = streams.indexOf(stream) + 1;
    const verdicts = Array.from({ length: 40 - first }, (_, at) => {
      return verify(sampleBundle(log, { stream, size: first + at })).verdict;
    });
    expect(new Set(verdicts)).toEqual(new Set(['ok']));
  });

  test('has a proof of C2SP for each entry, under the one checkpoint', () => {
    const [, checkpoint = ''] = /\ncheckpoint 7\n((?:.*\n){7})/.exec(whole) ?? [];
    const heads = Array.from(whole.matchAll(/\nproof \d+\n((?:c2sp|index|\S+=\n|.)*?)(?=entry|file|end)/gs));
    expect(heads).toHaveLength(14);
    for (const [, head = ''] of heads) {
      expect(readProof(`${head}\n${checkpoint}`).signed.checkpoint.size).toBe(40);
    }
  });

  test('with any one flipped bit is not verified', () => {
    const bytes = Buffer.from(whole);
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verify(flipped).verdict).not.toBe('ok');
      }),
      { numRuns: 1_000 },
    );
  });

  test('cut anywhere misses something, or is no bundle', () => {
    const bytes = Buffer.from(whole);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        const { verdict } = verify(bytes.subarray(0, length));
        expect(verdict).toBe(length < 'topout-bundle/v1\n'.length ? 'unreadable' : 'missing');
      }),
    );
  });

  test('is read the same in slices of any size', () => {
    const bytes = Buffer.from(whole);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (size) => {
        const reader = bundleReader();
        for (let from = 0; from < bytes.length; from += size) reader.take(bytes.subarray(from, from + size));
        expect(reader.end().verdict).toBe('ok');
      }),
      { numRuns: 50 },
    );
  });

  test('signed by a foreign key is refused by a reader with a policy of its own', () => {
    const own = readPolicy(`log ${verifierKeyText(logKey(1))}\nquorum none\n`);
    expect(verify(sampleBundle(log, { log: logKey(2) })).verdict).toBe('ok');
    expect(verify(sampleBundle(log, { log: logKey(2) }), own)).toMatchObject({
      verdict: 'signature-invalid',
      words: { en: expect.stringContaining('expected a signature by district.example/5f0c+') },
    });
    expect(verify(whole, own)).toMatchObject({ verdict: 'ok', log: { isKeyOfBundle: false } });
  });

  test('with an earlier checkpoint of another history is not a continuation', () => {
    const other = sampleLog(40, [...streams].reverse());
    const bundle = sampleBundle(log, { earlierSize: 9, earlierLog: { tree: other.tree } });
    expect(verify(bundle)).toMatchObject({
      verdict: 'not-append-only',
      words: {
        en: expect.stringContaining('The tree of 40 entries is not proved to continue the earlier one of 9'),
      },
    });
  });

  test('whose content was changed names the entry', () => {
    expect(verify(whole.replace('"item":"roof-6"', '"item":"roof-7"'))).toMatchObject({
      verdict: 'content-changed',
      entry: {
        number: 3,
        stream: 'project-east-road',
        revision: 2,
        id: '019a4c1e-0000-7000-8000-000000000006',
      },
    });
  });
});

function verify(bundle: string | Buffer, own?: Policy): BundleReport {
  const reader = bundleReader(own);
  reader.take(Buffer.from(bundle));
  return reader.end();
}
