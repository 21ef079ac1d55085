import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { leadershipStream } from '../../../domain/leadership/events.js';
import { alwaysLeader } from '../../../src/app/alerts/leadership.js';
import { Lease } from '../../../src/app/alerts/lease.js';
import { StoreUnavailable } from '../../../src/event-store/errors.js';
import type { EventStore } from '../../../src/event-store/event-store.js';
import { openSqliteStore } from '../../../src/event-store/sqlite/sqlite.js';
import { eventsOf } from '../../support/event-store-ports.js';
import { InjectedClock } from '../../support/injected-clock.js';

const second = 1_000;
const hour = 3_600 * second;

let clock: InjectedClock;
let store: EventStore;

beforeEach(() => {
  clock = new InjectedClock('2018-07-10T01:00:00.000Z');
  store = openSqliteStore(':memory:', { ...clock.world(), nextTurn: (call) => setImmediate(call) });
});
afterEach(() => store.close());

/** A replica with a power switch: without power its timers do not fire and its writes are lost. */
async function replica(name: string, aheadMs = 0) {
  const power: { isOn: boolean; isCut: boolean; unfit?: string } = { isOn: true, isCut: false };
  const its = clock.world(aheadMs);
  const lease = await Lease.start({
    replica: name,
    fitness: { look: async () => undefined, whyNot: () => power.unfit },
    world: { ...its, after: (ms, call) => its.after(ms, () => power.isOn && call()) },
    store: {
      ...store,
      append: (...write) =>
        power.isCut ? Promise.reject(new StoreUnavailable('the line is cut')) : store.append(...write),
    },
  });
  return { name, lease, power };
}

type Replica = Awaited<ReturnType<typeof replica>>;

const holders = (...replicas: Replica[]) =>
  replicas.filter(({ lease, power }) => power.isOn && lease.isLeader()).map(({ name }) => name);

/** Advances time second by second and returns the holder of the lease in each, as `a` or as a change `a -b`. */
async function watched(seconds: number, ...replicas: Replica[]): Promise<string[]> {
  const seen: string[] = [];
  for (let at = 0; at < seconds; at++) {
    await clock.pass(second);
    const now = holders(...replicas).join('+') || 'nobody';
    if (seen.at(-1) !== now) seen.push(now);
  }
  return seen;
}

test('the only replica of an installation is always the leader', () => {
  expect(alwaysLeader.isLeader()).toBe(true);
});

