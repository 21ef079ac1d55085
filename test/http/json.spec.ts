import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RequestRefused } from '../../src/http/problems/faults.js';
import { readJson } from '../../src/http/validation/json.js';

const read = (text: string) => readJson(Buffer.from(text));

function refusal(text: string): [string, string] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof RequestRefused) return [error.faults[0].type, error.faults[0].member];
    throw error;
  }
  throw new Error(`${text} was accepted.`);
}

function isRefused(text: string): boolean {
  try {
    return read(text) === undefined;
  } catch (error) {
    return error instanceof RequestRefused;
  }
}

describe('JSON is read strictly:', () => {
  test.each([
    ['{"a":1,"b":{"a":2},"a":3}', 'member-repeated', 'a'],
    ['{"a":[{"b":1},{"c":1,"c":2}]}', 'member-repeated', 'a[1].c'],
    ['{"a":1,"\\u0061":2}', 'member-repeated', 'a'],
    ['{"x":{"__proto__":{}}}', 'member-reserved', 'x.__proto__'],
    ['{"x":{"\\u005f_proto__":{}}}', 'member-reserved', 'x.__proto__'],
    ['{"a":[0,9007199254740993]}', 'number-inexact', 'a[1]'],
    ['{"a":-9007199254740992}', 'number-inexact', 'a'],
    ['{"a":1e400}', 'number-inexact', 'a'],
    ['{"a":0.1234567890123456}', 'number-inexact', 'a'],
    ['{"a":{"b":{', 'body-invalid', 'body'],
    ["{'a':1}", 'body-invalid', 'body'],
    ['"text"', 'type-wrong', 'body'],
    ['null', 'type-wrong', 'body'],
    ['', 'body-invalid', 'body'],
  ])('%s', (text, type, member) => {
    expect(refusal(text)).toEqual([type, member]);
  });

  test('20 levels are read, 21 are not', () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    expect(read(nested(20))).toEqual(JSON.parse(nested(20)));
    expect(refusal(nested(21))[0]).toBe('body-too-deep');
  });

  test('bytes that are not UTF-8 are refused', () => {
    expect(() => readJson(Buffer.from([0x7b, 0x22, 0xc3, 0x22, 0x7d]))).toThrow(RequestRefused);
  });

  // Member names without a backslash, because V8 confuses names that are one escaped character (nodejs/node 63785).
  test('every serialized value is read back equal', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'grapheme' }),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('any'), { maxLength: 4 }),
      object: fc.dictionary(fc.stringMatching(/^[a-z":,{}[\]]{1,6}$/), tie('any'), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    })).object;
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 2, '\t'), (said, indent) => {
        expect(read(JSON.stringify(said, null, indent))).toEqual(said);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what JSON.parse hides is refused, and nothing else:', () => {
  /** A piece of JSON, and whether it hides something. */
  interface Piece {
    text: string;
    hides: boolean;
  }
  const piece = (text: string, hides = false): Piece => ({ text, hides });
  const name = fc.constantFrom(
    'a',
    'b',
    'é',
    '__proto__',
    'constructor',
    'prototype',
    'measurement',
    'a\\"b',
    '\\u0061',
  );
  const number = fc.oneof(
    fc.constantFrom(
      piece('0'),
      piece('-0'),
      piece('1e400', true),
      piece('1E5'),
      piece('1e-7'),
      piece('62.5'),
      piece('9007199254740991'),
      piece('9007199254740993', true),
      piece('123456789012345'),
      piece('0.1234567890123456', true),
      piece('-0.00000000000000000001'),
    ),
    fc.maxSafeInteger().map((value) => piece(String(value))),
  );
  const space = fc.constantFrom('', '', ' ', '\n\t', ' \r\n ');
  const text = fc
    .constantFrom(
      '""',
      '"a:1"',
      '"{[,"',
      '"屋面"',
      '"\\"}"',
      '"\\\\"',
      '"\\u0022"',
      '"-1e400"',
      'null',
      'true',
    )
    .map((said) => piece(said));
  const { object } = fc.letrec<{ any: Piece; list: Piece; object: Piece }>((tie) => ({
    any: fc.oneof({ depthSize: 'small' }, text, number, tie('list'), tie('object')),
    list: fc.tuple(fc.array(tie('any'), { maxLength: 3 }), space).map(([of, gap]) =>
      piece(
        `[${gap}${of.map((one) => one.text).join(`${gap},`)}]`,
        of.some((one) => one.hides),
      ),
    ),
    object: fc.tuple(fc.array(fc.tuple(name, tie('any')), { maxLength: 4 }), space).map(([of, gap]) => {
      const names = of.map(([key]) => JSON.parse(`"${key}"`) as string);
      const isSpoilt =
        new Set(names).size < names.length || names.some((key) => key in {} || key === 'prototype');
      return piece(
        `{${gap}${of.map(([key, value]) => `"${key}"${gap}:${gap}${value.text}`).join(`${gap},`)}${gap}}`,
        isSpoilt || of.some(([, value]) => value.hides),
      );
    }),
  }));

  test('repeated and reserved members and inexact numbers, wherever they are', () => {
    const seen = { refused: 0, read: 0 };
    fc.assert(
      fc.property(object, ({ text, hides }) => {
        seen[hides ? 'refused' : 'read']++;
        return hides === isRefused(text);
      }),
      { numRuns: 3_000 },
    );
    expect([seen.refused > 300, seen.read > 300]).toEqual([true, true]);
  });

  test('a repeated member among many', () => {
    const many = Array.from({ length: 40 }, (_, index) => `"m${index}":0`);
    expect(Object.keys(read(`{${many}}`)).length).toBe(40);
    expect(refusal(`{${many},"m39":1}`)).toEqual(['member-repeated', 'm39']);
    expect(refusal(`{${many},"m3":1}`)).toEqual(['member-repeated', 'm3']);
  });
});
