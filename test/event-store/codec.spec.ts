import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import type { Reading } from '../../domain/log/upcasting.js';
import type { EntryMetadata, ProjectEvent } from '../../domain/project/events.js';
import { NotCanonical } from '../../src/event-store/canonical.js';
import {
  bodyText,
  contentText,
  DamagedBody,
  decode,
  leafOf,
  noPrev,
  readBody,
} from '../../src/event-store/codec.js';
import { StoreRefused } from '../../src/event-store/errors.js';
import { samples } from '../support/event-store-samples.js';

const envelope = {
  id: '019a4c1e-0000-7000-8000-000000000001',
  stream: 'project-东路 "1"\\',
  rev: 7,
  type: 'MilestoneReached',
  schema: 1,
  at: '2018-07-10T01:02:03.004Z',
  by: 'inspector "七"',
  prev: noPrev,
};
const roofCapped: ProjectEvent = {
  type: 'MilestoneReached',
  data: { item: 'roof' },
  entry: { asOf: '2018-06-30', precision: 'day', source: { kind: 'inspection' } },
};

describe('the hashed bytes', () => {
  test.each([...samples.entries()])('of sample %i are RFC 8785 of exactly ten members', (_, sample) => {
    const whole = {
      ...envelope,
      v: 1,
      type: sample.type,
      data: { ...sample.data, entryMetadata: sample.entry },
    };
    expect(bodyText({ ...envelope, type: sample.type }, contentText(sample))).toBe(canonicalize(whole));
  });

  test('are hashed after a zero byte', () => {
    const body = bodyText(envelope, contentText(roofCapped));
    const expected = createHash('sha256').update(Buffer.of(0)).update(Buffer.from(body, 'utf8')).digest();
    expect(leafOf(body).toString('hex')).toBe(expected.toString('hex'));
  });

  test('are read back as the event, with its position', () => {
    expect(decode(bodyText(envelope, contentText(roofCapped)), 12)).toEqual({
      ...roofCapped,
      id: envelope.id,
      stream: envelope.stream,
      revision: 7,
      position: 12,
      schema: 1,
      recordedAt: envelope.at,
      by: envelope.by,
    });
  });

  test('have one object for a source that is only a kind, and one of their own for any other', () => {
    const noted: ProjectEvent = {
      ...roofCapped,
      entry: { ...roofCapped.entry, source: { kind: 'inspection', note: 'from the crane' } },
    };
    const read = [roofCapped, noted, roofCapped, noted].map((event, place) =>
      decode(bodyText(envelope, contentText(event)), place + 1),
    );
    expect(read.map(({ entry }) => entry)).toEqual(
      [roofCapped, noted, roofCapped, noted].map(({ entry }) => entry),
    );
    const [bare, other, again, otherAgain] = read.map(({ entry }) => (entry as EntryMetadata).source);
    expect(again).toBe(bare);
    expect(otherAgain).not.toBe(other);
  });

  test('cannot contain a member that the store reserves', () => {
    const strange = { ...roofCapped, data: { item: 'roof', entryMetadata: {} } } as unknown as ProjectEvent;
    expect(() => contentText(strange)).toThrow('data.entryMetadata is present');
  });

  test('name the path of what cannot be stored', () => {
    const half = { ...roofCapped, data: { item: 'roof', step: undefined } } as unknown as ProjectEvent;
    expect(() => contentText(half)).toThrow(NotCanonical);
    expect(() => contentText(half)).toThrow('data.step is undefined');
  });

  test('are at most 256 KiB', () => {
    const long = (length: number): ProjectEvent => ({ ...roofCapped, data: { item: '顶'.repeat(length) } });
    expect(contentText(long(80_000)).length).toBeGreaterThan(80_000);
    expect(() => contentText(long(87_000))).toThrow(/^data is 261\d+ bytes long; expected at most 260096\.$/);
  });
});

describe('bytes never written here', () => {
  test.each([
    ['', 'its body is not JSON'],
    ['{"v":1', 'its body is not JSON'],
    ['null', 'its body has layout undefined; expected 1'],
    ['{"v":2}', 'its body has layout 2; expected 1'],
    ['{"v":1,"id":"x"}', 'its body lacks a member'],
  ])('%p are reported as damaged', (body, message) => {
    expect(() => readBody(body)).toThrow(DamagedBody);
    expect(() => readBody(body)).toThrow(message);
  });
});

describe('events of other versions', () => {
  // Version 2017 used "milestone" and counted steps from 1; version 2018 used "item".
  const reading: Reading = {
    schemas: { MilestoneReached: 3 },
    personal: {},
    upcasts: {
      MilestoneReached: {
        1: ({ milestone, ...data }) => ({ ...data, item: milestone }),
        2: (data) => ({ ...data, step: `step-${data.step}` }),
      },
    },
  };
  const stored = (schema: number, data: Record<string, unknown>, type = 'MilestoneReached') =>
    bodyText({ ...envelope, type, schema }, contentText({ ...roofCapped, data } as unknown as ProjectEvent));

  test.each([
    [1, { milestone: 'roof', step: 2 }],
    [2, { item: 'roof', step: 2 }],
    [3, { item: 'roof', step: 'step-2' }],
  ])('of schema %i are upcast to the newest, and their bytes stay', (schema, data) => {
    const body = stored(schema, data);
    const leaf = leafOf(body);
    const event = decode(body, 1, reading);
    expect(event).toMatchObject({
      schema: 3,
      data: { item: 'roof', step: 'step-2' },
      entry: roofCapped.entry,
    });
    expect(leafOf(body).equals(leaf)).toBe(true);
    expect(readBody(body)).toMatchObject({ schema, data });
  });

  test('of a newer schema are refused, and the message says what to do', () => {
    expect(() => decode(stored(4, {}), 12, reading)).toThrow(
      new StoreRefused(
        `Event 12 (${envelope.stream} revision 7, id ${envelope.id})`,
        'MilestoneReached has schema 4 and this version knows 3; use a newer one',
      ),
    );
  });

  test.each(['RoofPainted', 'constructor', '__proto__'])('of the unknown type %s are refused', (type) => {
    expect(() => decode(stored(1, {}, type), 12)).toThrow(`this version does not know its type, ${type}`);
  });

  test('without an upcast are refused', () => {
    expect(() => decode(stored(1, {}), 12, { ...reading, upcasts: {} })).toThrow(
      'there is no upcast of MilestoneReached from schema 1',
    );
  });
});
