import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '../../domain/project/events.js';
import { addDays } from '../../domain/values/days/calendar.js';
import type { Finding, Side } from '../../projections/contradictions/contradiction.js';
import {
  contradictions,
  Register,
  registerOf,
  unsettledOn,
  worded,
} from '../../projections/contradictions/contradictions.js';
import { type IndexedFact, wasLiveBefore } from '../../projections/contradictions/fact-index.js';
import { findingsIn, folded } from '../../projections/contradictions/findings.js';
import { moneyRules } from '../../projections/contradictions/money.js';
import { progressRules } from '../../projections/contradictions/progress.js';
import { stageRules } from '../../projections/contradictions/stage.js';
import { stallRules } from '../../projections/contradictions/stalls.js';
import { allPlaced } from '../../projections/facts/places.js';
import { applyEvent } from '../../projections/facts/projection.js';
import { finished } from '../../projections/facts/steps.js';
import { historyArbitrary } from '../support/arbitraries.js';
import {
  cleared,
  count,
  type Entry,
  entered,
  history,
  invested,
  item,
  measured,
  percent,
  planned,
  stalled,
  storeys,
  unchanged,
  wan,
} from '../support/entries.js';
import { factIndexOf, fold } from '../support/folds.js';
import { historyOf } from '../support/histories.js';

/** The facts that may contradict each other; nothing is explained here. */
const factsIn = (events: readonly RecordedEvent[]) =>
  fold(contradictions, events).facts as readonly IndexedFact[];

const rules = [...moneyRules, ...progressRules, ...stageRules, ...stallRules];

test('the contradictions of one entry are the same whether it is checked alone or with everything', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(historyArbitrary({ maxCommands: 60 }), ({ events }) => {
      const facts = factsIn(events);
      const index = factIndexOf(facts);
      const all = finished(findingsIn(finished(folded(facts)), (id) => facts.find((fact) => fact.id === id)));
      for (const about of facts) {
        const own = (found: readonly Finding[]) =>
          found
            .filter(({ sides }) => sides.some(({ fact }) => fact === about))
            .sort((a, b) => (a.id < b.id ? -1 : 1));
        const alone = rules.flatMap((rule) => finished(rule(index, about, new Set())));
        expect(own(alone)).toEqual(own(all));
      }
      for (const { rule: name } of all) seen.add(name);
    }),
    {
      numRuns: 60,
      seed: 20180630,
      // An amount, a share, and a larger amount.
      examples: [[historyOf([2783323539, 4201558067, 294952, 356402260, 1803324191, 0, 27])]],
    },
  );
  expect(seen.size).toBe(23);
});

test.each([
  ['depends on no other', [item('works', 1), item('roof', 1), item('yard', 2)], 200],
  [
    'comes after others',
    [item('works', 1), item('roof', 1, { after: ['works'] }), item('other', 2, { after: ['works', 'roof'] })],
    600,
  ],
])('the contradictions of a figure of an item that %s are those among all figures', (_, items, least) => {
  const plan = planned(items, '2018-01-01');
  const figure = fc.tuple(
    fc.constantFrom('works', 'roof', 'other'),
    fc.constantFrom(0, 20, 40, 60, 100),
    fc.nat(9),
    fc.constantFrom(undefined, undefined, undefined, 're-measured', 'undone'),
  );
  const quiet = fc.tuple(fc.nat(9), fc.nat(5));
  let count = 0;
  fc.assert(
    fc.property(
      fc.array(figure, { minLength: 20, maxLength: 40 }),
      fc.boolean(),
      fc.array(quiet, { maxLength: 3 }),
      (figures, isStarted, quietOnes) => {
        const events = history(
          plan,
          ...(isStarted ? [entered('started', '2018-01-04')] : []),
          ...figures.map(([of, share, day, change]): Entry => {
            const said = measured(of, percent(share), addDays('2018-01-02', day));
            return change ? ({ ...said, data: { ...said.data, change } } as Entry) : said;
          }),
          ...quietOnes.map(([day, days]) =>
            unchanged(addDays('2018-01-02', day - days), addDays('2018-01-02', day)),
          ),
          planned([item('works', 2), item('roof', 1), item('other', 2)], '2018-01-06'),
        );
        const facts = factsIn(events);
        const all = finished(
          findingsIn(finished(folded(facts)), (id) => facts.find((fact) => fact.id === id)),
        );
        count += all.length;
        const index = factIndexOf(facts);
        const of = (found: readonly Finding[], about: IndexedFact | undefined) =>
          found
            .filter(({ sides }) => sides.some(({ fact }) => fact === about))
            .sort((a, b) => (a.id < b.id ? -1 : 1));
        for (const about of facts) {
          const alone = rules.flatMap((rule) => finished(rule(index, about, new Set())));
          expect(of(alone, about)).toEqual(of(all, about));
        }
        for (const { id, rule: name, sides } of all) {
          if (name !== 'ahead-of-predecessor' && name !== 'progress-fell') continue;
          const [other, about] = [sides[0].fact, (sides.at(-1) as Side).fact];
          const both = rules.flatMap((rule) => finished(rule(index, about, new Set(), [other, about])));
          const idsOf = (found: readonly Finding[]) =>
            of(found, other).flatMap((one) => (one.rule === name ? [one.id] : []));
          // Of another item than that of the fact, contradictions with a third one need not be found.
          expect(idsOf(all)).toEqual(expect.arrayContaining(idsOf(both)));
          expect(idsOf(both)).toContain(id);
        }
      },
    ),
    { seed: 20181203 },
  );
  expect(count).toBeGreaterThan(least);
});

