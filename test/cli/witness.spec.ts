import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rewrite, rewrites } from '../../proofs/ledger/rewrites.js';
import { shownAt } from '../../proofs/ledger/shown-store.js';
import { placesIn, type SignedStore, signMore } from '../../proofs/ledger/signed-store.js';
import { rotated } from '../../src/app/ledger/key-ring.js';
import { world } from '../../src/composition/world.js';
import { readCheckpoint } from '../../src/ledger/checkpoint.js';
import { cosignedBy } from '../../src/ledger/cosignature.js';
import { readVerifierKey } from '../../src/ledger/vkey.js';
import { openVault } from '../../src/vault/vault.js';
import { diceOf } from '../support/dice.js';
import type { LogFront } from '../support/log-front.js';
import { typed, typedIn } from './typed.js';

let top: string;
let places: SignedStore;
let folder: string;
let fronts: LogFront[];

beforeEach(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-witness-'));
  folder = join(top, 'witness');
  fronts = [];
  places = await signMore(placesIn(join(top, 'one')), { count: 300, seed: 1, name: 'first' });
});
afterEach(async () => {
  for (const front of fronts) await front.close();
  rmSync(top, { recursive: true, force: true });
});

async function shown(where: SignedStore, ...witnesses: string[]): Promise<LogFront> {
  const front = await shownAt(where, witnesses.map(readVerifierKey));
  fronts.push(front);
  return front;
}

async function hide(): Promise<void> {
  for (const front of fronts.splice(0)) await front.close();
}

const once = ['--once', '--patience', '0', '--name', 'auditor.example/w1'];
const witness = (urls: string[], ...more: string[]) =>
  typed('witness', ...urls, '--folder', folder, ...once, ...more);
const evidence = () => readdirSync(folder).filter((name) => name.startsWith('evidence-'));
const kept = () => readCheckpoint(readFileSync(join(folder, 'latest.checkpoint')));

/** The log of the folder, continued by other entries. */
async function forked(name: string, count: number): Promise<SignedStore> {
  const other = placesIn(join(top, name));
  cpSync(places.dataPath, other.dataPath, { recursive: true });
  cpSync(places.vaultPath, other.vaultPath);
  return signMore(other, { count, seed: 2, name });
}

