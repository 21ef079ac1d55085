import { governanceStream } from '../../domain/governance/events.js';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { RawEvent } from '../../src/event-store/chain.js';
import type { RawLog, RawTarget } from '../../src/event-store/copy.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { openClusterRaw } from '../../src/event-store/eventstoredb/raw.js';
import { openSqliteRaw, openSqliteTarget } from '../../src/event-store/sqlite/raw.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { type Dice, diceOf, uuidOf } from './dice.js';
import { clusterPorts } from './event-store-cluster.js';
import { sampleEvent } from './event-store-samples.js';
import { randomHistory } from './histories.js';

const ports = { nextTurn: clusterPorts.nextTurn, newId: clusterPorts.newId };

export const rawFile = (path: string): RawLog => openSqliteRaw(path, ports);
export const rawTargetFile = (path: string): RawTarget => openSqliteTarget(path, ports);
/** A cluster as the side of a copy, named `the cluster`. */
export const rawCluster = (url: string, prefix: string): Promise<RawTarget> =>
  openClusterRaw({ url, prefix, name: 'the cluster' }, clusterPorts);

/** Every stored body, in order. */
export async function bodiesOf(log: RawLog): Promise<string[]> {
  const events: RawEvent[] = [];
  for await (const page of log.pages()) events.push(...page);
  return events.map(({ body }) => body);
}

/** Fills a store with random histories and every kind of event, in interleaved streams. */
export async function storeOfHistories(path: string, seed: number, entries: number): Promise<void> {
  const dice = diceOf(seed);
  let nowMs = Date.parse('2018-07-10T00:00:00.000Z');
  const store = openSqliteStore(path, {
    ...ports,
    now: () => new Date(nowMs).toISOString(),
    newId: () => uuidOf(`installation ${seed}`),
  });
  const waiting = [...Array(3).keys()].map((number) => ({
    stream: `project-random-${seed}-${number}`,
    events: randomHistory(seed * 10 + number, { entries: entries / 6 }).events.map(asNew),
  }));
  for (const stream of ['alerts-east', governanceStream, 'project-east'])
    waiting.push({ stream, events: samplesFor(dice, `${seed} ${stream}`, Math.ceil(entries / 6)) });
  for (let open = waiting; open.length > 0; open = waiting.filter(({ events }) => events.length > 0)) {
    const { stream, events } = dice.pick(open as [(typeof open)[0]]);
    nowMs += dice.int(0, 2) * 1_000;
    await store.append(stream, events.splice(0, dice.chance(20) ? dice.int(5, 40) : 1), 'any');
  }
  await store.close();
}

function asNew({ id, type, data, entry, by }: AnyRecordedEvent): NewEvent {
  return { id, type, data, entry, by } as unknown as NewEvent;
}

function samplesFor(dice: Dice, key: string, count: number): NewEvent[] {
  return Array.from({ length: count }, (_, number) => sampleEvent(dice.int(0, 200), `${key} ${number}`));
}
