import { kindOf } from '../../domain/project/stages.js';
import { type Day, dayNumber } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Fact } from '../facts/facts.js';
import type { GrowingList } from '../facts/growing-list.js';
import { isCancelledIn, planTableOf } from '../plan/plan-table.js';
import { type Declared, firstDayAfter } from './episode.js';
import { Twins } from './twins.js';

type Declaration = Fact<'StallDeclared' | 'StageEntered'>;
type Ending = Fact<'StallCleared' | 'StageEntered'>;

/** A stall and an entry that it does not fit, or that no entry fits a clearing or a resumption. */
export interface StallConflict {
  readonly rule:
    | 'stall-declared-twice'
    | 'clearing-misfits'
    | 'resumed-but-not-suspended'
    | 'stall-of-cancelled'
    | 'stall-of-no-plant';
  readonly fact: Declaration | Ending;
  readonly against: Declaration | Ending | Fact<'PlanAdopted'> | undefined;
  readonly since: Day;
  readonly settledBy?: Uuid;
}

/**
 * Stalls that contradict each other, their own ends, the plan or the stages, found entry by entry.
 *
 * What ends a stall, and a plan or stage that it fits again, settle it; one that is settled on its first day never was one.
 */
export class StallConflicts {
  /** Settled ones too, by the rule and the entries. */
  private readonly all = new Map<string, StallConflict>();
  /** By the rule and the episode or the entry that it is about. */
  private readonly open = new Map<string, StallConflict>();
  /** Clearings of a stall that was not declared until then. */
  private readonly orphans = new Map<string, Fact<'StallCleared'>[]>();
  private readonly twins: Twins;
  /** The pairs of stalls declared twice, by the number of the later one. */
  private readonly twinOf = new Map<number, number>();
  private table = planTableOf(undefined);
  /** The first stage of each kind of project. */
  private readonly kinds = new Map<string, Fact<'StageEntered'>>();
  private cancelled: Fact<'StageEntered'> | undefined;
  private resumed: Fact<'StageEntered'> | undefined;
  /** The entry by which the works of the whole project were stalled since the last resumption: the one recorded first. */
  private stoppedBy: { id: Uuid; position: number } | undefined;

  /** @param episodes every episode so far, by its number */
  constructor(episodes: GrowingList<Declared>) {
    this.twins = new Twins(episodes);
  }

  /** Those that no entry has settled. */
  get openContradictions(): number {
    return this.open.size;
  }

  found(): Iterable<StallConflict> {
    return this.all.values();
  }

  declared(episode: Declared): void {
    const { number, shown, declaredBy: fact } = episode;
    if (shown.item === undefined && shown.blocks.includes('works')) this.stop(fact);
    // A corrected declaration keeps the clearing that ended it.
    const orphans = episode.end ? [] : (this.orphans.get(shown.stall) ?? []);
    for (const clearing of orphans) {
      const isEnd = firstDayAfter(episode) === dayNumber(clearing.asOf);
      const sides = [clearing, fact] as const;
      this.state('clearing-misfits', clearing.id, isEnd ? undefined : sides, fact);
    }
    this.orphans.delete(shown.stall);
    this.twins.put(episode);
    const twin = this.twins.of(episode);
    if (twin) this.twinOf.set(number, twin.number);
    this.state('stall-declared-twice', `${number}`, twin && [fact, twin.declaredBy], fact);
    this.fit(episode, fact);
  }

  /** An episode was ended by an entry, also by one that came before a correction of its declaration. */
  ended(episode: Declared, by: Ending): void {
    const { number, shown, last, declaredBy } = episode;
    const isOutside = by.asOf < shown.from || dayNumber(by.asOf) < (Number.isFinite(last) ? last : -Infinity);
    this.state('clearing-misfits', by.id, isOutside ? [by, declaredBy] : undefined, by);
    this.twins.put(episode);
    for (const [later, earlier] of this.twinOf)
      if (later === number || earlier === number)
        this.state('stall-declared-twice', `${later}`, undefined, by);
    this.fit(episode, by);
  }

  /** A clearing while the stall is not open. @param before its last episode */
  clearedNothing(by: Fact<'StallCleared'>, before: Declared | undefined): void {
    // The day after the last one, as it was declared.
    if (before && before.clearedOn === undefined && firstDayAfter(before) === dayNumber(by.asOf)) return;
    const against = before && (before.endedBy ?? before.declaredBy);
    this.state('clearing-misfits', by.id, [by, against], by);
    if (!against) this.orphans.set(by.data.stall, [...(this.orphans.get(by.data.stall) ?? []), by]);
  }

  adopt(plan: Fact<'PlanAdopted'>, open: Iterable<Declared>): void {
    this.table = planTableOf(plan);
    for (const episode of open) this.fit(episode, plan);
  }