describe('a witness', () => {
  test('cosigns a log that grows, keeps its checkpoint and its key, and computes the root from the leaves', async () => {
    const front = await shown(places);
    const first = await witness([front.url], '--json', '--full');
    const { witness: vkey, logKey, size } = JSON.parse(first.out);
    expect([first.code, size, logKey]).toEqual([0, 300, places.vkey]);
    const key = readVerifierKey(vkey);
    expect([key.name, cosignedBy(kept().note, key)]).toEqual(['auditor.example/w1', 'valid']);
    expect(statSync(join(folder, 'witness.key')).mode & 0o777).toBe(0o600);
    await hide();
    await signMore(places, { count: 20, seed: 3, name: 'more' });
    const second = await witness([(await shown(places)).url], '--key', places.vkey, '--full');
    expect([second.code, second.out]).toEqual([
      0,
      expect.stringMatching(
        /^topout\/\S+: 320 entries, 20 more than kept before; cosigned as auditor.example\/w1/,
      ),
    ]);
    expect([kept().checkpoint.size, evidence()]).toEqual([320, []]);
  });

  test('names its key to the operator, and its cosignature is in the checkpoint once it is listed', async () => {
    const front = await shown(places);
    const first = await witness([front.url]);
    expect(first.err).toContain('was named by the log itself; compare it');
    const vkey = /for TOPOUT_WITNESSES: (\S+)/.exec(first.err)?.[1] ?? '';
    expect((await typedIn('zh', 'witness', front.url, '--folder', folder, ...once)).err).toContain(
      `写入 TOPOUT_WITNESSES：${vkey}`,
    );
    await hide();
    const listed = await shown(places, vkey);
    const second = await witness([listed.url]);
    expect([second.code, second.out.endsWith(', and handed back.'), second.err]).toEqual([0, true, '']);
    const { note } = readCheckpoint(await (await fetch(`${listed.url}/ledger/checkpoint`)).text());
    expect(cosignedBy(note, readVerifierKey(vkey))).toBe('valid');
  });

  test.each(['an entry says something else', 'a whole stream is gone', 'two entries change places'])(
    'ends with evidence when the owner has rewritten the log: %s',
    async (name) => {
      await witness([(await shown(places)).url]);
      await hide();
      const change = rewrites[name];
      if (!change) throw new Error(name);
      await rewrite(places, (events) => change(events, diceOf(5)));
      await signMore(places, { count: 300, seed: 4, name: 'later' });
      const { code, err } = await witness([(await shown(places)).url]);
      expect([code, err]).toEqual([15, expect.stringContaining('The log was rewritten')]);
      const [file = ''] = evidence();
      expect(err).toContain(file);
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text.match(/^— topout\/\S+ \S+$/gm)).toHaveLength(2);
      expect(kept().checkpoint.size).toBe(300);
      // The same finding is not written twice.
      await witness([fronts[0]?.url ?? '']);
      expect(evidence()).toHaveLength(1);
    },
  );

  test('ends when the whole data folder was set back', async () => {
    const backup = await forked('backup', 0);
    await signMore(places, { count: 5, seed: 6, name: 'after' });
    await witness([(await shown(places)).url]);
    const { code, err } = await witness([(await shown(backup)).url]);
    expect([code, err]).toEqual([12, expect.stringContaining('covers 300 entries; the kept one covers 305')]);
  });

  test('ends when two addresses show different logs, and a checkpoint of another witness shows it too', async () => {
    const other = await forked('other', 7);
    await signMore(places, { count: 5, seed: 7, name: 'own' });
    const [one, two] = [await shown(places), await shown(other)];
    const found = await witness([one.url, two.url]);
    expect([found.code, found.err]).toEqual([18, expect.stringContaining('shown in two versions')]);
    expect(evidence()).toHaveLength(1);
    // Each address alone is a log that only grows.
    expect((await witness([one.url])).code).toBe(0);
    const second = join(top, 'second');
    expect((await typed('witness', two.url, '--folder', second, ...once)).code).toBe(0);
    const compare = (...more: string[]) => typed('witness', 'compare', folder, second, ...more);
    expect((await compare()).err).toContain('expected --url');
    expect((await compare('--url', two.url, '--key', places.vkey)).code).toBe(18);
    const same = await typed(
      'witness',
      'compare',
      folder,
      join(folder, 'latest.checkpoint'),
      '--key',
      places.vkey,
    );
    expect([same.code, same.out]).toEqual([0, expect.stringContaining('the same 305 entries')]);
  });

  test('follows a key that was handed over, and refuses one that was not', async () => {
    await witness([(await shown(places)).url]);
    await hide();
    const { origin } = kept().checkpoint;
    rotated(openVault(places.vaultPath), origin, world);
    await signMore(places, { count: 1, seed: 8, name: 'next' });
    expect((await witness([(await shown(places)).url], '--key', places.vkey)).code).toBe(0);
    await hide();
    rmSync(places.vaultPath);
    await signMore(places, { count: 1, seed: 9, name: 'stolen' });
    const { code, err } = await witness([(await shown(places)).url]);
    expect([code, err]).toEqual([14, expect.stringContaining('the key that was pinned')]);
  });

  test('refuses an altered folder, another key and a missing address', async () => {
    expect((await witness([])).code).toBe(2);
    const front = await shown(places);
    await witness([front.url]);
    const foreign = readVerifierKey(JSON.parse((await witness([front.url], '--json')).out).witness);
    expect((await witness([front.url], '--key', `${foreign.name}+${foreign.keyId}`)).code).toBe(2);
    writeFileSync(join(folder, 'latest.checkpoint'), 'altered\n');
    expect((await witness([front.url])).code).toBe(17);
    writeFileSync(join(folder, 'witness.key'), 'no key\n', { mode: 0o600 });
    const { code, err } = await witness([front.url]);
    expect([code, err]).toEqual([17, expect.stringContaining('Key of a witness: a file that holds none')]);
    expect((await witness([front.url], '--name', 'two words')).code).toBe(2);
  });
});
