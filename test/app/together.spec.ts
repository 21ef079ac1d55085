import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/project/commands.js';
import { streamOf } from '../../domain/project/events.js';
import { CommandRejected } from '../../domain/values/rejections.js';
import { Execute } from '../../src/app/commands/execute.js';
import { StepRefused } from '../../src/app/commands/together.js';
import type { Step } from '../../src/app/queries/asked.js';
import { world } from '../../src/composition/world.js';
import { EventIdReused, OutcomeUnknown, RevisionConflict } from '../../src/event-store/errors.js';
import type { Appended, EventStore } from '../../src/event-store/event-store.js';
import { uuidOf } from '../support/dice.js';
import { eventsOf, openMemoryStore } from '../support/event-store-ports.js';
import { today } from '../support/given.js';
import { adopt, asked, by, describeAs, huaao, measure, reach, register, withdraw } from './facts.js';

let store: EventStore;
let execute: Execute;

const writer = (on: EventStore) => new Execute(on, world, () => today);
const step = (id: string, command: Command): Step => ({ command, id: uuidOf(id) });
const together = (...steps: Step[]) => execute.runTogether(huaao, steps, { by });
const recorded = async () =>
  (await eventsOf(store.readStream(streamOf(huaao)))).map(({ type, id }) => [type, id]);
const outcomes = async (answer: ReturnType<typeof together>) =>
  (await answer).map(({ id, revision, outcome }) => [id, revision, outcome]);

/** Commands that are refused once they are given. */
const tooMuch: Command = {
  ...measure('roof', 50),
  entry: { ...measure('roof', 50).entry, asOf: '2030-01-01' },
};

beforeEach(async () => {
  store = openMemoryStore();
  execute = writer(store);
  await execute.run(huaao, register(), asked('registered'));
  await execute.run(huaao, adopt('hall', 'roof'), asked('planned'));
});
afterEach(async () => store.close());

/** The same store with an append that does something else before or instead. */
function disturbed(append: (call: () => Promise<Appended>, count: number) => Promise<Appended>): EventStore {
  let count = 0;
  return { ...store, append: (...args) => append(() => store.append(...args), ++count) };
}

describe('commands that belong together', () => {
  const all = [
    step('hall', reach('hall')),
    step('roof', measure('roof', 50)),
    step('owner', describeAs({ owner: { en: 'Huaao' } })),
  ];

  test('are recorded by one append, and sent again they add nothing', async () => {
    let appends = 0;
    execute = writer(
      disturbed((call, count) => {
        appends = count;
        return call();
      }),
    );
    const first = await outcomes(together(...all));
    expect(first).toEqual([
      [uuidOf('hall'), 2, 'recorded'],
      [uuidOf('roof'), 3, 'recorded'],
      [uuidOf('owner'), 4, 'recorded'],
    ]);
    expect(appends).toBe(1);
    const before = await recorded();
    for (const again of [execute, writer(store)]) {
      execute = again;
      expect(await outcomes(together(...all))).toEqual(
        first.map(([id, revision]) => [id, revision, 'replayed']),
      );
    }
    expect(await recorded()).toEqual(before);
    // What is kept in memory is what is stored.
    expect(await execute.run(huaao, measure('hall', 10, '2018-07-05'), asked('later'))).toMatchObject({
      revision: 5,
    });
  });

  test('are none of them recorded when one is refused, and the refusal names it', async () => {
    const before = await recorded();
    for (const place of [0, 1, 2]) {
      const steps = all.toSpliced(place, 1, step('refused', tooMuch));
      const refusal = await together(...steps).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(StepRefused);
      expect([(refusal as StepRefused).place, (refusal as StepRefused).cause]).toEqual([
        place,
        expect.any(CommandRejected),
      ]);
    }
    expect(await recorded()).toEqual(before);
    expect((await outcomes(together(...all))).map(([, , outcome]) => outcome)).toEqual(
      all.map(() => 'recorded'),
    );
  });

  test('are each decided on what those before them record', async () => {
    const steps = [
      step('roof', measure('roof', 50)),
      step('withdrawn', withdraw('roof', measure('roof', 60))),
    ];
    const [first, second] = await together(...steps);
    expect([first?.also, second?.also.map(({ revision }) => revision)]).toEqual([[], [4]]);
    expect((await recorded()).slice(2).map(([type]) => type)).toEqual([
      'ProgressMeasured',
      'EntryWithdrawn',
      'ProgressMeasured',
    ]);
  });

  test('of which some are there already add only the others', async () => {
    await execute.run(huaao, reach('hall'), asked('hall'));
    await execute.run(huaao, measure('roof', 50), asked('by another'));
    expect(await outcomes(together(...all))).toEqual([
      [uuidOf('hall'), 2, 'replayed'],
      [uuidOf('by another'), 3, 'already-said'],
      [uuidOf('owner'), 4, 'recorded'],
    ]);
    expect(await outcomes(together(...all.slice(0, 2)))).toEqual([
      [uuidOf('hall'), 2, 'replayed'],
      [uuidOf('by another'), 3, 'already-said'],
    ]);
  });

  test('that say one thing twice record it once', async () => {
    const twice = [step('hall', reach('hall')), step('hall', reach('hall')), step('again', reach('hall'))];
    expect(await outcomes(together(...twice))).toEqual([
      [uuidOf('hall'), 2, 'recorded'],
      [uuidOf('hall'), 2, 'recorded'],
      [uuidOf('hall'), 2, 'already-said'],
    ]);
    expect(await recorded()).toHaveLength(3);
  });

  test('are refused as a whole where an id says something else, in the store or among them', async () => {
    await execute.run(huaao, reach('hall'), asked('hall'));
    const before = await recorded();
    const steps: [Step[], number][] = [
      [[step('roof', measure('roof', 50)), step('hall', reach('roof'))], 1],
      [[step('roof', measure('roof', 50)), step('roof', measure('roof', 60))], 1],
    ];
    for (const [some, place] of steps)
      await expect(together(...some)).rejects.toMatchObject({ place, cause: expect.any(EventIdReused) });
    expect(await recorded()).toEqual(before);
  });

  test('are decided again when another writer was faster', async () => {
    const other = writer(store);
    execute = writer(
      disturbed(async (call, count) => {
        if (count > 1) return call();
        await other.run(huaao, reach('hall'), asked('by another'));
        throw new RevisionConflict(streamOf(huaao), 1, 2);
      }),
    );
    expect(await outcomes(together(...all))).toEqual([
      [uuidOf('by another'), 2, 'already-said'],
      [uuidOf('roof'), 3, 'recorded'],
      [uuidOf('owner'), 4, 'recorded'],
    ]);
  });

  test.each([false, true])(
    'whose outcome is unknown are sent again without harm (stored: %s)',
    async (isStored) => {
      execute = writer(
        disturbed(async (call, count) => {
          if (count > 1) return call();
          if (isStored) await call();
          throw new OutcomeUnknown(all.map(({ id }) => id));
        }),
      );
      await expect(together(...all)).rejects.toThrow(OutcomeUnknown);
      expect(await recorded()).toHaveLength(isStored ? 5 : 2);
      await together(...all);
      expect(await recorded()).toHaveLength(5);
    },
  );
});
