/** What was planned and invested in a year, as the row table keeps it. */
export interface AnnualRecord {
  /** The number of its kind: year, currency and basis. */
  kind: number;
  planned: number;
  invested: number;
  low: number;
  high: number;
  elapsed: number;
  isFromShare: boolean;
  /** The 16 bytes of the id of the entry with the amount. */
  entry: Uint8Array;
}

const recordBytes = 56;
const words = recordBytes / 4;

/**
 * The annual plans of projects, numbered in order of appearance; 0 stands for none. A record of the row table has the
 * number alone, because most entries of a project leave its annual plan as it is.
 */
export class AnnualFigures {
  private bytes = new Uint8Array(recordBytes * 256);
  private double = new Float64Array(this.bytes.buffer);
  private whole = new Uint32Array(this.bytes.buffer);
  private half = new Uint16Array(this.bytes.buffer);
  /** An open hash table of numbers; at most half full. */
  private slots = new Uint32Array(512);
  private used = 1;

  get count(): number {
    return this.used;
  }

  /** The number of a figure; equal ones have one number. */
  numberOf(figure: AnnualRecord): number {
    if ((this.used + 1) * recordBytes > this.bytes.length) this.grow();
    this.write(this.used, figure);
    return this.settle();
  }

  kindOf(number: number): number {
    return this.half[number * 28 + 24] as number;
  }
  planned(number: number): number {
    return this.double[number * 7] as number;
  }
  invested(number: number): number {
    return this.double[number * 7 + 1] as number;
  }
  low(number: number): number {
    return this.double[number * 7 + 2] as number;
  }
  high(number: number): number {
    return this.double[number * 7 + 3] as number;
  }
  elapsed(number: number): number {
    return this.half[number * 28 + 25] as number;
  }
  isFromShare(number: number): boolean {
    return this.half[number * 28 + 26] === 1;
  }
  entryOf(number: number): Uint8Array {
    const at = number * recordBytes + 32;
    return this.bytes.slice(at, at + 16);
  }

  /** The bytes of those numbered from `from` on. */
  since(from: number): { number: number; bytes: Uint8Array }[] {
    return Array.from({ length: this.used - from }, (_, index) => {
      const at = (from + index) * recordBytes;
      return { number: from + index, bytes: this.bytes.slice(at, at + recordBytes) };
    });
  }

  /**
   * Adds a figure by its bytes, and returns its number.
   *
   * @param kinds by the number of a kind in the bytes its number here; the same without
   * @throws RangeError they are no figure
   */
  load(bytes: Uint8Array, kinds?: readonly number[]): number {
    if (bytes.length !== recordBytes)
      throw new RangeError(`${bytes.length} bytes of an annual plan; expected ${recordBytes}`);
    if ((this.used + 1) * recordBytes > this.bytes.length) this.grow();
    this.bytes.set(bytes, this.used * recordBytes);
    if (kinds) this.half[this.used * 28 + 24] = kinds[this.kindOf(this.used)] as number;
    return this.settle();
  }

  private write(number: number, figure: AnnualRecord): void {
    const at = number * 7;
    this.double[at] = figure.planned;
    this.double[at + 1] = figure.invested;
    this.double[at + 2] = figure.low;
    this.double[at + 3] = figure.high;
    this.bytes.set(figure.entry, number * recordBytes + 32);
    this.half[number * 28 + 24] = figure.kind;
    this.half[number * 28 + 25] = figure.elapsed;
    this.half[number * 28 + 26] = figure.isFromShare ? 1 : 0;
  }

  /** Keeps the figure after the last one if it is new; returns the number of the one that is equal to it. */
  private settle(): number {
    const slot = this.slotOf(this.used);
    const known = this.slots[slot] as number;
    if (known > 0) return known;
    this.slots[slot] = this.used;
    this.used += 1;
    if (this.used * 2 > this.slots.length) this.spread();
    return this.used - 1;
  }

  /** The slot of the figure that is equal to one, or the free slot for it. */
  private slotOf(number: number): number {
    const mask = this.slots.length - 1;
    let hash = 2_166_136_261;
    for (let word = 0; word < words; word += 1)
      hash = Math.imul(hash ^ (this.whole[number * words + word] as number), 16_777_619);
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const other = this.slots[slot] as number;
      if (other === 0 || this.isSame(other, number)) return slot;
    }
  }

  private isSame(one: number, other: number): boolean {
    for (let word = 0; word < words; word += 1)
      if (this.whole[one * words + word] !== this.whole[other * words + word]) return false;
    return true;
  }

  private spread(): void {
    this.slots = new Uint32Array(this.slots.length * 2);
    for (let number = 1; number < this.used; number += 1) this.slots[this.slotOf(number)] = number;
  }

  private grow(): void {
    const longer = new Uint8Array(this.bytes.length * 2);
    longer.set(this.bytes);
    this.bytes = longer;
    this.double = new Float64Array(longer.buffer);
    this.whole = new Uint32Array(longer.buffer);
    this.half = new Uint16Array(longer.buffer);
  }
}
