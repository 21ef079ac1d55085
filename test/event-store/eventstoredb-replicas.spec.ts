import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EventIdReused } from '../../src/event-store/errors.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { type ClusterStore, openEventStoreDb } from '../../src/event-store/eventstoredb/eventstoredb.js';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import { clusterPorts, newPrefix, openCluster, untilState } from '../support/event-store-cluster.js';
import { eventsOf } from '../support/event-store-ports.js';
import { measured } from '../support/event-store-samples.js';

const stream = 'project-east';
let server: StandIn;
let east: ClusterStore;
let west: ClusterStore;

beforeEach(async () => {
  server = await startStandIn();
  const prefix = newPrefix();
  east = openCluster(server.url, prefix);
  west = openCluster(server.url, prefix);
  await Promise.all([untilState(east, ['up']), untilState(west, ['up'])]);
});
afterEach(async () => {
  await Promise.all([east.close(), west.close()]);
  await server.kill();
});

/** Lets `west` store an event while the one of `east` with the same id is in flight. */
async function overtaken(mine: NewEvent, theirs: NewEvent) {
  const meanwhile = Promise.withResolvers<unknown>();
  server.faults.beforeCommit = async (): Promise<'pass'> => {
    server.faults.beforeCommit = undefined;
    meanwhile.resolve(await west.append(stream, [theirs], 'any'));
    return 'pass';
  };
  const answer = await east.append(stream, [mine], 'any').catch((error: Error) => error);
  return { answer, theirs: await meanwhile.promise };
}

test.each([
  ['stands alone', 0],
  ['follows others', 3],
])('an entry sent to two replicas simultaneously, which %s, gets equal answers', async (_, before) => {
  for (let i = 0; i < before; i += 1) await east.append(stream, [measured(i, `before ${i}`)], 'any');
  const { answer, theirs } = await overtaken(measured(7, 'twice'), measured(7, 'twice'));
  expect(answer).toEqual({ ...(theirs as object), isReplay: true });
  await east.append(stream, [measured(8, 'after')], 'any');
  expect(await eventsOf(west.readStream(stream))).toHaveLength(before + 2);
});

test('an id that another replica has just used for other content is refused, and the stream stays intact', async () => {
  await east.append(stream, [measured(1, 'before')], 'any');
  const { answer } = await overtaken(measured(7, 'twice'), measured(9, 'twice'));
  expect(answer).toBeInstanceOf(EventIdReused);
  await east.append(stream, [measured(8, 'after')], 'any');
  const stored = await eventsOf(west.readStream(stream));
  expect(stored.map(({ data }) => data)).toEqual([1, 9, 8].map((n) => measured(n, '').data));
});

test('a replica restarted under an earlier clock records nothing earlier than before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'topout-clock-'));
  const place = { url: server.url, prefix: newPrefix(), indexPath: join(folder, 'index.db') };
  const at = (now: string) => openEventStoreDb(place, { ...clusterPorts, now: () => now });
  const before = at('2026-11-30T12:00:00.000Z');
  await untilState(before, ['up']);
  await before.append(stream, [measured(1, 'before')], 'any');
  await eventsOf(before.readAll());
  await before.close();
  const after = at('2026-11-30T10:00:00.000Z');
  await untilState(after, ['up']);
  const { events } = await after.append('project-west', [measured(2, 'after')], 'any');
  await after.close();
  rmSync(folder, { recursive: true });
  expect(events.map(({ recordedAt }) => recordedAt)).toEqual(['2026-11-30T12:00:00.000Z']);
});
