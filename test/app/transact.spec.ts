import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { streamOf } from '../../domain/project/events.js';
import { type Answer, transact, type Writing } from '../../src/app/commands/transact.js';
import { world } from '../../src/composition/world.js';
import { EventIdReused, type RevisionConflict } from '../../src/event-store/errors.js';
import type { EventStore, NewEvent } from '../../src/event-store/event-store.js';
import { uuidOf } from '../support/dice.js';
import { eventsOf, openMemoryStore } from '../support/event-store-ports.js';
import { seenOn } from '../support/given.js';

const stream = streamOf('huaao');
const by = 'inspector-7';
const stage = (id: string, stage: 'started' | 'built'): NewEvent => ({
  type: 'StageEntered',
  data: { stage },
  entry: seenOn('2018-07-10'),
  id: uuidOf(id),
  by,
});

let store: EventStore;
beforeEach(() => {
  store = openMemoryStore();
});
afterEach(() => store.close());

/** Writes an event, unless its id is known; `before` is done after the first load, as by another writer. */
function writing(
  event: NewEvent,
  before: () => Promise<unknown>,
  conflicts: (RevisionConflict | undefined)[] = [],
) {
  let isFirst = true;
  return {
    stream,
    load: async (conflict?: RevisionConflict) => {
      conflicts.push(conflict);
      const events = await eventsOf(store.readStream(stream));
      if (isFirst) await before();
      isFirst = false;
      return { events, revision: events.length - 1 };
    },
    decide: ({ events }): Answer<string> => {
      const known = events.find(({ id }) => id === event.id);
      return known ? { alreadySaid: known.id } : { append: [event] };
    },
  } satisfies Writing<{ events: { id: string }[]; revision: number }, string>;
}

test('who finds the stream longer than it was decides again on all of it', async () => {
  const conflicts: (RevisionConflict | undefined)[] = [];
  const other = () => store.append(stream, [stage('theirs', 'started')], 'no-stream');
  const written = await transact({ store, world }, writing(stage('mine', 'built'), other, conflicts));
  expect(written).toMatchObject({ loaded: { revision: 0 }, appended: { isReplay: false } });
  expect(conflicts.map((conflict) => conflict?.current)).toEqual([undefined, 0]);
});

test('a request that another replica recorded meanwhile with other content is found, and recorded once', async () => {
  const other = () => store.append(stream, [stage('request', 'started')], 'no-stream');
  const written = await transact({ store, world }, writing(stage('request', 'built'), other));
  expect(written).toMatchObject({ alreadySaid: uuidOf('request') });
  expect(await eventsOf(store.readStream(stream))).toHaveLength(1);
});

test('an id that another stream has is refused after one more load', async () => {
  const conflicts: (RevisionConflict | undefined)[] = [];
  const other = () => store.append(streamOf('tengjun'), [stage('request', 'started')], 'no-stream');
  const refused = transact({ store, world }, writing(stage('request', 'built'), other, conflicts));
  await expect(refused).rejects.toThrow(EventIdReused);
  expect(conflicts).toHaveLength(2);
});
