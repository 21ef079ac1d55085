import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Cluster, clusterOf } from '../src/composition/cluster.js';
import { readConfig } from '../src/composition/settings/config.js';
import { ConfigInvalid } from '../src/composition/settings/config-invalid.js';

const canary = 'Kanarienvogel7';
const away = 'store.example.org';

interface Given {
  allowed?: string;
  debug?: string;
  prefix?: string;
}

const cluster = (url: string, { allowed = '', debug = '', prefix = 'topout.' }: Given = {}): Cluster =>
  clusterOf({ url, prefix, allowed, replica: 'north', debug });

/** The client's parsed address; not part of its public API. */
const parsed = createRequire(import.meta.url)(
  '@eventstore/db-client/dist/Client/parseConnectionString.js',
).parseConnectionString;

/** The refusal of an address, which never shows a password. */
function refusalOf(url: string, given?: Given): string {
  try {
    cluster(url, given);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigInvalid);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/Kanarienvogel|changeit@|%63hangeit/);
    return (error as Error).message;
  }
  throw new Error(`${url} was taken`);
}

describe('an address of a cluster is accepted', () => {
  const hostsOf: [url: string, hosts: string][] = [
    [`esdb://topout:${canary}@${away}`, away],
    [
      `esdb://topout:${canary}@a.example.org:2113,b.example.org:2114`,
      'a.example.org:2113,b.example.org:2114',
    ],
    [`esdb+discover://topout:${canary}@${away}:2113?tls=true`, `${away}:2113`],
    [
      `  esdb://topout:${canary}@10.1.2.3:2113/?tls-ca-file=/etc/ca.crt&Keep_Alive_Interval=-1\n`,
      '10.1.2.3:2113',
    ],
    [`esdb://topout:${canary}@event-store_1`, 'event-store_1'],
    ['esdb://127.0.0.1:2113?tls=false', '127.0.0.1:2113'],
    ['esdb://LocalHost,127.0.0.2?TLS=false', 'LocalHost,127.0.0.2'],
    ['esdb://admin:changeit@localhost:2113/', 'localhost:2113'],
    [`esdb://${away}`, away],
    [`kurrentdb://topout:${canary}@${away}:2113/?tls=true`, `${away}:2113`],
    [`kurrent://topout:${canary}@${away}`, away],
    ['kdb://127.0.0.1:2113?tls=false', '127.0.0.1:2113'],
    [`kurrentdb+discover://topout:${canary}@${away}:2113`, `${away}:2113`],
    [`kdb+discover://${away}`, away],
  ];
  test.each(hostsOf)('%s', (url, hosts) => {
    const found = cluster(url);
    expect(found.hosts).toBe(hosts);
    const addresses = hosts.split(',').map((host) => host.split(':'));
    expect(parsed(found.url).hosts).toEqual(
      addresses.map(([address, port = '2113']) => ({ address, port: Number(port) })),
    );
    expect(parsed(found.url).dnsDiscover).toBe(url.includes('+discover'));
  });

  test('with a percent-encoded password of any characters', () => {
    const password = 'a@b:c/d?e&f#g%h=i,jß ';
    const found = cluster(`esdb://topout:${encodeURIComponent(password)}@${away}:2113?tls=true`);
    expect([found.hosts, parsed(found.url).defaultCredentials]).toEqual([
      `${away}:2113`,
      { username: 'topout', password },
    ]);
  });
});

describe('an address of a cluster is refused without being shown', () => {
  const odd: [what: string, url: string][] = [
    ['another scheme', `http://topout:${canary}@${away}`],
    ['a scheme that only begins as one', `kurrentdbs://topout:${canary}@${away}`],
    ['a scheme in capitals, which the client does not know', `ESDB://topout:${canary}@${away}`],
    ['no host', `esdb://topout:${canary}@`],
    ['a host too many', `esdb://topout:${canary}@a.example.org,`],
    ['an empty password, which the client takes for a host', `esdb://${canary}:@${away}`],
    ['a name without a password', `esdb://${canary}@${away}`],
    ['a password with an @', `esdb://topout:a@${canary}@${away}`],
    ['a password with a colon, of which the client drops the rest', `esdb://topout:a:${canary}@${away}`],
    ['a password with a slash', `esdb://topout:a/${canary}@${away}`],
    ['a password with a question mark', `esdb://topout:2113?${canary}@${away}`],
    ['a password with a percent sign', `esdb://topout:${canary}%@${away}`],
    ['a password with bytes that are no text', `esdb://topout:${canary}%ff@${away}`],
    ['a space, which the client takes away', `esdb://topout:${canary} @${away}`],
    ['a line break', `esdb://topout:${canary}\n@${away}`],
    ['IPv6, which the client does not read', `esdb://topout:${canary}@[::1]:2113`],
    ['a port that is none', `esdb://topout:${canary}@${away}:65536`],
    ['a port in words', `esdb://topout:${canary}@${away}:http`],
    ['a path', `esdb://topout:${canary}@${away}/db`],
    ['a fragment', `esdb://topout:${canary}@${away}#tls=false`],
    ['a second account behind the host', `esdb://127.0.0.1/?x=topout:${canary}@${away}:2113`],
    ['a question mark and nothing', `esdb://topout:${canary}@${away}?`],
    ['an option without a value', `esdb://topout:${canary}@${away}?tls`],
    ['an empty option', `esdb://topout:${canary}@${away}?tls=true&`],
    ['an option twice', `esdb://topout:${canary}@${away}?tls=true&TLS=false`],
    ['an option twice in other spellings', `esdb://topout:${canary}@${away}?tlsCAFile=/a&tls-ca_file=/b`],
    [
      'an option nobody knows, for which the client would print the address',
      `esdb://topout:${canary}@${away}?tsl=true`,
    ],
    ['an option with an encoded name', `esdb://topout:${canary}@${away}?%74ls=false`],
    ['tls that is neither true nor false', `esdb://topout:${canary}@${away}?tls=no`],
    ['tls in capitals', `esdb://topout:${canary}@${away}?tls=FALSE`],
    ['tls with a slash, which the client takes away', `esdb://topout:${canary}@${away}?tls=false/`],
    [
      'tlsVerifyCert=false, for which the client would print the address',
      `esdb://topout:${canary}@localhost?tls-verify_CERT=false`,
    ],
    ['another node than the leader', `esdb://topout:${canary}@${away}?nodePreference=follower`],
    ['an interval in words', `esdb://topout:${canary}@${away}?keepAliveInterval=often`],
  ];
  test.each(odd)('%s', (_what, url) => {
    expect(refusalOf(url)).toMatch(/^EVENT_STORE_URL is "\(not shown\)"; expected /);
    expect(refusalOf(url, { allowed: `${away},localhost` })).toMatch(/^EVENT_STORE_URL is "\(not shown\)"/);
  });
});

