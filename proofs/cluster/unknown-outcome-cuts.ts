import { setTimeout as pause } from 'node:timers/promises';
import type { ClusterStore } from '../../src/event-store/eventstoredb/eventstoredb.js';
import type { Verdict } from '../../test/stand-in/node.js';
import type { StandIn } from '../../test/stand-in/stand-in.js';
import type { Dice } from '../../test/support/dice.js';
import type { TcpProxy } from '../../test/support/tcp-proxy.js';

/** Where a cut is made. */
export interface Place {
  server: StandIn;
  proxy: TcpProxy;
  /** The factor of the store's timers. */
  timeScale: number;
  dice: Dice;
}

/** The store in three processes. */
export interface Replicas {
  /** Behind the failing network. */
  near: ClusterStore;
  other: ClusterStore;
  /** Of another writer; a cut that waits for it must not wait for itself. */
  foreign: ClusterStore;
}

/** Concurrent actions through another replica. */
export interface Besides {
  /** Another writer appends to the stream; resolves when that is stored. */
  foreign(): Promise<void>;
  /** Somebody sends the same ids there, without waiting. */
  twin(): void;
}

/** The disturbance of one append. */
export interface Cut {
  begin?(): void;
  before?(): Promise<Verdict> | Verdict;
  after?(): Promise<Verdict> | Verdict;
  /** Resolves when everything it started has ended. */
  settled?(): Promise<void>;
}

/** Time limits of an attempt and an append in the store, in milliseconds without the factor. */
const tryMs = 2_000;
const appendMs = 5_000;

/** One of the ways in which an append can lose its answer. */
export function cutOf({ server, proxy, timeScale, dice }: Place, { foreign, twin }: Besides): Cut {
  const past = (ms: number) => pause((ms * dice.int(60, 150)) / 100 / timeScale);
  const disturb = async (mode: 'freeze' | 'black-hole') => {
    await proxy.setMode(mode);
    await past(appendMs);
    await proxy.setMode('pass');
  };
  const restart = async () => {
    await server.kill();
    await pause(dice.int(0, 100));
    await server.start();
  };
  let going: Promise<unknown> = Promise.resolve();
  const settled = async () => void (await going);
  const begun = (work: Promise<unknown>, verdict: Verdict = 'pass') => {
    going = work;
    return verdict;
  };
  const kinds: [weight: number, cut: Cut][] = [
    [10, { before: () => 'cut' }],
    [10, { after: () => 'cut' }],
    [6, { before: () => 'timeout' }],
    [6, { after: () => 'timeout' }],
    [4, { before: () => 'not-ready' }],
    [5, { before: () => 'hang' }],
    [5, { after: () => 'hang' }],
    // Committed after the client has given up.
    [5, { before: () => past(tryMs).then(() => 'pass') }],
    [5, { after: () => past(tryMs).then(() => 'pass') }],
    // Committed after its connection is closed.
    [8, { before: () => past(tryMs / 10).then(() => 'pass'), begin: () => void begun(cutSoon()), settled }],
    [10, { begin: () => proxy.cutAfter('to-server', dice.int(1, 900)) }],
    [10, { begin: () => proxy.cutAfter('to-client', dice.int(1, 300)) }],
    [4, { before: () => begun(disturb('freeze')), settled }],
    [4, { after: () => begun(disturb('black-hole')), settled }],
    [4, { begin: () => void begun(disturb(dice.pick(['freeze', 'black-hole']))), settled }],
    [8, { before: () => foreign().then(() => 'cut') }],
    [8, { after: () => foreign().then(() => 'cut') }],
    [4, { before: () => foreign().then(() => 'hang') }],
    [6, { begin: twin, before: () => past(tryMs / 20).then(() => 'pass') }],
    [6, { begin: twin, after: () => 'cut' }],
    [4, { begin: () => void begun(pause(dice.int(0, 10)).then(restart)), settled }],
    [4, { after: () => begun(restart(), 'hang'), settled }],
  ];
  async function cutSoon(): Promise<void> {
    await pause(dice.int(1, 15));
    proxy.cut();
  }
  let number = dice.int(
    1,
    kinds.reduce((sum, [weight]) => sum + weight, 0),
  );
  for (const [weight, cut] of kinds) {
    number -= weight;
    if (number <= 0) return cut;
  }
  return {};
}
