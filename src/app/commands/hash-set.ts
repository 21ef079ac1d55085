/** The first number of places, a power of two. */
const firstPlaces = 1 << 12;

/** A set of hashes of 32 bits, in 8 to 16 bytes each; none is ever removed alone. */
export class HashSet {
  size = 0;
  /** 0 is a free place; each hash is at its own place, or after it where others lie. */
  private places = new Uint32Array(firstPlaces);
  private hasZero = false;

  /** Adds a hash; false if it was there. */
  add(hash: number): boolean {
    if (hash === 0) {
      const isNew = !this.hasZero;
      this.hasZero = true;
      return isNew;
    }
    const place = this.placeOf(hash);
    if (this.places[place] === hash) return false;
    this.places[place] = hash;
    this.size += 1;
    if (this.size * 2 > this.places.length) this.grow();
    return true;
  }

  clear(): void {
    this.size = 0;
    this.hasZero = false;
    this.places = new Uint32Array(firstPlaces);
  }

  private placeOf(hash: number): number {
    const last = this.places.length - 1;
    let place = hash & last;
    for (let found = this.places[place]; found !== 0 && found !== hash; found = this.places[place])
      place = (place + 1) & last;
    return place;
  }

  private grow(): void {
    const before = this.places;
    this.places = new Uint32Array(before.length * 2);
    for (const hash of before) if (hash !== 0) this.places[this.placeOf(hash)] = hash;
  }
}