describe('two replicas', () => {
  test('a replica that is not eligible never becomes the leader, and reports the leader and the reason', async () => {
    const a = await replica('a');
    const b = await replica('b');
    b.power.unfit = 'its keys open nothing';
    await clock.pass(20 * second);
    const told = { leader: 'a', since: '2018-07-10T01:00:00.000Z', takeoverSeconds: 22 };
    expect(a.lease.standing()).toEqual({ ...told, isHere: true });
    expect(b.lease.standing()).toEqual({ ...told, isHere: false, whyNot: 'its keys open nothing' });
    a.power.isOn = false;
    expect(await watched(120, a, b)).toEqual(['nobody']);
    expect(b.lease.standing()).toEqual({
      isHere: false,
      whyNot: 'its keys open nothing',
      takeoverSeconds: 22,
    });
    b.power.unfit = undefined;
    expect(await watched(10, a, b)).toEqual(['nobody', 'b']);
  });

  test('a leader that becomes ineligible stops immediately, and the other takes over', async () => {
    const [a, b] = [await replica('a'), await replica('b')];
    await clock.pass(20 * second);
    a.power.unfit = 'its keys open nothing';
    expect(holders(a, b)).toEqual([]);
    expect(await watched(12, a, b)).toEqual(['nobody', 'b']);
    expect(a.lease.standing()).toMatchObject({ leader: 'b', isHere: false });
  });

  test('a replica that starts ineligible sees who is the leader', async () => {
    const a = await replica('a');
    await clock.pass(62 * second);
    const late = await Lease.start({
      replica: 'late',
      world: clock.world(),
      store,
      fitness: { look: async () => undefined, whyNot: () => 'its keys open nothing' },
    });
    expect(late.standing()).toMatchObject({ leader: 'a', since: '2018-07-10T01:00:00.000Z' });
    await late.close();
    expect(holders(a)).toEqual(['a']);
  });

  test.each([
    ['with the same clock', 0],
    ['of which the second is 5 s ahead', 5 * second],
    ['of which the second is 5 s behind', -5 * second],
    ['of which the second is a year ahead', 365 * 24 * hour],
  ])('%s never act at the same time, and the first continues', async (_, aheadMs) => {
    const [a, b] = [await replica('a'), await replica('b', aheadMs)];
    expect(await watched(120, a, b)).toEqual(['a']);
  });

  test.each([0, 5 * second, -5 * second])(
    'the second takes over within 30 s after the first is gone, with its clock off by %i ms',
    async (aheadMs) => {
      const [a, b] = [await replica('a'), await replica('b', aheadMs)];
      await clock.pass(62 * second);
      a.power.isOn = false;
      expect(await watched(30, a, b)).toEqual(['nobody', 'b']);
      expect(await watched(60, a, b)).toEqual(['b']);
    },
  );

  test('a leader that cannot renew stops before the other begins, and is second when it is back', async () => {
    const [a, b] = [await replica('a'), await replica('b')];
    await clock.pass(20 * second);
    a.power.isCut = true;
    expect(await watched(40, a, b)).toEqual(['a', 'nobody', 'b']);
    a.power.isCut = false;
    expect(await watched(60, a, b)).toEqual(['b']);
  });

  test('leadership passes on when a replica is closed', async () => {
    const [a, b] = [await replica('a'), await replica('b')];
    await clock.pass(20 * second);
    await a.lease.close();
    expect(holders(a, b)).toEqual([]);
    expect(await watched(6, a, b)).toEqual(['nobody', 'b']);
    const last = (await eventsOf(store.readStream(leadershipStream))).at(-1);
    expect(last?.data).toMatchObject({ replica: 'b' });
  });

  test('a machine that was suspended does not continue as the leader', async () => {
    const [a, b] = [await replica('a'), await replica('b')];
    await clock.pass(10 * second);
    a.power.isOn = false;
    await watched(40, a, b);
    a.power.isOn = true;
    expect(holders(a, b)).toEqual(['b']);
  });

  test.each([-hour, 24 * hour])('a clock set by %i ms does not create a second leader', async (ms) => {
    const [a, b] = [await replica('a'), await replica('b')];
    await clock.pass(12 * second);
    clock.jump(ms);
    const seen = await watched(60, a, b);
    expect(seen.filter((name) => name !== 'nobody')).toEqual(['a']);
  });
});

test('of many candidates exactly one is the leader, and each change is reported once', async () => {
  const replicas = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => replica(name)));
  const calls: string[] = [];
  for (const { name, lease } of replicas) lease.elected$.subscribe(() => calls.push(name));
  for (let left = replicas.length; left > 0; left--) {
    await clock.pass(31 * second);
    const [holder, ...more] = holders(...replicas);
    expect(more).toEqual([]);
    const gone = replicas.find(({ name }) => name === holder);
    if (!gone) throw new Error('expected a holder');
    gone.power.isOn = false;
  }
  expect(new Set(calls).size).toBe(4);
  expect(calls.length).toBe(4);
});

test('a store that is unreachable at first is retried until it answers', async () => {
  const power = { isCut: true };
  const lease = await Lease.start({
    replica: 'a',
    world: clock.world(),
    store: {
      ...store,
      append: (...write) =>
        power.isCut ? Promise.reject(new StoreUnavailable('not yet')) : store.append(...write),
    },
  });
  expect(lease.isLeader()).toBe(false);
  power.isCut = false;
  await clock.pass(6 * second);
  expect(lease.isLeader()).toBe(true);
  await lease.close();
});
