/**
 * A list that a fold adds to at its end. A copy shares the list until one of the two changes what the other has.
 *
 * What it holds must not be changed, because copies hold the same.
 */
export class GrowingList<One> {
  private list: One[];
  /** From this place on, no copy has what is in the list. */
  private ownFrom = 0;
  length: number;

  constructor(list: readonly One[] = []) {
    this.list = [...list];
    this.length = list.length;
  }

  push(one: One): void {
    if (this.list.length !== this.length) this.separate();
    this.list.push(one);
    this.length += 1;
  }

  /** Replaces the one at a place. */
  set(place: number, one: One): void {
    if (place < this.ownFrom) this.separate();
    this.list[place] = one;
  }

  at(place: number): One | undefined {
    return place < this.length ? this.list[place] : undefined;
  }

  get last(): One | undefined {
    return this.list[this.length - 1];
  }

  /** Removes what is at a place and after it. */
  cut(length: number): void {
    if (length >= this.ownFrom && this.list.length === this.length) this.list.length = length;
    this.length = length;
  }

  *[Symbol.iterator](): Generator<One> {
    for (let place = 0; place < this.length; place += 1) yield this.list[place] as One;
  }

  /** From a place (inclusive) to another one (exclusive), as an array. */
  slice(from = 0, to = this.length): One[] {
    return this.list.slice(from, Math.min(to, this.length));
  }

  copy(): GrowingList<One> {
    const copy = new GrowingList<One>();
    copy.list = this.list;
    copy.length = this.length;
    copy.ownFrom = this.length;
    this.ownFrom = this.length;
    return copy;
  }

  private separate(): void {
    this.list = this.list.slice(0, this.length);
    this.ownFrom = 0;
  }
}
