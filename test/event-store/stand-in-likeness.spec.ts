import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Expected } from '../stand-in/log.js';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import type { BareAnswer, BareLine } from '../support/event-store-bare-answers.js';
import { type BareCalls, bareCalls } from '../support/event-store-bare-calls.js';

const realUrl = process.env.EVENT_STORE_TEST_URL;
const expected = fc.oneof(
  fc.constantFrom<Expected>('any', 'no-stream', 'stream-exists'),
  fc.integer({ min: 0, max: 6 }),
);
const events = fc.array(fc.nat({ max: 5 }), { maxLength: 3 });
const from = fc.oneof(fc.nat({ max: 8 }), fc.constant('end' as const));

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ append: events, expected, inBatch: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ delete: expected, forGood: fc.constant<boolean>(false) }) },
  {
    weight: 1,
    arbitrary: fc.record({ metadata: fc.constantFrom('{"$maxCount":2}', '{"$tb":3}', '{}') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ from, backwards: fc.boolean(), count: fc.integer({ min: 1, max: 5 }) }),
  },
);
const ending = fc.constantFrom<Step[]>([], [], [{ delete: 'any', forGood: true }]);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

let standIn: StandIn;
let ours: BareCalls;
let theirs: BareCalls;

beforeAll(async () => {
  standIn = await startStandIn();
  ours = bareCalls(new URL(standIn.url).host);
  if (realUrl) theirs = bareCalls(new URL(realUrl).host);
});

afterAll(async () => {
  ours.close();
  theirs?.close();
  await standIn.kill();
});

/** Runs one step and returns its result, with positions only as present or absent. */
async function done(calls: BareCalls, stream: string, ids: readonly string[], what: Step): Promise<unknown> {
  if ('append' in what) {
    const proposed = what.append.map((index) => ({
      id: ids[index] as string,
      type: 'T',
      data: `{"n":${index}}`,
    }));
    const by = what.inBatch ? 'batchAppend' : 'append';
    return placeless(await calls[by](stream, what.expected, proposed));
  }
  if ('delete' in what) return placeless(await calls.delete(stream, what.delete, what.forGood));
  if ('metadata' in what) {
    const event = { id: randomUUID(), type: '$metadata', data: what.metadata };
    return placeless(await calls.append(`$$${stream}`, 'any', [event]));
  }
  const lines = await calls.read({ stream, bounds: true, ...what });
  return lines.map((line) => placeless(line));
}

/** Some appends are never answered, see the stand-in's log. */
const silence = () => pause(4_000, 'no answer', { ref: false });

function placeless(answer: BareAnswer | BareLine | { at: number }): unknown {
  return 'at' in answer ? { ...answer, at: answer.at !== undefined } : answer;
}

test.each(['append', 'batchAppend'] as const)(
  'nothing is written to a server that would stop its own projections, %s',
  async (by) => {
    for (const data of ['none', '{"$maxCount":'])
      await expect(
        ours[by]('$$standin', 'any', [{ id: randomUUID(), type: '$metadata', data }]),
      ).rejects.toThrow(SyntaxError);
    expect(standIn.log.eventsOf('$$standin')).toEqual([]);
  },
);

(realUrl ? test : test.skip)(
  'the stand-in and EventStoreDB answer any sequence of appends, deletes and reads equally',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), ending, async (steps, last) => {
        const stream = `standin-${randomUUID()}`;
        const ids = Array.from({ length: 6 }, () => randomUUID());
        for (const what of [...steps, ...last, ...steps.slice(-3)]) {
          const answers = [ours, theirs].map((calls) =>
            Promise.race([done(calls, stream, ids, what), silence()]),
          );
          const [our, their] = await Promise.all(answers);
          expect(our).toEqual(their);
        }
      }),
      { endOnFailure: true, numRuns: Number(process.env.EVENT_STORE_TEST_RUNS ?? 25) },
    );
  },
  300_000,
);
