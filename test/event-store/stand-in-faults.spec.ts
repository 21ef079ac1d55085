import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { credentials } from '@grpc/grpc-js';
import { afterEach, expect, jest, test } from '@jest/globals';
import { startStandInCluster } from '../stand-in/cluster.js';
import { type StandIn, type StandInOptions, startStandIn } from '../stand-in/stand-in.js';
import { selfSigned } from '../support/certificate.js';
import type { BareLine } from '../support/event-store-bare-answers.js';
import { type BareCalls, bareCalls } from '../support/event-store-bare-calls.js';
import { bareEvent } from '../support/event-store-bare-requests.js';

jest.setTimeout(30_000);

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function started(options?: StandInOptions): Promise<StandIn> {
  const standIn = await startStandIn(options);
  ends.push(() => standIn.kill());
  return standIn;
}

function calling(
  { host, port }: Pick<StandIn, 'host' | 'port'>,
  ...more: [headers?: Record<string, string>, security?: ReturnType<typeof credentials.createSsl>]
): BareCalls {
  const calls = bareCalls(`${host}:${port}`, ...more);
  ends.push(() => calls.close());
  return calls;
}

const leaderOnly = { 'requires-leader': 'true' };
const basic = (user: string) => ({
  ...leaderOnly,
  authorization: `Basic ${Buffer.from(user).toString('base64')}`,
});
const within = async (ms: number, answer: Promise<unknown>) => Promise.race([answer, pause(ms, 'no answer')]);
const both = ['append', 'batchAppend'] as const;

test.each(both)('%s: an append can be left unanswered before and after the commit', async (by) => {
  const standIn = await started();
  const calls = calling(standIn);
  standIn.faults.beforeCommit = ({ stream }) => (stream === 'a' ? 'hang' : 'pass');
  standIn.faults.afterCommit = ({ stream }) => (stream === 'b' ? 'hang' : 'pass');
  const answers = ['a', 'b'].map((stream) => calls[by](stream, 'any', [bareEvent()]));
  while (standIn.counters.appends < 2) await pause(5);
  expect(await within(100, Promise.race(answers))).toBe('no answer');
  expect([standIn.log.lastRevision('a'), standIn.log.lastRevision('b')]).toEqual([-1, 0]);
});

test.each(both)('%s: the connection can be cut before and after the commit', async (by) => {
  const standIn = await started();
  const calls = calling(standIn);
  standIn.faults.beforeCommit = ({ stream }) => (stream === 'a' ? 'cut' : 'pass');
  standIn.faults.afterCommit = ({ stream }) => (stream === 'b' ? 'cut' : 'pass');
  expect(await calls[by]('a', 'any', [bareEvent()])).toMatchObject({ refused: 'UNAVAILABLE' });
  expect(await calls[by]('b', 'any', [bareEvent()])).toMatchObject({ refused: 'UNAVAILABLE' });
  expect([standIn.log.lastRevision('a'), standIn.log.lastRevision('b')]).toEqual([-1, 0]);
  expect(await calls[by]('c', 'any', [bareEvent()])).toMatchObject({ stored: 0 });
});

test('a cut does not affect the connections of others', async () => {
  const standIn = await started();
  const mine = calling(standIn);
  const others = calling(standIn);
  let lines: readonly BareLine[] = [];
  const following = others.follow({ from: 'end' }, (all) => {
    lines = all;
    return all.length === 3;
  });
  while (lines.length < 2) await pause(5);
  standIn.faults.afterCommit = () => 'cut';
  await mine.append('a', 'any', [bareEvent()]);
  expect(await following).toMatchObject([{}, {}, { event: expect.stringContaining('a@0') }]);
});

test('a full disk and a lost leader answer as a server does', async () => {
  const standIn = await started();
  const calls = calling(standIn);
  standIn.faults.isDiskFull = true;
  expect(await calls.batchAppend('a', 'any', [bareEvent()])).toEqual({
    failed: '4 event_store.client.Timeout',
    message: 'Timeout',
  });
  expect(await calls.append('a', 'any', [bareEvent()])).toMatchObject({ refused: 'ABORTED' });
  standIn.faults.isDiskFull = false;
  standIn.faults.beforeCommit = () => 'not-ready';
  expect(await calls.batchAppend('a', 'any', [bareEvent()])).toMatchObject({
    message: 'Server Is Not Ready',
  });
  expect(await calls.append('a', 'any', [bareEvent()])).toEqual({
    refused: 'UNAVAILABLE',
    details: 'Server Is Not Ready',
  });
  expect(standIn.log.lastRevision('a')).toBe(-1);
});

test('stored events survive a stop, a kill and a freeze on the same port', async () => {
  const standIn = await started();
  const { port } = standIn;
  await calling(standIn).append('a', 'any', [bareEvent()]);
  await standIn.stop();
  expect(await calling(standIn).read({ stream: 'a' })).toMatchObject([{ refused: 'UNAVAILABLE' }]);
  await standIn.start();
  expect(await calling(standIn).read({ stream: 'a' })).toMatchObject([{ event: expect.any(String) }]);
  let lines: readonly BareLine[] = [];
  const following = calling(standIn).follow({ from: 'end' }, (all) => {
    lines = all;
    return false;
  });
  while (lines.length < 2) await pause(5);
  expect(standIn.counters).toMatchObject({ subscriptionsOpen: 1, subscriptionsStarted: 1 });
  await standIn.kill();
  expect((await following).at(-1)).toMatchObject({ refused: 'UNAVAILABLE' });
  await standIn.start();
  expect(standIn.port).toBe(port);
  const calls = calling(standIn);
  expect(await calls.read({ stream: 'a' })).toMatchObject([{ event: expect.any(String) }]);
  await standIn.freeze();
  const late = calls.read({ stream: 'a', count: 7 });
  expect(await within(100, late)).toBe('no answer');
  await standIn.thaw();
  expect(await late).toHaveLength(1);
  expect(standIn.counters.largestCount).toBe(100);
});

