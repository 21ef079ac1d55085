import type { WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import type { Day } from '../../domain/values/calendar.js';
import { entriesBehind, type FigureOf } from '../completion/entries-behind.js';
import type { PlanTable } from '../plan/plan-table.js';
import type { Progress, ProgressEntry } from '../progress/progress.js';

/** An item of the plan and its predecessor, by their ids. */
interface Relation {
  item: string;
  before: string;
  /** An earlier plan named both. */
  isNamedBefore: boolean;
  /** The plan in force does not have it. */
  isGone?: boolean;
  lead: Lead | undefined;
}

/** An item surely further along than its predecessor can be. */
export interface Lead {
  since: Day;
  /** The ids of the entries that limit the predecessor, and of those that the item rests on. */
  entries: readonly string[];
  settledBy?: string | undefined;
  /** How many relations rest on the same entries. */
  relations: number;
}

/** A lead of a relation and the state of the lead before a decision on the present day. */
interface Decided {
  relation: Relation;
  /** That of the relation before. */
  was: Lead | undefined;
  lead: Lead;
  before: Pick<Lead, 'settledBy' | 'relations'>;
  /** The key of a lead that was found by the decision. */
  key: string | undefined;
}

/** What touched a relation on the present day, last. */
interface Touch {
  entry: string;
  isReport: boolean;
}

/**
 * Items that are ahead of their predecessors, by what reports state, at the end of each day.
 *
 * A newer report on either item, or a plan without the relation, settles it. A plan opens nothing between items that an
 * earlier plan named.
 */
export class OutOfSequence {
  /** By the entries of both sides. */
  private readonly leads = new Map<string, Lead>();
  private relations: readonly Relation[] = [];
  /** Relations that a report on an item may change, by the id of the item. */
  private touching: ReadonlyMap<string, readonly Relation[]> = new Map();
  /** On the present day. */
  private readonly touched = new Map<Relation, Touch>();
  private isDecided = true;
  private open = 0;
  /** On the present day, to be taken back after a further report of it. */
  private decided: Decided[] = [];
  private readonly named = new Set<string>();
  private items: readonly WorkItem[] = [];
  private day: Day = '';

  constructor(private readonly progress: Progress) {}

  /** Before the progress takes the first fact of a day: the days before it end. */
  begin(day: Day): void {
    if (day === this.day) return;
    this.decide();
    this.touched.clear();
    this.decided = [];
    this.day = day;
  }

  /** After the progress took a fact. */
  add(fact: ProgressEntry, table: PlanTable): void {
    this.isDecided = false;
    if (fact.type === 'PlanAdopted') {
      this.adopt(fact.id, table);
      return;
    }
    const item = fact.type === 'StageEntered' ? undefined : itemOf(fact.data);
    // A stage, or a report on the whole project, may state any item done.
    for (const relation of item ? (this.touching.get(item) ?? []) : this.relations)
      this.touched.set(relation, { entry: fact.id, isReport: true });
  }

  /** Every lead so far, settled or not. */
  found(): Iterable<Lead> {
    this.decide();
    return this.leads.values();
  }

  /** How many are not settled. */
  get openContradictions(): number {
    this.decide();
    return this.open;
  }

  private adopt(plan: string, table: PlanTable): void {
    for (const { id } of this.items) this.named.add(id);
    this.items = table.rows.map(({ item }) => item);
    const known = new Map(this.relations.map((relation) => [keyOf(relation), relation]));
    const relations = this.items.flatMap((item) =>
      (item.after ?? []).flatMap((before): Relation[] => {
        if (!table.row(before)) return [];
        const isNamedBefore = this.named.has(item.id) && this.named.has(before);
        const relation = { item: item.id, before, isNamedBefore, lead: undefined };
        const same = known.get(keyOf(relation));
        known.delete(keyOf(relation));
        return [same ? Object.assign(same, { isNamedBefore }) : relation];
      }),
    );
    for (const gone of known.values()) {
      gone.isGone = true;
      this.touched.set(gone, { entry: plan, isReport: false });
    }
    this.relations = relations;
    this.touching = touchingIn(relations, table);
    for (const relation of relations)
      if (!this.touched.has(relation)) this.touched.set(relation, { entry: plan, isReport: false });
  }

  /** Decides on what was touched on the present day, again after each further report of it. */
  private decide(): void {
    if (this.isDecided) return;
    this.isDecided = true;
    for (const one of this.decided.reverse()) this.takeBack(one);
    this.decided = [];
    if (this.touched.size === 0) return;
    const figureOf: FigureOf = (about) => this.progress.figure(about);
    for (const [relation, touch] of this.touched) {
      const { item, before, lead, isNamedBefore, isGone } = relation;
      const isAhead = !isGone && this.isAhead(item, before);
      if (lead && !isAhead) this.settle(relation, lead, touch.entry);
      else if (isAhead && !lead && (touch.isReport || !isNamedBefore)) this.lead(relation, figureOf);
    }
  }

  private isAhead(item: string, before: string): boolean {
    const low = this.progress.low(item);
    const high = this.progress.high(before);
    return low !== undefined && high !== undefined && Math.round(low) > Math.round(high);
  }

  private lead(relation: Relation, figureOf: FigureOf): void {
    const entries = new Set([
      ...entriesBehind(figureOf, { item: relation.before }, 'high'),
      ...entriesBehind(figureOf, { item: relation.item }, 'low'),
    ]);
    if (entries.size === 0) return;
    const key = [...entries].sort().join();
    const known = this.leads.get(key);
    const lead: Lead = known ?? { since: this.day, entries: [...entries], relations: 0 };
    this.note(relation, lead, known ? undefined : key);
    this.set(lead, { settledBy: undefined, relations: lead.relations + 1 });
    this.leads.set(key, lead);
    relation.lead = lead;
  }

  private settle(relation: Relation, lead: Lead, entry: string): void {
    this.note(relation, lead);
    relation.lead = undefined;
    const relations = lead.relations - 1;
    this.set(lead, relations === 0 ? { settledBy: entry, relations } : { relations });
  }

  private set(lead: Lead, to: Partial<Lead>): void {
    const wasOpen = lead.relations > 0;
    Object.assign(lead, to);
    this.open += Number(lead.relations > 0) - Number(wasOpen);
  }

  private note(relation: Relation, lead: Lead, key?: string): void {
    const { settledBy, relations } = lead;
    this.decided.push({ relation, was: relation.lead, lead, before: { settledBy, relations }, key });
  }

  private takeBack({ relation, was, lead, before, key }: Decided): void {
    relation.lead = was;
    this.set(lead, before);
    if (key !== undefined) this.leads.delete(key);
  }
}

function keyOf({ item, before }: Pick<Relation, 'item' | 'before'>): string {
  return JSON.stringify([item, before]);
}

/** By item: the relations of the item, of what is above it and below it, and of what is done with one of these. */
function touchingIn(relations: readonly Relation[], table: PlanTable): Map<string, Relation[]> {
  const own = new Map<string, Relation[]>();
  for (const relation of relations)
    for (const end of [relation.item, relation.before]) {
      const known = own.get(end);
      if (known) known.push(relation);
      else own.set(end, [relation]);
    }
  const touching = new Map<string, Relation[]>();
  if (relations.length === 0) return touching;
  for (const row of table.rows) {
    const near = new Set<number>();
    const reached = new Set<number>();
    const reach = (place: number) => {
      const from = table.rows[place];
      if (!from || reached.has(place)) return;
      for (const above of from.line) near.add(above);
      for (const { place: below, item } of [from, ...table.below(from)]) {
        near.add(below);
        reached.add(below);
        if (item.states !== undefined) reach(table.places.get(item.states) ?? -1);
      }
    };
    reach(row.place);
    const found = [...near].flatMap((place) => own.get(table.rows[place]?.item.id ?? '') ?? []);
    touching.set(row.item.id, [...new Set(found)]);
  }
  return touching;
}
