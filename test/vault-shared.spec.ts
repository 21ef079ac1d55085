import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { openVault } from '../src/vault/vault.js';
import { temporaryFolder } from './support/event-store-ports.js';

const script = fileURLToPath(new URL('./support/vault-owner.mjs', import.meta.url));
const children: ChildProcess[] = [];
let folder: ReturnType<typeof temporaryFolder>;
let path: string;

beforeEach(() => {
  folder = temporaryFolder();
  path = folder.file('keys.json');
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  folder.remove();
});
jest.setTimeout(60_000);

interface Line {
  subscription?: string;
  token?: string;
  publicKey?: string;
  sealed: string;
}

/** Starts a process that seals for a number of subscriptions, and yields each printed line. */
function owner(name: string, count: number): { child: ChildProcess; lines: AsyncIterable<Line> } {
  const flags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, script, path, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const texts = createInterface({ input: child.stdout });
  return {
    child,
    lines: (async function* () {
      for await (const text of texts) yield JSON.parse(text) as Line;
    })(),
  };
}

async function all(lines: AsyncIterable<Line>): Promise<Line[]> {
  const found: Line[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

test('two processes add 200 keys each at the same time, and none is lost', async () => {
  const count = 200;
  const names = ['north', 'south'];
  const [north = [], south = []] = await Promise.all(names.map((name) => all(owner(name, count).lines)));
  const vault = openVault(path);
  expect([north.length, south.length]).toEqual([count + 1, count + 1]);
  for (const { subscription, sealed } of [...north.slice(1), ...south.slice(1)])
    expect(vault.open(String(subscription), { sealed })).toBe(subscription);
  expect([north[0], south[0]].map((line) => vault.open('all', { sealed: line?.sealed ?? '' }))).toEqual(
    names,
  );
  expect([north[0]?.token, north[0]?.publicKey]).toEqual([south[0]?.token, south[0]?.publicKey]);
  expect([vault.token('all', 'test'), vault.signingKey().publicKey]).toEqual([
    north[0]?.token,
    north[0]?.publicKey,
  ]);
  expect([readdirSync(folder.path), statSync(path).mode & 0o777]).toEqual([['keys.json'], 0o600]);
});

test('a process killed at any moment loses no key that it has used', async () => {
  for (const after of [3, 11, 20]) {
    const { child, lines } = owner(`killed-${after}`, 1000);
    const sealed: Line[] = [];
    for await (const line of lines) {
      sealed.push(line);
      if (sealed.length === after) child.kill('SIGKILL');
    }
    const vault = openVault(path);
    vault.seal(`after-${after}`, 'it goes on');
    for (const { subscription = 'all', sealed: text } of sealed)
      expect(vault.open(subscription, { sealed: text })).toBeTruthy();
  }
});

test('the file of a killed process is waited for, but for 2 s only, and its content is ignored', () => {
  openVault(path).seal('first', 'kept');
  writeFileSync(`${path}.new`, '{"vault":1,"subscriptions":{}}\n', { mode: 0o600 });
  const began = performance.now();
  const sealed = openVault(path).seal('second', 'kept too');
  const tookMs = performance.now() - began;
  expect([tookMs > 1_900, tookMs < 10_000, existsSync(`${path}.new`)]).toEqual([true, true, false]);
  expect(openVault(path).open('second', sealed)).toBe('kept too');
});

test('reading and using an existing key never wait', () => {
  const sealed = openVault(path).seal('first', 'kept');
  writeFileSync(`${path}.new`, '');
  const began = performance.now();
  const vault = openVault(path);
  expect(vault.open('first', vault.seal('first', 'again'))).toBe('again');
  expect(vault.open('first', sealed)).toBe('kept');
  expect(performance.now() - began).toBeLessThan(1_000);
});
