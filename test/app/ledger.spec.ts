import { existsSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ledgerKeyRing, rotated } from '../../src/app/ledger/key-ring.js';
import { Ledger } from '../../src/app/ledger/ledger.js';
import { LedgerQuery } from '../../src/app/ledger/ledger-query.js';
import { RolledBack } from '../../src/app/ledger/rolled-back.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { bundleReader } from '../../src/ledger/bundle-lines.js';
import { openCheckpoint, readCheckpoint, signedCheckpoint } from '../../src/ledger/checkpoint.js';
import { cosign, cosignedBy } from '../../src/ledger/cosignature.js';
import { noteText } from '../../src/ledger/note.js';
import { isConsistent, isIncluded } from '../../src/ledger/tree.js';
import { readVerifierKey, type Signer } from '../../src/ledger/vkey.js';
import { openVault } from '../../src/vault/vault.js';
import { witnessKey } from '../support/bundle-samples.js';
import { uuidOf } from '../support/dice.js';
import { storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { sampleEvent } from '../support/event-store-samples.js';

/** A world whose time passes only when it is told to. */
class SetWorld {
  nowMs = Date.parse('2018-07-10T00:00:00Z');
  private waiting: { at: number; call: () => void }[] = [];

  now = () => new Date(this.nowMs).toISOString();

  after = (ms: number, call: () => void) => {
    const one = { at: this.nowMs + ms, call };
    this.waiting.push(one);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== one);
    };
  };

  /** Lets time pass, and everything that falls due in it finish. */
  async pass(ms: number): Promise<void> {
    const end = this.nowMs + ms;
    for (;;) {
      const due = this.waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      this.nowMs = Math.max(this.nowMs, due?.at ?? end);
      if (!due) return;
      this.waiting = this.waiting.filter((other) => other !== due);
      due.call();
      await settled();
    }
  }
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 40));
const bytes = (base64: string) => Buffer.from(base64, 'base64');

let folder: ReturnType<typeof temporaryFolder>;
let world: SetWorld;
let store: SqliteStore;
let why: string | undefined;
let failures: string[];

beforeEach(() => {
  folder = temporaryFolder();
  world = new SetWorld();
  store = openSqliteStore(folder.file('events.db'), storePorts());
  why = undefined;
  failures = [];
});

afterEach(async () => {
  await store.close();
  folder.remove();
});

const vault = () => openVault(folder.file('vault.json'));
const ring = () => ledgerKeyRing(vault(), world);
const open = () =>
  Ledger.open({
    path: folder.file('ledger.db'),
    store,
    ring: ring(),
    world,
    nextTurn: (call) => setImmediate(call),
    whyNotHere: () => why,
    onFailure: ({ message }) => failures.push(message),
  });
const queries = (ledger: Ledger) => new LedgerQuery(ledger.file, store.leaves, ring(), [], world);

/** Appends so many entries, and returns their ids. */
async function log(count: number, name = 'entry'): Promise<string[]> {
  const appends = Array.from({ length: count }, (_, index) =>
    store.append(`project-site-${index % 3}`, [sampleEvent(index, `${name} ${index}`)], 'any'),
  );
  return (await Promise.all(appends)).flatMap(({ events }) => events.map(({ id }) => id));
}

