import { expect, test } from '@jest/globals';
import { isSame } from '../../domain/values/equal.js';

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
