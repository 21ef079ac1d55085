import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventType, RecordedEvent } from '../../domain/project/events.js';
import { addDays, type Day } from '../../domain/values/days/calendar.js';
import { projectSeries } from '../../projections/changes/series.js';
import { type CompletionView, completion } from '../../projections/completion/completion.js';
import { identity } from '../../projections/facts/identity.js';
import { finished } from '../../projections/facts/steps.js';
import { investment } from '../../projections/money/investment.js';
import {
  applyToProject,
  emptyProjectState,
  foldProject,
  withEntries,
} from '../../projections/project/project.js';
import { stalls } from '../../projections/stalls/stalls-view.js';
import { historyArbitrary } from '../support/arbitraries.js';
import { history, item, measured, percent, planned } from '../support/entries.js';
import { journalAt, projectAt } from '../support/folds.js';
import { type History, historyOf } from '../support/histories.js';

const runs = { numRuns: 60, seed: 20180630 };

/** Histories in which a rule was once broken. */
const examples = [
  historyOf([1652019944, 2519623754, 3936783711, 0, 0, 40626248, 887642238]),
  historyOf([0, 0, 3553830486, 3181872660, ...Array.from({ length: 13 }, () => 0), 36042729]),
  historyOf([0, 0, 0, 0, 2957885350, 2190196275]),
].map((history): [History] => [history]);

/** Some of the days of a history, including the last one. */
function daysOf({ events }: History): string[] {
  const days = [...new Set(events.map((event) => event.entry.asOf))].sort();
  return days.filter((_, i) => i % 5 === 0 || i === days.length - 1);
}

describe('folding', () => {
  test('in two halves with a JSON round trip between gives the same result', () => {
    fc.assert(
      fc.property(historyArbitrary(), fc.nat(), ({ events }, cut) => {
        const half = cut % (events.length + 1);
        const first = foldProject(events.slice(0, half));
        const kept: typeof first = JSON.parse(JSON.stringify(first));
        const state = events.slice(half).reduce(applyToProject, kept);
        expect(JSON.stringify(state)).toBe(JSON.stringify(foldProject(events)));
      }),
      runs,
    );
  });

  test('adding several entries together equals adding them one by one', () => {
    fc.assert(
      fc.property(historyArbitrary(), fc.nat(), ({ events }, cut) => {
        const half = cut % (events.length + 1);
        const before = foldProject(events.slice(0, half));
        const kept = JSON.stringify(before);
        const state = finished(withEntries(before, events.slice(half)));
        expect([JSON.stringify(state), JSON.stringify(before)]).toEqual([
          JSON.stringify(foldProject(events)),
          kept,
        ]);
      }),
      runs,
    );
  });

  test('an entry does not change the state before it', () => {
    fc.assert(
      fc.property(historyArbitrary(), ({ events }) => {
        let state = emptyProjectState();
        for (const event of events) {
          const before = JSON.stringify(state);
          const next = applyToProject(state, event);
          expect(JSON.stringify(state)).toBe(before);
          state = next;
        }
      }),
      { ...runs, numRuns: 20 },
    );
  });

  test('every state and every view is plain JSON', () => {
    fc.assert(
      fc.property(historyArbitrary(), (history) => {
        const state = foldProject(history.events);
        expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
        const day = daysOf(history).at(-1) ?? '2018-01-01';
        const views = [projectAt(state, day), journalAt(state, day)];
        expect(JSON.parse(JSON.stringify(views))).toStrictEqual(views);
      }),
      { ...runs, numRuns: 20 },
    );
  });
});