describe('checkpoints', () => {
  test('are signed a second after the one before, at the latest 1.25 s after an entry', async () => {
    const ledger = await open();
    ledger.start();
    await log(1);
    await world.pass(250);
    expect(ledger.standing()).toEqual({ size: 1, lagSeconds: 0 });
    await log(2, 'soon');
    await world.pass(750);
    expect(ledger.standing()).toEqual({ size: 1, lagSeconds: 0.5 });
    await world.pass(500);
    expect(ledger.standing()).toEqual({ size: 3, lagSeconds: 0 });
    await ledger.close();
  });

  test('are signed earlier when 1,024 entries wait, and before the end', async () => {
    const ledger = await open();
    ledger.start();
    await log(1);
    await world.pass(250);
    await log(1_024, 'many');
    await world.pass(250);
    // They are added in turns, which a busy machine takes longer for.
    for (let turn = 0; turn < 50 && ledger.standing().size === 1; turn += 1) await settled();
    expect(ledger.standing().size).toBe(1_025);
    await log(1, 'last');
    await ledger.close();
    const again = await open();
    expect(again.file.last?.size).toBe(1_026);
    await again.close();
  });

  test('have a valid signature, and the same entries have the same root after a restart', async () => {
    await log(300);
    const ledger = await open();
    await ledger.sign();
    const { keys } = queries(ledger).keys();
    const first = openCheckpoint(
      queries(ledger).checkpoint(),
      keys.map(({ vkey }) => readVerifierKey(vkey)),
    );
    expect(first.checkpoint).toMatchObject({ origin: `topout/${store.installation}`, size: 300 });
    await ledger.close();
    rmSync(folder.file('ledger.db'));
    const again = await open();
    await again.sign();
    expect(queries(again).checkpoint()).toBe(first.note.text + signatureOf(queries(again).checkpoint()));
    await again.close();
  });

  test('are not signed by a replica without the keys, which still follows the log', async () => {
    why = 'the keys of the other replicas are missing';
    await log(10);
    const ledger = await open();
    await ledger.sign();
    expect(ledger.file.state.size).toBe(10);
    expect(ledger.standing()).toEqual({ size: 0, lagSeconds: 0, why });
    expect(() => queries(ledger).checkpoint()).toThrow('no checkpoint so far');
    why = undefined;
    await ledger.sign();
    expect(ledger.standing()).toEqual({ size: 10, lagSeconds: 0 });
    await ledger.close();
  });

  test('of one hour are kept as the last one', async () => {
    const ledger = await open();
    for (let number = 0; number < 3; number += 1) {
      await log(1, `in the hour ${number}`);
      await ledger.sign();
    }
    world.nowMs += 3_600_000;
    await log(1, 'an hour later');
    await ledger.sign();
    expect(ledger.file.kept().map(({ size }) => size)).toEqual([3, 4]);
    await ledger.close();
  });
});

const signatureOf = (note: string) => note.slice(note.indexOf('\n\n') + 1);

describe('proofs', () => {
  test('show each entry at the latest size and at smaller ones, and growth between any sizes', async () => {
    const ids = await log(600);
    const ledger = await open();
    await ledger.sign();
    const query = queries(ledger);
    for (const index of [0, 255, 256, 599]) {
      const entry = ids[index] as string;
      for (const size of [undefined, index + 1]) {
        const proof = query.proof(entry, size);
        expect(proof).toMatchObject({ entry, index, size: size ?? 600 });
        const { hashes, leaf, root, ...place } = proof;
        const claimed = { ...place, leaf: bytes(leaf), root: bytes(root), proof: hashes.map(bytes) };
        expect(isIncluded(claimed)).toBe(true);
      }
    }
    const { from, to, roots, hashes } = query.consistency(257);
    expect(
      isConsistent({
        from: { size: from, root: bytes(roots.from) },
        to: { size: to, root: bytes(roots.to) },
        proof: hashes.map(bytes),
      }),
    ).toBe(true);
    expect(query.proof(ids[0] as string).checkpoint).toBe(query.checkpoint());
    await ledger.close();
  });

  test('are refused for sizes and entries that no checkpoint covers', async () => {
    const ids = await log(3);
    const ledger = await open();
    await ledger.sign();
    const [late] = await log(1, 'late');
    const query = queries(ledger);
    expect(() => query.proof(late as string)).toThrow('an entry that no checkpoint covers yet');
    expect(() => query.proof(uuidOf('nobody'))).toThrow('expected the id of a recorded entry');
    expect(() => query.proof(ids[0] as string, 4)).toThrow('expected at most 3, the size of the latest');
    expect(() => query.proof(ids[2] as string, 1)).toThrow('expected a size from 3 on');
    expect(() => query.consistency(3, 2)).toThrow('from: 3; expected at most 2');
    expect(query.tile('0/000.p/3')).toHaveLength(96);
    for (const path of ['0/000', '0/000.p/4', '1/000', '0/0', 'x'])
      expect(() => query.tile(path)).toThrow('expected a tile of the latest checkpoint');
    await ledger.close();
  });
});

