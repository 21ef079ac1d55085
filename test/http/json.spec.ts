import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RequestRefused } from '../../src/http/problems/faults.js';
import { readJson } from '../../src/http/validation/json.js';
import { isPlain } from '../../src/http/validation/json-plain.js';
import { refuseHidden } from '../../src/http/validation/json-tokens.js';

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

  test('bytes that are no UTF-8 are refused', () => {
    expect(() => readJson(Buffer.from([0x7b, 0x22, 0xc3, 0x22, 0x7d]))).toThrow(RequestRefused);
  });

  // Member names without a backslash, because V8 mixes up names that are one escaped character (nodejs/node 63785).
  test('whatever a serialiser writes is read as it was', () => {
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

describe('the quick look at JSON', () => {
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
      '0',
      '-0',
      '1e400',
      '1E5',
      '1e-7',
      '62.5',
      '9007199254740991',
      '9007199254740993',
      '123456789012345',
    ),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.maxSafeInteger().map(String),
  );
  const space = fc.constantFrom('', '', ' ', '\n\t', ' \r\n ');
  const text = fc.constantFrom(
    '""',
    '"a:1"',
    '"{[,"',
    '"屋面"',
    '"\\"}"',
    '"\\\\"',
    '"\\u0022"',
    'null',
    'true',
  );
  const { object } = fc.letrec<{ any: string; list: string; object: string }>((tie) => ({
    any: fc.oneof({ depthSize: 'small' }, text, number, tie('list'), tie('object')),
    list: fc
      .tuple(fc.array(tie('any'), { maxLength: 3 }), space)
      .map(([of, gap]) => `[${gap}${of.join(`${gap},`)}]`),
    object: fc
      .tuple(fc.array(fc.tuple(name, tie('any')), { maxLength: 4 }), space)
      .map(
        ([of, gap]) =>
          `{${gap}${of.map(([key, value]) => `"${key}"${gap}:${gap}${value}`).join(`${gap},`)}${gap}}`,
      ),
  }));

  test('passes nothing that the close one refuses, and most of what it does not', () => {
    let passed = 0;
    let stopped = 0;
    fc.assert(
      fc.property(object, (said) => {
        const isAllRight = isPlain(said, JSON.parse(said));
        if (isAllRight) refuseHidden(said);
        if (isAllRight) passed++;
        else stopped++;
      }),
      { numRuns: 3_000 },
    );
    expect([passed > 300, stopped > 300]).toEqual([true, true]);
  });

  test.each([
    '{"type":"ProgressMeasured","asOf":"2018-06-30","measure":{"kind":"percent","percent":62.5}}',
    '{ "note" : "他说：\\"好\\"\\n", "list": [ 1, -2, {"a": []} ] }',
  ])('passes %s', (said) => {
    expect(isPlain(said, JSON.parse(said))).toBe(true);
  });

  test('stops 21 levels', () => {
    const said = `${'{"a":'.repeat(21)}1${'}'.repeat(21)}`;
    expect(isPlain(said, JSON.parse(said))).toBe(false);
  });
});
