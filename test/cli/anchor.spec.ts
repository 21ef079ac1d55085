import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { shownStore } from '../../proofs/ledger/shown-store.js';
import { placesIn, type SignedStore, signMore } from '../../proofs/ledger/signed-store.js';
import { bundleReader } from '../../src/ledger/bundle-lines.js';
import { readCheckpoint } from '../../src/ledger/checkpoint.js';
import { anchorsIn, readTimestamp, timestampRequest } from '../../src/ledger/timestamp.js';
import { typed, typedIn } from './typed.js';

const isThere = spawnSync('openssl', ['version']).status === 0;
const required = process.env.CI === 'true';
if (!isThere) console.warn('openssl is missing: time stamps are not made');
const ifOpenssl = isThere || required ? describe : describe.skip;

let top: string;
let places: SignedStore;

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-anchor-'));
  places = await signMore(placesIn(join(top, 'log')), { count: 30, seed: 1, name: 'first' });
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

const at = (name: string) => join(top, name);
const anchor = (...args: string[]) => typed('anchor', ...args, '--data', places.dataPath);

test('the request has the digest of the text of the checkpoint, and asks for the certificate', () => {
  const text = 'origin\n1\nroot\n';
  const request = timestampRequest(text);
  expect(request.subarray(0, 24).toString('hex')).toBe('30390201013031300d060960864801650304020105000420');
  expect([request.length, request.subarray(-3).toString('hex')]).toEqual([59, '0101ff']);
});

test.each([
  ['nothing', Buffer.of()],
  ['bytes that are not DER', Buffer.from('30840000ffff', 'hex')],
  ['a refusal', Buffer.from('30053003020102', 'hex')],
  ['endless nesting', Buffer.alloc(70_000, 0x30)],
])('%s is no time stamp', (_, bytes) => {
  expect(() => readTimestamp(bytes)).toThrow('expected a granted response of RFC 3161');
});

