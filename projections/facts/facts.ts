import type { EntryMetadata, EventData, EventType, RecordedEvent } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { firstWhere } from '../../domain/values/search.js';
import {
  inOrder,
  merged,
  type Ordered,
  type Place,
  type PlacedEvent,
  placeIn,
  sortedInOrder,
} from './places.js';
import type { Gathering, Handlers } from './projection.js';
import { type Listed, SharedList, SharedLists } from './shared-list.js';

/** What a projection keeps of an entry: the fact, its day, and its identity as evidence. */
export type Fact<T extends EventType = EventType> = {
  [K in T]: Place & {
    id: string;
    position: number;
    recordedAt: string;
    by: string;
    type: K;
    asOf: Day;
    entry: EntryMetadata;
    data: EventData[K];
    /** Set once the entry was withdrawn; only in projections that keep withdrawn facts. */
    withdrawn?: { by: string; position: number; reason: string };
  };
}[T];

/** The facts of some event types in the order (asOf, place). */
export interface Facts<T extends EventType = EventType> {
  facts: Fact<T>[];
}

/**
 * The fold that most projections share: facts of the named types in the order (asOf, place); a withdrawn entry is
 * removed, or, with `keepWithdrawn`, kept with the withdrawing entry.
 */
export function keeping<T extends Exclude<EventType, 'EntryWithdrawn'>>(
  types: readonly T[],
  options: { keepWithdrawn?: boolean } = {},
): {
  init: () => Facts<T>;
  on: Handlers<Facts<T>>;
  gather: () => Gathering<Facts<T>>;
  and: (state: Facts<T>, events: readonly PlacedEvent[]) => Facts<T>;
} {
  const keep = (state: Facts<T>, event: PlacedEvent): Facts<T> => ({
    facts: inserted(state.facts, factOf(event) as Fact<T>),
  });
  const on: Record<string, unknown> = {};
  for (const type of types) on[type] = keep;
  on.EntryWithdrawn = (state: Facts<T>, event: RecordedEvent<'EntryWithdrawn'>): Facts<T> => {
    const fact = state.facts.find((other) => other.id === event.data.entry);
    if (!fact) return state;
    if (!options.keepWithdrawn) return { facts: state.facts.filter((other) => other !== fact) };
    const withdrawn = { by: event.id, position: event.position, reason: event.data.reason };
    return { facts: state.facts.map((other) => (other === fact ? { ...fact, withdrawn } : other)) };
  };
  const isMeant = new Set<EventType>(types);
  return {
    init: () => ({ facts: [] }),
    on: on as Handlers<Facts<T>>,
    gather: () => {
      const gathered = new Gathered(isMeant, options.keepWithdrawn === true);
      return {
        add: (events) => gathered.add(events),
        state: () => ({ facts: gathered.all() as Fact<T>[] }),
      };
    },
    and: (state, events) => {
      const more = factsOf(events).filter(({ type }) => isMeant.has(type));
      const withdrawals = withdrawalsIn(events);
      if (more.length === 0 && withdrawals.size === 0) return state;
      const [before, keepWithdrawn] = [state as unknown as Facts, options.keepWithdrawn === true];
      return withMore(before, more, withdrawals, keepWithdrawn) as unknown as Facts<T>;
    },
  };
}

/** The result of folding events one by one, without a copy for each. */
class Gathered {
  private readonly facts: Fact[] = [];
  private readonly withdrawals: Withdrawals = new Map();

  constructor(
    private readonly isMeant: ReadonlySet<EventType>,
    private readonly keepWithdrawn: boolean,
  ) {}

  add(events: readonly PlacedEvent[]): void {
    for (const fact of factsOf(events)) if (this.isMeant.has(fact.type)) this.facts.push(fact);
    for (const event of events) if (event.type === 'EntryWithdrawn') noteIn(this.withdrawals, event);
  }

  all(): Fact[] {
    return afterWithdrawals(sortedInOrder(this.facts), this.withdrawals, this.keepWithdrawn);
  }
}

const factLists = new SharedLists<Facts, Fact>(({ facts }) => facts);

/** Facts in the order (asOf, place), as an array or as the list of a state. */
export type FactList<F = Fact> = Listed<F>;

type Dated = Pick<Listed<{ asOf: Day }>, 'at' | 'length'>;

/** The facts of a state; its own array is made only when it is read. */
export function factsIn<T extends EventType>(state: Facts<T>): SharedList<Fact<T>> {
  return factLists.of(state as unknown as Facts) as unknown as SharedList<Fact<T>>;
}

