import { expect, test } from '@jest/globals';
import { schemas } from '../../domain/log/any-event.js';
import { bodyText, contentText, decode, leafOf, readBody } from '../../src/event-store/codec.js';
import {
  goldenFiles,
  goldenFilesAt,
  linesOf,
  lostLines,
  mergedCommits,
  shapesIn,
  todaysLines,
} from '../support/event-store-golden.js';

const files = goldenFiles();
const merged = mergedCommits();

test.each([...files])('every event of %s has its original hash', (_, text) => {
  for (const { leaf, body } of linesOf(text)) expect(leafOf(body).toString('hex')).toBe(leaf);
});

test.each([...files])('every event of %s is still readable', (_, text) => {
  for (const [index, { body }] of linesOf(text).entries()) {
    const { id, stream, rev, type, at, by, schema } = readBody(body);
    const event = decode(body, index + 1);
    expect(event).toMatchObject({ id, stream, revision: rev, position: index + 1, type, recordedAt: at, by });
    expect(event.schema).toBe(schemas[event.type]);
    expect(event.schema).toBeGreaterThanOrEqual(schema);
  }
});

test.each([...files])('every event of today in %s is written to the same bytes again', (_, text) => {
  for (const { body } of linesOf(text)) {
    const stored = readBody(body);
    const event = decode(body, 1);
    if (stored.schema === event.schema) expect(bodyText(stored, contentText(event))).toBe(body);
  }
});

test('every event type has golden lines of its current schema', () => {
  const shapes = new Set([...files.values()].flatMap(shapesIn));
  const today = Object.entries(schemas).map(([type, schema]) => `${type} ${schema}`);
  expect(today.filter((shape) => !shapes.has(shape))).toEqual([]);
});

test('the golden files hold the current samples; a failure shows the lines to append', () => {
  const toAdd = [...todaysLines()].flatMap(([file, lines]) => {
    const known = new Set(files.get(file)?.split('\n'));
    return lines
      .map((line) => JSON.stringify(line))
      .filter((line) => !known.has(line))
      .map((line) => `${file}: ${line}`);
  });
  expect(toAdd).toEqual([]);
});

test('a golden line that changed or vanished is detected', () => {
  const before = new Map([['events.jsonl', 'one\ntwo\n']]);
  expect(lostLines(before, new Map([['events.jsonl', 'one\ntwo\nthree\n']]))).toEqual([]);
  expect(lostLines(before, new Map([['events.jsonl', 'one\nTwo\n']]))).toEqual([
    'events.jsonl:2 changed or vanished',
  ]);
  expect(lostLines(before, new Map([['events.jsonl', 'two\n']]))).toEqual([
    'events.jsonl:1 changed or vanished',
  ]);
  expect(lostLines(before, new Map())).toEqual(['events.jsonl:1 changed or vanished']);
});

const compared = merged.length > 0 ? merged : ['an earlier commit (there is none to compare with)'];
(merged.length > 0 ? test : test.skip).each(compared)(
  'no golden line of %s changed or vanished',
  (commit) => {
    expect(lostLines(goldenFilesAt(commit), files)).toEqual([]);
  },
);
