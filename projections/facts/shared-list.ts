import { firstWhere } from '../../domain/values/search.js';

/** What an array and a shared list can both do; the list copies nothing. */
export interface Listed<One> extends Iterable<One> {
  readonly length: number;
  at(place: number): One | undefined;
  find(holds: (one: One) => boolean): One | undefined;
  filter<Some extends One>(is: (one: One) => one is Some): Some[];
  filter(holds: (one: One) => boolean): One[];
  slice(from: number, to?: number): One[];
}

/**
 * A list that is never changed. Those that come from it by adding to its end share one array with it, and each has the first
 * members of that array: adding to the longest of them copies nothing.
 */
export class SharedList<One> implements Listed<One> {
  private made: readonly One[] | undefined;

  private constructor(
    private readonly shared: One[],
    readonly length: number,
    /** Nothing else has the array, so that it may grow. */
    private readonly isOwn: boolean,
  ) {}

  /** Reads an array, which must not be changed. */
  static of<One>(list: readonly One[]): SharedList<One> {
    const shared = new SharedList(list as One[], list.length, false);
    shared.made = list;
    return shared;
  }

  /** Takes over an array that nothing else has. */
  static owning<One>(list: One[]): SharedList<One> {
    return new SharedList(list, list.length, true);
  }

  /** The list with further members at its end. */
  and(more: readonly One[]): SharedList<One> {
    const { shared, length, isOwn } = this;
    const all = isOwn && shared.length === length ? shared : shared.slice(0, length);
    for (const one of more) all.push(one);
    return new SharedList(all, all.length, true);
  }

  at(place: number): One | undefined {
    return place < this.length ? this.shared[place] : undefined;
  }

  *[Symbol.iterator](): Generator<One> {
    for (let place = 0; place < this.length; place += 1) yield this.shared[place] as One;
  }

  find(holds: (one: One) => boolean): One | undefined {
    for (let place = 0; place < this.length; place += 1) {
      const one = this.shared[place] as One;
      if (holds(one)) return one;
    }
    return undefined;
  }

  filter<Some extends One>(is: (one: One) => one is Some): Some[];
  filter(holds: (one: One) => boolean): One[];
  filter(holds: (one: One) => boolean): One[] {
    const some: One[] = [];
    for (let place = 0; place < this.length; place += 1) {
      const one = this.shared[place] as One;
      if (holds(one)) some.push(one);
    }
    return some;
  }

  /** Its members of a kind; those of a kind that was requested before are looked for only among later ones. */
  ofKind<Kind>(kind: Kind, kindOf: (one: One) => Kind): One[] {
    const kinds = kindsIn(this.shared);
    const found = kinds.get(kind) ?? { places: [], until: 0 };
    kinds.set(kind, found);
    for (; found.until < this.length; found.until += 1)
      if (kindOf(this.shared[found.until] as One) === kind) found.places.push(found.until);
    const { places } = found;
    const count = firstWhere(0, places.length, (index) => (places[index] as number) >= this.length);
    return places.slice(0, count).map((place) => this.shared[place] as One);
  }

  get last(): One | undefined {
    return this.shared[this.length - 1];
  }

  /** The last one for which a condition holds. */
  findLast(holds: (one: One) => boolean): One | undefined {
    for (let place = this.length - 1; place >= 0; place -= 1) {
      const one = this.shared[place] as One;
      if (holds(one)) return one;
    }
    return undefined;
  }

  /** From a place (inclusive) to another one (exclusive), as an array. */
  slice(from: number, to = this.length): One[] {
    return this.shared.slice(from, Math.min(to, this.length));
  }

  /** Its first members. */
  upTo(length: number): SharedList<One> {
    return length < this.length ? new SharedList(this.shared, length, this.isOwn) : this;
  }

  /** As an array, which must not be changed: the same one each time. */
  get array(): readonly One[] {
    this.made ??= this.slice(0);
    return this.made;
  }

  /** How many members both lists have first, the same objects. */
  sameWith(other: SharedList<One>): number {
    const most = Math.min(this.length, other.length);
    if (this.shared === other.shared) return most;
    let same = 0;
    while (same < most && this.shared[same] === other.shared[same]) same += 1;
    return same;
  }
}

/** The places of a kind in an array that only grows, as far as they were looked for. */
interface Places {
  places: number[];
  /** Exclusive. */
  until: number;
}

const kindsByArray = new WeakMap<readonly unknown[], Map<unknown, Places>>();

function kindsIn(shared: readonly unknown[]): Map<unknown, Places> {
  const known = kindsByArray.get(shared);
  if (known) return known;
  const kinds = new Map<unknown, Places>();
  kindsByArray.set(shared, kinds);
  return kinds;
}

/** The lists of states that are plain JSON, and have one of them as an array that is made when it is read. */
export class SharedLists<State extends object, One> {
  private readonly known = new WeakMap<State, SharedList<One>>();

  /** @param listIn the list of a state as an array */
  constructor(private readonly listIn: (state: State) => readonly One[]) {}

  of(state: State): SharedList<One> {
    const known = this.known.get(state);
    if (known) return known;
    const list = SharedList.of(this.listIn(state));
    this.known.set(state, list);
    return list;
  }

  /** Notes the list of a state, which reads it with `array`. */
  set(state: State, list: SharedList<One>): State {
    this.known.set(state, list);
    return state;
  }
}
