/**
 * A list that a fold adds to at its end, in chunks. A copy shares them; a change copies only the chunk that it is in.
 *
 * What it holds must not be changed, because copies hold the same.
 */
export class GrowingList<One> {
  private chunks: One[][] = [];
  /** Whether no copy has a chunk too. */
  private isOwn: boolean[] = [];
  length = 0;

  constructor(list: readonly One[] = []) {
    for (let from = 0; from < list.length; from += chunkLength) {
      this.chunks.push(list.slice(from, from + chunkLength));
      this.isOwn.push(true);
    }
    this.length = list.length;
  }

  push(one: One): void {
    const place = this.length;
    if (place % chunkLength === 0) {
      this.chunks.push([one]);
      this.isOwn.push(true);
    } else this.ownChunkOf(place).push(one);
    this.length += 1;
  }

  /** Replaces the one at a place. */
  set(place: number, one: One): void {
    this.ownChunkOf(place)[place % chunkLength] = one;
  }

  at(place: number): One | undefined {
    return place >= 0 && place < this.length ? this.chunkOf(place)[place % chunkLength] : undefined;
  }

  get last(): One | undefined {
    return this.at(this.length - 1);
  }

  /** Removes what is at a place and after it. */
  cut(length: number): void {
    if (length >= this.length) return;
    const count = Math.ceil(length / chunkLength);
    this.chunks.length = count;
    this.isOwn.length = count;
    this.length = length;
    const left = length % chunkLength;
    if (left > 0) this.ownChunkOf(length).length = left;
  }

  *[Symbol.iterator](): Generator<One> {
    for (let place = 0; place < this.length; place += 1) yield this.at(place) as One;
  }

  /** From a place (inclusive) to another one (exclusive), as an array. */
  slice(from = 0, to = this.length): One[] {
    const end = Math.min(to, this.length);
    if (from >= end) return [];
    const [first, last] = [Math.floor(from / chunkLength), Math.floor((end - 1) / chunkLength)];
    const parts = this.chunks.slice(first, last + 1);
    parts[parts.length - 1] = this.chunkOf(end - 1).slice(0, end - last * chunkLength);
    parts[0] = (parts[0] as One[]).slice(from - first * chunkLength);
    return parts.length === 1 ? (parts[0] as One[]) : parts.flat();
  }

  copy(): GrowingList<One> {
    const copy = new GrowingList<One>();
    copy.chunks = this.chunks.slice();
    copy.isOwn = this.isOwn.fill(false).slice();
    copy.length = this.length;
    return copy;
  }

  private chunkOf(place: number): One[] {
    return this.chunks[Math.floor(place / chunkLength)] as One[];
  }

  private ownChunkOf(place: number): One[] {
    const at = Math.floor(place / chunkLength);
    if (!this.isOwn[at]) {
      this.chunks[at] = (this.chunks[at] as One[]).slice();
      this.isOwn[at] = true;
    }
    return this.chunks[at] as One[];
  }
}

const chunkLength = 256;