test('the register of a long project continued after each entry is that of a fold from the first one', () => {
  const before = Array.from({ length: 110 }, (_, n) =>
    measured('works', percent(n / 2), addDays('2018-01-01', n)),
  );
  const early = measured('roof', percent(1), '2018-01-04');
  const remeasured = measured('works', percent(58), '2018-06-11');
  const further = [
    measured('works', percent(60), '2018-06-10'),
    measured('works', percent(58), '2018-06-12'),
    // Late, and with it the figure of the day after is no longer less than before.
    { ...remeasured, data: { ...remeasured.data, change: 're-measured' } } as Entry,
    measured('works', percent(61), '2018-06-13'),
  ];
  const events = history(
    planned([item('works', 1), item('roof', 1)], '2018-01-01'),
    ...before,
    early,
    ...further,
  );
  let state = fold(contradictions, events.slice(0, -further.length));
  contradictions.view(state, '9999-12-31');
  for (const event of allPlaced(events).slice(-further.length)) {
    state = applyEvent(contradictions, state, event);
    const found = contradictions.view(state, '9999-12-31');
    // Nothing is kept with the copy.
    expect(found).toEqual(contradictions.view(structuredClone(state), '9999-12-31'));
  }
  const { settled } = contradictions.view(state, '9999-12-31');
  expect(settled.map(({ rule }) => rule)).toEqual(['progress-fell']);
});

test('the unsettled contradictions found alone are those of the whole register', () => {
  let unsettled = 0;
  let settled = 0;
  fc.assert(
    fc.property(historyArbitrary({ maxCommands: 60 }), ({ events }) => {
      const state = fold(contradictions, events);
      for (const day of [events.at(-1)?.entry.asOf ?? '2018-06-30', '9999-12-31']) {
        const all = finished(registerOf(state, day));
        const wanted = all.filter(({ settledBy }) => settledBy === undefined);
        expect(finished(unsettledOn(state, day)).map(worded)).toEqual(wanted.map(worded));
        unsettled += wanted.length;
        settled += all.length - wanted.length;
      }
    }),
    { numRuns: 40, seed: 20191231 },
  );
  expect(Math.min(unsettled, settled)).toBeGreaterThan(50);
});

test('what a withdrawal settled is the same after later entries as without a look in between', () => {
  let settled = 0;
  fc.assert(
    fc.property(historyArbitrary({ maxCommands: 60 }), ({ events }) => {
      let state = contradictions.init();
      for (const [place, event] of allPlaced(events).entries()) {
        state = applyEvent(contradictions, state, event);
        if (event.type !== 'EntryWithdrawn' && place % 7 !== 0) continue;
        const fresh = fold(contradictions, events.slice(0, place + 1));
        for (const day of [event.entry.asOf, '9999-12-31']) {
          const view = contradictions.view(state, day);
          expect(view).toEqual(contradictions.view(fresh, day));
          settled += view.settled.length;
        }
      }
    }),
    {
      numRuns: 40,
      seed: 20181130,
      examples: [
        // On one day a late entry makes a figure fit that on a later day contradicts another one.
        [
          historyOf([
            ...[
              0, 0, 0, 0, 939837057, 1037871047, 0, 0, 0, 0, 0, 0, 0, 0, 2303408112, 1888751483, 1249067710,
            ],
            ...[0, 0, 0, 698413416, 4271535932],
          ]),
        ],
      ],
    },
  );
  expect(settled).toBeGreaterThan(100);
});

