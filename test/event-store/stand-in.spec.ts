import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, FORWARDS, jsonEvent, START, streamNameFilter } from '@eventstore/db-client';
import { expect, test } from '@jest/globals';
import { bareEvent } from '../support/event-store-bare-requests.js';
import { eachServer, positions, shown } from '../support/event-store-servers.js';

const fresh = () => `standin-${randomUUID()}`;
const three = () => [bareEvent('{"a":1}'), bareEvent('{"a":2}'), bareEvent('{"a":3}')];
async function whole<T>(read: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of read) all.push(one);
  return all;
}

eachServer((server) => {
  test.each(['append', 'batchAppend'] as const)(
    '%s: an append returns the place of its last event',
    async (by) => {
      const stream = fresh();
      const stored = await server().calls[by](stream, 'no-stream', three());
      const lines = await server().calls.read({ stream, bounds: true });
      expect(shown(lines)).toEqual(['S@0', 'S@1', 'S@2', { last: 2 }]);
      expect(stored).toEqual({ stored: 2, at: positions(lines)[2] });
      expect(positions(lines)[0]).toBeGreaterThan(1000);
      // 90 bytes, the names of stream and type, and the data.
      expect((positions(lines)[1] as number) - (positions(lines)[0] as number)).toBe(
        90 + stream.length + 'MilestoneReached'.length + 7,
      );
    },
  );

  test('an append in several messages is one append', async () => {
    const stream = fresh();
    await expect(server().calls.batchAppend(stream, 'no-stream', three(), 3)).resolves.toMatchObject({
      stored: 2,
    });
  });

  test.each(['append', 'batchAppend'] as const)('%s: every expected revision is checked', async (by) => {
    const stream = fresh();
    expect(await server().calls[by](stream, 'stream-exists', [bareEvent()])).toEqual({
      wrong: { current: 'no-stream', expected: 'stream-exists' },
    });
    expect(await server().calls[by](stream, 0, [bareEvent()])).toEqual({
      wrong: { current: 'no-stream', expected: '0' },
    });
    expect(await server().calls[by](stream, 'no-stream', [bareEvent()])).toMatchObject({ stored: 0 });
    expect(await server().calls[by](stream, 'no-stream', [bareEvent()])).toEqual({
      wrong: { current: '0', expected: 'no-stream' },
    });
    expect(await server().calls[by](stream, 'stream-exists', [bareEvent()])).toMatchObject({ stored: 1 });
    expect(await server().calls[by](stream, 'any', [bareEvent()])).toMatchObject({ stored: 2 });
    expect(await server().calls[by](stream, 2, [bareEvent()])).toMatchObject({ stored: 3 });
    expect(await server().calls[by](stream, 2, [bareEvent()])).toEqual({
      wrong: { current: '3', expected: '2' },
    });
    expect(await server().calls[by](stream, 9, [bareEvent()])).toEqual({
      wrong: { current: '3', expected: '9' },
    });
  });

  test.each(['append', 'batchAppend'] as const)(
    '%s: the same events again give the first result',
    async (by) => {
      const stream = fresh();
      const events = three();
      const first = await server().calls[by](stream, 'no-stream', events);
      await server().calls[by](stream, 2, [bareEvent()]);
      expect(await server().calls[by](stream, 'no-stream', events)).toEqual(first);
      expect(await server().calls[by](stream, 'any', events)).toEqual(first);
      expect(await server().calls[by](stream, 'stream-exists', events)).toEqual(first);
      expect(await server().calls[by](stream, 0, events.slice(1))).toEqual(first);
      expect(await server().calls[by](stream, 'any', [...events.slice(2), bareEvent()])).toMatchObject({
        wrong: { current: '3', expected: 'any' },
      });
      expect(
        await server().calls[by](stream, 1, [...events.slice(2), bareEvent(), bareEvent()]),
      ).toMatchObject({
        wrong: { current: '3', expected: '1' },
      });
      expect(await server().calls.read({ stream })).toHaveLength(4);
    },
  );

  test('an id is stored again if the revision is exactly the current one', async () => {
    const stream = fresh();
    const [one, two] = three() as [ReturnType<typeof bareEvent>, ReturnType<typeof bareEvent>];
    await server().calls.batchAppend(stream, 'no-stream', [one, two]);
    expect(await server().calls.batchAppend(stream, 1, [one])).toMatchObject({ stored: 2 });
    expect(await server().calls.batchAppend(stream, 'any', [one])).toMatchObject({ stored: 0 });
  });

  test('an empty append takes a position and no revision', async () => {
    const stream = fresh();
    expect(await server().calls.batchAppend(stream, 'any', [])).toEqual({
      stored: 'nothing',
      at: expect.any(Number),
    });
    expect(await server().calls.read({ stream })).toEqual([{ says: 'not-found' }]);
  });

  test('an append is at most a mebibyte, counting data only', async () => {
    const stream = fresh();
    const sized = (bytes: number) => bareEvent(JSON.stringify('x'.repeat(bytes - 2)));
    const largest = sized(1024 * 1024);
    const larger = sized(1024 * 1024 + 1);
    expect(await server().calls.batchAppend(stream, 'any', [larger])).toEqual({
      failed: '3 event_store.client.MaximumAppendSizeExceeded',
      message: 'MaximumAppendSizeExceeded',
    });
    expect(await server().calls.append(stream, 'any', [larger])).toEqual({
      refused: 'INVALID_ARGUMENT',
      details: 'Maximum Append Size of 1048576 Exceeded.',
      exception: 'maximum-append-size-exceeded',
    });
    expect(await server().calls.batchAppend(stream, 'any', [largest])).toMatchObject({ stored: 0 });
  });

  test('invalid events are refused', async () => {
    const stream = fresh();
    const nobody = '00000000-0000-0000-0000-000000000000';
    const badRequest = { failed: '3 event_store.client.BadRequest', message: 'BadRequest' };
    expect(await server().calls.batchAppend(stream, 'any', [{ id: randomUUID() }])).toEqual(badRequest);
    expect(await server().calls.batchAppend(stream, 'any', [{ ...bareEvent(), id: nobody }])).toEqual(
      badRequest,
    );
    expect(await server().calls.batchAppend('', 'any', [bareEvent()])).toEqual(badRequest);
    expect(await server().calls.append(stream, 'any', [{ id: randomUUID() }])).toEqual({
      refused: 'INVALID_ARGUMENT',
      details: "Required Metadata Property 'type' is missing",
      exception: 'missing-required-metadata-property',
    });
    expect(await server().calls.append('', 'any', [bareEvent()])).toEqual({
      refused: 'UNKNOWN',
      details: 'Exception was thrown by handler.',
    });
  });

  test('the client package appends, reads and follows', async () => {
    const stream = fresh();
    const client = EventStoreDBClient.connectionString(server().url);
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
