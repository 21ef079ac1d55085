import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import { signedHeaders } from '../../src/channels/signature.js';

// The pages are tested literally: each block is run unchanged.
const page = readFileSync(new URL('../../docs/webhooks.md', import.meta.url), 'utf8');
const scripts = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, script = '']) => script);
const bySecret = scripts.find((script) => script.includes('hexkey')) ?? '';
const byKey = scripts.find((script) => script.includes('pkeyutl')) ?? '';

const secret = `whsec_${Buffer.alloc(32, 0xfb).toString('base64')}`;
const stranger = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const base64 = (url: string) => Buffer.from(url, 'base64url').toString('base64');
const key = { privateKey: base64(d), publicKey: base64(x) };
const body = '{"data":{"items":[]},"type":"alerts.notice"}';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'topout-webhook-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.log('left out: the scripts of docs/webhooks.md, because there is no openssl');
const withOpenssl = hasOpenssl ? test : test.skip;

/** Runs a script of the page for a message and returns its exit code. */
function run(script: string, secrets: readonly string[], at = new Date().toISOString(), seen = body): number {
  const file = join(folder, 'body');
  writeFileSync(file, seen);
  const headers = signedHeaders({ id: 'n-1', at, body }, secrets, key);
  const { status } = spawnSync('bash', ['-c', script], {
    env: {
      PATH: process.env.PATH,
      TMPDIR: folder,
      SECRET: secret,
      PUBLIC_KEY: `whpk_${key.publicKey}`,
      ID: headers['webhook-id'],
      TIMESTAMP: headers['webhook-timestamp'],
      SIGNATURE: headers['webhook-signature'],
      BODY: file,
    },
  });
  return status ?? -1;
}

test('the script of the page has six lines', () => {
  expect(bySecret.trim().split('\n')).toHaveLength(6);
});

withOpenssl('a receiver verifies with the script of the page, also while the secret is replaced', () => {
  expect([run(bySecret, [secret]), run(bySecret, [stranger, secret])]).toEqual([0, 0]);
});

withOpenssl('the script refuses another secret, a changed body and an old timestamp', () => {
  const old = new Date(Date.now() - 400_000).toISOString();
  expect([
    run(bySecret, [stranger]),
    run(bySecret, [secret], undefined, `${body} `),
    run(bySecret, [secret], old),
  ]).toEqual([1, 1, 1]);
});

withOpenssl(
  'a receiver without a secret verifies with the other script, and a changed body is refused',
  () => {
    expect([run(byKey, [secret]), run(byKey, [secret], undefined, `${body} `)]).toEqual([0, 1]);
  },
);

test('the page shows what arrives, apart from white space', () => {
  const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text));
  expect(examples.map(({ type }) => type)).toEqual(['challenge', 'alerts.notice']);
  expect(examples.map((example) => JSON.stringify(example))).toEqual(
    examples.map((one) => canonicalize(one)),
  );
});