test('a register that continues after any entry, also a late or withdrawn one, is that of a fold from the first one', () => {
  const found = new Set<string>();
  fc.assert(
    fc.property(
      historyArbitrary({ maxCommands: 120 }),
      fc.array(fc.nat(5), { minLength: 1 }),
      ({ events }, skipped) => {
        const register = new Register();
        let state = contradictions.init();
        let next = 0;
        for (const [place, event] of allPlaced(events).entries()) {
          state = applyEvent(contradictions, state, event);
          if (place < next) continue;
          next = place + (skipped[place % skipped.length] as number);
          for (const day of place % 4 === 0 ? [event.entry.asOf, '9999-12-31'] : ['9999-12-31']) {
            const continued = finished(register.on(state, day)).map(worded);
            expect(continued).toEqual(finished(registerOf(structuredClone(state), day)).map(worded));
            for (const { rule } of continued) found.add(rule);
          }
        }
      },
    ),
    {
      numRuns: 30,
      seed: 20181202,
      examples: [
        // A plan for a later day changes since when a work was open that a late entry made fit.
        [
          historyOf([
            ...[
              3332619285, 0, 0, 0, 320713597, 221836199, 0, 2696481726, 1793998150, 0, 1144951108, 1898651708,
            ],
            3349327147,
          ]),
          [0],
        ],
      ],
    },
  );
  expect(found.size).toBeGreaterThan(20);
});

test('a project whose works and money only grow in sequence has no contradictions', () => {
  const plan = planned(
    [
      item('site', 1),
      item('frame', 4, { measure: 'storeys', of: 8, after: ['site'] }),
      item('rooms', 2, { measure: 'count', of: 12, after: ['frame'] }),
      item('trial', 1, { measure: 'done', stage: 'trial-production', after: ['rooms'] }),
    ],
    '2018-01-01',
    { plannedInvestment: wan(1000) },
  );
  const says = [
    (done: number, day: string) => measured('site', percent(done), day),
    (done: number, day: string) => measured('frame', storeys(Math.floor((done * 8) / 100)), day),
    (done: number, day: string) => measured('rooms', count(Math.floor((done * 12) / 100), 12, '间'), day),
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom('on', 'stall', 'still'))),
      (visits) => {
        const entries: Entry[] = [plan, entered('started', '2018-01-02')];
        let day = '2018-01-02';
        let all = 0;
        for (const [more, what] of visits) {
          day = addDays(day, 7);
          all = Math.min(300, all + more);
          says.forEach((say, i) => {
            entries.push(say(Math.max(0, Math.min(100, all - 100 * i)), day));
          });
          entries.push(invested(wan(all), day, { shareOfPlanBasisPoints: all * 10 }));
          if (what === 'stall') {
            entries.push(stalled({ blocks: ['works', 'production'] }, day));
            day = addDays(day, 7);
            entries.push(cleared('money', day));
          }
          if (what === 'still') entries.push(unchanged(day, addDays(day, 6)));
        }
        if (all === 300)
          entries.push(entered('built', addDays(day, 7)), entered('trial-production', addDays(day, 8)));
        const { open, settled } = contradictions.view(
          fold(contradictions, history(...entries)),
          '2030-01-01',
        );
        expect([...open, ...settled]).toEqual([]);
      },
    ),
    { numRuns: 200, seed: 20180630 },
  );
});

