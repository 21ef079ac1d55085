import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, FORWARDS, jsonEvent, START, streamNameFilter } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BareCalls, type BareLine, bareCalls, bareEvent } from '../support/event-store-bare-calls.js';
import { type StandIn, startStandIn } from '../support/event-store-stand-in.js';

const realUrl = process.env.EVENT_STORE_TEST_URL;
const deleted = 9223372036854775807n;

/** What every server answers, the stand-in and the real one; streams have fresh names, so that both can be shared. */
const suites: readonly [name: string, isReal: boolean][] = [
  ['the stand-in', false],
  ['EventStoreDB', true],
];

async function whole<T>(read: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of read) all.push(one);
  return all;
}

for (const [name, isReal] of suites) {
  (isReal && !realUrl ? describe.skip : describe)(`${name} answers`, () => {
    let standIn: StandIn | undefined;
    let url = '';
    let calls: BareCalls;

    beforeAll(async () => {
      if (!isReal) standIn = await startStandIn();
      url = standIn?.url ?? (realUrl as string);
      calls = bareCalls(new URL(url).host);
    });

    afterAll(async () => {
      calls.close();
      await standIn?.kill();
    });

    const fresh = () => `standin-${randomUUID()}`;
    const three = () => [bareEvent('{"a":1}'), bareEvent('{"a":2}'), bareEvent('{"a":3}')];
    const positions = (lines: readonly BareLine[]) =>
      lines.flatMap((line) => ('at' in line ? [line.at] : []));
    const shown = (lines: readonly BareLine[]) =>
      lines.map((line) => {
        if ('event' in line) return line.event.split(' ')[0]?.replace(/standin-[0-9a-f-]{36}/, 'S');
        return 'says' in line ? line.says : line;
      });

    test.each(['append', 'batchAppend'] as const)(
      '%s: an append says where its last event stands',
      async (by) => {
        const stream = fresh();
        const stored = await calls[by](stream, 'no-stream', three());
        const lines = await calls.read({ stream, bounds: true });
        expect(shown(lines)).toEqual(['S@0', 'S@1', 'S@2', { last: 2 }]);
        expect(stored).toEqual({ stored: 2, at: positions(lines)[2] });
        expect(positions(lines)[0]).toBeGreaterThan(1000);
        // 90 bytes, the names of stream and type, and the data.
        expect((positions(lines)[1] as number) - (positions(lines)[0] as number)).toBe(
          90 + stream.length + 'MilestoneReached'.length + 7,
        );
      },
    );

    test('an append that comes in parts is one append', async () => {
      const stream = fresh();
      await expect(calls.batchAppend(stream, 'no-stream', three(), 3)).resolves.toMatchObject({ stored: 2 });
    });

    test.each(['append', 'batchAppend'] as const)('%s: every expected revision is checked', async (by) => {
      const stream = fresh();
      expect(await calls[by](stream, 'stream-exists', [bareEvent()])).toEqual({
        wrong: { current: 'no-stream', expected: 'stream-exists' },
      });
      expect(await calls[by](stream, 0, [bareEvent()])).toEqual({
        wrong: { current: 'no-stream', expected: '0' },
      });
      expect(await calls[by](stream, 'no-stream', [bareEvent()])).toMatchObject({ stored: 0 });
      expect(await calls[by](stream, 'no-stream', [bareEvent()])).toEqual({
        wrong: { current: '0', expected: 'no-stream' },
      });
      expect(await calls[by](stream, 'stream-exists', [bareEvent()])).toMatchObject({ stored: 1 });
      expect(await calls[by](stream, 'any', [bareEvent()])).toMatchObject({ stored: 2 });
      expect(await calls[by](stream, 2, [bareEvent()])).toMatchObject({ stored: 3 });
      expect(await calls[by](stream, 2, [bareEvent()])).toEqual({ wrong: { current: '3', expected: '2' } });
      expect(await calls[by](stream, 9, [bareEvent()])).toEqual({ wrong: { current: '3', expected: '9' } });
    });

    test.each(['append', 'batchAppend'] as const)(
      '%s: the same events again give the first result',
      async (by) => {
        const stream = fresh();
        const events = three();
        const first = await calls[by](stream, 'no-stream', events);
        await calls[by](stream, 2, [bareEvent()]);
        expect(await calls[by](stream, 'no-stream', events)).toEqual(first);
        expect(await calls[by](stream, 'any', events)).toEqual(first);
        expect(await calls[by](stream, 'stream-exists', events)).toEqual(first);
        expect(await calls[by](stream, 0, events.slice(1))).toEqual(first);
        expect(await calls[by](stream, 'any', [...events.slice(2), bareEvent()])).toMatchObject({
          wrong: { current: '3', expected: 'any' },
        });
        expect(await calls[by](stream, 1, [...events.slice(2), bareEvent(), bareEvent()])).toMatchObject({
          wrong: { current: '3', expected: '1' },
        });
        expect(await calls.read({ stream })).toHaveLength(4);
      },
    );

    test('an id is stored again where the revision is exactly the current one', async () => {
      const stream = fresh();
      const [one, two] = three() as [ReturnType<typeof bareEvent>, ReturnType<typeof bareEvent>];
      await calls.batchAppend(stream, 'no-stream', [one, two]);
      expect(await calls.batchAppend(stream, 1, [one])).toMatchObject({ stored: 2 });
      expect(await calls.batchAppend(stream, 'any', [one])).toMatchObject({ stored: 0 });
    });

    test('an append of nothing takes a position and no revision', async () => {
      const stream = fresh();
      expect(await calls.batchAppend(stream, 'any', [])).toEqual({
        stored: 'nothing',
        at: expect.any(Number),
      });
      expect(await calls.read({ stream })).toEqual([{ says: 'not-found' }]);
    });

    test('an append may not be larger than a mebibyte, data counted alone', async () => {
      const stream = fresh();
      const largest = bareEvent('x'.repeat(1024 * 1024));
      const larger = bareEvent('x'.repeat(1024 * 1024 + 1));
      expect(await calls.batchAppend(stream, 'any', [larger])).toEqual({
        failed: '3 event_store.client.MaximumAppendSizeExceeded',
        message: 'MaximumAppendSizeExceeded',
      });
      expect(await calls.append(stream, 'any', [larger])).toEqual({
        refused: 'INVALID_ARGUMENT',
        details: 'Maximum Append Size of 1048576 Exceeded.',
        exception: 'maximum-append-size-exceeded',
      });
      expect(await calls.batchAppend(stream, 'any', [largest])).toMatchObject({ stored: 0 });
    });

    test('events that are none are refused', async () => {
      const stream = fresh();
      const nobody = '00000000-0000-0000-0000-000000000000';
      const badRequest = { failed: '3 event_store.client.BadRequest', message: 'BadRequest' };
      expect(await calls.batchAppend(stream, 'any', [{ id: randomUUID() }])).toEqual(badRequest);
      expect(await calls.batchAppend(stream, 'any', [{ ...bareEvent(), id: nobody }])).toEqual(badRequest);
      expect(await calls.batchAppend('', 'any', [bareEvent()])).toEqual(badRequest);
      expect(await calls.append(stream, 'any', [{ id: randomUUID() }])).toEqual({
        refused: 'INVALID_ARGUMENT',
        details: "Required Metadata Property 'type' is missing",
        exception: 'missing-required-metadata-property',
      });
      expect(await calls.append('', 'any', [bareEvent()])).toEqual({
        refused: 'UNKNOWN',
        details: 'Exception was thrown by handler.',
      });
    });

    test('a stream is read from any revision in either direction', async () => {
      const stream = fresh();
      await calls.batchAppend(stream, 'no-stream', three());
      expect(shown(await calls.read({ stream, from: 1, count: 1 }))).toEqual(['S@1']);
      expect(shown(await calls.read({ stream, from: 7, bounds: true }))).toEqual([{ first: 3 }, { last: 2 }]);
      expect(shown(await calls.read({ stream, from: 'end', backwards: true, count: 2 }))).toEqual([
        'S@2',
        'S@1',
      ]);
      expect(shown(await calls.read({ stream, from: 1, backwards: true }))).toEqual(['S@1', 'S@0']);
      expect(shown(await calls.read({ stream, from: 99, backwards: true, count: 1 }))).toEqual(['S@2']);
    });

    test('the whole log is read forwards from a position with the event at it, backwards without', async () => {
      const stream = fresh();
      const stored = await calls.batchAppend(stream, 'no-stream', three());
      const at = positions(await calls.read({ stream }));
      const [first = 0, second = 0, third = 0] = at;
      expect(stored).toMatchObject({ at: third });
      const own = { prefix: [stream] };
      expect(positions(await calls.read({ from: first, ...own }))).toEqual(at);
      expect(positions(await calls.read({ from: first, count: 2, ...own }))).toEqual([first, second]);
      expect(positions(await calls.read({ from: second, ...own }))).toEqual([second, third]);
      expect(positions(await calls.read({ from: 'end', backwards: true, count: 2, ...own }))).toEqual([
        third,
        second,
      ]);
      expect(positions(await calls.read({ from: third, backwards: true, count: 2, ...own }))).toEqual([
        second,
        first,
      ]);
      expect(positions(await calls.read({ from: first, count: 3 })).slice(0, 1)).toEqual([first]);
    });

    test('filters go by the beginnings or a pattern of streams or types', async () => {
      const stream = fresh();
      const type = `T${randomUUID()}`;
      await calls.batchAppend(stream, 'no-stream', [...three(), bareEvent('{}', `${type}-x`)]);
      const [from = 0] = positions(await calls.read({ stream }));
      const seen = async (asked: Parameters<BareCalls['read']>[0]) =>
        shown(await calls.read({ from, ...asked }));
      expect(await seen({ prefix: ['nobody', stream.slice(0, -1)] })).toEqual(['S@0', 'S@1', 'S@2', 'S@3']);
      expect(await seen({ prefix: ['nobody'] })).toEqual([]);
      expect(await seen({ regex: `${stream.slice(8)}$` })).toEqual(['S@0', 'S@1', 'S@2', 'S@3']);
      expect(await seen({ types: true, prefix: [type] })).toEqual(['S@3']);
      expect(await seen({ types: true, regex: `^${type}-.$` })).toEqual(['S@3']);
    });

    test('a position between two records is refused', async () => {
      const stream = fresh();
      const stored = await calls.batchAppend(stream, 'no-stream', three());
      const from = ('at' in stored && stored.at ? stored.at : 0) - 1;
      const refused = (details: string) => [{ refused: 'UNKNOWN', details }];
      expect(await calls.read({ from })).toEqual(refused('Unexpected ReadAllResult: InvalidPosition'));
      expect(await calls.read({ from, backwards: true })).toEqual(
        refused('Unexpected ReadAllResult: InvalidPosition'),
      );
      expect(await calls.read({ from, prefix: ['x'] })).toEqual(
        refused('Unexpected FilteredReadAllResult: InvalidPosition'),
      );
      expect(await calls.read({ from: 1e12 })).toEqual([]);
      expect(await calls.read({ from: 1e12, backwards: true })).toEqual(
        refused('Unexpected ReadAllResult: Error'),
      );
      expect(await calls.follow({ from, prefix: ['x'] }, () => false)).toEqual([
        { says: 'confirmation' },
        { refused: 'INVALID_ARGUMENT', details: 'Trying to read from an invalid position.' },
      ]);
    });

    test('a stream that was deleted softly is not found, and goes on with its numbers', async () => {
      const stream = fresh();
      const events = three();
      await calls.batchAppend(stream, 'no-stream', events);
      expect(await calls.delete(stream, 9)).toEqual({
        refused: 'FAILED_PRECONDITION',
        details: `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: 9, Actual version: 2`,
        exception: 'wrong-expected-version',
      });
      expect(await calls.delete(stream, 2)).toEqual({ at: expect.any(Number) });
      expect(await calls.read({ stream })).toEqual([{ says: 'not-found' }]);
      expect(await calls.batchAppend(stream, 'any', events)).toEqual({ stored: 2, at: undefined });
      expect(await calls.batchAppend(stream, 'stream-exists', [bareEvent()])).toEqual({
        failed: '5 event_store.client.StreamDeleted',
        message: 'StreamDeleted',
      });
      expect(await calls.batchAppend(stream, 'no-stream', [bareEvent()])).toMatchObject({ stored: 3 });
      expect(shown(await calls.read({ stream }))).toEqual(['S@3']);
      expect(await calls.read({ stream: `$$${stream}` })).toMatchObject([{ data: '{"$tb":3}' }]);
      expect(shown(await calls.read({ from: 'end', backwards: true, count: 6, regex: stream }))).toEqual([
        '$$S@1',
        'S@3',
        '$$S@0',
        'S@2',
        'S@1',
        'S@0',
      ]);
    });

    test('metadata hides the first events of a stream', async () => {
      const stream = fresh();
      const meta = async (json: string) =>
        calls.append(`$$${stream}`, 'any', [{ id: randomUUID(), type: '$metadata', data: json }]);
      await calls.batchAppend(stream, 'no-stream', three());
      await meta('{"$maxCount":2}');
      expect(shown(await calls.read({ stream }))).toEqual(['S@1', 'S@2']);
      expect(shown(await calls.read({ stream, count: 1, bounds: true }))).toEqual([
        { first: 1 },
        'S@1',
        { last: 2 },
      ]);
      expect(shown(await calls.read({ stream, from: 'end', backwards: true }))).toEqual(['S@2', 'S@1']);
      await meta('{"$tb":2}');
      expect(shown(await calls.read({ stream }))).toEqual(['S@2']);
      await meta('{"$tb":9}');
      expect(shown(await calls.read({ stream, bounds: true }))).toEqual([{ first: 3 }, { last: 2 }]);
      await meta('{"$maxAge":1000000}');
      expect(shown(await calls.read({ stream }))).toEqual(['S@0', 'S@1', 'S@2']);
      expect(shown(await calls.read({ stream: `$$${stream}` }))).toEqual(['$$S@3']);
    });

    test('a stream that was deleted for good stays so', async () => {
      const stream = fresh();
      await calls.batchAppend(stream, 'no-stream', three());
      const [from = 0] = positions(await calls.read({ stream }));
      expect(await calls.delete(stream, 2, true)).toEqual({ at: expect.any(Number) });
      const refused = {
        refused: 'FAILED_PRECONDITION',
        details: `Event stream '${stream}' is deleted.`,
        exception: 'stream-deleted',
      };
      expect(await calls.read({ stream })).toEqual([refused]);
      expect(await calls.read({ stream, from: 'end', backwards: true })).toEqual([refused]);
      expect(await calls.follow({ stream }, () => false)).toEqual([refused]);
      expect(await calls.append(stream, 'any', [bareEvent()])).toEqual(refused);
      expect(await calls.delete(stream, 'any')).toEqual(refused);
      expect(await calls.delete(stream, 'any', true)).toEqual(refused);
      expect(await calls.batchAppend(stream, 2, [bareEvent()])).toEqual({
        failed: '5 event_store.client.StreamDeleted',
        message: 'StreamDeleted',
      });
      const lines = await calls.read({ from, regex: stream });
      expect(shown(lines)).toEqual(['S@0', 'S@1', 'S@2', `S@${deleted}`]);
      expect(lines.at(-1)).toMatchObject({ type: '$streamDeleted application/octet-stream', data: '' });
    });

    test('a subscription starts after its position, catches up and goes on live', async () => {
      const stream = fresh();
      await calls.batchAppend(stream, 'no-stream', three());
      const at = positions(await calls.read({ stream }));
      await calls.batchAppend(fresh(), 'any', [bareEvent()]);
      let live: Promise<unknown> | undefined;
      const lines = await calls.follow({ from: at[0] as number, prefix: [stream] }, (all) => {
        if (!live && all.some((line) => 'says' in line && line.says === 'caught-up')) {
          live = calls.batchAppend(stream, 2, [bareEvent()]);
        }
        return shown(all).includes('S@3');
      });
      await live;
      expect(shown(lines).filter((line) => typeof line === 'string')).toEqual([
        'confirmation',
        'S@1',
        'S@2',
        'caught-up',
        'S@3',
      ]);
      // Before it says that it caught up, it says how far it has looked.
      expect(shown(lines)[3]).toEqual({ checkpoint: at[2] });
    });

    test('a subscription that stands at the end is live at once', async () => {
      const stream = fresh();
      await calls.batchAppend(stream, 'no-stream', three());
      const lines = await calls.follow({ from: 'end', prefix: [stream] }, (all) => all.length === 2);
      expect(lines).toEqual([{ says: 'confirmation' }, { says: 'caught-up' }]);
    });

    test('a subscription to a stream follows that stream', async () => {
      const stream = fresh();
      await calls.batchAppend(stream, 'no-stream', three());
      const lines = await calls.follow({ stream, from: 0 }, (all) => all.length === 4);
      expect(shown(lines)).toEqual(['confirmation', 'S@1', 'S@2', 'caught-up']);
    });

    test('a live checkpoint comes after each interval of events, wanted or not', async () => {
      const stream = fresh();
      const other = fresh();
      let lines: readonly BareLine[] = [];
      const following = calls.follow({ from: 'end', prefix: [stream], window: 2, interval: 2 }, (all) => {
        lines = all;
        return all.length >= 3;
      });
      while (lines.length < 2) await new Promise((turn) => setTimeout(turn, 5));
      const stored = await calls.batchAppend(other, 'no-stream', [...three(), bareEvent()]);
      expect(await following).toEqual([
        { says: 'confirmation' },
        { says: 'caught-up' },
        { checkpoint: expect.any(Number) },
      ]);
      if (!isReal) expect(lines[2]).toEqual({ checkpoint: 'at' in stored && stored.at });
    });

    test('the client package appends, reads and follows', async () => {
      const stream = fresh();
      const client = EventStoreDBClient.connectionString(url);
      const event = (number: number) => jsonEvent({ type: 'Counted', data: { number } });
      const [one, two] = [event(1), event(2)];
      const result = await client.appendToStream(stream, [one, two], { expectedRevision: 'no_stream' });
      expect(result).toMatchObject({ success: true, nextExpectedRevision: 1n });
      await expect(
        client.appendToStream(stream, [event(3)], { expectedRevision: 'no_stream' }),
      ).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 1n });
      const read = (await whole(client.readStream(stream))).map(({ event: recorded }) => [
        recorded?.id,
        recorded?.revision,
        recorded?.data,
        recorded?.position?.commit,
      ]);
      expect(read).toEqual([
        [one?.id, 0n, { number: 1 }, expect.any(BigInt)],
        [two?.id, 1n, { number: 2 }, result.position?.commit],
      ]);
      await expect(whole(client.readStream(fresh()))).rejects.toMatchObject({ type: 'stream-not-found' });
      await client.setStreamMetadata(stream, { maxCount: 1 });
      await expect(client.getStreamMetadata(stream)).resolves.toMatchObject({ metadata: { maxCount: 1 } });
      const all = client.readAll({
        direction: FORWARDS,
        fromPosition: result.position ?? START,
        maxCount: 1,
      });
      expect((await whole(all)).map(({ event: recorded }) => recorded?.id)).toEqual([two?.id]);
      const followed: unknown[] = [];
      const subscription = client.subscribeToAll({
        fromPosition: result.position ?? START,
        filter: streamNameFilter({ prefixes: [stream] }),
      });
      await client.appendToStream(stream, [event(3)]);
      for await (const { event: recorded } of subscription) {
        followed.push(recorded?.revision);
        break;
      }
      expect(followed).toEqual([2n]);
      await client.tombstoneStream(stream);
      await expect(whole(client.readStream(stream))).rejects.toMatchObject({ type: 'stream-deleted' });
      await expect(client.appendToStream(stream, [event(4)])).rejects.toMatchObject({
        type: 'stream-deleted',
      });
      await client.dispose();
    });
  });
}
