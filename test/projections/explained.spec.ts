import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultRules } from '../../domain/governance/rules.js';
import { ofProjects } from '../../domain/log/any-event.js';
import type { RecordedEvent } from '../../domain/project/events.js';
import { addDays, type Day } from '../../domain/values/days/calendar.js';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import { finished } from '../../projections/facts/steps.js';
import { rowInSteps } from '../../projections/portfolio/row.js';
import { foldProject } from '../../projections/project/project.js';
import { IncrementalRow } from '../../projections/rows/incremental-row.js';
import { historyArbitrary } from '../support/arbitraries.js';
import {
  type Entry,
  entry,
  history,
  invested,
  item,
  measured,
  planned,
  registered,
  wan,
  withdrawn,
} from '../support/entries.js';
import { fold } from '../support/folds.js';

const id = 'money-fell:e2:e3';
const fell: Entry[] = [
  registered({}, '2018-01-01'),
  invested(wan(6900), '2018-05-31'),
  invested(wan(6500), '2018-06-30'),
];
const explained = (asOf: Day, reason = 'an advance was repaid', entries = ['e2', 'e3']) =>
  entry('ContradictionExplained', { contradiction: id, entries, reason }, asOf);
const registerOn = (asOf: Day, ...entries: Entry[]) =>
  contradictions.view(fold(contradictions, history(...entries)), asOf);

describe('a contradiction', () => {
  test('is open, and put to the person who recorded its entries', () => {
    const { open, explained, settled } = registerOn('2018-07-10', ...fell);
    expect([explained, settled]).toEqual([[], []]);
    expect(open).toMatchObject([
      { id, state: 'open', askedOf: [{ by: 'inspector-7', entry: 'e3', as: 'inspector' }] },
    ]);
  });

  test('is put to the planner where a plan is one side, after who recorded later', () => {
    const wide = planned([item('roof', 1, { measure: 'count', of: 5 })], '2018-01-01', {}, { id: 'plan' });
    const seen = measured('roof', { kind: 'count', done: 3, of: 6 }, '2018-06-30', { id: 'seen' });
    const events = history(registered({}, '2018-01-01'), wide, seen).map((event) =>
      event.type === 'PlanAdopted' ? { ...event, by: 'planner-2' } : event,
    );
    const { open } = contradictions.view(fold(contradictions, events), '2018-07-10');
    expect(open.map(({ rule, askedOf }) => [rule, askedOf])).toEqual([
      [
        'denominators-differ',
        [
          { by: 'inspector-7', entry: 'seen', as: 'inspector' },
          { by: 'planner-2', entry: 'plan', as: 'planner' },
        ],
      ],
    ]);
  });

  test('is explained from the day of its explanation, as known since the explanation was recorded', () => {
    const entries = [...fell, explained('2018-07-05')];
    expect(registerOn('2018-07-04', ...entries).open).toHaveLength(1);
    const [only] = registerOn('2018-07-05', ...entries).explained;
    expect(only).toMatchObject({
      id,
      state: 'explained',
      explanation: { entry: 'e4', reason: 'an advance was repaid', asOf: '2018-07-05', by: 'inspector-7' },
    });
    expect(only).not.toHaveProperty('askedOf');
    expect(registerOn('2018-07-05', ...fell).open).toHaveLength(1);
  });

  test('has the last of several explanations, and is open again when they are withdrawn', () => {
    const twice = [...fell, explained('2018-07-05'), explained('2018-07-06', 'a sum was returned')];
    const reasonOf = (...more: Entry[]) =>
      registerOn('2018-07-10', ...twice, ...more).explained.map(({ explanation }) => explanation?.reason);
    expect(reasonOf()).toEqual(['a sum was returned']);
    expect(reasonOf(withdrawn('e5', '2018-07-07'))).toEqual(['an advance was repaid']);
    expect(reasonOf(withdrawn('e5', '2018-07-07'), withdrawn('e4', '2018-07-07'))).toEqual([]);
  });

  test('is open again once it names an entry that the explanation did not see', () => {
    expect(registerOn('2018-07-10', ...fell, explained('2018-07-05', 'seen', ['e2'])).open).toHaveLength(1);
  });

  test('that an entry settles keeps its explanation, and is settled', () => {
    const { explained: left, settled } = registerOn(
      '2018-07-10',
      ...fell,
      explained('2018-07-05'),
      withdrawn('e3', '2018-07-06'),
    );
    expect(left).toEqual([]);
    expect(settled).toMatchObject([{ id, state: 'settled', settledBy: 'e5', explanation: { entry: 'e4' } }]);
  });

  test('that is explained is in no count of open ones', () => {
    const state = foldProject(history(...fell, explained('2018-07-05')));
    const countOn = (asOf: Day) => finished(rowInSteps(state, defaultRules, asOf)).openContradictions;
    expect([countOn('2018-07-04'), countOn('2018-07-05')]).toEqual([1, 0]);
  });
});