/** The result of folding more events one by one: what comes after all facts is added to them without a copy. */
function withMore(
  state: Facts,
  said: readonly Fact[],
  withdrawals: Withdrawals,
  keepWithdrawn: boolean,
): Facts {
  const facts = factLists.of(state);
  const more = sortedInOrder(said);
  if (withdrawals.size === 0 && isAfter(facts.last, more[0])) return withList(facts.and(more));
  return withList(SharedList.owning(afterWithdrawals(merged(facts.array, more), withdrawals, keepWithdrawn)));
}

function isAfter(last: Fact | undefined, first: Fact | undefined): boolean {
  return !last || !first || inOrder(last, first) <= 0;
}

function withList(list: SharedList<Fact>): Facts {
  const state = {
    get facts() {
      return list.array as Fact[];
    },
  };
  return factLists.set(state, list);
}

/** By the withdrawn entry. */
type Withdrawals = Map<string, NonNullable<Fact['withdrawn']>>;

function withdrawalsIn(events: readonly PlacedEvent[]): Withdrawals {
  const withdrawals: Withdrawals = new Map();
  for (const event of events) if (event.type === 'EntryWithdrawn') noteIn(withdrawals, event);
  return withdrawals;
}

function noteIn(withdrawals: Withdrawals, { id, position, data }: RecordedEvent<'EntryWithdrawn'>): void {
  withdrawals.set(data.entry, { by: id, position, reason: data.reason });
}

function afterWithdrawals(facts: Fact[], withdrawals: Withdrawals, keepWithdrawn: boolean): Fact[] {
  if (withdrawals.size === 0) return facts;
  if (!keepWithdrawn) return facts.filter(({ id }) => !withdrawals.has(id));
  const all: Fact[] = [];
  // Unlike the array of `map`, this one has room for the next entries.
  for (const fact of facts) {
    const withdrawn = withdrawals.get(fact.id);
    all.push(withdrawn ? { ...fact, withdrawn } : fact);
  }
  return all;
}

/** The facts up to the end of a day; the list is ordered, so this is a prefix, or the same list. */
export function upTo<F extends { asOf: Day }>(facts: readonly F[], asOf: Day): readonly F[];
export function upTo<F extends { asOf: Day }>(facts: FactList<F>, asOf: Day): FactList<F>;
export function upTo<F extends { asOf: Day }>(facts: FactList<F>, asOf: Day): FactList<F> {
  const count = countUpTo(facts, asOf);
  if (count === facts.length) return facts;
  return facts instanceof SharedList ? facts.upTo(count) : facts.slice(0, count);
}

/** True if the first of some facts are the given ones, the same objects. */
export function beginsWith<F>(facts: readonly F[], first: readonly F[], count = first.length): boolean {
  if (facts === first) return true;
  for (let place = count - 1; place >= 0; place -= 1) if (facts[place] !== first[place]) return false;
  return true;
}

/** Narrows facts to one type. */
export function ofType<T extends EventType>(facts: FactList<Fact>, type: T): Fact<T>[] {
  const some =
    facts instanceof SharedList
      ? facts.ofKind<EventType>(type, (fact) => fact.type)
      : facts.filter((fact) => fact.type === type);
  return some as Fact<T>[];
}

const knownFacts = new WeakMap<readonly PlacedEvent[], readonly Fact[]>();

/** The facts of a list of events: the same objects for every projection that is given the list. */
function factsOf(events: readonly PlacedEvent[]): readonly Fact[] {
  const known = knownFacts.get(events);
  if (known) return known;
  const facts = events.map(factOf);
  knownFacts.set(events, facts);
  return facts;
}

function factOf(event: PlacedEvent): Fact {
  const { id, position, recordedAt, by, type, entry, data } = event;
  return { id, position, recordedAt, by, type, asOf: entry.asOf, entry, data, ...placeIn(event) } as Fact;
}

/** Entries come in order of position, so a fact goes after all facts of its day up to its place. */
function inserted<F extends Ordered>(facts: readonly F[], fact: F): F[] {
  const all = facts.slice();
  all.splice(indexFor(facts, fact), 0, fact);
  return all;
}

function indexFor<F extends Ordered>(facts: readonly F[], fact: F): number {
  let index = countUpTo(facts, fact.asOf);
  for (; index > 0 && inOrder(facts[index - 1] as F, fact) > 0; index -= 1);
  return index;
}

/** The number of facts up to the end of a day. */
export function countUpTo(facts: Dated, asOf: Day): number {
  return firstWhere(0, facts.length, (index) => (facts.at(index) as { asOf: Day }).asOf > asOf);
}

/** The number of facts before a day. */
export function countBefore(facts: Dated, asOf: Day): number {
  return firstWhere(0, facts.length, (index) => (facts.at(index) as { asOf: Day }).asOf >= asOf);
}
