import type { Dice } from '../../test/support/dice.js';

/** A body as it is sent: not every one can be written by `JSON.stringify`. */
export type Payload = string | Buffer;

/** Values that are easily taken for something else. */
const hostile: readonly [unknown, ...unknown[]] = [
  null,
  true,
  0,
  -1,
  -0,
  1.5,
  1e308,
  2 ** 53 + 2,
  2 ** 31,
  '',
  ' ',
  '0',
  'null',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u200b\ufeff',
  'a\r\nSet-Cookie: x=1',
  '../../etc/passwd',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '=cmd()',
  '2018-02-30',
  '0000-00-00',
  '9999-12-31',
  '2018-06-30T25:61:61Z',
  '-1',
  '1e400',
  '99999999999999999999',
  'x'.repeat(5_000),
  '国'.repeat(3_000),
  'e\u0301'.repeat(200),
  [],
  {},
  [[]],
  [null],
  { __proto__: null },
  { length: 3 },
  { toString: 1 },
  Array.from({ length: 2_000 }, (_, index) => index),
];

/** A value that is easily taken for another. */
export function hostileValue(dice: Dice): unknown {
  return dice.pick(hostile);
}

/** A copy of a value with one change somewhere in it. */
export function nearly(value: unknown, dice: Dice): unknown {
  if (typeof value !== 'object' || value === null || dice.chance(15)) return hostileValue(dice);
  const entries = Object.entries(value);
  if (entries.length === 0)
    return Array.isArray(value) ? [hostileValue(dice)] : { unknown: hostileValue(dice) };
  const [name, member] = dice.pick(entries as [[string, unknown]]);
  if (Array.isArray(value)) {
    const index = Number(name);
    if (dice.chance(20)) return [...value, ...value];
    return value.with(index, nearly(member, dice));
  }
  const copy: Record<string, unknown> = { ...value };
  switch (dice.int(1, 6)) {
    case 1:
      delete copy[name];
      return copy;
    case 2:
      return { ...copy, [dice.pick(['unknown', 'id', 'constructor', 'by', 'position'])]: hostileValue(dice) };
    case 3:
      return { ...copy, [name]: [member] };
    default:
      return { ...copy, [name]: nearly(member, dice) };
  }
}

/** A body with a fault that no value has: in its signs, its length or its nesting. */
export function brokenBody(text: string, dice: Dice): Payload {
  switch (dice.int(1, 11)) {
    case 1:
      return text.slice(0, dice.int(0, text.length));
    case 2:
      return text.replace(/^\{/, '{"__proto__":{"isAdmin":true},');
    case 3:
      return text.replace(/"(\w+)":/, '"$1":1,"$1":');
    case 4:
      return `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    case 5:
      return `{"a":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`;
    case 6:
      return Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xfe, 0x7d])]);
    case 7:
      return `\ufeff${text}`;
    case 8:
      return `${text}${text}`;
    case 9:
      return text.replace(/\d+/, '9007199254740993');
    case 10:
      return `"${'x'.repeat(1024 * 1024)}"`;
    default:
      return dice.pick(['', ' ', '\n', 'null', '[]', '""', '0', 'undefined', '{}', '{"a":NaN}', '\u0000']);
  }
}
