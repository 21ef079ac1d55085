import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ExpectedRevision } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { verifySqliteFile } from '../../src/event-store/sqlite/verify.js';
import { type Draw, eventOf, Model, outcomeOf } from '../support/event-store-model.js';
import { eventsOf, storePorts, temporaryFolder } from '../support/event-store-ports.js';

const folder = temporaryFolder();
let files = 0;
afterAll(() => folder.remove());

/** Concurrent appends, or a reopened store. */
type Step = Draw[] | 'reopen';

const draw: fc.Arbitrary<Draw> = fc.record({
  stream: fc.constantFrom('project-east', 'project-west', 'project-harbour'),
  events: fc.array(fc.record({ key: fc.nat(25), words: fc.constantFrom(1, 1, 1, 2) }), {
    minLength: 1,
    maxLength: 4,
  }),
  expected: fc.oneof(
    { weight: 3, arbitrary: fc.constant<ExpectedRevision>('any') },
    { weight: 1, arbitrary: fc.constant<ExpectedRevision>('no-stream') },
    { weight: 3, arbitrary: fc.nat(8) },
  ),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.array(draw, { minLength: 1, maxLength: 12 }) },
    { weight: 1, arbitrary: fc.constant<Step>('reopen') },
  ),
  { maxLength: 12 },
);

test.each([
  [':memory:', 150],
  ['a file', 50],
])(
  'whatever is sent, in whatever order, %s answers like a plain list',
  async (place, numRuns) => {
    await fc.assert(
      fc.asyncProperty(steps, async (drawn) => {
        files += 1;
        const path = place === ':memory:' ? place : folder.file(`${files}.db`);
        let store = openSqliteStore(path, storePorts());
        const model = new Model();
        for (const step of drawn) {
          if (step === 'reopen') {
            if (path === ':memory:') continue;
            await store.close();
            store = openSqliteStore(path, storePorts());
            continue;
          }
          const answers = await Promise.all(step.map((one) => outcomeOf(store, one)));
          for (const [index, one] of step.entries()) {
            const expected = model.append(one);
            // Any one of several taken ids may be named first.
            const isLoose = 'refused' in expected && expected.refused === 'event-id-reused';
            const wanted = isLoose ? { refused: expect.stringMatching(/^event-id-reused /) } : expected;
            expect(answers[index]).toEqual(wanted);
          }
        }
        const all = await eventsOf(store.readAll());
        expect(all).toEqual(
          model.kept.map(({ key, words, stream, revision, position }) =>
            expect.objectContaining({ ...eventOf({ key, words }), stream, revision, position }),
          ),
        );
        for (const stream of new Set(all.map((event) => event.stream))) {
          expect(await eventsOf(store.readStream(stream))).toEqual(
            all.filter((event) => event.stream === stream),
          );
        }
        await store.close();
        if (path !== ':memory:') expect((await verifySqliteFile(path, storePorts())).problems).toEqual([]);
      }),
      { numRuns },
    );
  },
  60_000,
);
