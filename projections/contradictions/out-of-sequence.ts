import { itemOf } from '../../domain/project/facts/members.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { entriesBehind, type FigureOf } from '../completion/entries-behind.js';
import type { PlanShape } from '../plan/plan-shape.js';
import { type PlanTable, planTableOf } from '../plan/plan-table.js';
import type { Progress, ProgressEntry } from '../progress/progress.js';

/** An item of the plan and its predecessor, by their ids. */
interface Ends {
  item: string;
  before: string;
  key: string;
}

interface Relation extends Ends {
  /** An earlier plan named both. */
  isNamedBefore: boolean;
  /** The plan in force does not have it. */
  isGone: boolean;
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
  /** The places of the relations that a report on an item may change, by the id of the item. */
  private touching: ReadonlyMap<string, readonly number[]> = relationsIn(
    planTableOf(undefined).shape,
  ).touching;
  /** On the present day. */
  private readonly touched = new Map<Relation, Touch>();
  private isDecided = true;
  private open = 0;
  /** On the present day, to be taken back after a further report of it. */
  private decided: Decided[] = [];
  private readonly named = new Set<string>();
  private shape = planTableOf(undefined).shape;
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
    const touch = { entry: fact.id, isReport: true };
    if (!item) for (const relation of this.relations) this.touched.set(relation, touch);
    else
      for (const place of this.touching.get(item) ?? [])
        this.touched.set(this.relations[place] as Relation, touch);
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
    for (const id of this.shape.places.keys()) this.named.add(id);
    this.shape = table.shape;
    const { ends, touching } = relationsIn(table.shape);
    const known = new Map(this.relations.map((relation) => [relation.key, relation]));
    const relations = ends.map(({ item, before, key }): Relation => {
      const isNamedBefore = this.named.has(item) && this.named.has(before);
      const same = known.get(key);
      known.delete(key);
      return same
        ? Object.assign(same, { isNamedBefore })
        : { item, before, key, isNamedBefore, isGone: false, lead: undefined };
    });
    for (const gone of known.values()) {
      gone.isGone = true;
      this.touched.set(gone, { entry: plan, isReport: false });
    }
    this.relations = relations;
    this.touching = touching;
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
    const figureOf: FigureOf = (node) => this.progress.figureOf(node);
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
      ...entriesBehind(figureOf, relation.before, 'high'),
      ...entriesBehind(figureOf, relation.item, 'low'),
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

/** The relations of a plan, and which of them a report on an item may change. */
interface Relations {
  ends: readonly Ends[];
  /** The places of the relations of an item, of what is above it and below it, and of what is done with one of these. */
  touching: ReadonlyMap<string, readonly number[]>;
}

const ofShape = new WeakMap<PlanShape, Relations>();

function relationsIn(shape: PlanShape): Relations {
  const same = ofShape.get(shape);
  if (same) return same;
  const ends = shape.items.flatMap(({ id: item, after = [] }) =>
    after
      .filter((before) => shape.places.has(before))
      .map((before) => ({ item, before, key: JSON.stringify([item, before]) })),
  );
  // Copies of a state share it.
  const relations = { ends, touching: Object.freeze(touchingIn(ends, shape)) };
  ofShape.set(shape, relations);
  return relations;
}

function touchingIn(relations: readonly Ends[], shape: PlanShape): Map<string, number[]> {
  const own = new Map<string, number[]>();
  for (const [at, { item, before }] of relations.entries())
    for (const end of [item, before]) {
      const others = own.get(end);
      if (others) others.push(at);
      else own.set(end, [at]);
    }
  const touching = new Map<string, number[]>();
  if (relations.length === 0) return touching;
  for (const [place, { id }] of shape.items.entries()) {
    const near = new Set<number>();
    const reached = new Set<number>();
    const reach = (from: number) => {
      if (from < 0 || reached.has(from)) return;
      for (const above of shape.lines[from] ?? []) near.add(above);
      for (const below of [from, ...shape.below(from)]) {
        near.add(below);
        reached.add(below);
        const { states } = shape.items[below] ?? {};
        if (states !== undefined) reach(shape.places.get(states) ?? -1);
      }
    };
    reach(place);
    const found = [...near].flatMap((one) => own.get(shape.items[one]?.id ?? '') ?? []);
    touching.set(id, [...new Set(found)]);
  }
  return touching;
}
