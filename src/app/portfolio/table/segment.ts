import type { TableRow } from './table-row.js';
import type { TranslatedTerms } from './terms.js';

/** A segment has 2^16 records. */
export const segmentBits = 16;
export const segmentSize = 1 << segmentBits;
export const segmentMask = segmentSize - 1;
/** The content of a record, without day and position. */
export const recordDataBytes = 64;
export const recordBytes = 8 + 4 + recordDataBytes;
/** The same content in words of 4 bytes. */
const recordWords = recordDataBytes / 4;

/** Adjacent records. Search keys are stored apart from the rest, so that a search reads few bytes. */
export class Segment {
  readonly positions: Float64Array;
  readonly days: Int32Array;
  readonly double: Float64Array;
  readonly whole: Uint32Array;
  readonly half: Uint16Array;
  readonly small: Uint8Array;

  constructor(size = segmentSize) {
    this.positions = new Float64Array(size);
    this.days = new Int32Array(size);
    const data = new ArrayBuffer(size * recordDataBytes);
    this.double = new Float64Array(data);
    this.whole = new Uint32Array(data);
    this.half = new Uint16Array(data);
    this.small = new Uint8Array(data);
  }

  set(index: number, line: TableRow): void {
    this.days[index] = line.day;
    this.positions[index] = line.position;
    this.double[index * 8] = line.amount;
    const whole = index * 16;
    this.whole[whole + 2] = line.place;
    this.whole[whole + 3] = line.lightFrom[0];
    this.whole[whole + 4] = line.lightFrom[1];
    this.whole[whole + 5] = line.lightFrom[2];
    this.whole[whole + 12] = line.contradictions;
    this.whole[whole + 14] = line.annual;
    const half = index * 32;
    this.half[half + 20] = line.floor;
    this.half[half + 21] = line.percent;
    this.half[half + 22] = line.ceiling;
    this.half[half + 27] = line.money;
    const small = index * recordDataBytes;
    this.small.set(line.entry, small + 24);
    this.small[small + 52] = line.stage;
    const [works, production, staffing] = line.stalled;
    this.small[small + 53] =
      (line.exists ? 1 : 0) |
      (line.hasPlan ? 2 : 0) |
      (works ? 4 : 0) |
      (production ? 8 : 0) |
      (staffing ? 16 : 0);
  }

  /** Replaces the numbers of the terms in a record by those of another table. */
  renumber(index: number, { places, stages, money, annual }: TranslatedTerms): void {
    const [whole, half, small] = [index * recordWords, index * 32, index * recordDataBytes];
    this.whole[whole + 2] = places[this.whole[whole + 2] as number] as number;
    this.whole[whole + 14] = annual[this.whole[whole + 14] as number] as number;
    this.half[half + 27] = money[this.half[half + 27] as number] as number;
    this.small[small + 52] = stages[this.small[small + 52] as number] as number;
  }

  /** Moves the records of a range up by one. */
  shift(from: number, to: number): void {
    if (from === to) return;
    this.positions.copyWithin(from + 1, from, to);
    this.days.copyWithin(from + 1, from, to);
    this.small.copyWithin((from + 1) * recordDataBytes, from * recordDataBytes, to * recordDataBytes);
  }

  /** True if a record has the same content as the only one of another segment, ignoring day and position. */
  says(index: number, { whole }: Segment): boolean {
    const at = index * recordWords;
    for (let word = 0; word < recordWords; word++) if (this.whole[at + word] !== whole[word]) return false;
    return true;
  }

  copy(from: Segment, at: number, to: number, count: number): void {
    if (count === 1) {
      // Views of one record would take longer to make than to copy.
      this.positions[to] = from.positions[at] as number;
      this.days[to] = from.days[at] as number;
      for (let word = 0; word < recordWords; word++)
        this.whole[to * recordWords + word] = from.whole[at * recordWords + word] as number;
      return;
    }
    this.positions.set(from.positions.subarray(at, at + count), to);
    this.days.set(from.days.subarray(at, at + count), to);
    this.small.set(
      from.small.subarray(at * recordDataBytes, (at + count) * recordDataBytes),
      to * recordDataBytes,
    );
  }

  bytes(from: number, to: number): Uint8Array {
    const count = to - from;
    const bytes = new Uint8Array(count * recordBytes);
    bytes.set(bytesIn(this.positions, from, to), 0);
    bytes.set(bytesIn(this.days, from, to), count * 8);
    bytes.set(this.small.subarray(from * recordDataBytes, to * recordDataBytes), count * 12);
    return bytes;
  }

  fill(at: number, bytes: Uint8Array): void {
    const count = bytes.length / recordBytes;
    bytesIn(this.positions, at, at + count).set(bytes.subarray(0, count * 8));
    bytesIn(this.days, at, at + count).set(bytes.subarray(count * 8, count * 12));
    this.small.set(bytes.subarray(count * 12), at * recordDataBytes);
  }
}

function bytesIn(array: Float64Array | Int32Array, from: number, to: number): Uint8Array {
  const size = array.BYTES_PER_ELEMENT;
  return new Uint8Array(array.buffer, array.byteOffset + from * size, (to - from) * size);
}
