import { expect, test } from '@jest/globals';
import { shippedLexicon } from '../../../domain/values/lexicon.js';
import { Progress } from '../../../projections/progress/progress.js';
import { diceOf } from '../../support/dice.js';
import { type Entry, history, percent, word } from '../../support/entries.js';
import { progressOf, shown } from './models.js';
import type { NaiveProgress } from './naive/naive.js';
import type { ProgressFact } from './naive/progress-fact.js';
import { honestEntries } from './random/honest.js';
import { someEntries } from './random/reports.js';
import { factsOf } from './said.js';

const last = '2018-12-31';

test('low is not above the point, and the point not above high', () => {
  forHistories(1, 80, (entries) => {
    for (const [node, { low, point, high }] of Object.entries(progressOf(known(entries), last).nodes))
      expect([node, 0 <= low, low <= point, point <= high, high <= 10_000]).toEqual([
        node,
        true,
        true,
        true,
        true,
      ]);
  });
});

test('the last report of a node, said again on its day, changes nothing', () => {
  let count = 0;
  forHistories(100, 80, (entries) => {
    const facts = known(entries);
    const again = facts.at(-1);
    if (again?.type !== 'ProgressMeasured' || again.data.change) return;
    count++;
    const said: ProgressFact = { ...again, id: 'again', position: again.position + 1000 };
    expect(figures(progressOf([...facts, said], last))).toEqual(figures(progressOf(facts, last)));
  });
  expect(count).toBeGreaterThan(20);
});

test('a vague report does not lower what was said exactly', () => {
  forHistories(200, 60, (entries, seed) => {
    const dice = diceOf(seed);
    const plan = factsOf(history(...entries)).findLast((fact) => fact.type === 'PlanAdopted');
    const leaves =
      plan?.type === 'PlanAdopted'
        ? plan.data.items.filter(
            ({ id, steps }) => !steps && plan.data.items.every(({ parent }) => parent !== id),
          )
        : [];
    const [first, ...rest] = leaves;
    if (!first) return;
    const { id } = dice.pick([first, ...rest]);
    const exact = dice.int(0, 100);
    const vague = word(dice.pick(['partly', 'mostly', 'under-way', 'nearly-done']));
    const with2 = [...entries, report(id, percent(exact), '2018-12-01'), report(id, vague, '2018-12-02')];
    expect(progressOf(known(with2), last).nodes[id]?.low).toBeGreaterThanOrEqual(exact * 100);
  });
});

test('reports of one day on different items count the same in either order', () => {
  let count = 0;
  forHistories(300, 80, (entries) => {
    const facts = known(entries).filter(
      (fact) =>
        fact.type !== 'ProgressMeasured' || (fact.data.change === undefined && !saysAll(fact.data.measure)),
    );
    const swapped = [...facts];
    for (const [index, fact] of swapped.entries()) {
      const next = swapped[index + 1];
      if (!next || !areApart(fact, next)) continue;
      swapped.splice(index, 2, next, fact);
      count++;
      break;
    }
    expect(unordered(progressOf(swapped, last))).toEqual(unordered(progressOf(facts, last)));
  });
  expect(count).toBeGreaterThan(20);
});

test('a report that was withdrawn is as one that was never said', () => {
  forHistories(400, 60, (entries) => {
    const slipped = entries.flatMap((entry, index): Entry[] => {
      if (entry.type !== 'ProgressMeasured' || index % 3 > 0) return [entry];
      const id = `slip-${index}`;
      const slip = report(entry.data.item, percent(index), entry.entry.asOf, id);
      return [
        entry,
        slip,
        { type: 'EntryWithdrawn', data: { entry: id, reason: 'misread' }, entry: entry.entry },
      ];
    });
    expect(progressOf(known(slipped), last)).toEqual(progressOf(known(entries), last));
  });
});

test('a fold in two halves with a JSON round trip, or back to a day, is the fold of all, to the last digit', () => {
  forHistories(500, 60, (entries, seed) => {
    const dice = diceOf(seed);
    const facts = known(entries);
    const whole = JSON.stringify(progressOf(facts, last));
    const cut = dice.int(0, facts.length);
    const first = new Progress(shippedLexicon);
    for (const fact of facts.slice(0, cut)) {
      first.add(fact);
      first.coverage();
    }
    const second = Progress.from(JSON.parse(JSON.stringify(first.snapshot())), shippedLexicon);
    for (const fact of facts.slice(cut)) second.add(fact);
    expect(JSON.stringify(shown(second, facts))).toBe(whole);
    const day = facts[cut]?.asOf;
    if (day === undefined) return;
    second.back(day);
    for (const fact of facts.filter(({ asOf }) => asOf >= day)) second.add(fact);
    expect(JSON.stringify(shown(second, facts))).toBe(whole);
  });
});

test('honest reports of one true history never contradict each other, and low is never above the truth', () => {
  for (let seed = 600; seed < 680; seed++) {
    const { entries, days } = honestEntries(diceOf(seed));
    const facts = known(entries);
    for (const { asOf, truth } of days) {
      const { nodes, contradictions } = progressOf(facts, asOf);
      expect([seed, asOf, contradictions]).toEqual([seed, asOf, []]);
      for (const [node, share] of Object.entries(truth))
        expect([seed, asOf, node, (nodes[node]?.low ?? 0) <= share + 1e-6]).toEqual([seed, asOf, node, true]);
    }
  }
});

function forHistories(
  first: number,
  count: number,
  check: (entries: readonly Entry[], seed: number) => void,
): void {
  for (let seed = first; seed < first + count; seed++) {
    const dice = diceOf(seed);
    check(someEntries(dice, dice.int(3, 25)), seed);
  }
}

function known(entries: readonly Entry[]): readonly ProgressFact[] {
  return factsOf(history(...entries));
}

function report(
  item: string | undefined,
  measure: Parameters<typeof saysAll>[0],
  asOf: string,
  id = `at ${asOf}`,
): Entry {
  return {
    type: 'ProgressMeasured',
    id,
    data: { ...(item === undefined ? {} : { item }), measure },
    entry: { asOf, precision: 'day', source: { kind: 'inspection' } },
  };
}

/** True for a report that may say done of all that lies below a group. */
function saysAll(measure: (ProgressFact & { type: 'ProgressMeasured' })['data']['measure']): boolean {
  if (measure.kind === 'word') return measure.word === 'done';
  if (measure.kind === 'percent') return measure.basisPoints === 10_000;
  return measure.kind === 'count' || measure.kind === 'quantity' || measure.kind === 'storeys';
}

function areApart(one: ProgressFact, other: ProgressFact): boolean {
  return (
    one.asOf === other.asOf &&
    one.type === 'ProgressMeasured' &&
    other.type === 'ProgressMeasured' &&
    (one.data.item !== other.data.item || one.data.step !== other.data.step)
  );
}

function figures({ nodes }: NaiveProgress): object {
  return Object.fromEntries(
    Object.entries(nodes).map(([node, { low, point, high }]) => [node, [low, point, high]]),
  );
}

function unordered(progress: NaiveProgress): object {
  const told = progress.contradictions.map(({ kind, node, day }) => `${kind} ${node} ${day}`);
  return { nodes: figures(progress), contradictions: told.sort() };
}