describe('completion of random projects', () => {
  test('no floor is above its percent and no percent above its ceiling', () => {
    everyCompletion((view) => {
      const ranges = [view, ...view.items, ...view.items.flatMap((item) => item.steps ?? [])];
      expect(ranges.filter((range) => !isInOrder(range))).toEqual([]);
    });
  });

  test('a group is between the minimum and the maximum of its parts', () => {
    everyCompletion((view, { events }) => {
      for (const group of view.items.filter((item) => item.status === 'rolled-up')) {
        const inside = view.items.filter((item) => item.parent === group.item && item.weight > 0);
        // What was said below a group before a report on the group itself may not count for it any more.
        const isReported = events.some(({ data }) => 'item' in data && data.item === group.item);
        if (inside.length === 0 || isReported) continue;
        const isWithin = (figure: 'floorBasisPoints' | 'percentBasisPoints' | 'ceilingBasisPoints') => {
          const figures = inside.map((item) => item[figure]);
          return Math.min(...figures) <= group[figure] && group[figure] <= Math.max(...figures);
        };
        const within = [
          isWithin('floorBasisPoints'),
          isWithin('percentBasisPoints'),
          isWithin('ceilingBasisPoints'),
        ];
        expect([group.item, ...within]).toEqual([group.item, true, true, true]);
      }
    });
  });

  test('a figure above 0 has at least one entry', () => {
    everyCompletion((view) => {
      const bare = view.items.filter((item) => item.percentBasisPoints > 0 && item.entries.length === 0);
      expect(bare).toEqual([]);
    });
  });

  function isInOrder(
    range: Pick<CompletionView, 'floorBasisPoints' | 'percentBasisPoints' | 'ceilingBasisPoints'>,
  ): boolean {
    const bounds = [0, range.floorBasisPoints, range.percentBasisPoints, range.ceilingBasisPoints, 10000];
    return bounds.every((bound, i) => i === 0 || bound >= (bounds[i - 1] ?? 0));
  }

  function everyCompletion(check: (view: CompletionView, history: History) => void): void {
    fc.assert(
      fc.property(historyArbitrary({ maxCommands: 60 }), (history) => {
        const { completion: state } = foldProject(history.events);
        for (const day of daysOf(history)) check(completion.view(state, day), history);
      }),
      { ...runs, examples },
    );
  }
});

describe('the last report, computed naively', () => {
  /**
   * Of all live entries up to the day: the one about the latest day that has the last place of it. A correction for the
   * same day has the place of what it corrects.
   */
  function lastWord(
    events: readonly RecordedEvent[],
    asOf: string,
    isMeant: (event: RecordedEvent) => boolean,
  ) {
    let last: RecordedEvent | undefined;
    for (const event of events) {
      const isWithdrawn = events.some(
        (other) => other.type === 'EntryWithdrawn' && other.data.entry === event.id,
      );
      if (isWithdrawn || event.entry.asOf > asOf || !isMeant(event)) continue;
      const isLater =
        !last ||
        event.entry.asOf > last.entry.asOf ||
        (event.entry.asOf === last.entry.asOf && isBehind(event, last, events));
      if (isLater) last = event;
    }
    return last;
  }

  function isBehind(event: RecordedEvent, last: RecordedEvent, events: readonly RecordedEvent[]): boolean {
    const placeOf = (one: RecordedEvent): number => {
      const corrected = events.find(({ id }) => id === one.entry.corrects);
      return corrected?.entry.asOf === one.entry.asOf ? placeOf(corrected) : one.position;
    };
    const [place, lastPlace] = [placeOf(event), placeOf(last)];
    return place === lastPlace ? event.position > last.position : place > lastPlace;
  }

  const is =
    (...types: EventType[]) =>
    (event: RecordedEvent) =>
      types.includes(event.type);

  /** The last stage; a contract that is signed after the start does not take its place. */
  function stageOf(
    events: readonly RecordedEvent[],
    asOf: Day,
    later: readonly RecordedEvent[] = [],
  ): RecordedEvent | undefined {
    const last = lastWord(
      events,
      asOf,
      (e) =>
        e.type === 'StageEntered' &&
        !['suspended', 'resumed', 'registered-in-statistics'].includes(e.data.stage) &&
        !later.includes(e),
    );
    if (!last || stageIn(last) !== 'contracted') return last;
    const before = stageOf(events, asOf, [...later, last]);
    return before && stageIn(before) === 'started' ? before : last;
  }

  function stageIn(event: RecordedEvent): string | undefined {
    return event.type === 'StageEntered' ? event.data.stage : undefined;
  }

  /** The currency of the plan first, then by basis, then by currency; of one of both the last word. */
  function headlineOf(events: readonly RecordedEvent[], asOf: Day): RecordedEvent | undefined {
    const plan = lastWord(events, asOf, is('PlanAdopted'));
    const planned = plan?.type === 'PlanAdopted' ? plan.data.plannedInvestment?.currency : undefined;
    const annual = plan?.type === 'PlanAdopted' ? plan.data.annualPlans?.[0]?.investment.currency : undefined;
    for (const currencies of [[planned ?? annual], ['CNY', 'EUR', 'JPY', 'USD']])
      for (const basis of ['physical', 'statistics', 'unknown', 'accounting'])
        for (const currency of currencies) {
          const last = lastWord(
            events,
            asOf,
            (e) =>
              e.type === 'InvestmentReported' &&
              e.data.item === undefined &&
              e.data.span === 'since-start' &&
              e.data.basis === basis &&
              e.data.amount !== undefined &&
              e.data.amount.currency === currency,
          );
          if (last) return last;
        }
    return undefined;
  }

  test('gives the same plan, headline and stage', () => {
    fc.assert(
      fc.property(historyArbitrary({ maxCommands: 60 }), (history) => {
        const { events } = history;
        const state = foldProject(events);
        for (const day of daysOf(history)) {
          const completed = completion.view(state.completion, day);
          expect(completed.plan?.entry).toBe(lastWord(events, day, is('PlanAdopted'))?.id);
          expect(investment.view(state.investment, day).entry ?? undefined).toBe(headlineOf(events, day)?.id);
          expect(identity.view(state.identity, day).stage?.entry).toBe(stageOf(events, day)?.id);
        }
      }),
      { ...runs, examples },
    );
  });
});

