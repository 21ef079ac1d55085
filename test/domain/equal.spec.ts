import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashOf, isSame } from '../../domain/values/equal.js';

test.each<[string, unknown, unknown]>([
  ['members in another order', { done: 3, of: 5 }, { of: 5, done: 3 }],
  ['an absent member and an undefined one', { done: 3 }, { done: 3, of: undefined }],
  ['what lies deep', [{ a: [{ b: null }] }], [{ a: [{ b: null }] }]],
  ['nothing in it', {}, {}],
])('equal facts: %s', (_, a, b) => {
  expect([isSame(a, b), isSame(b, a)]).toEqual([true, true]);
});

test.each<[string, unknown, unknown]>([
  ['another figure', { done: 3 }, { done: 4 }],
  ['a member more', { done: 3 }, { done: 3, of: 5 }],
  ['another order in a list', ['works', 'production'], ['production', 'works']],
  ['a longer list', ['works'], ['works', 'production']],
  ['a list and an object', [], {}],
  ['null and absent', { of: null }, {}],
  ['text and number', '3', 3],
  ['a member that every object inherits', {}, { constructor: Object }],
  ['a member named like a prototype', JSON.parse('{"__proto__":{"of":5}}'), {}],
])('different facts: %s', (_, a, b) => {
  expect([isSame(a, b), isSame(b, a)]).toEqual([false, false]);
});

test('equal facts have equal hashes, whatever the order of their members', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (members, one) => {
      const turned = Object.fromEntries(Object.entries(members).reverse());
      const withNone = { ...turned, none: undefined };
      expect(hashOf(turned, 7)).toBe(hashOf(members, 7));
      if (!Object.hasOwn(members, 'none')) expect(hashOf(withNone, 7)).toBe(hashOf(members, 7));
      if (isSame(one, members)) expect(hashOf(one, 7)).toBe(hashOf(members, 7));
    }),
  );
});

test('hardly any two of many different facts have the same hash', () => {
  const hashes = new Set<number>();
  for (let item = 0; item < 20; item += 1)
    for (let percent = 0; percent < 1_000; percent += 1)
      hashes.add(hashOf({ item: `item-${item}`, measure: { kind: 'percent', basisPoints: percent } }));
  // By chance hardly any two of 20,000 share 32 bits.
  expect(hashes.size).toBeGreaterThan(20_000 - 10);
});
