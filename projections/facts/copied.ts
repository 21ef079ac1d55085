/**
 * A copy of what a fold keeps: what is shared within it is shared within the copy.
 *
 * Frozen objects are immutable and stay shared with the original; an object with a method `copy` is copied by it.
 *
 * @throws TypeError for a function, which would still change the original
 */
export function copied<Kept>(kept: Kept): Kept {
  return new Copy().of(kept) as Kept;
}

class Copy {
  private readonly known = new Map<object, unknown>();

  of(value: unknown): unknown {
    if (typeof value === 'function') throw new TypeError('A fold keeps no function.');
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
    const known = this.known.get(value);
    if (known !== undefined) return known;
    if (Array.isArray(value)) return this.ofArray(value);
    if (value instanceof Map) return this.ofMap(value);
    if (value instanceof Set) return this.ofSet(value);
    return this.ofObject(value as Record<string, unknown>);
  }

  private ofArray(list: readonly unknown[]): unknown[] {
    const copy = list.slice();
    this.known.set(list, copy);
    for (let i = 0; i < copy.length; i += 1) if (isKept(copy[i])) copy[i] = this.of(copy[i]);
    return copy;
  }

  private ofMap(map: ReadonlyMap<unknown, unknown>): Map<unknown, unknown> {
    const copy = new Map<unknown, unknown>();
    this.known.set(map, copy);
    for (const [key, value] of map)
      copy.set(isKept(key) ? this.of(key) : key, isKept(value) ? this.of(value) : value);
    return copy;
  }

  private ofSet(set: ReadonlySet<unknown>): Set<unknown> {
    const copy = new Set<unknown>();
    this.known.set(set, copy);
    for (const one of set) copy.add(isKept(one) ? this.of(one) : one);
    return copy;
  }

  private ofObject(object: Record<string, unknown>): unknown {
    const { copy: own } = object;
    if (typeof own === 'function') {
      const copy = own.call(object);
      this.known.set(object, copy);
      return copy;
    }
    const copy = likeOf(object, { ...object });
    this.known.set(object, copy);
    for (const name of Object.keys(object)) {
      const value = object[name];
      if (isKept(value)) copy[name] = this.of(value);
    }
    return copy;
  }
}

/**
 * Makes an object one of the class of another one.
 *
 * Members that are assigned one by one by their names, more than some dozen, would make it slow to read in V8.
 */
export function likeOf<One extends object>(one: One, members: object): One {
  return Object.setPrototypeOf(members, Object.getPrototypeOf(one));
}

/** True for what is not the same in a copy by itself. */
function isKept(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
