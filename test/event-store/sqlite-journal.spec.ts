import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { StoreJournal } from '../../src/event-store/event-store.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { diceOf } from '../support/dice.js';
import { storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { measured } from '../support/event-store-samples.js';

const folder = temporaryFolder();
const streams = ['alerts-east', 'project-east', 'project-north', 'project-west', 'rules'];
const all: AnyRecordedEvent[] = [];
let store: SqliteStore;
let journal: StoreJournal;

beforeAll(async () => {
  store = openSqliteStore(folder.file('many.db'), storePorts());
  journal = store.journal as StoreJournal;
  const dice = diceOf(6);
  for (let said = 0; said < 12_000; said += 100) {
    const stream = streams[said < 11_000 ? dice.int(0, 4) : dice.int(0, 2)] as string;
    const events = Array.from({ length: 100 }, (_, index) => measured(said + index, `${said} ${index}`));
    await store.append(stream, events, 'any');
  }
  for await (const page of store.readAll()) all.push(...page);
});

afterAll(async () => {
  await store.close();
  folder.remove();
});

test.each([0, 1, 1_999, 2_001, 10_950, 11_500, 11_999, 12_000, 20_000])(
  'the streams with events after position %i are equal however much lies behind it',
  (position) => {
    const last = new Map<string, { stream: string; revision: number; position: number }>();
    for (const { stream, revision, position: at } of all)
      if (stream.startsWith('project-') && at > position)
        last.set(stream, { stream, revision, position: at });
    const expected = [...last.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1));
    expect(journal.movedAfter('project-', position, '', 100_000)).toEqual(expected);
    for (const after of ['project-', expected[0]?.stream ?? '', expected.at(-1)?.stream ?? ''])
      expect(journal.movedAfter('project-', position, after, 3)).toEqual(
        expected.filter(({ stream }) => stream > after).slice(0, 3),
      );
  },
);

test('events of other streams come in log order', async () => {
  for (const after of [0, 5_000, 11_900]) {
    const found: AnyRecordedEvent[] = [];
    for await (const page of journal.readOthers('project-', after)) found.push(...page);
    const expected = all.filter(({ stream, position }) => !stream.startsWith('project-') && position > after);
    expect(found).toEqual(expected);
  }
});

test('streams that are read together are whole up to a position; those that do not fit are absent', () => {
  const some = ['project-west', 'project-north', 'project-unknown'];
  for (const upTo of [0, 150, 301, 12_000]) {
    const found = journal.whole(some, upTo);
    for (const [stream, events] of found)
      expect(events).toEqual(all.filter((event) => event.stream === stream && event.position <= upTo));
    const fits = all.filter(({ stream, position }) => some.includes(stream) && position <= upTo).length < 256;
    if (fits) {
      const known = all.filter(({ stream, position }) => some.includes(stream) && position <= upTo);
      expect([...found.values()].flat()).toHaveLength(known.length);
    } else expect(found.size).toBeLessThan(2);
  }
});
