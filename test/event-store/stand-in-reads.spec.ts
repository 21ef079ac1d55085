import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { BareLine } from '../support/event-store-bare-answers.js';
import type { BareCalls } from '../support/event-store-bare-calls.js';
import { bareEvent } from '../support/event-store-bare-requests.js';
import { eachServer, positions, shown } from '../support/event-store-servers.js';

const fresh = () => `standin-${randomUUID()}`;
const three = () => [bareEvent('{"a":1}'), bareEvent('{"a":2}'), bareEvent('{"a":3}')];
const deleted = '9223372036854775807';

eachServer((server) => {
  test('a stream is read from any revision in either direction', async () => {
    const stream = fresh();
    await server().calls.batchAppend(stream, 'no-stream', three());
    expect(shown(await server().calls.read({ stream, from: 1, count: 1 }))).toEqual(['S@1']);
    expect(shown(await server().calls.read({ stream, from: 7, bounds: true }))).toEqual([
      { first: 3 },
      { last: 2 },
    ]);
    expect(shown(await server().calls.read({ stream, from: 'end', backwards: true, count: 2 }))).toEqual([
      'S@2',
      'S@1',
    ]);
    expect(shown(await server().calls.read({ stream, from: 1, backwards: true }))).toEqual(['S@1', 'S@0']);
    expect(shown(await server().calls.read({ stream, from: 99, backwards: true, count: 1 }))).toEqual([
      'S@2',
    ]);
  });

  test('the whole log is read forwards from a position including its event, backwards without it', async () => {
    const stream = fresh();
    const stored = await server().calls.batchAppend(stream, 'no-stream', three());
    const at = positions(await server().calls.read({ stream }));
    const [first = 0, second = 0, third = 0] = at;
    expect(stored).toMatchObject({ at: third });
    const own = { prefix: [stream] };
    expect(positions(await server().calls.read({ from: first, ...own }))).toEqual(at);
    expect(positions(await server().calls.read({ from: first, count: 2, ...own }))).toEqual([first, second]);
    expect(positions(await server().calls.read({ from: second, ...own }))).toEqual([second, third]);
    expect(positions(await server().calls.read({ from: 'end', backwards: true, count: 2, ...own }))).toEqual([
      third,
      second,
    ]);
    expect(positions(await server().calls.read({ from: third, backwards: true, count: 2, ...own }))).toEqual([
      second,
      first,
    ]);
    expect(positions(await server().calls.read({ from: first, count: 3 })).slice(0, 1)).toEqual([first]);
  });

  test('filters use prefixes or a pattern of streams or types', async () => {
    const stream = fresh();
    const type = `T${randomUUID()}`;
    await server().calls.batchAppend(stream, 'no-stream', [...three(), bareEvent('{}', `${type}-x`)]);
    const [from = 0] = positions(await server().calls.read({ stream }));
    const seen = async (asked: Parameters<BareCalls['read']>[0]) =>
      shown(await server().calls.read({ from, ...asked }));
    expect(await seen({ prefix: ['nobody', stream.slice(0, -1)] })).toEqual(['S@0', 'S@1', 'S@2', 'S@3']);
    expect(await seen({ prefix: ['nobody'] })).toEqual([]);
    expect(await seen({ regex: `${stream.slice(8)}$` })).toEqual(['S@0', 'S@1', 'S@2', 'S@3']);
    expect(await seen({ types: true, prefix: [type] })).toEqual(['S@3']);
    expect(await seen({ types: true, regex: `^${type}-.$` })).toEqual(['S@3']);
  });

  test('a position between two records is refused', async () => {
    const stream = fresh();
    const stored = await server().calls.batchAppend(stream, 'no-stream', three());
    const from = ('at' in stored && stored.at ? stored.at : 0) - 1;
    const refused = (details: string) => [{ refused: 'UNKNOWN', details }];
    expect(await server().calls.read({ from })).toEqual(refused('Unexpected ReadAllResult: InvalidPosition'));
    expect(await server().calls.read({ from, backwards: true })).toEqual(
      refused('Unexpected ReadAllResult: InvalidPosition'),
    );
    expect(await server().calls.read({ from, prefix: ['x'] })).toEqual(
      refused('Unexpected FilteredReadAllResult: InvalidPosition'),
    );
    expect(await server().calls.read({ from: 1e12 })).toEqual([]);
    expect(await server().calls.read({ from: 1e12, backwards: true })).toEqual(
      refused('Unexpected ReadAllResult: Error'),
    );
    expect(await server().calls.follow({ from, prefix: ['x'] }, () => false)).toEqual([
      { says: 'confirmation' },
      { refused: 'INVALID_ARGUMENT', details: 'Trying to read from an invalid position.' },
    ]);
  });

  test('a soft-deleted stream is not found, and continues its numbers', async () => {
    const stream = fresh();
    const events = three();
    await server().calls.batchAppend(stream, 'no-stream', events);
    expect(await server().calls.delete(stream, 9)).toEqual({
      refused: 'FAILED_PRECONDITION',
      details: `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: 9, Actual version: 2`,
      exception: 'wrong-expected-version',
    });
    expect(await server().calls.delete(stream, 2)).toEqual({ at: expect.any(Number) });
    expect(await server().calls.read({ stream })).toEqual([{ says: 'not-found' }]);
    expect(await server().calls.batchAppend(stream, 'any', events)).toEqual({ stored: 2, at: undefined });
    expect(await server().calls.batchAppend(stream, 'stream-exists', [bareEvent()])).toEqual({
      failed: '5 event_store.client.StreamDeleted',
      message: 'StreamDeleted',
    });
    expect(await server().calls.batchAppend(stream, 'no-stream', [bareEvent()])).toMatchObject({ stored: 3 });
    expect(shown(await server().calls.read({ stream }))).toEqual(['S@3']);
    expect(await server().calls.read({ stream: `$$${stream}` })).toMatchObject([{ data: '{"$tb":3}' }]);
    expect(
      shown(await server().calls.read({ from: 'end', backwards: true, count: 6, regex: stream })),
    ).toEqual(['$$S@1', 'S@3', '$$S@0', 'S@2', 'S@1', 'S@0']);
  });

  test('metadata hides the first events of a stream', async () => {
    const stream = fresh();
    const meta = async (json: string) =>
      server().calls.append(`$$${stream}`, 'any', [{ id: randomUUID(), type: '$metadata', data: json }]);
    await server().calls.batchAppend(stream, 'no-stream', three());
    await meta('{"$maxCount":2}');
    expect(shown(await server().calls.read({ stream }))).toEqual(['S@1', 'S@2']);
    expect(shown(await server().calls.read({ stream, count: 1, bounds: true }))).toEqual([
      { first: 1 },
      'S@1',
      { last: 2 },
    ]);
    expect(shown(await server().calls.read({ stream, from: 'end', backwards: true }))).toEqual([
      'S@2',
      'S@1',
    ]);
    await meta('{"$tb":2}');
    expect(shown(await server().calls.read({ stream }))).toEqual(['S@2']);
    await meta('{"$tb":9}');
    expect(shown(await server().calls.read({ stream, bounds: true }))).toEqual([{ first: 3 }, { last: 2 }]);
    await meta('{"$maxAge":1000000}');
    expect(shown(await server().calls.read({ stream }))).toEqual(['S@0', 'S@1', 'S@2']);
    expect(shown(await server().calls.read({ stream: `$$${stream}` }))).toEqual(['$$S@3']);
  });

  test('a hard-deleted stream stays deleted', async () => {
    const stream = fresh();
    await server().calls.batchAppend(stream, 'no-stream', three());
    const [from = 0] = positions(await server().calls.read({ stream }));
    expect(await server().calls.delete(stream, 2, true)).toEqual({ at: expect.any(Number) });
    const refused = {
      refused: 'FAILED_PRECONDITION',
      details: `Event stream '${stream}' is deleted.`,
      exception: 'stream-deleted',
    };
    expect(await server().calls.read({ stream })).toEqual([refused]);
    expect(await server().calls.read({ stream, from: 'end', backwards: true })).toEqual([refused]);
    expect(await server().calls.follow({ stream }, () => false)).toEqual([refused]);
    expect(await server().calls.append(stream, 'any', [bareEvent()])).toEqual(refused);
    expect(await server().calls.delete(stream, 'any')).toEqual(refused);
    expect(await server().calls.delete(stream, 'any', true)).toEqual(refused);
    expect(await server().calls.batchAppend(stream, 2, [bareEvent()])).toEqual({
      failed: '5 event_store.client.StreamDeleted',
      message: 'StreamDeleted',
    });
    const lines = await server().calls.read({ from, regex: stream });
    expect(shown(lines)).toEqual(['S@0', 'S@1', 'S@2', `S@${deleted}`]);
    expect(lines.at(-1)).toMatchObject({ type: '$streamDeleted application/octet-stream', data: '' });
  });

  test('a subscription starts after its position, catches up and goes live', async () => {
    const stream = fresh();
    await server().calls.batchAppend(stream, 'no-stream', three());
    const at = positions(await server().calls.read({ stream }));
    await server().calls.batchAppend(fresh(), 'any', [bareEvent()]);
    let live: Promise<unknown> | undefined;
    const lines = await server().calls.follow({ from: at[0] as number, prefix: [stream] }, (all) => {
      if (!live && all.some((line) => 'says' in line && line.says === 'caught-up')) {
        live = server().calls.batchAppend(stream, 2, [bareEvent()]);
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
    // Before it reports that it caught up, it reports how far it has read.
    expect(shown(lines)[3]).toEqual({ checkpoint: at[2] });
  });

  test('a subscription at the end is live immediately', async () => {
    const stream = fresh();
    await server().calls.batchAppend(stream, 'no-stream', three());
    const lines = await server().calls.follow({ from: 'end', prefix: [stream] }, (all) => all.length === 2);
    expect(lines).toEqual([{ says: 'confirmation' }, { says: 'caught-up' }]);
  });

  test('a subscription to a stream follows that stream', async () => {
    const stream = fresh();
    await server().calls.batchAppend(stream, 'no-stream', three());
    const lines = await server().calls.follow({ stream, from: 0 }, (all) => all.length === 4);
    expect(shown(lines)).toEqual(['confirmation', 'S@1', 'S@2', 'caught-up']);
  });

  test('a live checkpoint comes after each interval of events, matching or not', async () => {
    const stream = fresh();
    const other = fresh();
    let lines: readonly BareLine[] = [];
    const following = server().calls.follow(
      { from: 'end', prefix: [stream], window: 2, interval: 2 },
      (all) => {
        lines = all;
        return all.length >= 3;
      },
    );
    while (lines.length < 2) await new Promise((turn) => setTimeout(turn, 5));
    const stored = await server().calls.batchAppend(other, 'no-stream', [...three(), bareEvent()]);
    expect(await following).toEqual([
      { says: 'confirmation' },
      { says: 'caught-up' },
      { checkpoint: expect.any(Number) },
    ]);
    if (!server().isReal) expect(lines[2]).toEqual({ checkpoint: 'at' in stored && stored.at });
  });
});
