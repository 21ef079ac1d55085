import { type Fraction, product } from './fraction.js';

/** A unit as it was said: what it measures, and how many of the base unit of that it is. */
export interface Unit {
  /** `length`, `area`, `volume`, `mass`, `power`, `area-or-volume` for 方, else the counted thing itself, such as `pile`. */
  dimension: string;
  /** Base units are m, m², m³, kg, W, and one counted thing. */
  size: Fraction;
}

/** Known units by dimension: size in the base unit as a whole number or a fraction, then the ways to write it. */
const table: Readonly<Record<string, readonly (readonly [number, number, string])[]>> = {
  length: [
    [1, 1, 'm meter metre 米 延米 延长米 公尺'],
    [1000, 1, 'km kilometer kilometre 公里'],
    [500, 1, '里 华里 市里'],
    [1, 100, 'cm centimeter centimetre 厘米 公分'],
    [1, 1000, 'mm millimeter millimetre 毫米'],
    [201_168, 125, 'mi mile 英里'],
    [1143, 1250, 'yd yard'],
    [381, 1250, 'ft foot feet 英尺'],
  ],
  area: [
    [1, 1, 'm2 sqm squaremeter squaremetre 平方米 平方公尺 平方 平米 平'],
    [1_000_000, 1, 'km2 sqkm squarekilometer squarekilometre 平方公里 平方千米'],
    [10_000, 1, 'ha hectare 公顷'],
    [2000, 3, '亩 市亩 mu'],
    [316_160_658, 78_125, 'acre 英亩'],
    [145_161, 1_562_500, 'ft2 sqft squarefoot squarefeet 平方英尺'],
  ],
  volume: [
    [1, 1, 'm3 cbm cubicmeter cubicmetre 立方米 立方公尺 立方 立米'],
    [1, 1000, 'l liter litre 升'],
    [1_493_271_207, 1_953_125_000, 'yd3 cuyd cubicyard'],
  ],
  'area-or-volume': [[1, 1, '方']],
  mass: [
    [1, 1, 'kg kilogram 公斤'],
    [1000, 1, 't tonne metricton 吨 公吨'],
    [1, 1000, 'g gram 克'],
    [1, 2, '斤 市斤'],
  ],
  power: [
    [1, 1, 'w watt 瓦'],
    [1000, 1, 'kw kilowatt'],
    [1_000_000, 1, 'mw megawatt 兆瓦'],
    [1_000_000_000, 1, 'gw gigawatt 吉瓦'],
  ],
  building: [[1, 1, 'building 栋 幢']],
  household: [[1, 1, 'household 户']],
  room: [[1, 1, 'room 间']],
  storey: [[1, 1, 'storey story 层']],
};

const known: ReadonlyMap<string, Unit> = new Map(
  Object.keys(table).flatMap((dimension) =>
    (table[dimension] ?? []).flatMap(([numerator, denominator, spellings]) =>
      spellings
        .split(' ')
        .map((spelling): [string, Unit] => [spelling, { dimension, size: { numerator, denominator } }]),
    ),
  ),
);

/** Powers of ten in front of a unit: 万方, 百万立方米, million m³. */
const prefixes: readonly (readonly [string, number])[] = [
  ['十', 10],
  ['百', 100],
  ['千', 1000],
  ['万', 10_000],
  ['亿', 100_000_000],
  ['萬', 10_000],
  ['億', 100_000_000],
  ['thousand', 1000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
];

/** Units by the way they were said; cached, since every entry about a quantity has one. */
const read = new Map<string, Unit>();
const mostRead = 1000;

/** The unit for a way to write it; one that is not in the table is a counted thing that converts to nothing else. */
export function unitOf(said: string): Unit {
  let unit = read.get(said);
  if (!unit) {
    unit = unitIn(normalised(said), 1);
    if (read.size === mostRead) read.clear();
    read.set(said, unit);
  }
  return unit;
}

/** True for a unit of length, area, volume, mass or power, and false for counted things. */
export function isMeasured({ dimension }: Unit): boolean {
  return measured.includes(dimension);
}

const measured = ['length', 'area', 'volume', 'area-or-volume', 'mass', 'power'];

/** True for powers of ten without a unit: `万`, `百万`. */
export function isPrefix(said: string): boolean {
  return unitOf(said).dimension === '';
}

/** Lower case, full width letters and raised digits as plain ones, without blanks and dots. */
function normalised(said: string): string {
  return said
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.·^]/g, '');
}

function unitIn(said: string, power: number): Unit {
  const one = singular(said);
  const unit = known.get(said) ?? known.get(one);
  if (unit) return { ...unit, size: product([unit.size, { numerator: power, denominator: 1 }]) };
  for (const [prefix, by] of prefixes)
    if (said.slice(0, prefix.length) === prefix) return unitIn(said.slice(prefix.length), power * by);
  return { dimension: one, size: { numerator: power, denominator: 1 } };
}

/** An English word without the ending of its plural. */
function singular(word: string): string {
  if (!/^[a-z]{3,}$/.test(word) || /ss$/.test(word)) return word;
  return word.replace(/ies$/, 'y').replace(/s$/, '');
}
