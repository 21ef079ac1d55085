import { expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalText, NotCanonical } from '../../src/event-store/canonical.js';

const deep = (levels: number): unknown => (levels === 0 ? 1 : { in: deep(levels - 1) });

test('members are in the order of their UTF-16 code units, whatever the input order', () => {
  expect(canonicalText({ b: 1, a: [3, 2], ä: '', A: { z: null, y: true } })).toBe(
    '{"A":{"y":true,"z":null},"a":[3,2],"b":1,"ä":""}',
  );
});

test('the vectors of RFC 8785, section 3.2.3, without its fractions', () => {
  const value = {
    '€': 'Euro',
    '\r': 'CR',
    \ufb33: 'Dalet',
    '1': 'One',
    '😀': 'Smile',
    '\u0080': 'Control',
    ö: 'o',
  };
  expect(canonicalText(value)).toBe(
    '{"\\r":"CR","1":"One","\u0080":"Control","ö":"o","€":"Euro","😀":"Smile","\ufb33":"Dalet"}',
  );
});

test.each<[string, unknown, string]>([
  ['a fraction', { amount: 1.5 }, 'value.amount is 1.5; expected a whole number within ±(2^53−1).'],
  [
    'a number beyond 2^53',
    { of: 2 ** 53 },
    'value.of is 9007199254740992; expected a whole number within ±(2^53−1).',
  ],
  ['not a number', [Number.NaN], 'value[0] is NaN; expected a whole number within ±(2^53−1).'],
  [
    'infinity',
    { a: [{ b: Infinity }] },
    'value.a[0].b is Infinity; expected a whole number within ±(2^53−1).',
  ],
  [
    'a member without a value',
    { step: undefined },
    'value.step is undefined; expected text, a whole number, true, false, null, an array or a plain object.',
  ],
  [
    'a hole in a list',
    new Array(2),
    'value[0] is undefined; expected text, a whole number, true, false, null, an array or a plain object.',
  ],
  [
    'a function',
    { toJSON: () => 1 },
    'value.toJSON is function; expected text, a whole number, true, false, null, an array or a plain object.',
  ],
  [
    'a bigint',
    1n,
    'value is bigint; expected text, a whole number, true, false, null, an array or a plain object.',
  ],
  [
    'half a character',
    { name: '\ud83d' },
    'value.name is text with half a character; expected well-formed Unicode.',
  ],
  [
    'half a character in a name',
    { '\udc00': 1 },
    'value.\udc00 is a name with half a character; expected well-formed Unicode.',
  ],
  ['a date', { on: new Date(0) }, 'value.on is a Date object; expected a plain object.'],
  ['a map', new Map(), 'value is a Map object; expected a plain object.'],
  ['a symbol as a name', { [Symbol('a')]: 1 }, 'value is a Object object; expected a plain object.'],
  ['21 levels', deep(21), `value${'.in'.repeat(20)} is nested too deep; expected at most 20 levels.`],
])('%s is refused, and its path is named', (_, value, message) => {
  expect(() => canonicalText(value)).toThrow(NotCanonical);
  expect(() => canonicalText(value)).toThrow(message);
});

test('a value that contains itself is refused', () => {
  const loop: Record<string, unknown> = {};
  loop.in = loop;
  expect(() => canonicalText(loop)).toThrow(NotCanonical);
});

test('20 levels, the limits of integers and names of built-in members are accepted', () => {
  expect(canonicalText(deep(20))).toContain('1');
  expect(canonicalText([Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER])).toBe(
    '[9007199254740991,-9007199254740991]',
  );
  expect(canonicalText(JSON.parse('{"constructor":1,"__proto__":{"a":2}}'))).toBe(
    '{"__proto__":{"a":2},"constructor":1}',
  );
});

test('every accepted value reads back equal, and is RFC 8785', () => {
  const json = fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' });
  fc.assert(
    fc.property(json, (value) => {
      let text: string;
      try {
        text = canonicalText(value);
      } catch (error) {
        expect(error).toBeInstanceOf(NotCanonical);
        return;
      }
      expect(text).toBe(canonicalize(value));
      expect(canonicalText(JSON.parse(text))).toBe(text);
    }),
  );
});
