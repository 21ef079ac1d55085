import { expect, test } from '@jest/globals';
import { fillStore } from '../../bench/generate.js';
import { type Shape } from '../../bench/site-life.js';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { eventsOf, storePorts } from '../support/event-store-ports.js';

const shape: Shape = { projects: 16, eventsEach: 60 };

test('the same arguments give the same log, including the times of recording', async () => {
  expect(await made(shape)).toEqual(await made(shape));
});

test('every project has its events, a registration and a plan first', async () => {
  const events = await made(shape);
  expect(events).toHaveLength(960);
  const byStream = Map.groupBy(events, ({ stream }) => stream);
  expect(byStream.size).toBe(16);
  for (const [first, second] of byStream.values())
    expect([first?.type, second?.type]).toEqual(['ProjectRegistered', 'PlanAdopted']);
});

test('projects are interleaved in the log, by the days of recording', async () => {
  const events = await made(shape);
  const instants = events.map(({ recordedAt }) => recordedAt);
  expect(instants).toEqual([...instants].sort());
  const changes = events.filter(({ stream }, i) => stream !== events[i - 1]?.stream).length;
  expect(changes).toBeGreaterThan(700);
  const late = events.filter(({ entry, recordedAt }) => entry.asOf > recordedAt.slice(0, 10));
  expect(late).toEqual([]);
});

test('every kind of fact occurs, and only earlier entries are withdrawn or cleared', async () => {
  const events = await made(shape);
  expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([
    'EntryWithdrawn',
    'ForecastGiven',
    'InvestmentReported',
    'MilestoneReached',
    'NoChangeReported',
    'PlanAdopted',
    'ProgressMeasured',
    'ProjectRegistered',
    'StageEntered',
    'StallCleared',
    'StallDeclared',
  ]);
  const said = new Set<string>();
  for (const event of events) {
    if (event.type === 'EntryWithdrawn') expect(said).toContain(`${event.stream} ${event.data.entry}`);
    if (event.type === 'StallCleared') expect(said).toContain(`${event.stream} ${event.data.stall}`);
    said.add(`${event.stream} ${event.id}`);
    if (event.type === 'StallDeclared') said.add(`${event.stream} ${event.data.stall}`);
  }
});

async function made(shape: Shape): Promise<AnyRecordedEvent[]> {
  const clock = { at: '' };
  const store = openSqliteStore(':memory:', storePorts(clock));
  const onTime = (at: string) => {
    clock.at = at;
  };
  await fillStore(store, shape, { order: 'as-lived', onTime });
  const events = await eventsOf(store.readAll());
  await store.close();
  return events;
}
