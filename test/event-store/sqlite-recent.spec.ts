import { afterAll, expect, test } from '@jest/globals';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { type Added, Recent } from '../../src/event-store/sqlite/recent.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { diceOf, uuidOf } from '../support/dice.js';
import { eventsOf, openMemoryStore, storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { measured } from '../support/event-store-samples.js';
import { randomHistory } from '../support/histories.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Everything that a follower is handed from a position on, up to a head. */
async function followed(store: SqliteStore, after: number, upTo: number): Promise<AnyRecordedEvent[]> {
  const events: AnyRecordedEvent[] = [];
  const done = Promise.withResolvers<void>();
  const subscription = store.events$(after).subscribe((page) => {
    events.push(...page);
    if (page.length === 0 || (events.at(-1)?.position ?? 0) >= upTo) done.resolve();
  });
  await done.promise;
  subscription.unsubscribe();
  return events;
}

test('what a follower is handed has the same bytes as what is read from the file, in the same order', async () => {
  const store = openSqliteStore(folder.file('handed.db'), storePorts());
  const handed: AnyRecordedEvent[] = [];
  store.events$(0).subscribe((page) => void handed.push(...page));
  const dice = diceOf(4);
  for (const seed of [1, 2, 3, 4]) {
    const { project, events } = randomHistory(seed, { entries: 120 });
    for (let from = 0; from < events.length; ) {
      const some = events.slice(from, from + dice.int(1, 9)).map(({ id, by, type, data, entry }) => {
        // Members in another order than that in which they are stored.
        const turned = Object.fromEntries(Object.entries(data).reverse());
        return { id, by, type, data: turned, entry } as never;
      });
      await store.append(`project-${project}`, some, 'any');
      from += some.length;
    }
  }
  const head = await store.head();
  while (handed.length < head) await new Promise((resolve) => setImmediate(resolve));
  const read = await eventsOf(store.readAll());
  expect(JSON.stringify(handed)).toBe(JSON.stringify(read));
  for (const after of [0, 1, 77, head - 1, head])
    expect(JSON.stringify(await followed(store, after, head))).toBe(JSON.stringify(read.slice(after)));
  await store.close();
});

test('events of a refused request are not handed over', async () => {
  const store = openMemoryStore();
  const handed: string[] = [];
  store.events$(0).subscribe((page) => void handed.push(...page.map(({ id }) => id)));
  const [first, second, third] = [measured(1, 'a'), measured(2, 'b'), measured(3, 'c')] as const;
  await store.append('project-east', [first], 'no-stream');
  const refused = store.append('project-east', [second, { ...third, id: first.id }], 'any');
  await expect(Promise.all([refused, store.append('project-east', [third], 'any')])).rejects.toThrow();
  while (handed.length < 2) await new Promise((resolve) => setImmediate(resolve));
  expect(handed).toEqual([first.id, third.id]);
  await store.close();
});

test('a follower who is too far behind reads the file', () => {
  const recent = new Recent(undefined, { events: 10, units: 100_000 });
  const added = (position: number): Added => ({
    position,
    content: '{"entryMetadata":{"asOf":"2018-07-01"},"item":"hall"}',
    envelope: {
      id: uuidOf(`${position}`),
      stream: 'project-east',
      rev: position,
      type: 'MilestoneReached',
      schema: 1,
      at: '2018-07-10T01:02:03.004Z',
      by: 'inspector-7',
      prev: '',
    },
  });
  expect(recent.pageAfter(0)).toBeUndefined();
  for (let position = 1; position <= 12; position += 1) recent.add([added(position)]);
  const positions = (after: number) => recent.pageAfter(after)?.map(({ position }) => position);
  expect(positions(0)).toBeUndefined();
  expect(positions(12)).toEqual([]);
  expect(positions(9)).toEqual([10, 11, 12]);
  const short = new Recent(undefined, { events: 10, units: 60 });
  short.add([added(1), added(2), added(3)]);
  expect(short.pageAfter(0)).toBeUndefined();
});
