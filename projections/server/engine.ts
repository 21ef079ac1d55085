// Polyfills for language features of the folds that an ES2015 engine may lack; first in every script. The linker
// replaces the built-in classes by these four, which a script does not name.

type Entry<Key, Value> = [Key, Value];

/** A map by text or undefined, in the order of insertion; its lists are arrays. */
export class OrderedMap<Key, Value> {
  private places: Record<string, number> = Object.create(null);
  private list: (Entry<Key, Value> | undefined)[] = [];

  constructor(entries: Iterable<Entry<Key, Value>> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }
  static groupBy<Key, Value>(
    values: Iterable<Value>,
    keyOf: (value: Value) => Key,
  ): OrderedMap<Key, Value[]> {
    const groups = new OrderedMap<Key, Value[]>();
    for (const value of values) {
      const key = keyOf(value);
      const group = groups.get(key);
      if (group) group.push(value);
      else groups.set(key, [value]);
    }
    return groups;
  }
  get size(): number {
    return this.entries().length;
  }
  get(key: Key): Value | undefined {
    const entry = this.list[this.placeOf(key)];
    return entry === undefined ? undefined : entry[1];
  }
  has(key: Key): boolean {
    return this.list[this.placeOf(key)] !== undefined;
  }
  set(key: Key, value: Value): this {
    const entry = this.list[this.placeOf(key)];
    if (entry) entry[1] = value;
    else {
      if (isPlain(key)) this.places[nameOf(key)] = this.list.length;
      this.list.push([key, value]);
    }
    return this;
  }
  delete(key: Key): boolean {
    const place = this.placeOf(key);
    if (this.list[place] === undefined) return false;
    this.list[place] = undefined;
    if (isPlain(key)) delete this.places[nameOf(key)];
    return true;
  }
  clear(): void {
    this.places = Object.create(null);
    this.list = [];
  }
  entries(): Entry<Key, Value>[] {
    return this.list.filter((entry) => entry !== undefined) as Entry<Key, Value>[];
  }
  keys(): Key[] {
    return this.entries().map(([key]) => key);
  }
  values(): Value[] {
    return this.entries().map(([, value]) => value);
  }
  [Symbol.iterator](): Iterator<Entry<Key, Value>> {
    return this.entries()[Symbol.iterator]();
  }
  private placeOf(key: Key): number {
    if (!isPlain(key)) return this.list.findIndex((entry) => entry !== undefined && entry[0] === key);
    const place = this.places[nameOf(key)];
    return place === undefined ? -1 : place;
  }
}

/** A set, in the order of insertion. */
export class OrderedSet<Value> {
  private map = new OrderedMap<Value, true>();

  constructor(values: Iterable<Value> = []) {
    for (const value of values) this.add(value);
  }
  get size(): number {
    return this.map.size;
  }
  has(value: Value): boolean {
    return this.map.has(value);
  }
  add(value: Value): this {
    this.map.set(value, true);
    return this;
  }
  delete(value: Value): boolean {
    return this.map.delete(value);
  }
  values(): Value[] {
    return this.map.keys();
  }
  [Symbol.iterator](): Iterator<Value> {
    return this.values()[Symbol.iterator]();
  }
}

/** Stands in for a weak map: values by object for the last few objects, computed again for others. */
export class RecentMap<Key, Value> {
  private list: Entry<Key, Value>[] = [];

  get(key: Key): Value | undefined {
    for (const [known, value] of this.list) if (known === key) return value;
    return undefined;
  }
  has(key: Key): boolean {
    return this.list.some(([known]) => known === key);
  }
  set(key: Key, value: Value): this {
    this.list = [[key, value] as Entry<Key, Value>, ...this.list.filter(([known]) => known !== key)].slice(
      0,
      16,
    );
    return this;
  }
}

/** Stands in for an array of numbers of a fixed length. */
export class NumberList extends Array<number> {}

function isPlain(key: unknown): boolean {
  return typeof key !== 'object' && typeof key !== 'function';
}

function nameOf(key: unknown): string {
  return `${typeof key} ${String(key)}`;
}

function lacking(target: object, name: string, value: unknown): void {
  if (name in target) return;
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

lacking(Array.prototype, 'at', function at(this: unknown[], index: number) {
  return this[index < 0 ? this.length + index : index];
});
lacking(Array.prototype, 'findLast', function findLast(this: unknown[], is: (item: unknown) => boolean) {
  for (let place = this.length - 1; place >= 0; place -= 1) if (is(this[place])) return this[place];
  return undefined;
});
lacking(
  Array.prototype,
  'findLastIndex',
  function findLastIndex(this: unknown[], is: (item: unknown) => boolean) {
    for (let place = this.length - 1; place >= 0; place -= 1) if (is(this[place])) return place;
    return -1;
  },
);
lacking(
  Array.prototype,
  'flatMap',
  function flatMap(this: unknown[], each: (item: unknown, place: number) => unknown) {
    return this.reduce<unknown[]>((all, item, place) => all.concat(each(item, place)), []);
  },
);
lacking(Array.prototype, 'includes', function includes(this: unknown[], item: unknown) {
  return this.indexOf(item) !== -1;
});
lacking(Array.prototype, 'toReversed', function toReversed(this: unknown[]) {
  return this.slice().reverse();
});
lacking(
  Array.prototype,
  'toSorted',
  function toSorted(this: unknown[], order: (a: unknown, b: unknown) => number) {
    return this.slice().sort(order);
  },
);
lacking(String.prototype, 'padStart', function padStart(this: string, length: number, filler: string) {
  let text = String(this);
  while (text.length < length) text = filler + text;
  return text;
});
const { hasOwnProperty: isOwn } = Object.prototype;
lacking(Object, 'hasOwn', (target: object, name: string) => isOwn.call(target, name));
lacking(Object, 'values', (target: Record<string, unknown>) =>
  Object.keys(target).map((name) => target[name]),
);
lacking(Object, 'entries', (target: Record<string, unknown>) =>
  Object.keys(target).map((name) => [name, target[name]]),
);
