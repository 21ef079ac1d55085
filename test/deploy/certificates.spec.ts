import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { temporaryFolder } from '../support/event-store-ports.js';
import { root } from './tree.js';

jest.setTimeout(60_000);

const folder = temporaryFolder();
afterAll(() => folder.remove());

const passwords = {
  EVENT_STORE_ADMIN_PASSWORD: 'kept-by-the-administrator',
  EVENT_STORE_OPS_PASSWORD: 'kept-by-the-operators',
};
const nodes = [1, 2, 3];

function make(env: Record<string, string> = passwords) {
  const run = spawnSync('sh', [join(root, 'deploy', 'certificates.sh'), folder.file('made')], {
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  });
  return { status: run.status, said: `${run.stdout}${run.stderr}`.trim() };
}

const read = (...path: string[]) => readFileSync(join(folder.file('made'), ...path), 'utf8');
const certificate = (...path: string[]) => new X509Certificate(read(...path));

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.log('left out: deploy/certificates.sh, because there is no openssl');
const withOpenssl = hasOpenssl ? test : test.skip;

withOpenssl.each([
  [{}, 'EVENT_STORE_ADMIN_PASSWORD is not set'],
  [{ ...passwords, EVENT_STORE_OPS_PASSWORD: 'changeit' }, 'EVENT_STORE_OPS_PASSWORD has 8 characters'],
  [{ ...passwords, EVENT_STORE_ADMIN_PASSWORD: 'with:a/colon@and-more' }, 'has other characters than'],
])('%j is no choice of passwords', (env, why) => {
  const { status, said } = make(env as Record<string, string>);
  expect(status).toBe(64);
  expect(said).toContain(why);
});

withOpenssl(
  'three nodes are certified by one authority, for the names that the compose file gives them',
  () => {
    expect(make()).toMatchObject({ status: 0 });
    const authority = certificate('authority', 'ca.crt');
    for (const node of nodes) {
      const seen = certificate('certificates', `node${node}`, 'node.crt');
      expect(seen.checkIssued(authority) && seen.verify(authority.publicKey)).toBe(true);
      expect(seen.subject).toBe('CN=eventstoredb-node');
      expect(seen.subjectAltName).toBe(`DNS:event-store-${node}, DNS:localhost, IP Address:127.0.0.1`);
      expect(seen.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
      expect(
        statSync(join(folder.file('made'), 'certificates', `node${node}`, 'node.key')).mode & 0o777,
      ).toBe(0o600);
    }
    expect(read('access', 'ca.crt')).toBe(read('authority', 'ca.crt'));
    expect(read('access', 'event-store-url').trim()).toBe(
      `esdb://admin:${passwords.EVENT_STORE_ADMIN_PASSWORD}@event-store-1:2113,event-store-2:2113,event-store-3:2113?tls=true&tlsCaFile=/access/ca.crt`,
    );
  },
);

withOpenssl(
  'with a password of its own the address names the account topout, which is not the administrator',
  () => {
    const own = { ...passwords, EVENT_STORE_TOPOUT_PASSWORD: 'kept-by-the-service-alone' };
    expect(make(own)).toMatchObject({ status: 0 });
    expect(read('access', 'event-store-url')).toMatch(
      /^esdb:\/\/topout:kept-by-the-service-alone@event-store-1:2113,/,
    );
    expect(make({ ...passwords, EVENT_STORE_TOPOUT_PASSWORD: 'short' })).toMatchObject({ status: 64 });
    make();
  },
);

withOpenssl('a second run replaces nothing; what was removed is created again by the same authority', () => {
  make();
  const files = nodes.map((node) => ['certificates', `node${node}`, 'node.key']);
  const before = files.map((path) => read(...path));
  const authority = certificate('authority', 'ca.crt');
  expect(make()).toEqual({ status: 0, said: '' });
  expect(files.map((path) => read(...path))).toEqual(before);

  rmSync(join(folder.file('made'), 'certificates', 'node2'), { recursive: true });
  expect(make()).toEqual({ status: 0, said: 'certificates: made those of event-store-2' });
  expect(certificate('authority', 'ca.crt').fingerprint256).toBe(authority.fingerprint256);
  expect(certificate('certificates', 'node2', 'node.crt').verify(authority.publicKey)).toBe(true);
  expect(read('certificates', 'node2', 'node.key')).not.toBe(before[1]);
  expect(read('certificates', 'node1', 'node.key')).toBe(before[0]);
});