test('a plan of 200 items with 1,000 measures is computed in milliseconds', () => {
  const groups = Array.from({ length: 20 }, (_, g) => item(`group-${g}`, g + 1));
  const parts = groups.flatMap((group, g) =>
    Array.from({ length: 9 }, (_, i) =>
      item(`${group.id}-${i}`, i + 1, {
        parent: group.id,
        ...(i > 0 ? { after: [`${group.id}-${i - 1}`] } : g > 0 ? { after: [`group-${g - 1}`] } : {}),
      }),
    ),
  );
  const measures = Array.from({ length: 1000 }, (_, n) =>
    measured(
      parts[(n * 7) % parts.length]?.id ?? '',
      percent(n / 10),
      addDays('2018-01-01', Math.floor(n / 3)),
    ),
  );
  const { completion: state } = foldProject(
    history(planned([...groups, ...parts], '2018-01-01'), ...measures),
  );
  expect(completion.view(state, '2019-01-01').reportedItems).toBe(180);
  const start = performance.now();
  for (let i = 0; i < 10; i++) completion.view(state, '2019-01-01');
  // Some 4 ms each on an idle machine; the bound only detects quadratic work.
  expect((performance.now() - start) / 10).toBeLessThan(100);
});

test('a point of the series equals the project on that day', () => {
  fc.assert(
    fc.property(historyArbitrary(), ({ events }) => {
      const state = foldProject(events);
      const points = projectSeries(state, { to: '2199-12-31' });
      expect(points.map(({ asOf }) => asOf)).toEqual([
        ...new Set(state.schedule.facts.map(({ asOf }) => asOf)),
      ]);
      for (const { plannedBasisPoints, openStalls, ...point } of points) {
        const { completion, investment, schedule } = projectAt(state, point.asOf);
        const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints } = completion;
        const { sinceStartMinor, currency, basis } = investment;
        expect(point).toEqual({
          asOf: point.asOf,
          ...{ floorBasisPoints, percentBasisPoints, ceilingBasisPoints },
          ...{ sinceStartMinor, currency, basis },
        });
        const open = stalls.view(state.stalls, point.asOf).open;
        expect(plannedBasisPoints).toBe(schedule.plannedBasisPoints);
        expect(openStalls > 0).toBe(Object.values(open).some((count) => count > 0));
      }
    }),
    runs,
  );
});