test('rows count as open what the register has as open, however entries and explanations follow each other', () => {
  let explanations = 0;
  fc.assert(
    fc.property(
      historyArbitrary({ maxCommands: 45 }),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3)), { minLength: 1, maxLength: 6 }),
      ({ events }, explaining) => {
        const all = withExplanations(ofProjects(events), explaining);
        explanations += all.filter(({ type }) => type === 'ContradictionExplained').length;
        const row = new IncrementalRow(defaultRules);
        for (const [index, event] of all.entries()) {
          row.take(event);
          if (index % 8 !== 7 && index !== all.length - 1) continue;
          const known = all.slice(0, index + 1);
          const state = foldProject(known);
          const days = [...new Set(known.map(({ entry: { asOf } }) => asOf))].sort();
          const steps = row.stepsFrom(days[0] as Day);
          for (const asOf of days) {
            const open = contradictions.view(state.contradictions, asOf).open.length;
            const shown = steps.findLast(({ from }) => from <= asOf)?.row;
            if (!shown) continue;
            expect(shown.openContradictions).toBe(open);
            expect(finished(rowInSteps(state, defaultRules, asOf)).openContradictions).toBe(open);
          }
        }
      },
    ),
    { numRuns: 12, seed: 20180630 },
  );
  expect(explanations).toBeGreaterThan(4);
});

/** The events with explanations of open contradictions between them, some of them withdrawn again at the end. */
function withExplanations(
  events: readonly RecordedEvent[],
  explaining: readonly (readonly [number, number, number])[],
): RecordedEvent[] {
  const all = events.map((event) => ({ ...event, position: event.position * 100 }));
  for (const [at, which, later] of explaining) {
    const place = at % all.length;
    const known = all.slice(0, place + 1);
    const last = known
      .map(({ entry: { asOf } }) => asOf)
      .sort()
      .at(-1) as Day;
    const { open } = contradictions.view(foldProject(known).contradictions, last);
    const one = open[which % open.length];
    const before = all[place];
    if (!one || !before) continue;
    const data = { contradiction: one.id, entries: one.entries, reason: 'it is so' };
    const explanation = entry('ContradictionExplained', data, addDays(last, later * 10));
    const recorded = { ...before, ...explanation, id: `x${place}-${which}`, position: before.position + 1 };
    if (all[place + 1] && (all[place + 1] as RecordedEvent).position <= recorded.position) continue;
    all.splice(place + 1, 0, recorded as RecordedEvent);
  }
  const first = all.find(({ type }) => type === 'ContradictionExplained');
  const end = all.at(-1);
  if (first && end) {
    const withdrawal = withdrawn(first.id, end.entry.asOf);
    all.push({ ...end, ...withdrawal, id: 'gone', position: end.position + 10 } as RecordedEvent);
  }
  return all;
}
