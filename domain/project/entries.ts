import type { Day } from '../values/days/calendar.js';
import { placeOnDay } from './day-order.js';
import type { EventType } from './events.js';
import type { FactTable } from './facts/fact.js';
import { facts as knownFacts } from './facts/facts.js';
import { type Said, topicOf } from './said.js';

/** Storage shared by several values of `Entries`: it only grows, and each of them sees only its own prefix. */
class Log {
  readonly entries: Said[] = [];
  readonly placeOfId = new Map<string, number>();
  /** By index: the place of the entry among those of its day. */
  readonly onDay: number[] = [];
  /** Indexes, ascending: by type, and by the corrected entry; by day and topic, in the order of the day. */
  readonly ofType = new Map<EventType, number[]>();
  readonly onTopic = new Map<string, number[]>();
  readonly correcting = new Map<string, number[]>();
  /** By the index of an entry that of its withdrawal. */
  readonly withdrawals = new Map<number, number>();

  constructor(readonly facts: FactTable) {}

  add(entry: Said): void {
    const place = this.entries.push(entry) - 1;
    this.placeOfId.set(entry.id, place);
    note(this.ofType, entry.type, place);
    this.onDay.push(this.placeOnDay(entry, place));
    const topic = note(this.onTopic, keyOf(entry.entry.asOf, topicOf(entry, this.facts)), place);
    if (this.onDay[place] !== place) topic.sort((a, b) => this.inOrder(a, b));
    if (entry.entry.corrects !== undefined) note(this.correcting, entry.entry.corrects, place);
    if (entry.type !== 'EntryWithdrawn') return;
    const withdrawn = this.placeOfId.get(entry.data.entry);
    if (withdrawn !== undefined && !this.withdrawals.has(withdrawn)) this.withdrawals.set(withdrawn, place);
  }

  /** Of two entries of one day. */
  inOrder(a: number, b: number): number {
    return (this.onDay[a] as number) - (this.onDay[b] as number) || a - b;
  }

  private placeOnDay({ entry: { asOf, corrects } }: Said, own: number): number {
    const corrected = corrects === undefined ? undefined : this.placeOfId.get(corrects);
    if (corrected === undefined) return own;
    const { entry } = this.entries[corrected] as Said;
    return placeOnDay(asOf, own, { asOf: entry.asOf, place: this.onDay[corrected] as number });
  }
}

/**
 * The entries of a project, oldest first. Immutable: `and` returns a longer one that shares storage, so that adding an
 * entry has a constant cost.
 */
export class Entries implements Iterable<Said> {
  private constructor(
    private readonly log: Log,
    readonly length: number,
    private readonly leftOut?: number,
  ) {}

  static of(said: readonly Said[], facts: FactTable = knownFacts): Entries {
    return new Entries(new Log(facts), 0).and(said);
  }

  /** The known facts. */
  get facts(): FactTable {
    return this.log.facts;
  }

  /** These, followed by further ones. */
  and(said: readonly Said[]): Entries {
    const isWhole = this.length === this.log.entries.length && this.leftOut === undefined;
    // Another value has already grown from here, or one is left out: this one copies.
    if (!isWhole) return Entries.of([...this, ...said], this.facts);
    for (const entry of said) this.log.add(entry);
    return new Entries(this.log, this.log.entries.length);
  }

  /** The entries before one of them. */
  before(entry: Said): Entries {
    return new Entries(this.log, this.log.placeOfId.get(entry.id) ?? this.length, this.leftOut);
  }

  /** The others, as though one had never been recorded. */
  without(entry: Said): Entries {
    return new Entries(this.log, this.length, this.log.placeOfId.get(entry.id));
  }

  [Symbol.iterator](): Iterator<Said> {
    return this.from(0);
  }

  /** Those from a place on, counted from 0. */
  *from(first: number): Generator<Said> {
    for (let place = first; place < this.length; place += 1)
      if (place !== this.leftOut) yield this.log.entries[place] as Said;
  }

  byId(id: string): Said | undefined {
    const place = this.log.placeOfId.get(id);
    return place === undefined || !this.isThere(place) ? undefined : this.log.entries[place];
  }

  /** The withdrawal of one of them. */
  withdrawalOf(id: string): Said<'EntryWithdrawn'> | undefined {
    const withdrawal = this.log.withdrawals.get(this.log.placeOfId.get(id) ?? -1);
    if (withdrawal === undefined || !this.isThere(withdrawal)) return undefined;
    return this.log.entries[withdrawal] as Said<'EntryWithdrawn'>;
  }

  /** The number of a type, including withdrawn ones. */
  count(type: EventType): number {
    return (this.log.ofType.get(type) ?? []).filter((place) => this.isThere(place)).length;
  }

  /** The live ones of a type, oldest first. */
  live<T extends EventType>(type: T): Said<T>[] {
    const places = (this.log.ofType.get(type) ?? []).filter((place) => this.isLive(place));
    return places.map((place) => this.log.entries[place] as Said<T>);
  }

  /** The last live entry for a day on a topic that matches a condition. */
  lastOn(asOf: Day, topic: string, isMeant: (entry: Said) => boolean): Said | undefined {
    return this.last(this.log.onTopic.get(keyOf(asOf, topic)), isMeant);
  }

  /** Compares two entries of one day by their order in it. */
  inOrder(a: Said, b: Said): number {
    const { placeOfId } = this.log;
    return this.log.inOrder(placeOfId.get(a.id) as number, placeOfId.get(b.id) as number);
  }

  /** The last live correction of an entry that matches a condition. */
  lastCorrecting(id: string, isMeant: (entry: Said) => boolean): Said | undefined {
    return this.last(this.log.correcting.get(id), isMeant);
  }

  private last(places: readonly number[] = [], isMeant: (entry: Said) => boolean): Said | undefined {
    const place = places.findLast((place) => this.isLive(place) && isMeant(this.log.entries[place] as Said));
    return place === undefined ? undefined : this.log.entries[place];
  }

  private isLive(place: number): boolean {
    const withdrawal = this.log.withdrawals.get(place);
    return this.isThere(place) && (withdrawal === undefined || !this.isThere(withdrawal));
  }

  private isThere(place: number): boolean {
    return place < this.length && place !== this.leftOut;
  }
}

/** A day has ten characters, so that keys are unique. */
function keyOf(asOf: Day, topic: string): string {
  return asOf + topic;
}

function note<Key>(places: Map<Key, number[]>, key: Key, place: number): number[] {
  const known = places.get(key);
  if (known) {
    known.push(place);
    return known;
  }
  // Most have one only: an array that begins empty gets room for 17 with the first.
  const first = [place];
  places.set(key, first);
  return first;
}
