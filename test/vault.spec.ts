import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openVault } from '../src/vault/vault.js';
import { VaultUnusable } from '../src/vault/vault-keys.js';

const district = '0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e001';
const bureau = '0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e002';
const address = '李工 <li@example.org>';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'topout-vault-'));
  path = join(folder, 'keys', 'keys.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The key of a subscription in the file. */
function keyOf(subscription: string): string {
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return lines.findLast((line) => line.subscription === subscription).key;
}

test('a sealed value is opened again, also after a restart', () => {
  const sealed = openVault(path).seal(district, address);
  expect(sealed.sealed).toMatch(/^[\w-]+$/);
  expect(Buffer.from(sealed.sealed, 'base64url').includes('example.org')).toBe(false);
  expect(openVault(path).open(district, sealed)).toBe(address);
});

test('the same text is sealed differently each time, with the same key', () => {
  const vault = openVault(path);
  const first = vault.seal(district, address);
  const file = readFileSync(path, 'utf8');
  const second = vault.seal(district, address);
  expect(second).not.toEqual(first);
  expect(readFileSync(path, 'utf8')).toBe(file);
  expect([vault.open(district, first), vault.open(district, second)]).toEqual([address, address]);
});

test('a value of another subscription, a changed one and a malformed one do not open', () => {
  const vault = openVault(path);
  const { sealed } = vault.seal(district, address);
  vault.seal(bureau, address);
  const bytes = Buffer.from(sealed, 'base64url');
  const flipped = [...bytes.keys()].map((at) => {
    const changed = Buffer.from(bytes);
    changed.writeUInt8((bytes[at] ?? 0) ^ 1, at);
    return vault.open(district, { sealed: changed.toString('base64url') });
  });
  expect(new Set(flipped)).toEqual(new Set([undefined]));
  expect(vault.open(bureau, { sealed })).toBeUndefined();
  expect(vault.open('__proto__', { sealed })).toBeUndefined();
  expect(vault.open(district, { sealed: '' })).toBeUndefined();
  expect(vault.open(district, { sealed: sealed.slice(0, 20) })).toBeUndefined();
});

test('a value sealed for another subscription does not open with a copy of its key', () => {
  const vault = openVault(path);
  const sealed = vault.seal(district, address);
  const line = { subscription: bureau, key: keyOf(district) };
  appendFileSync(path, `${JSON.stringify(line)}\n`);
  expect(openVault(path).open(bureau, sealed)).toBeUndefined();
  expect(openVault(path).open(district, sealed)).toBe(address);
});

test('a forgotten subscription can never be opened again, others can', () => {
  const vault = openVault(path);
  const gone = vault.seal(district, address);
  const kept = vault.seal(bureau, address);
  const key = keyOf(district);
  vault.forget(district);
  vault.forget(district);
  expect(readFileSync(path, 'utf8')).not.toContain(key);
  vault.seal(district, address);
  expect([vault.open(district, gone), vault.open(bureau, kept)]).toEqual([undefined, address]);
});

test('nothing is written before a key is needed', () => {
  const vault = openVault(path);
  expect(vault.open(district, { sealed: 'AAAA' })).toBeUndefined();
  vault.forget(district);
  expect(Buffer.from(vault.newSecret(32), 'base64')).toHaveLength(32);
  expect(existsSync(path)).toBe(false);
});

test('only the owner may read the keys, and no partial file is left beside them', () => {
  openVault(path).seal(district, address);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(existsSync(`${path}.new`)).toBe(false);
});

test('a partial file of one process does not affect the next', () => {
  const vault = openVault(path);
  const sealed = vault.seal(district, address);
  writeFileSync(`${path}.new`, '{"vault": 1, "subsc', { mode: 0o644 });
  vault.seal(bureau, address);
  expect(vault.open(district, sealed)).toBe(address);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a key file that others may read is refused', () => {
  const vault = openVault(path);
  vault.seal(district, address);
  chmodSync(path, 0o640);
  const sentence = `The key file ${path} has the mode 0640, so accounts other than its owner may use it; expected 0600 (chmod 600 ${path}).`;
  expect(() => openVault(path)).toThrow(new VaultUnusable(sentence));
  expect(() => vault.seal(bureau, address)).toThrow(new VaultUnusable(sentence));
});

test.each([
  ['cut', '{"vault":1,"subscr'],
  ['empty', ''],
  ['of another kind', '[]'],
  ['of a newer version', '{"vault":2,"subscriptions":{}}'],
  ['with a key too short', '{"vault":1,"subscriptions":{"a":"AAAA"}}'],
])('a key file that is %s is refused and unchanged', (_what, content) => {
  mkdirSync(join(folder, 'keys'));
  writeFileSync(path, content, { mode: 0o600 });
  expect(() => openVault(path)).toThrow(
    `The key file ${path} cannot be read or is damaged; put the last good copy in its place. It is left as it is.`,
  );
  expect(readFileSync(path, 'utf8')).toBe(content);
});

test('a folder in place of the file is refused', () => {
  mkdirSync(path, { recursive: true });
  expect(() => openVault(path)).toThrow(`The keys at ${path} are not a file; expected one, or nothing yet.`);
});

test('a token belongs to one subscription and one purpose, and stays the same', () => {
  const token = openVault(path).token(district, 'unsubscribe');
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(openVault(path).token(district, 'unsubscribe')).toBe(token);
  expect(openVault(path).token(bureau, 'unsubscribe')).not.toBe(token);
  expect(openVault(path).token(district, 'other')).not.toBe(token);
  expect(openVault(join(folder, 'other.json')).token(district, 'unsubscribe')).not.toBe(token);
});

test('the installation has one pair of signing keys that match', () => {
  const pair = openVault(path).signingKey();
  expect(openVault(path).signingKey()).toEqual(pair);
  expect([pair.privateKey, pair.publicKey].map((key) => Buffer.from(key, 'base64').length)).toEqual([32, 32]);
  const url = (key: string) => Buffer.from(key, 'base64').toString('base64url');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: url(pair.publicKey) };
  const content = Buffer.from('roof capped');
  const signature = sign(
    null,
    content,
    createPrivateKey({ format: 'jwk', key: { ...jwk, d: url(pair.privateKey) } }),
  );
  expect(verify(null, content, createPublicKey({ format: 'jwk', key: jwk }), signature)).toBe(true);
});

