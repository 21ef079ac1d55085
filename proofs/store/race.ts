import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '../../domain/project/commands.js';
import { type EntryMetadata, streamOf } from '../../domain/project/events.js';
import { Execute } from '../../src/app/commands/execute.js';
import { Refused } from '../../src/app/refusals.js';
import { world } from '../../src/composition/world.js';
import { RevisionConflict } from '../../src/event-store/errors.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { storePorts } from '../../test/support/event-store-ports.js';
import { measured } from '../../test/support/event-store-samples.js';
import type { Finding, Proof } from '../proof.js';

const writers = 64;
/** The number of write sides, each with its own memory, like separate processes. */
const sides = 4;

/** The result of a writer: the revision of its event, or the current one from the conflict. */
type Outcome = { won: number } | { current: number };

/**
 * Of writers that saw the same revision exactly one succeeds, and all others learn the current revision.
 *
 * A round lets 64 of them append to one stream of the store concurrently, and 64 of them send a command to one project
 * concurrently.
 */
export const race: Proof = {
  rounds: { small: 50, full: 1000 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const folder = mkdtempSync(fileURLToPath(new URL('../../race-', import.meta.url)));
    const opened = openSqliteStore(join(folder, 'events.db'), storePorts());
    const store = isBroken ? takesAny(opened) : opened;
    const figures = {
      writers,
      rounds: 0,
      winnersOfAppends: 0,
      winnersOfCommands: 0,
      wrongCurrentRevision: 0,
    };
    try {
      const sent = Array.from({ length: sides }, () => new Execute(store, world, () => '2018-12-31'));
      const project = `race-${seed}`;
      await sent[0]?.run(project, register, { by: 'inspector-7' });
      for (let round = 0; round < rounds; round += 1) {
        const appends = await Promise.all(hands((hand) => append(store, `${seed}`, round, hand)));
        const commands = await Promise.all(
          hands((hand) => command(sent[hand % sides] as Execute, project, round, hand)),
        );
        figures.rounds += 1;
        figures.winnersOfAppends += winners(appends);
        figures.winnersOfCommands += winners(commands);
        figures.wrongCurrentRevision += wrong(appends) + wrong(commands);
      }
    } finally {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    }
    const { winnersOfAppends, winnersOfCommands, wrongCurrentRevision } = figures;
    const isOneEach = winnersOfAppends === rounds && winnersOfCommands === rounds;
    return { figures, pass: isOneEach && wrongCurrentRevision === 0 };
  },
};

const entry: EntryMetadata = { asOf: '2018-06-30', precision: 'day', source: { kind: 'inspection' } };
const register: Command = {
  type: 'RegisterProject',
  data: { name: { en: 'Race' } },
  entry,
};

function hands<Answer>(work: (hand: number) => Promise<Answer>): Promise<Answer>[] {
  return Array.from({ length: writers }, (_, hand) => work(hand));
}

/** The stream has as many events as rounds, so all writers saw its last revision. */
async function append(store: EventStore, seed: string, round: number, hand: number): Promise<Outcome> {
  const event = measured(hand, `race ${seed} ${round} ${hand}`);
  try {
    const { events } = await store.append(
      streamOf(`raced-${seed}`),
      [event],
      round === 0 ? 'no-stream' : round - 1,
    );
    return { won: events[0]?.revision ?? -1 };
  } catch (error) {
    if (error instanceof RevisionConflict) return { current: error.current };
    throw error;
  }
}

async function command(side: Execute, project: string, round: number, hand: number): Promise<Outcome> {
  const fact: Command = {
    type: 'ProgressMeasured',
    data: { item: `item-${hand}`, measure: { kind: 'percent', basisPoints: round + 1 } },
    entry,
  };
  try {
    const { revision } = await side.run(project, fact, { by: 'inspector-7', expectedRevision: round });
    return { won: revision };
  } catch (error) {
    if (error instanceof Refused) return { current: Number(error.details.currentRevision) };
    throw error;
  }
}

function winners(outcomes: readonly Outcome[]): number {
  return outcomes.filter((outcome) => 'won' in outcome).length;
}

/** Losers that got another revision than the winner's. */
function wrong(outcomes: readonly Outcome[]): number {
  const won = outcomes.flatMap((outcome) => ('won' in outcome ? [outcome.won] : []));
  return outcomes.filter((outcome) => 'current' in outcome && outcome.current !== won[0]).length;
}

/** The negative control: a store that accepts any revision. */
function takesAny(store: EventStore): EventStore {
  return { ...store, append: (stream, events) => store.append(stream, events, 'any') };
}