describe('entries for earlier days', () => {
  const days = Array.from({ length: 30 }, (_, index) => addDays('2018-01-01', index));
  const plans = ['2018-01-01', '2018-01-10'].map((day, version) =>
    planned(
      [
        item('site', 1),
        item('frame', 2, { measure: 'count', of: version === 0 ? 5 : 8, after: ['site'] }),
        item('roof', 1, { after: ['frame'] }),
      ],
      day,
      { version: version + 1, plannedInvestment: wan(version === 0 ? 1000 : 2000) },
    ),
  );
  const makers: ((n: number, day: string) => Entry)[] = [
    (n, day) => measured('site', percent(n * 10), day),
    (n, day) => measured('frame', count(n % 6, n % 2 === 0 ? 5 : 8), day),
    (n, day) => measured('roof', percent(n * 10), day),
    (n, day) => invested(wan(n * 100), day),
    (n, day) => invested(wan(n * 100), day, { shareOfPlanBasisPoints: n * 1000 }),
    (n, day) => invested(wan(n * 80), day, { span: 'year' }),
    (n, day) => invested(wan(n * 60), day, { span: 'month', period: '2018-01' }),
    (n, day) => stalled({ stall: `stall-${n}` }, day),
    (n, day) => cleared(`stall-${n}`, day),
    (n, day) => entered(n < 4 ? 'started' : n < 8 ? 'built' : 'suspended', day),
    (_, day) => entered('resumed', day),
    (n) => plans[n % 2] as Entry,
  ];
  const entriesArbitrary = (maxLength: number) =>
    fc.array(fc.tuple(fc.nat(makers.length - 1), fc.integer({ min: 0, max: 10 }), fc.nat(days.length - 1)), {
      minLength: 1,
      maxLength,
      size: 'max',
    });
  type Drawn = readonly (readonly [maker: number, n: number, day: number])[];
  const made = (drawn: Drawn, from = 0) =>
    drawn.map(([maker, n, day]) => makers[maker]?.(n, days[Math.max(from, day)] as string) as Entry);

  /** Of entries that contradict each other those on items, money and stalls, or else the stages: never a plan. */
  function reportsAmong(entries: readonly IndexedFact[]): IndexedFact[] {
    const said = entries.filter(({ type }) => type !== 'PlanAdopted');
    const reports = said.filter(({ type }) => type !== 'StageEntered');
    return reports.length > 0 ? reports : said;
  }

  test('make fit only what was found before, and nothing that they make fit is lost', () => {
    const seen = new Set<string>();
    let fitted = 0;
    fc.assert(
      fc.property(entriesArbitrary(25), entriesArbitrary(5), (onTime, late) => {
        const first = [plans[0] as Entry, ...made(onTime, 12)].sort((a, b) =>
          a.entry.asOf < b.entry.asOf ? -1 : a.entry.asOf > b.entry.asOf ? 1 : 0,
        );
        const then = made(late.map(([maker, n, day]) => [maker, n, day % 12] as const));
        const events = history(...first, ...then);
        const facts = factsIn(events);
        const foundBefore = (position: number) => {
          const live = facts.filter((fact) => wasLiveBefore(fact, position));
          return finished(findingsIn(finished(folded(live)), (id) => live.find((fact) => fact.id === id)));
        };
        const [were, are] = [foundBefore(first.length + 1), foundBefore(events.length + 1)];
        const { open, settled } = contradictions.view({ facts: [...facts] }, '9999-12-31');
        const listed = new Map([...open, ...settled].map((one) => [one.id, one]));
        const reports = ({ sides }: Finding) => reportsAmong(sides.map(({ fact }) => fact));
        for (const was of were) {
          const goesOn = are.some(
            (is) => is.rule === was.rule && reports(is).some((fact) => reports(was).includes(fact)),
          );
          if (goesOn || are.some(({ id }) => id === was.id)) continue;
          seen.add(was.rule);
          // One that goes on with another other side is listed once.
          const isListed = [...listed.values()].some(
            (one) =>
              one.rule === was.rule &&
              one.settledBy !== undefined &&
              (one.id === was.id || reports(was).some(({ id }) => one.entries.includes(id))),
          );
          expect(isListed).toBe(true);
        }
        const goesOnBefore = (position: number, rule: string, entries: readonly string[]) =>
          foundBefore(position).some(
            (is) => is.rule === rule && reports(is).some(({ id }) => entries.includes(id)),
          );
        for (const { id, rule, entries, settledBy } of listed.values()) {
          if (are.some((is) => is.id === id)) continue;
          const wasFound = then.some((_, at) =>
            foundBefore(first.length + 1 + at).some((was) => was.id === id),
          );
          expect(wasFound).toBe(true);
          const { position = 0 } = facts.find((fact) => fact.id === settledBy) ?? {};
          if (position <= first.length) continue;
          const sides = reportsAmong(facts.filter((fact) => entries.includes(fact.id))).map(({ id }) => id);
          expect([goesOnBefore(position, rule, sides), goesOnBefore(position + 1, rule, sides)]).toEqual([
            true,
            false,
          ]);
          fitted += 1;
        }
      }),
      { numRuns: 500, seed: 20181231 },
    );
    expect(fitted).toBeGreaterThan(30);
    expect(seen.size).toBeGreaterThanOrEqual(4);
  });
});
