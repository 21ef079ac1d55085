import { recordDataBytes, Segment } from './segment.js';

const none = new Segment(0);

/** Reads its current record. */
export class Cursor {
  segment = none;
  index = 0;

  get exists(): boolean {
    return (this.flags & 1) !== 0;
  }
  get hasPlan(): boolean {
    return (this.flags & 2) !== 0;
  }
  isStalled(which: 0 | 1 | 2): boolean {
    return (this.flags & (4 << which)) !== 0;
  }
  get place(): number {
    return this.segment.whole[this.index * 16 + 2] as number;
  }
  get stage(): number {
    return this.segment.small[this.index * recordDataBytes + 52] as number;
  }
  get money(): number {
    return this.segment.half[this.index * 32 + 27] as number;
  }
  get amount(): number {
    return this.segment.double[this.index * 8] as number;
  }
  /** The number of the annual plan of the year; 0 without one. */
  get annual(): number {
    return this.segment.whole[this.index * 16 + 14] as number;
  }
  get entry(): Uint8Array {
    const at = this.index * recordDataBytes + 24;
    return this.segment.small.subarray(at, at + 16);
  }
  get floor(): number {
    return this.segment.half[this.index * 32 + 20] as number;
  }
  get percent(): number {
    return this.segment.half[this.index * 32 + 21] as number;
  }
  get ceiling(): number {
    return this.segment.half[this.index * 32 + 22] as number;
  }
  get contradictions(): number {
    return this.segment.whole[this.index * 16 + 12] as number;
  }
  /** 0 for none, then blue, yellow, red. */
  lightOn(day: number): number {
    const at = this.index * 16 + 3;
    const from = this.segment.whole;
    if (day >= (from[at + 2] as number)) return 3;
    if (day >= (from[at + 1] as number)) return 2;
    return day >= (from[at] as number) ? 1 : 0;
  }
  private get flags(): number {
    return this.segment.small[this.index * recordDataBytes + 53] as number;
  }
}
