import type { Schema } from '../../src/http/answers/schema.js';
import { MoneySaid } from '../../src/http/dto/facts/money.js';
import { NamesSaid } from '../../src/http/dto/project.js';
import { ThresholdSaid } from '../../src/http/dto/rules.js';
import type { Shape } from '../../src/http/validation/member.js';
import { declaredBy } from '../../src/http/validation/reading.js';
import type { Dice } from '../support/dice.js';

type Json = Record<string, unknown>;

/** Usual combinations for shapes whose members exclude one another. */
const usual: ReadonlyMap<Shape, readonly [Json, ...Json[]]> = new Map<Shape, [Json, ...Json[]]>([
  [
    MoneySaid,
    [
      { amount: '12.5', unit: '万元' },
      { amountMinor: 7, currency: 'CNY' },
    ],
  ],
  [NamesSaid, [{ en: 'Works' }, { en: 'Works', zh: '厂房' }]],
  [ThresholdSaid, [{ days: 30 }, { months: 2 }]],
]);

/** Values that are invalid, or just valid, for some member. */
const oddities: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.005,
  7.25,
  1e21,
  '',
  ' ',
  '7',
  'A B',
  'cafe\u0301',
  'wet\u0000concrete',
  'wet\nconcrete',
  'half \ud83c',
  '屋'.repeat(41),
  'x'.repeat(2_001),
  '2018-02-30',
  '2018-06',
  '0197A0B4-58B0-7D52-9D4F-3C2D1E0F9A8B',
  [],
  [1],
  [null],
  [{}],
  [[{}]],
  ['works', 'works'],
  {},
  { kind: 'rumour' },
  { kind: 'constructor' },
  { kind: 'percent', percent: 50, done: 1 },
  { amount: '1', unit: '元', amountMinor: 1 },
  { 7: 1, zh: 'cafe\u0301' },
];

/** A value of a shape, mostly one that the rules of its members accept. */
export function bodyOf(dice: Dice, type: Shape, kinds: ReadonlyMap<string, Shape>): Json {
  const body: Json = {};
  for (const { name, rule, mayBeAbsent } of declaredBy(type)) {
    if (mayBeAbsent && dice.chance(60)) continue;
    body[name] = rule.api ? nested(dice, rule.api as Json, kinds) : fitting(dice, rule.schema);
  }
  return body;
}

/** The body with up to three changes, at any depth. */
export function spoilt(dice: Dice, body: Json): Json {
  const copy = copied(body);
  for (let change = dice.int(0, 3); change > 0; change--) {
    const places = placesIn(copy);
    const place = places[dice.int(0, places.length - 1)] ?? copy;
    const keys = Object.keys(place);
    const key = keys[dice.int(0, Math.max(0, keys.length - 1))] ?? 'more';
    const holder = place as Json;
    switch (dice.pick(['leave out', 'add', 'replace', 'replace', 'wrap'])) {
      case 'leave out':
        if (Array.isArray(place)) place.pop();
        else delete holder[key];
        break;
      case 'add':
        if (Array.isArray(place)) place.push(odd(dice));
        else holder[dice.pick(['more', '7', 'Type', 'kind', 'note'])] = odd(dice);
        break;
      case 'replace':
        holder[key] = odd(dice);
        break;
      case 'wrap':
        holder[key] = [holder[key], holder[key]];
    }
  }
  return copied(copy);
}

function odd(dice: Dice): unknown {
  return copied(oddities[dice.int(0, oddities.length - 1)]);
}

function nested(dice: Dice, api: Json, kinds: ReadonlyMap<string, Shape>): unknown {
  if (typeof api.type !== 'function') {
    const { $ref = '', example } = dice.pick(api.oneOf as [Schema]) as Schema & { example?: unknown };
    const name = $ref.replace(/^.*\//, '');
    const shape = kinds.get(name);
    if (shape) return bodyOf(dice, shape, kinds);
    const [first, ...others] = [...usual].find(([type]) => type.name === name)?.[1] ?? [];
    return first ? dice.pick([first, ...others]) : (example ?? '2018-06');
  }
  const type = api.type() as Shape;
  const [first, ...others] = usual.get(type) ?? [];
  if (first && dice.chance(90)) return dice.pick([first, ...others]);
  if (!api.isArray) return bodyOf(dice, type, kinds);
  return Array.from({ length: dice.int(1, 3) }, () => bodyOf(dice, type, kinds));
}

function fitting(dice: Dice, schema: Schema): unknown {
  const { oneOf, enum: words, format, pattern, items, minimum = 0, maximum = 1_000 } = schema;
  if (oneOf) return fitting(dice, dice.pick(oneOf as [Schema]));
  if (words) return dice.pick(words as [string]);
  switch (schema.type) {
    case 'boolean':
      return dice.chance(50);
    case 'integer':
      return dice.int(Math.max(minimum, -1_000), Math.min(maximum, minimum + 2_100));
    case 'number':
      return dice.int(minimum, Math.min(maximum, 100));
    case 'array':
      return Array.from({ length: dice.int(1, 2) }, () => fitting(dice, items ?? {}));
    default: {
      const samples: [string, ...string[]] = [
        '2018-06-30',
        '2018-06',
        'works-7',
        'CNY',
        'Asia/Shanghai',
        'stated',
        '0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b',
        '万元',
        'cafe\u0301',
        '12.5',
      ];
      if (format === 'date') return samples[0];
      if (format === 'uuid') return samples[6];
      const [first = '', ...others] = samples.filter((sample) => new RegExp(pattern ?? '').test(sample));
      return dice.pick([first, ...others]);
    }
  }
}

/** A copy after a JSON round trip. */
function copied<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}

/** Every object and list in a value, itself first. */
function placesIn(value: object): object[] {
  const inner = Object.values(value).filter((member) => typeof member === 'object' && member !== null);
  return [value, ...inner.flatMap(placesIn)];
}
