import { addDays } from '../src/domain/calendar.js';
import type { EntryMetadata, ProjectEvent, WorkItem } from '../src/domain/events.js';
import { streamOf } from '../src/domain/events.js';
import { OutcomeUnknown, StoreUnavailable } from '../src/event-store/errors.js';
import type { EventStore, ExpectedRevision, NewEvent } from '../src/event-store/event-store.js';
import { uuidOf } from '../test/support/dice.js';

const firstDay = '2018-01-01';
const itemCount = 12;

/** Twelve items in a row, the later half each after one of the earlier half. */
const items: WorkItem[] = Array.from({ length: itemCount }, (_, i) => ({
  id: `item-${i}`,
  name: { en: `Item ${i}`, zh: `第${i}项` },
  weight: 1 + (i % 5),
  measure: 'percent',
  plannedStart: addDays(firstDay, i * 30),
  plannedFinish: addDays(firstDay, i * 30 + 90),
  ...(i >= itemCount / 2 ? { after: [`item-${i - itemCount / 2}`] } : {}),
}));

/**
 * Fills an empty store with projects of equally many events each: a registration, a plan, then measures and money, day by
 * day, about 400 bytes an event. The same arguments give the same log but for the instants of recording.
 */
export async function fillStore(
  store: EventStore,
  shape: { projects: number; eventsEach: number },
): Promise<void> {
  const inFlight = 64;
  for (let first = 0; first < shape.projects; first += inFlight) {
    const some = Array.from({ length: Math.min(inFlight, shape.projects - first) }, (_, i) => first + i);
    await Promise.all(
      some.map((project) => fillStream(store, `bench-${project}`, project, shape.eventsEach)),
    );
  }
}

async function fillStream(store: EventStore, project: string, index: number, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, i) => eventOf(project, index, i));
  for (let from = 0; from < count; from += 500) {
    await appended(
      store,
      streamOf(project),
      events.slice(from, from + 500),
      from === 0 ? 'no-stream' : from - 1,
    );
  }
}

/** Appends, again with the same ids where a slow server leaves it open. */
async function appended(
  store: EventStore,
  stream: string,
  events: NewEvent[],
  expected: ExpectedRevision,
): Promise<void> {
  for (;;) {
    try {
      await store.append(stream, events, expected);
      return;
    } catch (error) {
      if (!(error instanceof OutcomeUnknown || error instanceof StoreUnavailable)) throw error;
    }
  }
}

function eventOf(project: string, index: number, i: number): NewEvent {
  const entry: EntryMetadata = {
    asOf: addDays(firstDay, Math.floor(i / 2)),
    precision: 'day',
    source: { kind: 'inspection' },
  };
  return { ...factOf(index, i), entry, id: uuidOf(`${project} ${i}`), by: 'inspector' } as NewEvent;
}

function factOf(index: number, i: number): Pick<ProjectEvent, 'type' | 'data'> {
  if (i === 0) {
    const data = { name: { en: `Project ${index}`, zh: `项目${index}` }, district: `district-${index % 20}` };
    return { type: 'ProjectRegistered', data };
  }
  if (i === 1) return { type: 'PlanAdopted', data: { items, basis: 'template:bench', version: 1 } };
  if (i % 10 === 9) {
    const amount = { amountMinor: i * 1_000_000, currency: 'CNY', said: { amount: String(i), unit: '万元' } };
    return { type: 'InvestmentReported', data: { amount, span: 'since-start', basis: 'unknown' } };
  }
  const basisPoints = Math.min(10_000, 100 + i * 10);
  return {
    type: 'ProgressMeasured',
    data: { item: `item-${i % itemCount}`, measure: { kind: 'percent', basisPoints } },
  };
}