describe('at the start', () => {
  test('a store that is shorter than its ledger is refused', async () => {
    await log(300);
    const ledger = await open();
    await ledger.close();
    await store.close();
    for (const suffix of ['', '-anchor']) rmSync(folder.file(`events.db${suffix}`), { force: true });
    store = openSqliteStore(folder.file('events.db'), storePorts());
    await log(20);
    await expect(open()).rejects.toThrow('the store has 20 entries, and the ledger has seen 300');
  });

  test('a store with another entry at its end is refused', async () => {
    await log(5);
    const ledger = await open();
    await ledger.close();
    await store.close();
    for (const suffix of ['', '-anchor']) rmSync(folder.file(`events.db${suffix}`), { force: true });
    store = openSqliteStore(folder.file('events.db'), storePorts());
    await log(4);
    await log(2, 'another');
    await expect(open()).rejects.toThrow(RolledBack);
    expect(existsSync(folder.file('ledger.db'))).toBe(true);
  });

  test('tiles that are lost are built again from the log', async () => {
    await log(700);
    const ledger = await open();
    await ledger.sign();
    const before = queries(ledger).checkpoint();
    ledger.file.clearTree();
    await ledger.close();
    const again = await open();
    expect(again.file.state.size).toBe(700);
    expect(queries(again).checkpoint()).toBe(before);
    expect(queries(again).consistency(300).to).toBe(700);
    await again.close();
  });
});

test('a new key is handed over to by the one before, whose private part is gone', async () => {
  await log(1);
  const ledger = await open();
  await ledger.sign();
  const old = queries(ledger).checkpoint();
  const keys = rotated(vault(), `topout/${store.installation}`, world);
  await log(1, 'after');
  await ledger.sign();
  const [first, second] = keys.map(({ vkey }) => [readVerifierKey(vkey)]);
  expect(openCheckpoint(old, first ?? []).checkpoint.size).toBe(1);
  expect(openCheckpoint(queries(ledger).checkpoint(), second ?? []).checkpoint.size).toBe(2);
  expect(() => openCheckpoint(queries(ledger).checkpoint(), first ?? [])).toThrow();
  expect(ledger.file.keys()).toEqual(keys);
  expect(
    vault()
      .ledgerKeys('')
      .map(({ privateKey }) => privateKey !== undefined),
  ).toEqual([false, true]);
  await ledger.close();
});

test('an entry that waits for a minute is reported with the failure, until it is covered', async () => {
  const { after } = store.leaves;
  const ledger = await open();
  ledger.start();
  store.leaves.after = () => Promise.reject(new Error('the disk does not answer'));
  await log(1);
  await world.pass(500);
  world.nowMs += 58_000;
  expect(ledger.late()).toBeUndefined();
  world.nowMs += 2_000;
  expect(ledger.late()).toEqual({ lagSeconds: expect.any(Number), why: 'the disk does not answer' });
  store.leaves.after = after;
  await world.pass(2_000);
  expect([ledger.late(), ledger.standing().lagSeconds]).toEqual([undefined, 0]);
  await ledger.close();
});