  /** @param open the open episodes; a resumption is entered before it ends the suspension */
  enter(fact: Fact<'StageEntered'>, open: Iterable<Declared>): void {
    const { stage } = fact.data;
    if (stage === 'resumed') {
      const { resumed } = this;
      const { stoppedBy } = this;
      if (!stoppedBy) this.state('resumed-but-not-suspended', fact.id, [fact, resumed], fact);
      else if (stoppedBy.position > fact.position) this.fittedBy(stoppedBy.id, fact, resumed);
      this.resumed = fact;
      this.stoppedBy = undefined;
    }
    if (stage === 'suspended') return;
    const kind = kindOf(stage);
    if (stage === 'cancelled') this.cancelled ??= fact;
    else if (kind === undefined || this.kinds.has(kind)) return;
    else this.kinds.set(kind, fact);
    if (kind !== undefined) for (const episode of open) this.fit(episode, fact);
  }

  private stop({ id, position, origin }: Declaration): void {
    const recorded = { id, position: origin?.position ?? position };
    if (!this.stoppedBy || recorded.position < this.stoppedBy.position) this.stoppedBy = recorded;
  }

  /** A resumption that was recorded before the entry that it ends: that entry settled it. */
  private fittedBy(
    settledBy: Uuid,
    fact: Fact<'StageEntered'>,
    against: Fact<'StageEntered'> | undefined,
  ): void {
    const rule = 'resumed-but-not-suspended';
    const conflict = Object.freeze({ rule, fact, against, since: fact.asOf, settledBy } as const);
    this.all.set(idOf(conflict), conflict);
  }

  /** Compares an episode with the plan and the stages so far. */
  private fit(episode: Declared, by: Declaration | Ending | Fact<'PlanAdopted'>): void {
    const { number, end, declaredBy } = episode;
    const misfit = (against: StallConflict['against']) =>
      against && !end ? ([declaredBy, against] as const) : undefined;
    this.state('stall-of-cancelled', `${number}`, misfit(this.cancellationOf(episode)), by);
    this.state('stall-of-no-plant', `${number}`, misfit(this.otherKindThan(episode)), by);
  }

  /** The plan by which the stalled item is cancelled, or the cancellation of the project before the stall. */
  private cancellationOf({ shown, last, declaredBy }: Declared): StallConflict['against'] {
    const { table, cancelled } = this;
    const { plan } = table;
    const isOn = (day: Day) => last >= dayNumber(day);
    if (shown.item !== undefined && plan && isOn(plan.asOf) && isCancelledIn(table, shown.item)) return plan;
    const isLater = cancelled && declaredBy.asOf > cancelled.asOf;
    return isLater && isOn(cancelled.asOf) ? cancelled : undefined;
  }

  /** The plan or the stage by which nothing is produced here, if the stall blocks production. */
  private otherKindThan({ shown }: Declared): StallConflict['against'] {
    const { table, kinds } = this;
    if (!shown.blocks.includes('production') || kinds.has('plant')) return undefined;
    const planned = table.staged.map(({ item }) => item.stage && kindOf(item.stage));
    if (planned.includes('plant')) return undefined;
    return [...kinds.values()][0] ?? (planned.some((kind) => kind !== undefined) ? table.plan : undefined);
  }

  /** States that two entries contradict each other from an entry on, or no longer do. */
  private state(
    rule: StallConflict['rule'],
    about: string,
    sides: readonly [StallConflict['fact'], StallConflict['against']] | undefined,
    { id, asOf }: Pick<Fact, 'id' | 'asOf'>,
  ): void {
    const key = `${rule} ${about}`;
    const known = this.open.get(key);
    const [fact, against] = sides ?? [];
    const conflict = fact && { rule, fact, against, since: asOf };
    if (known) this.open.delete(key);
    const isSame = known && conflict && idOf(known) === idOf(conflict);
    if (known && !isSame) {
      if (known.since === asOf) this.all.delete(idOf(known));
      else this.all.set(idOf(known), Object.freeze({ ...known, settledBy: id }));
    }
    if (!conflict) return;
    const since = this.all.get(idOf(conflict))?.since ?? conflict.since;
    // Frozen, so that copies of the state share it.
    const kept = Object.freeze({ ...conflict, since });
    this.all.set(idOf(kept), kept);
    this.open.set(key, kept);
  }
}

/** A clearing or a resumption is one contradiction, whatever it does not fit. */
function idOf({ rule, fact, against }: StallConflict): string {
  const isOfOne = rule === 'clearing-misfits' || rule === 'resumed-but-not-suspended';
  return isOfOne ? `${rule}:${fact.id}` : `${rule}:${fact.id}:${against?.id}`;
}