test('a silent subscription delivers nothing and does not end, until it resumes', async () => {
  const standIn = await started();
  const calls = calling(standIn);
  let lines: readonly BareLine[] = [];
  const following = calls.follow({ from: 'end' }, (all) => {
    lines = all;
    return all.length === 3;
  });
  while (lines.length < 2) await pause(5);
  standIn.faults.isSilent = true;
  await calls.append('a', 'any', [bareEvent()]);
  expect(await within(100, following)).toBe('no answer');
  expect(lines).toHaveLength(2);
  standIn.faults.isSilent = false;
  expect(await following).toHaveLength(3);
});

const many = 300;
/** Appends many events of 2 kB while a subscriber is blocked. */
async function overrun(kind: 'old' | 'new'): Promise<BareLine[]> {
  const standIn = await started({ kind });
  const calls = calling(standIn);
  let lines: readonly BareLine[] = [];
  const following = calls.follow({ from: 'end', prefix: ['a'] }, (all) => {
    lines = all;
    const caughtUp = all.filter((line) => 'says' in line && line.says === 'caught-up').length;
    return caughtUp > 1 && all.filter((line) => 'event' in line).length === many;
  });
  while (lines.length < 2) await pause(5);
  standIn.faults.isSilent = true;
  for (let at = 0; at < many; at += 100) {
    await calls.batchAppend(
      'a',
      'any',
      Array.from({ length: 100 }, () => bareEvent(JSON.stringify('x'.repeat(2_000)))),
    );
  }
  standIn.faults.isSilent = false;
  return following;
}

test('a new server catches up with a slow subscriber and reports it again', async () => {
  const lines = await overrun('new');
  const revisions = lines.flatMap((line) => ('event' in line ? [Number(line.event.split(/[@ ]/)[1])] : []));
  expect(revisions).toEqual(Array.from({ length: many }, (_, revision) => revision));
});

test('an old server drops a slow subscriber', async () => {
  const lines = await overrun('old');
  expect(lines.length).toBeLessThan(many);
  expect(lines.at(-1)).toEqual({
    refused: 'ABORTED',
    details:
      'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
  });
});

test('a client without credentials is denied, and one with wrong ones is refused', async () => {
  const standIn = await started({ users: { admin: 'changeit' } });
  const nobody = calling(standIn, leaderOnly);
  expect(await nobody.batchAppend('a', 'any', [bareEvent()])).toEqual({
    failed: '7 event_store.client.AccessDenied',
    message: 'AccessDenied',
  });
  const denied = { refused: 'PERMISSION_DENIED', details: 'Access Denied', exception: 'access-denied' };
  expect(await nobody.append('a', 'any', [bareEvent()])).toEqual(denied);
  expect(await nobody.read({ stream: 'a' })).toEqual([denied]);
  const stranger = calling(standIn, basic('admin:nope'));
  const refused = { refused: 'UNAUTHENTICATED', details: 'Unauthenticated' };
  expect(await stranger.batchAppend('a', 'any', [bareEvent()])).toEqual(refused);
  expect(await stranger.read({ from: 'end' })).toEqual([refused]);
  const admin = calling(standIn, basic('admin:changeit'));
  expect(await admin.batchAppend('a', 'any', [bareEvent()])).toMatchObject({ stored: 0 });
});

test('it speaks TLS with a certificate', async () => {
  const certified = selfSigned(['localhost']);
  const standIn = await started({ certified });
  const secure = bareCalls(
    `localhost:${standIn.port}`,
    leaderOnly,
    credentials.createSsl(Buffer.from(certified.cert)),
  );
  ends.push(() => secure.close());
  expect(await secure.append('a', 'any', [bareEvent()])).toMatchObject({ stored: 0 });
  expect(await calling(standIn).append('a', 'any', [bareEvent()])).toMatchObject({ refused: 'UNAVAILABLE' });
});

test('a cluster has one leader, and elects another when that one dies', async () => {
  const cluster = await startStandInCluster(3);
  ends.push(() => cluster.stop());
  cluster.electionMs = 1_500;
  const [first, second, third] = cluster.nodes as [StandIn, StandIn, StandIn];
  const stream = randomUUID();
  expect(await calling(first).append(stream, 'any', [bareEvent()])).toMatchObject({ stored: 0 });
  for (const by of both) {
    expect(await calling(second)[by](stream, 'any', [bareEvent()])).toEqual({
      refused: 'NOT_FOUND',
      details: 'Leader info available',
      exception: 'not-leader',
    });
  }
  expect(await calling(second, {}).batchAppend(stream, 'any', [bareEvent()])).toMatchObject({ stored: 1 });
  expect(await calling(third, {}).read({ stream })).toHaveLength(2);
  const elected = cluster.leaderDies();
  await pause(50);
  expect(await calling(third).append(stream, 'any', [bareEvent()])).toEqual({
    refused: 'UNAVAILABLE',
    details: 'Server Is Not Ready',
  });
  expect(await calling(third).batchAppend(stream, 'any', [bareEvent()])).toMatchObject({
    message: 'Server Is Not Ready',
  });
  expect(await elected).toBe(second);
  expect(await calling(second).append(stream, 'any', [bareEvent()])).toMatchObject({ stored: 2 });
  await first.start();
  expect(await calling(first).append(stream, 'any', [bareEvent()])).toMatchObject({
    exception: 'not-leader',
  });
  expect(await calling(first, {}).read({ stream })).toHaveLength(3);
});
