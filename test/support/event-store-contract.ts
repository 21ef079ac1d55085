import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lastValueFrom, tap } from 'rxjs';
import { AnyRecordedEvent, schemas } from '../../domain/log/any-event.js';
import {
  EventIdReused,
  RevisionConflict,
  StoreError,
  StoreUnavailable,
} from '../../src/event-store/errors.js';
import type { EventStore, ExpectedRevision, NewEvent } from '../../src/event-store/event-store.js';
import { eventsOf } from './event-store-ports.js';
import { measured, sampleEvent, samples } from './event-store-samples.js';
import { onePageAtATime } from './one-page-at-a-time.js';

/** How the tests of an adapter run. */
interface ContractOptions {
  /** Time limit for opening and closing, in milliseconds. */
  timeoutMs?: number;
}

/**
 * The contract of every event store.
 *
 * Each test opens a store and closes it; it may already hold events of other streams, and positions may have gaps.
 */
export function eventStoreContract(
  name: string,
  open: () => Promise<EventStore>,
  { timeoutMs = 20_000 }: ContractOptions = {},
): void {
  describe(`an event store (${name})`, () => {
    let store: EventStore;
    let start: number;
    let run = 0;
    let stream: string;
    let other: string;

    const key = (entry: number | string) => `${stream} ${entry}`;
    const fact = (number: number): NewEvent => measured(number, key(number));
    const facts = (count: number, from = 0) => Array.from({ length: count }, (_, i) => fact(from + i));
    const numberOf = (event: AnyRecordedEvent) =>
      (event as AnyRecordedEvent<'ProgressMeasured'>).data.measure.kind === 'percent'
        ? (event.data as { measure: { basisPoints: number } }).measure.basisPoints
        : -1;
    const inStream = async (from?: number) => eventsOf(store.readStream(stream, from));
    const sinceStart = async () => eventsOf(store.readAll(start));
    const append = (events: readonly NewEvent[], expected: ExpectedRevision, to = stream) =>
      store.append(to, events, expected);

    beforeEach(async () => {
      store = await open();
      start = await store.head();
      run += 1;
      stream = `project-contract-${process.pid}-${run}-${start}`;
      other = `${stream}-other`;
    }, timeoutMs);

    afterEach(async () => store.close(), timeoutMs);

    describe('recording', () => {
      test('an entry is read back word for word, with its place and its author', async () => {
        const said = samples.map((_, number) => sampleEvent(number, key(number)));
        const { events, isReplay } = await append(said, 'no-stream');
        expect(isReplay).toBe(false);
        expect(await inStream()).toEqual(events);
        expect(events).toEqual(
          said.map((event, revision) => ({
            ...event,
            stream,
            revision,
            schema: schemas[event.type],
            position: expect.any(Number),
            recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          })),
        );
      });

      test('revisions count from 0 and positions only rise', async () => {
        const first = await append(facts(3), 'no-stream');
        const second = await append(facts(2, 3), 2);
        const all = [...first.events, ...second.events];
        expect(all.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
        const positions = all.map(({ position }) => position);
        expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
        expect(await store.head()).toBeGreaterThanOrEqual(positions.at(-1) ?? 0);
      });

      test('recordedAt never goes backwards', async () => {
        for (const one of facts(20)) await append([one], 'any');
        const instants = (await inStream()).map(({ recordedAt }) => recordedAt);
        expect(instants).toEqual([...instants].sort());
      });

      test('an empty append is a programming error', async () => {
        await expect(append([], 'any')).rejects.toThrow(TypeError);
      });

      test('a refused append stores none of its events', async () => {
        await append([fact(0)], 'no-stream');
        await expect(append([fact(1), fact(2), measured(7, key(0))], 0)).rejects.toThrow(EventIdReused);
        expect((await inStream()).map(numberOf)).toEqual([0]);
        expect((await append([fact(1)], 0)).isReplay).toBe(false);
      });
    });

    describe('the expected revision', () => {
      test('a first entry is accepted when the stream is expected to be new', async () => {
        const { events } = await append([fact(0)], 'no-stream');
        expect(events.map(({ revision }) => revision)).toEqual([0]);
      });

      test('a stream expected to be new is refused when it has entries', async () => {
        await append(facts(2), 'no-stream');
        await expect(append([fact(2)], 'no-stream')).rejects.toEqual(
          new RevisionConflict(stream, 'no-stream', 1),
        );
      });

      test('an entry after the last revision is accepted', async () => {
        await append(facts(2), 'no-stream');
        expect((await append([fact(2)], 1)).events[0]?.revision).toBe(2);
      });

      test.each([0, 2, 41])('revision %i is refused when the stream is at 1', async (expected) => {
        await append(facts(2), 'no-stream');
        await expect(append([fact(2)], expected)).rejects.toEqual(new RevisionConflict(stream, expected, 1));
        expect((await inStream()).length).toBe(2);
      });

      test.each([0, 5])('revision %i is refused when the stream has no entry', async (expected) => {
        await expect(append([fact(0)], expected)).rejects.toEqual(new RevisionConflict(stream, expected, -1));
        expect(await inStream()).toEqual([]);
      });

      test('an entry without an expectation is accepted by a new stream and by an old one', async () => {
        expect((await append([fact(0)], 'any')).events[0]?.revision).toBe(0);
        expect((await append([fact(1)], 'any')).events[0]?.revision).toBe(1);
      });

      test('streams are independent of each other', async () => {
        await append(facts(3), 'no-stream');
        const { events } = await append([fact(3)], 'no-stream', other);
        expect(events[0]?.revision).toBe(0);
        expect((await inStream()).map(numberOf)).toEqual([0, 1, 2]);
      });

      test('of 64 writers with the same revision one wins, and all others learn the current one', async () => {
        await append([fact(0)], 'no-stream');
        const answers = await Promise.allSettled(facts(64, 1).map((one) => append([one], 0)));
        expect(answers.filter(({ status }) => status === 'fulfilled').length).toBe(1);
        const told = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
        expect(told).toEqual(Array(63).fill(new RevisionConflict(stream, 0, 1)));
        expect((await inStream()).length).toBe(2);
      });
    });

    describe('the same entry sent again', () => {
      test('gets the first result', async () => {
        const first = await append(facts(2), 'no-stream');
        expect(await append(facts(2), 'no-stream')).toEqual({ events: first.events, isReplay: true });
        expect((await inStream()).length).toBe(2);
      });

      test.each<ExpectedRevision>(['no-stream', 'any', 0, 1, 3, 99])(
        'gets the first result when the stream has moved on and %p is expected',
        async (expected) => {
          const first = await append(facts(2), 'no-stream');
          await append(facts(2, 2), 1);
          expect(await append(facts(2), expected)).toEqual({ events: first.events, isReplay: true });
          expect((await inStream()).length).toBe(4);
        },
      );

      test('counts as the same when another author sends it', async () => {
        const first = await append([fact(0)], 'no-stream');
        const again = await append([{ ...fact(0), by: 'inspector-8' }], 'no-stream');
        expect(again).toEqual({ events: first.events, isReplay: true });
      });

      test('counts as the same when its members come in another order', async () => {
        const first = await append([fact(0)], 'no-stream');
        const { source, precision, asOf } = fact(0).entry;
        const again = await append([{ ...fact(0), entry: { source, precision, asOf } }], 'no-stream');
        expect(again).toEqual({ events: first.events, isReplay: true });
      });

      test('64 times concurrently is recorded once, and all 64 get the same answer', async () => {
        await append([fact(0)], 'no-stream');
        const answers = await Promise.all(Array.from({ length: 64 }, () => append([fact(1)], 'any')));
        expect(new Set(answers.map(({ events }) => JSON.stringify(events.map(sorted)))).size).toBe(1);
        expect(answers.filter(({ isReplay }) => !isReplay).length).toBe(1);
        expect((await inStream()).length).toBe(2);
      });

      test('64 times concurrently with a revision is recorded once, and nobody meets a conflict', async () => {
        await append([fact(0)], 'no-stream');
        const answers = await Promise.all(Array.from({ length: 64 }, () => append([fact(1)], 0)));
        expect(new Set(answers.map(({ events }) => events[0]?.position)).size).toBe(1);
        expect((await inStream()).length).toBe(2);
      });
    });

    describe('an id that is taken', () => {
      test.each<ExpectedRevision>(['any', 0, 'no-stream'])(
        'is refused with other content, whatever is expected (%p)',
        async (expected) => {
          await append([fact(0)], 'no-stream');
          const changed = measured(8600, key(0));
          await expect(append([changed], expected)).rejects.toEqual(new EventIdReused(changed.id));
          expect((await inStream()).map(numberOf)).toEqual([0]);
        },
      );

      test('is refused with another day', async () => {
        await append([fact(0)], 'no-stream');
        const changed = { ...fact(0), entry: { ...fact(0).entry, asOf: '2018-07-01' } };
        await expect(append([changed], 'any')).rejects.toEqual(new EventIdReused(changed.id));
      });

      test('is refused with another type', async () => {
        await append([fact(0)], 'no-stream');
        const changed: NewEvent = { ...fact(0), type: 'MilestoneReached', data: { item: 'drains' } };
        await expect(append([changed], 'any')).rejects.toEqual(new EventIdReused(changed.id));
      });

      test.each<ExpectedRevision>(['any', 'no-stream', 0])(
        'is refused in another stream, whatever is expected (%p)',
        async (expected) => {
          await append([fact(0)], 'no-stream');
          await expect(append([fact(0)], expected, other)).rejects.toEqual(new EventIdReused(fact(0).id));
          expect(await eventsOf(store.readStream(other))).toEqual([]);
        },
      );

      test.each<ExpectedRevision>(['any', 1, 'no-stream'])(
        'is refused beside new entries, whatever is expected (%p)',
        async (expected) => {
          await append(facts(2), 'no-stream');
          await expect(append(facts(2, 1), expected)).rejects.toEqual(new EventIdReused(fact(1).id));
          expect((await inStream()).map(numberOf)).toEqual([0, 1]);
        },
      );

      test('is refused twice within one append', async () => {
        await expect(append([fact(0), fact(1), fact(0)], 'any')).rejects.toEqual(
          new EventIdReused(fact(0).id),
        );
        expect(await inStream()).toEqual([]);
      });
    });

    describe('reading', () => {
      test('a stream that does not exist has no page', async () => {
        expect(await inStream()).toEqual([]);
        expect(await inStream(3)).toEqual([]);
      });

      test('a stream is read from each of its revisions', async () => {
        await append(facts(7), 'no-stream');
        await append(facts(2, 50), 'no-stream', other);
        for (let from = 0; from <= 8; from += 1) {
          expect((await inStream(from)).map(numberOf)).toEqual([0, 1, 2, 3, 4, 5, 6].slice(from));
        }
      });

      test('everything is read from each position, in the order of recording', async () => {
        for (let i = 0; i < 6; i += 1) await append([fact(i)], 'any', i % 2 ? other : stream);
        const all = await sinceStart();
        expect(all.map(numberOf)).toEqual([0, 1, 2, 3, 4, 5]);
        expect(all.map(({ stream: at }) => at)).toEqual([stream, other, stream, other, stream, other]);
        for (const [index, { position }] of all.entries()) {
          expect(await eventsOf(store.readAll(position))).toEqual(all.slice(index + 1));
        }
      });

      test('a long history comes in several pages, without duplicates', async () => {
        for (let i = 0; i < 12; i += 1) await append(facts(100, i * 100), 'any');
        const whole = Array.from({ length: 1200 }, (_, i) => i);
        expect((await inStream()).map(numberOf)).toEqual(whole);
        expect((await sinceStart()).map(numberOf)).toEqual(whole);
        const pages: number[] = [];
        for await (const page of store.readAll(start)) pages.push(page.length);
        expect(pages.length).toBeGreaterThan(1);
      });
    });

    describe('following', () => {
      test('delivers existing events, then new ones, during writes', async () => {
        await append(facts(700), 'no-stream');
        const writing = (async () => {
          for (let i = 0; i < 40; i += 1) await append(facts(10, 700 + i * 10), 'any');
        })();
        const reader = reading(start);
        await reader.caughtUp;
        expect(reader.seen.length).toBeGreaterThanOrEqual(700);
        await writing;
        await until(() => reader.seen.length >= 1100);
        reader.stop();
        expect(reader.seen).toEqual(await sinceStart());
        expect(reader.seen.map(numberOf)).toEqual(Array.from({ length: 1100 }, (_, i) => i));
      });

      test('starts after the given position', async () => {
        const { events } = await append(facts(5), 'no-stream');
        const reader = reading(events[2]?.position ?? 0);
        await reader.caughtUp;
        await append([fact(5)], 'any');
        await until(() => reader.seen.length >= 3);
        reader.stop();
        expect(reader.seen.map(numberOf)).toEqual([3, 4, 5]);
      });

      test('has caught up immediately when there is nothing to deliver, and reports it once', async () => {
        const { events } = await append(facts(5), 'no-stream');
        const pages: number[] = [];
        const following = store
          .events$(events[4]?.position ?? 0)
          .subscribe(({ length }) => void pages.push(length));
        await until(() => pages.length > 0);
        await append([fact(5)], 'any');
        await until(() => pages.length > 1);
        following.unsubscribe();
        expect(pages).toEqual([0, 1]);
      });

      test('a slow reader resumes in the log where it was, and never has two pages at a time', async () => {
        await append(facts(600), 'no-stream');
        let inside = 0;
        let most = 0;
        const seen: AnyRecordedEvent[] = [];
        const following = onePageAtATime(store, start, async (page) => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setTimeout(resolve, 5));
          seen.push(...page);
          inside -= 1;
        }).subscribe();
        for (let i = 600; i < 620; i += 1) await append([fact(i)], 'any');
        await until(() => seen.length >= 620);
        following.unsubscribe();
        expect(most).toBe(1);
        expect(seen.map(numberOf)).toEqual(Array.from({ length: 620 }, (_, i) => i));
      });

      test('a failing reader ends its own subscription, and no other one', async () => {
        await append([fact(0)], 'no-stream');
        const healthy = reading(start);
        const problem = new Error('the view is full');
        const failing = store.events$(start).pipe(
          tap(() => {
            throw problem;
          }),
        );
        await expect(lastValueFrom(failing)).rejects.toBe(problem);
        await append([fact(1)], 'any');
        await until(() => healthy.seen.length >= 2);
        healthy.stop();
      });

      test('delivers nothing once it was ended', async () => {
        const reader = reading(start);
        await append([fact(0)], 'no-stream');
        await until(() => reader.seen.length >= 1);
        reader.stop();
        await append([fact(1)], 'any');
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(reader.seen.map(numberOf)).toEqual([0]);
      });
    });

    describe('closing', () => {
      test('first answers what was accepted', async () => {
        const answers = facts(20).map((one) => append([one], 'any'));
        await store.close();
        expect((await Promise.all(answers)).map(({ events }) => events[0]?.revision).sort(byNumber)).toEqual(
          Array.from({ length: 20 }, (_, i) => i),
        );
      });

      test('may be repeated', async () => {
        await Promise.all([store.close(), store.close()]);
        await store.close();
      });

      test('refuses later appends, and reports that nothing was stored', async () => {
        await store.close();
        await expect(append([fact(0)], 'any')).rejects.toThrow(StoreUnavailable);
        await expect(inStream()).rejects.toThrow(StoreError);
      });
    });

    /** Follows the log from a position, and collects the events. */
    function reading(after: number) {
      const seen: AnyRecordedEvent[] = [];
      const caughtUp = Promise.withResolvers<void>();
      const following = store.events$(after).subscribe((page) => {
        seen.push(...page);
        if (page.length === 0) caughtUp.resolve();
      });
      return { seen, caughtUp: caughtUp.promise, stop: () => following.unsubscribe() };
    }
  });
}

/** Waits until a condition holds, for at most ten seconds. */
async function until(isTrue: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error('what was waited for did not come within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const byNumber = (a: number | undefined, b: number | undefined) => (a ?? 0) - (b ?? 0);

function sorted(event: AnyRecordedEvent): unknown {
  const members = Object.entries({ ...event, data: 0, entry: 0 }).sort(([a], [b]) => (a < b ? -1 : 1));
  return [members, JSON.stringify(event.data, Object.keys(event.data).sort())];
}
