import { expect, test } from '@jest/globals';
import { EventReader, type ServerEvent } from '../../src/cli/client/sse.js';

const raised: ServerEvent = { event: 'AlertRaised', data: '{"name":"华奥汽车"}', lastId: '82' };
const cleared: ServerEvent = { event: 'AlertCleared', data: 'first line\nsecond line', lastId: '88' };
const lines = [
  '\uFEFFretry: 1037',
  'id: 80',
  '',
  ': nothing new',
  '',
  'id: 82',
  'event: AlertRaised',
  'data: {"name":"华奥汽车"}',
  '',
  'id:88',
  'event:AlertCleared',
  'data: first line',
  'data:second line',
  'unknown: field',
  '',
  '',
];

/** All events of bytes that arrive in two pieces, and the reader afterwards. */
function readIn(bytes: Uint8Array, ...cuts: number[]): { events: ServerEvent[]; reader: EventReader } {
  const reader = new EventReader();
  const ends = [...cuts, bytes.length];
  const events = ends.flatMap((end, index) => [...reader.take(bytes.subarray(cuts[index - 1] ?? 0, end))]);
  return { events, reader };
}

test.each([
  ['line feeds', '\n'],
  ['returns and line feeds', '\r\n'],
  ['returns', '\r'],
])('a stream whose lines end in %s reads the same wherever its bytes are cut', (_, end) => {
  const bytes = new TextEncoder().encode(lines.join(end));
  for (let cut = 0; cut <= bytes.length; cut++) {
    const { events, reader } = readIn(bytes, cut);
    expect(events).toEqual([raised, cleared]);
    expect([reader.lastId, reader.retryMs]).toEqual(['88', 1037]);
  }
});

test('a stream that arrives byte by byte reads the same', () => {
  const bytes = new TextEncoder().encode(lines.join('\r\n'));
  const { events } = readIn(bytes, ...Array.from({ length: bytes.length - 1 }, (_, index) => index + 1));
  expect(events).toEqual([raised, cleared]);
});

test('an id alone moves the place and tells nothing', () => {
  const { events, reader } = readIn(new TextEncoder().encode(': nothing new\nid: 90\n\n'));
  expect([events, reader.lastId]).toEqual([[], '90']);
});

test('an event without a type is a message, and one without data is none', () => {
  const { events } = readIn(new TextEncoder().encode('event: AlertRaised\n\ndata\n\n'));
  expect(events).toEqual([{ event: 'message', data: '' }]);
});

test('a time to come back that is no number, and an id with a zero byte, are left out', () => {
  const { reader } = readIn(new TextEncoder().encode('retry: soon\nid: 8\0\nid: 7\nid: 9\0\n\n'));
  expect([reader.lastId, reader.retryMs]).toEqual(['7', undefined]);
});

test('an event that a break has cut is not told, and the next one is told whole', () => {
  const { events, reader } = readIn(new TextEncoder().encode('id: 5\nevent: AlertRaised\ndata: {"cut'));
  reader.startAnew();
  const after = [...reader.take(new TextEncoder().encode('event: AlertCleared\ndata: whole\n\n'))];
  expect([events, after]).toEqual([[], [{ event: 'AlertCleared', data: 'whole', lastId: '5' }]]);
});
