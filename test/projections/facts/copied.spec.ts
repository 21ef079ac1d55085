import { expect, test } from '@jest/globals';
import { copied } from '../../../projections/facts/copied.js';

class Tally {
  readonly counts = new Map<string, { count: number }>();
  last: { count: number } | undefined;

  add(name: string): void {
    this.last = this.counts.get(name) ?? { count: 0 };
    this.last.count += 1;
    this.counts.set(name, this.last);
  }
}

test('a copy continues on its own, and what was shared within it still is', () => {
  const tally = new Tally();
  tally.add('piles');
  const copy = copied(tally);
  copy.add('piles');
  copy.add('beams');
  expect(copy.counts.get('beams')).toBe(copy.last);
  expect([...copy.counts].map(([name, { count }]) => [name, count])).toEqual([
    ['piles', 2],
    ['beams', 1],
  ]);
  expect([...tally.counts.values(), tally.last]).toEqual([{ count: 1 }, { count: 1 }]);
});

test('what is frozen is shared, and what has a way to be copied is copied by it', () => {
  const fact = Object.freeze({ data: { item: 'roof' } });
  const counted = { made: 0, copy: () => ({ made: 1 }) };
  const copy = copied({ facts: [fact, fact], named: new Set(['roof']), counted, twice: [counted] });
  expect(copy.facts[0]).toBe(fact);
  expect(copy.named).toEqual(new Set(['roof']));
  expect(copy.counted).toEqual({ made: 1 });
  expect(copy.twice[0]).toBe(copy.counted);
});

test('a function is refused, because it would still change the original', () => {
  expect(() => copied({ undo: [() => undefined] })).toThrow('A fold keeps no function.');
});
