import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { EventIdReused, RevisionConflict } from '../../src/event-store/errors.js';
import type { EventStore, ExpectedRevision, NewEvent } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';
import { eventsOf, storePorts } from '../../test/support/event-store-ports.js';
import type { Finding, Proof } from '../proof.js';

/** One request; every sending of the same `request` has the same content and ids. */
interface Sending {
  request: string;
  stream: string;
  events: NewEvent[];
  expected: ExpectedRevision;
}

/** The reply: the events, or the refusal; undefined if the client disconnected before. */
type Reply = AnyRecordedEvent[] | 'conflict' | 'reused' | undefined;

const fresh = () => ({
  sequences: 0,
  sendings: 0,
  duplicates: 0,
  differingReplies: 0,
  reusedIdAccepted: 0,
  lost: 0,
});

/**
 * The same id with the same content is recorded once and always gets the same answer; with other content it is refused.
 *
 * A round sends a few requests repeatedly, in random order, some 64 times concurrently, some by clients that disconnect
 * before the answer and some with changed content; now and then the store is reopened in between.
 */
export const idempotent: Proof = {
  rounds: { small: 150, full: 10_000 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const folder = mkdtempSync(fileURLToPath(new URL('../../idempotent-', import.meta.url)));
    const open = () => openSqliteStore(join(folder, 'events.db'), storePorts());
    const figures = fresh();
    let ids = 0;
    const newId = () => {
      ids += 1;
      return uuidOf(`broken ${seed} ${ids}`);
    };
    let store = open();
    try {
      for (let round = 0; round < rounds; round += 1) {
        const dice = diceOf(seed + round * 7919);
        const stream = `project-${seed}-${round}`;
        const sendings = sendingsOf(dice, stream);
        const replies: Reply[] = [];
        while (replies.length < sendings.length) {
          const burst = sendings.slice(replies.length, replies.length + dice.int(1, 90));
          const target = isBroken ? forgetful(store, newId) : store;
          replies.push(
            ...(await Promise.all(burst.map((sending) => replyTo(target, sending, dice.chance(15))))),
          );
          if (dice.chance(2)) {
            await store.close();
            store = open();
          }
        }
        const kept = [
          ...(await eventsOf(store.readStream(stream))),
          ...(await eventsOf(store.readStream(`${stream}-b`))),
        ];
        checkReplies(figures, sendings, replies, kept);
      }
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
    const { duplicates, differingReplies, reusedIdAccepted, lost } = figures;
    return { figures, pass: duplicates + differingReplies + reusedIdAccepted + lost === 0 };
  },
};

/** Some requests of one to three events, each sent several times, shuffled; one of them 64 times in a row. */
function sendingsOf(dice: Dice, stream: string): Sending[] {
  const requests = Array.from({ length: dice.int(2, 6) }, (_, number): Sending => {
    const events = Array.from({ length: dice.int(1, 3) }, (_, part) => fact(`${stream} ${number} ${part}`));
    return { request: `${number}`, stream, events, expected: dice.chance(70) ? 'any' : dice.int(0, 6) };
  });
  const sendings = requests.flatMap((request) => Array.from({ length: dice.int(1, 4) }, () => request));
  for (const { request, events, expected } of requests.filter(() => dice.chance(40))) {
    const [first, ...rest] = events as [NewEvent, ...NewEvent[]];
    const changed = { ...first, entry: { ...first.entry, asOf: '2018-07-01' } };
    sendings.push(
      dice.chance(50)
        ? { request: `${request} changed`, stream, events: [changed, ...rest], expected }
        : { request: `${request} elsewhere`, stream: `${stream}-b`, events, expected: 'any' },
    );
  }
  for (let last = sendings.length - 1; last > 0; last -= 1) {
    const other = dice.int(0, last);
    [sendings[last], sendings[other]] = [sendings[other] as Sending, sendings[last] as Sending];
  }
  const twin = sendings[dice.int(0, sendings.length - 1)] as Sending;
  sendings.splice(dice.int(0, sendings.length), 0, ...Array<Sending>(64).fill(twin));
  return sendings;
}

function fact(name: string): NewEvent {
  const entry = { asOf: '2018-06-30', precision: 'day', source: { kind: 'inspection' } } as const;
  return { id: uuidOf(name), by: 'inspector-7', type: 'MilestoneReached', data: { item: name }, entry };
}

async function replyTo(store: EventStore, sending: Sending, hangsUp: boolean): Promise<Reply> {
  try {
    const { events } = await store.append(sending.stream, sending.events, sending.expected);
    return hangsUp ? undefined : events;
  } catch (error) {
    if (error instanceof RevisionConflict) return hangsUp ? undefined : 'conflict';
    if (error instanceof EventIdReused) return hangsUp ? undefined : 'reused';
    throw error;
  }
}

/** Compares all replies with each other and with the stored events. */
function checkReplies(
  figures: ReturnType<typeof fresh>,
  sendings: readonly Sending[],
  replies: readonly Reply[],
  kept: readonly AnyRecordedEvent[],
): void {
  figures.sequences += 1;
  figures.sendings += sendings.length;
  // Each item belongs to one id, so two facts about it are one id with two contents.
  const facts = kept.map(({ stream, data, entry }) => JSON.stringify([stream, data, entry.asOf]));
  const different = new Set(facts).size;
  figures.duplicates += facts.length - different;
  figures.reusedIdAccepted += different - new Set(kept.map(({ data }) => JSON.stringify(data))).size;

  const firstReplies = new Map<string, string>();
  const places = new Set(kept.map(placeOf));
  for (const [index, { request }] of sendings.entries()) {
    const reply = replies[index];
    if (reply === undefined) continue;
    const first = firstReplies.get(request);
    const isAccepted = typeof reply === 'object';
    const said = isAccepted ? reply.map(placeOf).join() : reply;
    if (first !== undefined && said !== first) figures.differingReplies += 1;
    if (!isAccepted) continue;
    firstReplies.set(request, said);
    figures.lost += reply.filter((event) => !places.has(placeOf(event))).length;
  }
}

const placeOf = ({ id, stream, revision, position, recordedAt }: AnyRecordedEvent) =>
  `${id} ${stream} ${revision} ${position} ${recordedAt}`;

/** The negative control: a store that treats every retry as new. */
function forgetful(store: EventStore, newId: () => string): EventStore {
  const renamed = (event: NewEvent): NewEvent => ({ ...event, id: newId() });
  return {
    ...store,
    append: (stream, events, expected) => store.append(stream, events.map(renamed), expected),
  };
}
