import { expect, test } from '@jest/globals';
import { type EventType, type RecordedEvent } from '../../domain/project/events.js';
import { completion } from '../../projections/completion/completion.js';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import { investment } from '../../projections/money/investment.js';
import { schedule } from '../../projections/schedule/schedule.js';
import { stalls } from '../../projections/stalls/stalls-view.js';
import { epoch, type History, historyOf, randomCommands, randomHistory } from '../support/histories.js';

const histories: History[] = Array.from({ length: 40 }, (_, seed) =>
  randomHistory(seed, { entries: 60, explains: true }),
);
const events = histories.flatMap((history) => history.events);

test('a seed reproduces its history, and another seed gives another one', () => {
  expect(randomHistory(7, { entries: 30 })).toStrictEqual(randomHistory(7, { entries: 30 }));
  expect(randomHistory(7, { entries: 30 })).not.toEqual(randomHistory(8, { entries: 30 }));
  expect(randomCommands(7, 20)).toStrictEqual(randomHistory(7, { entries: 40 }).commands.slice(0, 20));
});

test('leaving commands out does not change earlier ones', () => {
  const { commands } = historyOf([1, 2, 3, 4, 5]);
  expect(historyOf([1, 2, 3]).commands).toStrictEqual(commands.slice(0, 4));
});

test('random histories contain every type of event that a figure is computed from', () => {
  const types = new Set<EventType>(events.map(({ type }) => type));
  const folds = [completion, investment, schedule, stalls, contradictions];
  const read = new Set(folds.flatMap(({ on }) => Object.keys(on)));
  expect([...read].filter((type) => !types.has(type as EventType))).toEqual([]);
});

test('random histories are valid content of a store', () => {
  for (const { project, events } of histories) {
    expect(events.map(({ revision }) => revision)).toEqual([...events.keys()]);
    expect(new Set(events.map(({ stream }) => stream))).toEqual(new Set([`project-${project}`]));
    expect(inOrder(events, ({ position }, next) => position < next.position)).toBe(true);
    expect(inOrder(events, ({ recordedAt }, next) => recordedAt <= next.recordedAt)).toBe(true);
    expect(events[0]?.recordedAt).toBe(epoch);
    expect(JSON.parse(JSON.stringify(events))).toStrictEqual(events);
  }
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  expect(
    events.filter(({ id }) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toEqual([]);
});

test('random histories contain late, unordered, repeated, simultaneous and corrected entries', () => {
  const late = events.filter((event, index) => (events[index - 1]?.entry.asOf ?? '') > event.entry.asOf);
  const atOnce = events.filter((event, index) => events[index - 1]?.recordedAt === event.recordedAt);
  const corrections = events.filter(({ entry }) => entry.corrects);
  const withdrawals = events.filter(({ type }) => type === 'EntryWithdrawn');
  const silent = histories.flatMap(({ commands }) => commands).length - (events.length - corrections.length);
  for (const some of [
    late.length,
    atOnce.length,
    corrections.length,
    withdrawals.length - corrections.length,
    silent,
  ]) {
    expect(some).toBeGreaterThan(20);
  }
});

function inOrder(
  events: readonly RecordedEvent[],
  holds: (event: RecordedEvent, next: RecordedEvent) => boolean,
): boolean {
  return events.slice(1).every((next, index) => holds(events[index] as RecordedEvent, next));
}