describe('a cluster without encryption or with the default password is accepted', () => {
  const plain = 'tls=false';
  const first = 'the default password';
  const unsafe: [url: string, what: string, host: string][] = [
    [`esdb://topout:${canary}@${away}:2113?tls=false`, plain, away],
    [`esdb://topout:${canary}@${away.toUpperCase()}?T_L-S=false`, plain, away],
    [`esdb+discover://topout:${canary}@${away}?tls=false`, plain, away],
    [`esdb://topout:${canary}@localhost:2113,${away}:2113,127.0.0.1?tls=false`, plain, away],
    ['esdb://127.0.0.1.example.org?tls=false', plain, '127.0.0.1.example.org'],
    ['esdb://localhost.example.org?tls=false', plain, 'localhost.example.org'],
    ['esdb://0.0.0.0?tls=false', plain, '0.0.0.0'],
    ['esdb://128.0.0.1?tls=false', plain, '128.0.0.1'],
    ['esdb://2130706433?tls=false', plain, '2130706433'],
    [`esdb://admin:changeit@${away}?tls=true`, first, away],
    [`esdb://ops:changeit@${away}`, first, away],
    [`esdb://topout:%63hangei%74@${away}`, first, away],
    [`esdb+discover://admin:changeit@localhost,${away}`, first, away],
  ];
  test.each(unsafe)('not as %s', (url, what, host) => {
    const expected =
      'encryption and a password of its own on a host that is not this machine, or the host named in EVENT_STORE_ALLOW_INSECURE';
    expect(refusalOf(url)).toBe(`EVENT_STORE_URL is "${what} on ${host}"; expected ${expected}.`);
    expect(refusalOf(url, { allowed: 'example.org, *' })).toContain(what);
    expect(cluster(url, { allowed: ` other.example.org ,${host.toUpperCase()}` }).url).toBe(url);
  });
});

describe('the debug output of the client is refused', () => {
  const loud = [
    '*',
    'e*',
    'es*b:*',
    'esdb',
    'esdb:connection',
    'esdb*',
    'nest,esdb:*',
    'nest esdb:*',
    '-nest,*',
    '*,-esdb*',
  ];
  test.each(loud)('DEBUG=%s', (debug) => {
    expect(() => cluster('esdb://localhost', { debug })).toThrow(
      `DEBUG is "${debug}"; expected no output of the event store client, which would print the password.`,
    );
  });

  test.each(['', 'nest*', 'express:*', '-esdb*', 'my-esdb', 'avvio'])(
    'other debug output is accepted: DEBUG=%s',
    (debug) => {
      expect(cluster('esdb://localhost', { debug }).hosts).toBe('localhost');
    },
  );
});

test.each(['$ce-', 'Topout.', 'a-b', 'a b', 'x'.repeat(41)])('the prefix %s is refused', (prefix) => {
  expect(() => cluster('esdb://localhost', { prefix })).toThrow(
    `TOPOUT_STREAM_PREFIX is "${prefix}"; expected at most 40 of a-z, 0-9, dot and underscore, such as "huangpu.".`,
  );
});

describe('EVENT_STORE_URL_FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'topout-cluster-'));
  const file = join(folder, 'url');
  const read = () => readConfig({ EVENT_STORE_URL_FILE: file, EVENT_STORE_URL: 'esdb://localhost' });
  afterEach(() => rmSync(file, { force: true }));

  test('names the file with the address, and takes precedence over the variable', () => {
    writeFileSync(file, `esdb://topout:${canary}@${away}:2113\n`, { mode: 0o600 });
    expect(read().cluster).toMatchObject({
      url: `esdb://topout:${canary}@${away}:2113`,
      hosts: `${away}:2113`,
      prefix: 'topout.',
    });
  });

  test('that is missing or empty is refused; the service never continues without its cluster', () => {
    expect(read).toThrow(`EVENT_STORE_URL_FILE is "${file}"; expected a file that can be read.`);
    writeFileSync(file, '\n', { mode: 0o600 });
    expect(read).toThrow(`EVENT_STORE_URL_FILE is "${file}"; expected a file that holds something.`);
  });

  test('with an invalid address is refused without showing it', () => {
    writeFileSync(file, `esdb://topout:${canary}@${away}:2113?tls=off`, { mode: 0o600 });
    expect(read).toThrow(/^EVENT_STORE_URL is "\(not shown\)"; expected after the "\?" options/);
  });
});
