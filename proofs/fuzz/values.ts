import fc from 'fast-check';
import type { Schema } from '../../src/http/answers/schema.js';
import type { Dice } from '../../test/support/dice.js';

/** Values that exist in the service, by the name of the member or the part of an address. */
export type Known = Readonly<Record<string, readonly [unknown, ...unknown[]]>>;

const words = [
  'Hall',
  '主体结构',
  'quay-works',
  'June',
  '80 %',
  '3/5',
  'a',
  'Ünïcödé',
  '值班室',
  'مبنى',
] as const;
const days = [
  '2018-06-30',
  '2018-07-01',
  '2018-07-10',
  '2018-01-01',
  '2019-02-28',
  '2016-02-29',
  '2018-07-31',
] as const;
/** Deeper than this a value is as short as its schema allows. */
const mostDepth = 6;
/** Of each pattern so many texts are made once, and picked from. */
const textsOfPattern = 40;

/** Makes values that fit a schema, with those that exist where a name is known. */
export class Values {
  private readonly patterns = new Map<string, readonly string[]>();

  constructor(
    private readonly schemaOf: (schema: Schema) => Schema,
    private readonly known: Known,
    private readonly dice: Dice,
  ) {}

  /** A value of a member of a name; mostly one that exists. */
  of(said: Schema, name = '', depth = 0): unknown {
    const { dice } = this;
    const schema = this.schemaOf(said);
    const known = this.known[name]?.filter((value) => isOf(schema, value));
    if (known && known.length > 0 && dice.chance(80)) return dice.pick(known as [unknown]);
    const { allOf, oneOf, anyOf } = schema;
    if (allOf) return Object.assign({}, ...allOf.map((part) => this.of(part, '', depth)));
    const ways = oneOf ?? anyOf;
    if (ways && ways.length > 0) return this.of(dice.pick(ways as [Schema]), name, depth);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum && schema.enum.length > 0) return dice.pick(schema.enum as [unknown]);
    const types = [schema.type ?? (schema.properties ? 'object' : 'string')].flat();
    switch (dice.pick(types as [string])) {
      case 'object':
        return this.object(schema, depth);
      case 'array':
        return this.array(schema, depth);
      case 'integer':
      case 'number':
        return this.number(schema);
      case 'boolean':
        return dice.chance(50);
      case 'null':
        return null;
      default:
        return this.text(schema);
    }
  }

  private object({ properties = {}, required = [], example }: Schema, depth: number): unknown {
    if (Object.keys(properties).length === 0 && example !== undefined) return example;
    const members = Object.entries(properties).filter(
      ([name]) => required.includes(name) || (depth < mostDepth && this.dice.chance(40)),
    );
    return Object.fromEntries(members.map(([name, schema]) => [name, this.of(schema, name, depth + 1)]));
  }

  private array({ items = {}, minItems = 0, maxItems = 4 }: Schema, depth: number): unknown[] {
    const most = depth < mostDepth ? Math.max(minItems, Math.min(maxItems, 4)) : minItems;
    const length = this.dice.int(minItems, most);
    return Array.from({ length }, () => this.of(items, '', depth + 1));
  }

  private number({ minimum = 0, maximum = 10_000, type }: Schema): number {
    const whole = this.dice.pick([
      minimum,
      maximum,
      this.dice.int(minimum, Math.min(maximum, minimum + 1_000)),
    ]);
    return type === 'number' && this.dice.chance(30) ? whole / 100 : whole;
  }

  private text({ pattern, format, minLength = 1, maxLength = 200, example }: Schema): string {
    const { dice } = this;
    if (format === 'date') return dice.pick(days);
    if (format === 'date-time') return `${dice.pick(days)}T08:00:00Z`;
    if (typeof example === 'string' && dice.chance(50)) return example;
    if (pattern !== undefined) {
      const isDay = new RegExp(pattern).test('2018-06-30');
      if (isDay && dice.chance(70)) return dice.pick(days);
      const texts = this.patterns.get(pattern) ?? this.textsOf(pattern);
      if (texts.length > 0) return dice.pick(texts as [string]);
    }
    const word = dice.pick(words);
    return word.length < minLength ? word.padEnd(minLength, 'x') : word.slice(0, maxLength);
  }

  private textsOf(pattern: string): readonly string[] {
    const seed = this.dice.int(0, 2 ** 31 - 1);
    const texts = fc.sample(fc.stringMatching(new RegExp(pattern)), { seed, numRuns: textsOfPattern });
    this.patterns.set(pattern, texts);
    return texts;
  }
}

/** True for a value of a type that a schema names. */
function isOf({ type, enum: only }: Schema, value: unknown): boolean {
  if (only) return false;
  const name = typeof value === 'number' ? 'integer' : typeof value;
  return [type ?? []].flat().includes(name);
}
