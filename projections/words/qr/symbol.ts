import type { Codewords } from './codewords.js';

/** Dark or light, or not drawn yet. */
type Module = boolean | undefined;

/** A symbol that is being drawn; a module at `[row][column]` is dark when true. */
export class QrSymbol {
  readonly size: number;
  readonly rows: Module[][];
  private readonly isOfPattern: boolean[][];

  constructor(private readonly version: number) {
    this.size = 17 + 4 * version;
    this.rows = Array.from({ length: this.size }, () => Array<Module>(this.size).fill(undefined));
    this.isOfPattern = Array.from({ length: this.size }, () => Array<boolean>(this.size).fill(false));
    this.drawPatterns();
  }

  /** Draws codewords in columns of two, upwards and downwards in turn from the lower right on. */
  drawCodewords({ bytes }: Codewords): void {
    let bit = 0;
    for (let right = this.size - 1; right >= 1; right -= 2) {
      // The column of the timing pattern holds none.
      if (right === 6) right = 5;
      const isUpward = ((right + 1) & 2) === 0;
      for (let step = 0; step < this.size; step += 1) {
        const y = isUpward ? this.size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (this.isOfPattern[y]?.[x]) continue;
          this.put(x, y, (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1);
          bit += 1;
        }
      }
    }
  }

  /** A copy with a mask over the codewords, and the format that names it. */
  masked(mask: number): boolean[][] {
    const isFlipped = masks[mask] as (x: number, y: number) => boolean;
    const copy = new QrSymbol(this.version);
    for (const [y, row] of this.rows.entries())
      for (const [x, isDark] of row.entries())
        if (!this.isOfPattern[y]?.[x]) copy.put(x, y, (isDark ?? false) !== isFlipped(x, y));
    copy.drawFormat(mask);
    return copy.rows.map((row) => row.map((isDark) => isDark ?? false));
  }

  private put(x: number, y: number, isDark: boolean): void {
    const row = this.rows[y];
    if (row && x >= 0 && x < this.size) row[x] = isDark;
  }

  private putPattern(x: number, y: number, isDark: boolean): void {
    this.put(x, y, isDark);
    const row = this.isOfPattern[y];
    if (row && x >= 0 && x < this.size) row[x] = true;
  }

  private drawPatterns(): void {
    const { size } = this;
    for (let at = 0; at < size; at += 1) {
      this.putPattern(6, at, at % 2 === 0);
      this.putPattern(at, 6, at % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [size - 4, 3],
      [3, size - 4],
    ] as const)
      this.drawRings(x, y, 4);
    const places = this.alignments();
    const last = places.length - 1;
    for (const [i, x] of places.entries())
      for (const [j, y] of places.entries()) {
        const isAtFinder = (i === 0 && (j === 0 || j === last)) || (i === last && j === 0);
        if (!isAtFinder) this.drawRings(x, y, 2);
      }
    this.drawFormat(0);
    this.drawVersion();
  }

  /** Rings around a middle: those of a finder and its edge, or of an alignment pattern. */
  private drawRings(middleX: number, middleY: number, reach: number): void {
    for (let y = -reach; y <= reach; y += 1)
      for (let x = -reach; x <= reach; x += 1) {
        const ring = Math.max(Math.abs(x), Math.abs(y));
        this.putPattern(middleX + x, middleY + y, reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
      }
  }

  /** The middles of alignment patterns, on both axes. */
  private alignments(): number[] {
    if (this.version === 1) return [];
    const count = Math.floor(this.version / 7) + 2;
    const step = Math.ceil((this.version * 4 + 4) / (count * 2 - 2)) * 2;
    const others = Array.from({ length: count - 1 }, (_, index) => this.size - 7 - index * step);
    return [6, ...others.reverse()];
  }

  /** Level M, whose two bits are 00, and the mask, with error correction, twice. */
  private drawFormat(mask: number): void {
    const { size } = this;
    const bits = ((mask << 10) | remainder(mask, 10, 0x537)) ^ 0x5412;
    const isSet = (bit: number) => ((bits >> bit) & 1) === 1;
    for (let bit = 0; bit < 6; bit += 1) this.putPattern(8, bit, isSet(bit));
    this.putPattern(8, 7, isSet(6));
    this.putPattern(8, 8, isSet(7));
    this.putPattern(7, 8, isSet(8));
    for (let bit = 9; bit < 15; bit += 1) this.putPattern(14 - bit, 8, isSet(bit));
    for (let bit = 0; bit < 8; bit += 1) this.putPattern(size - 1 - bit, 8, isSet(bit));
    for (let bit = 8; bit < 15; bit += 1) this.putPattern(8, size - 15 + bit, isSet(bit));
    this.putPattern(8, size - 8, true);
  }

  private drawVersion(): void {
    if (this.version < 7) return;
    const bits = (this.version << 12) | remainder(this.version, 12, 0x1f25);
    for (let bit = 0; bit < 18; bit += 1) {
      const isDark = ((bits >> bit) & 1) === 1;
      const [far, near] = [this.size - 11 + (bit % 3), Math.floor(bit / 3)];
      this.putPattern(far, near, isDark);
      this.putPattern(near, far, isDark);
    }
  }
}

/** The masks in the order of their numbers. */
const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

export const maskCount = masks.length;

/** The remainder of a value, shifted by a number of bits, by a polynomial of that degree. */
function remainder(value: number, degree: number, polynomial: number): number {
  let rest = value;
  for (let bit = 0; bit < degree; bit += 1) rest = (rest << 1) ^ ((rest >> (degree - 1)) * polynomial);
  return rest;
}