describe('a witness', () => {
  const [one, two] = [witnessKey(1), witnessKey(2)];
  const cosigned = (note: string, ...keys: Signer[]) => {
    const signed = readCheckpoint(note);
    const lines = keys.map((key) => cosign(signed, key, world.nowMs / 1_000));
    return noteText({ ...signed.note, signatures: [...signed.note.signatures, ...lines] });
  };
  const open2 = async () => {
    const ledger = await open();
    await ledger.sign();
    return { ledger, query: new LedgerQuery(ledger.file, store.leaves, ring(), [one, two], world) };
  };

  test('cosigns the latest checkpoint, and one that another has followed by now', async () => {
    await log(5);
    const { ledger, query } = await open2();
    const first = query.checkpoint();
    expect(query.cosign(cosigned(first, one))).toMatchObject({ size: 5, witnesses: [{ at: world.now() }] });
    expect(cosignedBy(readCheckpoint(query.checkpoint()).note, one)).toBe('valid');
    await log(3, 'more');
    await ledger.sign();
    expect(readCheckpoint(query.checkpoint()).note.signatures).toHaveLength(1);
    query.cosign(cosigned(first, two));
    const lines = readCheckpoint(ledger.file.checkpointOf(5)?.note ?? '').note;
    expect([cosignedBy(lines, one), cosignedBy(lines, two)]).toEqual(['valid', 'valid']);
    await ledger.close();
  });

  test('is in the bundles of projects that its checkpoint covers, under a policy that needs it', async () => {
    await log(4);
    const { ledger, query } = await open2();
    query.cosign(cosigned(query.checkpoint(), one));
    await store.append('project-other', [sampleEvent(9, 'other')], 'any');
    await ledger.sign();
    const bundleOf = async (stream: string) => [...(await query.bundle(stream))].join('');
    const reportOn = (text: string) => {
      const reader = bundleReader();
      reader.take(Buffer.from(text));
      return reader.end();
    };
    const covered = await bundleOf('project-site-0');
    expect(covered).toContain('quorum witnesses');
    expect(reportOn(covered)).toMatchObject({
      verdict: 'ok',
      log: { size: 4 },
      witnesses: [{ name: 'witness-1' }],
    });
    expect(reportOn(covered.replace(/^— witness-1\S+ .*\n/m, '')).verdict).not.toBe('ok');
    // What is newer than the cosignature is not left out for its sake.
    expect(reportOn(await bundleOf('project-other'))).toMatchObject({
      verdict: 'ok',
      log: { size: 5 },
      witnesses: [],
    });
    await ledger.close();
  });

  test('is refused for another tree, a wrong signature and a time that is not there yet', async () => {
    await log(3);
    const { ledger, query } = await open2();
    const note = query.checkpoint();
    const other = signedCheckpoint(
      { ...readCheckpoint(note).checkpoint, size: 2 },
      ring().signer(readCheckpoint(note).checkpoint.origin),
    );
    const later = noteText({
      ...readCheckpoint(note).note,
      signatures: [
        ...readCheckpoint(note).note.signatures,
        cosign(readCheckpoint(note), one, world.nowMs / 1_000 + 3_600),
      ],
    });
    for (const refused of [cosigned(other, one), later])
      expect(() => query.cosign(refused)).toThrow(expect.objectContaining({ reason: 'checkpoint-invalid' }));
    const forged = cosigned(note, one).replace(/(?<=^— witness-1\S+ \S{40})./m, (sign) =>
      sign === 'A' ? 'B' : 'A',
    );
    expect(() => query.cosign(forged)).toThrow(expect.objectContaining({ reason: 'checkpoint-invalid' }));
    expect(() => query.cosign(cosigned(note, witnessKey(3)))).toThrow(
      expect.objectContaining({ reason: 'witness-unknown' }),
    );
    await ledger.close();
  });

  test('leaves one checkpoint of each hour', async () => {
    await log(1);
    const { ledger, query } = await open2();
    for (let round = 0; round < 5; round += 1) {
      query.cosign(cosigned(query.checkpoint(), one));
      await log(1, `round ${round}`);
      await ledger.sign();
    }
    expect(ledger.file.kept().map(({ size }) => size)).toEqual([5, 6]);
    await ledger.close();
  });
});
