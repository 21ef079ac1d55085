import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EventIdReused } from '../../src/event-store/errors.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import type { ClusterStore } from '../../src/event-store/eventstoredb.js';
import { newPrefix, openCluster, untilState } from '../support/event-store-cluster.js';
import { eventsOf } from '../support/event-store-ports.js';
import { measured } from '../support/event-store-samples.js';
import { type StandIn, startStandIn } from '../support/event-store-stand-in.js';

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

/** Lets `west` store an event while the one of `east` with the same id is on its way. */
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
])('an entry sent to two replicas at once, which %s, is answered alike by both', async (_, before) => {
  for (let i = 0; i < before; i += 1) await east.append(stream, [measured(i, `before ${i}`)], 'any');
  const { answer, theirs } = await overtaken(measured(7, 'twice'), measured(7, 'twice'));
  expect(answer).toEqual({ ...(theirs as object), isReplay: true });
  await east.append(stream, [measured(8, 'after')], 'any');
  expect(await eventsOf(west.readStream(stream))).toHaveLength(before + 2);
});

test('an id that another replica has just given to other words is refused, and the stream stays whole', async () => {
  await east.append(stream, [measured(1, 'before')], 'any');
  const { answer } = await overtaken(measured(7, 'twice'), measured(9, 'twice'));
  expect(answer).toBeInstanceOf(EventIdReused);
  await east.append(stream, [measured(8, 'after')], 'any');
  const stored = await eventsOf(west.readStream(stream));
  expect(stored.map(({ data }) => data)).toEqual([1, 9, 8].map((n) => measured(n, '').data));
});