test('two processes with the same file do not lose each other’s keys', async () => {
  const service = openVault(path);
  const terminal = openVault(path);
  const first = service.seal(district, address);
  const second = terminal.seal(bureau, address);
  service.token(district, 'unsubscribe');
  await Promise.all([service.look(), terminal.look()]);
  expect([terminal.open(district, first), service.open(bureau, second)]).toEqual([address, address]);
});

test('a key that another process has destroyed opens nothing after the next read', async () => {
  const [service, terminal] = [openVault(path), openVault(path)];
  const sealed = service.seal(district, address);
  await terminal.look();
  service.forget(district);
  await terminal.look();
  expect(terminal.open(district, sealed)).toBeUndefined();
});

test('a file of the first format is read, and converted at the first change', () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  mkdirSync(join(folder, 'keys'));
  const first = { vault: 1, tokens: key, subscriptions: { [district]: key } };
  writeFileSync(path, `${JSON.stringify(first, null, 2)}\n`, { mode: 0o600 });
  const vault = openVault(path);
  const [sealed, token] = [vault.seal(district, address), vault.token(district, 'unsubscribe')];
  expect([JSON.parse(readFileSync(path, 'utf8')), vault.unrecorded()]).toEqual([first, []]);
  vault.seal(bureau, address);
  expect(readFileSync(path, 'utf8')).toMatch(/^\{"vault":2,"file":"[\w-]{22}"\}\n/);
  const next = openVault(path);
  expect([next.open(district, sealed), next.token(district, 'unsubscribe'), next.unrecorded()]).toEqual([
    address,
    token,
    [bureau],
  ]);
  next.forget(district);
  expect(readFileSync(path, 'utf8')).not.toContain(`"${district}","key":"${key}"`);
});

test('a last line truncated by a power cut is ignored, and the next key is on its own line', () => {
  const vault = openVault(path);
  const sealed = vault.seal(district, address);
  appendFileSync(path, '{"subscription":"half","key":"AAAA');
  const next = openVault(path);
  const other = next.seal(bureau, address);
  expect([openVault(path).open(district, sealed), openVault(path).open(bureau, other)]).toEqual([
    address,
    address,
  ]);
});

test('a key counts as unrecorded until it is confirmed, also after a restart', () => {
  const vault = openVault(path);
  const [first, second] = [vault.seal(district, address), vault.seal(bureau, address)];
  vault.settle(district, true);
  expect([vault.unrecorded(), openVault(path).unrecorded()]).toEqual([[bureau], [bureau]]);
  vault.settle(district, false);
  vault.settle(bureau, false);
  expect([openVault(path).open(district, first), openVault(path).open(bureau, second)]).toEqual([
    address,
    undefined,
  ]);
});

test('with 10,000 keys a new one adds a line, and opening reads no file', async () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  mkdirSync(join(folder, 'keys'));
  const subscriptions = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`many-${n}`, key]));
  writeFileSync(path, JSON.stringify({ vault: 1, subscriptions }), { mode: 0o600 });
  const vault = openVault(path);
  const sealed = vault.seal(district, address);
  const { size, ino } = statSync(path);
  vault.seal(bureau, address);
  const after = statSync(path);
  expect([after.ino, after.size - size < 200]).toEqual([ino, true]);
  await vault.look();
  rmSync(path);
  expect(vault.open(district, sealed)).toBe(address);
});

test('destroyed keys do not make the file longer forever', () => {
  const vault = openVault(path);
  const kept = vault.seal(district, address);
  for (let count = 0; count < 1_200; count++) {
    vault.seal(bureau, address);
    vault.forget(bureau);
  }
  expect(statSync(path).size).toBeLessThan(1_200 * 150);
  expect(openVault(path).open(district, kept)).toBe(address);
}, 60_000);