ifOpenssl('a time stamp of an authority', () => {
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: top, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };

  /** An authority of its own, made by openssl, and one that nobody trusts. */
  beforeAll(() => {
    writeFileSync(
      at('tsa.cnf'),
      '[req]\ndistinguished_name=dn\nprompt=no\nx509_extensions=ext\n[dn]\nCN=Time Stamps of the Province\n' +
        '[ext]\nextendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:TRUE\n[tsa]\ndefault_tsa=one\n' +
        '[one]\nserial=serial\ncrypto_device=builtin\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\n' +
        'digests=sha256\naccuracy=secs:1\n',
    );
    writeFileSync(at('serial'), '01\n');
    for (const name of ['tsa', 'other'])
      openssl(
        ...[
          'req',
          '-x509',
          '-config',
          'tsa.cnf',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:P-256',
          '-nodes',
        ],
        ...['-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '3650'],
      );
  });
  const stamp = (name: string, authority = 'tsa') =>
    openssl(
      ...['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', `${name}.tsq`, '-signer', `${authority}.pem`],
      ...['-inkey', `${authority}.key`, '-out', `${name}.tsr`],
    );

  test('is requested, added and verified, and is in the checkpoint and in bundles', async () => {
    const asked = await anchor('request', at('first'), '--json');
    expect([asked.code, JSON.parse(asked.out)]).toMatchObject([0, { size: 30, file: at('first.tsq') }]);
    expect((await anchor('request', at('first'))).code).toBe(73);
    stamp('first');
    const added = await anchor('add', at('first.tsr'), '--name', 'tsa.example');
    expect([added.code, added.out]).toEqual([
      0,
      expect.stringMatching(/^The checkpoint of 30 entries was stamped by tsa.example at 20\d\d-/),
    ]);
    const verified = await anchor('verify', '--ca', at('tsa.pem'));
    expect([verified.code, verified.out]).toEqual([
      0,
      expect.stringMatching(/^topout\/\S+: the 30 entries existed at \S+Z, as tsa.example stamped\.$/),
    ]);
    const inChinese = await typedIn(
      'zh',
      'anchor',
      'verify',
      '--ca',
      at('tsa.pem'),
      '--data',
      places.dataPath,
    );
    expect(inChinese.out).toContain('30 条记录在');

    const stream = 'project-site-1';
    const stamped = await bundleOf(stream);
    expect(reportOn(stamped)).toMatchObject({ verdict: 'ok', log: { size: 30 } });
    expect(reportOn(stamped).earlierSize).toBeUndefined();
    writeFileSync(at('stamped.bundle'), stamped);
    expect((await anchor('verify', at('stamped.bundle'), '--ca', at('tsa.pem'))).out).toContain(
      'the 30 entries',
    );
    await signMore(places, { count: 20, seed: 2, name: 'second' });
    const later = await bundleOf(stream);
    expect(reportOn(later)).toMatchObject({ verdict: 'ok', log: { size: 50 }, earlierSize: 30 });
    writeFileSync(at('later.bundle'), later);
    expect((await anchor('verify', at('later.bundle'), '--ca', at('tsa.pem'))).out).toContain(
      'the 30 entries',
    );
  });

  test('is not valid by the certificate of another authority', async () => {
    const { code, out } = await anchor('verify', '--ca', at('other.pem'));
    const reason = 'is not valid: openssl says "certificate verify error: ';
    expect([code, out]).toEqual([14, expect.stringContaining(reason)]);
    expect(out).not.toMatch(/\.c:\d/);
  });

  test('is looked for in a file that is not there, and that is said in the language', async () => {
    const { code, err } = await anchor('verify', at('nowhere'), '--ca', at('tsa.pem'), '--lang', 'zh');
    expect([code, err]).toEqual([4, expect.stringMatching(/nowhere：没有这个文件。$/)]);
  });

  test('of a checkpoint that is not kept is added with it, and of another one not at all', async () => {
    writeFileSync(at('kept.checkpoint'), readFileSync(places.checkpoint));
    expect((await anchor('request', at('kept'), '--checkpoint', at('kept.checkpoint'))).code).toBe(0);
    stamp('kept');
    await signMore(places, { count: 5, seed: 3, name: 'third' });
    expect((await anchor('add', at('kept.tsr'))).err).toContain('give the one that was sent by --checkpoint');
    const added = await anchor('add', at('kept.tsr'), '--checkpoint', at('kept.checkpoint'), '--json');
    expect([added.code, JSON.parse(added.out)]).toMatchObject([0, { size: 50, name: 'timestamp' }]);
    expect((await anchor('verify', '--ca', at('tsa.pem'))).out.split('\n')).toHaveLength(2);

    const other = await signMore(placesIn(at('other')), { count: 3, seed: 4, name: 'other' });
    expect((await anchor('request', at('foreign'), '--checkpoint', other.checkpoint)).code).toBe(0);
    stamp('foreign');
    expect((await anchor('add', at('foreign.tsr'), '--checkpoint', other.checkpoint)).code).toBe(14);
  });

  test('that was moved to another checkpoint does not count', () => {
    const note = readFileSync(at('later.bundle'), 'utf8');
    const line = /^— tsa.example .*\n/m.exec(note)?.[0] ?? '';
    const moved = `${readFileSync(places.checkpoint, 'utf8')}${line}`;
    expect(anchorsIn(readCheckpoint(moved).note)).toEqual([]);
  });

  async function bundleOf(stream: string): Promise<string> {
    const { query, close } = await shownStore(places);
    const parts = [...(await query.bundle(stream))];
    await close();
    return parts.join('');
  }

  function reportOn(text: string) {
    const reader = bundleReader();
    reader.take(Buffer.from(text));
    return reader.end();
  }
});

test('a folder without time stamps, and a file that is not there, are named', async () => {
  const empty = await signMore(placesIn(at('empty')), { count: 1, seed: 5, name: 'empty' });
  writeFileSync(at('ca.pem'), '');
  const { code, err } = await typed('anchor', 'verify', '--ca', at('ca.pem'), '--data', empty.dataPath);
  expect([code, err]).toEqual([4, expect.stringContaining('holds no time stamp')]);
  expect((await anchor('add', at('absent.tsr'))).code).toBe(4);
  writeFileSync(at('none.tsr'), 'nothing');
  expect((await anchor('add', at('none.tsr'))).code).toBe(17);
});
