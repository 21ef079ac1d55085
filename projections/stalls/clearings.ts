import type { Fact } from '../facts/facts.js';
import { GrowingList } from '../facts/growing-list.js';
import { inOrder } from '../facts/places.js';

/** The clearings of stalls so far, in order. */
export class Clearings {
  private readonly all = new GrowingList<Fact<'StallCleared'>>();

  add(clearing: Fact<'StallCleared'>): void {
    this.all.push(clearing);
  }

  /**
   * The clearing that a corrected declaration keeps although the correction moved it behind the clearing: the first one
   * after the original declaration that was recorded before its correction. None if the stall now begins after that
   * day.
   */
  keptBy({ origin, position, data }: Fact<'StallDeclared'>): Fact<'StallCleared'> | undefined {
    if (!origin) return undefined;
    const ofStall = this.all.slice().filter((one) => one.data.stall === data.stall);
    const clearing = ofStall.find((one) => inOrder(origin, one) < 0);
    const recorded = clearing?.origin?.position ?? clearing?.position ?? Infinity;
    return clearing && recorded < position && data.from <= clearing.asOf ? clearing : undefined;
  }
}
