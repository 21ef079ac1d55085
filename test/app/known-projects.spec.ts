import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Command } from '../../domain/project/commands.js';
import { streamOf } from '../../domain/project/events.js';
import { emptyProject, replay } from '../../domain/project/project.js';
import { Execute } from '../../src/app/commands/execute.js';
import { HashSet } from '../../src/app/commands/hash-set.js';
import { type KnownProject, KnownProjects } from '../../src/app/commands/known-projects.js';
import { world } from '../../src/composition/world.js';
import { contentText } from '../../src/event-store/codec.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { historyArbitrary } from '../support/arbitraries.js';
import { type Dice, diceOf, uuidOf } from '../support/dice.js';
import { eventsOf, openMemoryStore } from '../support/event-store-ports.js';
import { type History, randomHistory } from '../support/histories.js';

const project = 'random-0';

/** Knows no project, so that each command is decided on the entries. */
class KnowsNone extends KnownProjects {
  override of(): undefined {
    return undefined;
  }
}

/** The same store without queries that are answered immediately, so that also registrations are decided on the entries. */
function readInPages({ journal: _, ...store }: EventStore): EventStore {
  return store;
}

/** Counts the facts that were new by their hashes alone. */
class Counting extends KnownProjects {
  directly = 0;

  override add(...added: Parameters<KnownProjects['add']>): boolean {
    const isNew = super.add(...added);
    if (isNew) this.directly += 1;
    return isNew;
  }
}

interface Sending {
  id: string;
  by: string;
  command: Command;
}

/** The commands of a history with those of a careless sender between them: sent again, with another id, with an id of another. */
function sendingsOf({ commands }: History, dice: Dice): Sending[][] {
  const sendings: Sending[] = [];
  for (const { id, by, command } of commands) {
    sendings.push({ id, by, command });
    const earlier = sendings.at(-dice.int(1, 6)) ?? { id, by, command };
    if (dice.chance(15)) sendings.push(earlier);
    if (dice.chance(10)) sendings.push({ ...earlier, id: uuidOf(`again ${sendings.length}`) });
    if (dice.chance(6)) sendings.push({ ...earlier, command });
  }
  const together: Sending[][] = [];
  while (sendings.length > 0) together.push(sendings.splice(0, dice.chance(50) ? 1 : dice.int(2, 8)));
  return together;
}

/** What each sending is answered, and what is stored in the end. */
async function run(store: EventStore, together: readonly Sending[][], known: KnownProjects) {
  const writer = () => new Execute(store, world, () => '2100-01-01', undefined, undefined, known);
  const execute = writer();
  const answers: unknown[] = [];
  for (const sendings of together) {
    const settled = await Promise.allSettled(
      sendings.map(({ command, ...request }) => execute.run(project, command, request)),
    );
    for (const one of settled)
      answers.push(one.status === 'fulfilled' ? one.value : (one.reason.reason ?? one.reason.message));
  }
  const stored = await eventsOf(store.readStream(streamOf(project)));
  return { answers, stored: stored.map((event) => [event.id, event.revision, contentText(event)]) };
}

test('every command gets the same answer, and the same is stored, as without hashes', async () => {
  let directly = 0;
  await fc.assert(
    fc.asyncProperty(historyArbitrary({ project }), fc.nat(), async (history, seed) => {
      const together = sendingsOf(history, diceOf(seed));
      const stores = [openMemoryStore(), openMemoryStore()] as const;
      const known = new Counting();
      const ours = await run(stores[0], together, known);
      expect(ours).toEqual(await run(readInPages(stores[1]), together, new KnowsNone()));
      directly += known.directly;
      await Promise.all(stores.map((store) => store.close()));
    }),
    { numRuns: 60 },
  );
  expect(directly).toBeGreaterThan(200);
});

test('a write side that has forgotten everything answers as one that knows all', async () => {
  const history = randomHistory(3, { entries: 60, project });
  const together = sendingsOf(history, diceOf(3));
  const stores = [openMemoryStore(), openMemoryStore()] as const;
  const forgetful = new Counting({ hashes: 5, projects: 1 });
  expect(await run(stores[0], together, forgetful)).toEqual(await run(stores[1], together, new Counting()));
  await Promise.all(stores.map((store) => store.close()));
});

test('what a known project says is found, also after others were added', () => {
  const histories = [1, 2, 3].map((seed) => randomHistory(seed, { entries: 80, project: `random-${seed}` }));
  const known = new KnownProjects();
  for (const { project, events } of histories) {
    known.know(project, replay(emptyProject, events.slice(0, 40)));
    known.know(project, replay(emptyProject, events));
  }
  for (const { project, events } of histories)
    for (const event of events) expect(known.add(event, known.of(project) as KnownProject)).toBe(false);
  const other = randomHistory(9, { entries: 80 }).events.filter(({ type }) => type === 'ProgressMeasured');
  expect(
    other.filter((event) => known.add(event, { seed: 7, revision: 0, timeZone: '' })).length,
  ).toBeGreaterThan(0);
});

test('a set of hashes holds exactly what was added, however many', () => {
  const set = new HashSet();
  const dice = diceOf(5);
  const added = new Set<number>();
  for (let count = 0; count < 10_000; count += 1) {
    const hash = dice.chance(20) ? dice.int(0, 300) : dice.int(0, 0xffffffff);
    expect(set.add(hash)).toBe(!added.has(hash));
    added.add(hash);
  }
  set.clear();
  expect([set.add(0), set.add(0), set.add(17)]).toEqual([true, false, true]);
});
