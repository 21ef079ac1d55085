import { alertsAt } from '../../projections/alerts/alerts-at.js';
import { existsOn, foldProject, type ProjectState, projectAt } from '../../projections/project.js';
import type { Day } from '../../src/domain/calendar.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import { type AdoptedRules, defaultRules } from '../../src/domain/rules.js';

/** Rules, and the position from which on they are in force. */
export interface Adoption {
  position: number;
  rules: AdoptedRules;
}

/** What a replay shows of a project at a point of both clocks: what the service answers there. */
export type Shown = NonNullable<ReturnType<Replay['at']>>;

/**
 * A project at any point of the two clocks, folded from its entries by the projections of the service.
 *
 * Points with the same `knownAt` share what was folded, so a walk along the days folds once.
 */
export class Replay {
  private folded?: { count: number; state: ProjectState };

  constructor(
    /** In log order. */
    readonly entries: readonly RecordedEvent[],
    /** Oldest first. */
    readonly adoptions: readonly Adoption[] = [],
  ) {}

  /** All that was known of the project at a position; undefined when it was nothing. */
  stateAt(knownAt = Number.POSITIVE_INFINITY): ProjectState | undefined {
    const count = this.countAt(knownAt);
    if (count === 0) return undefined;
    if (this.folded?.count !== count)
      this.folded = { count, state: foldProject(this.entries.slice(0, count)) };
    return this.folded.state;
  }

  /** The project on a day, as it was known at a position; undefined when nothing was known of it then. */
  at(asOf: Day, knownAt = Number.POSITIVE_INFINITY) {
    const last = this.entries[this.countAt(knownAt) - 1];
    const state = this.stateAt(knownAt);
    if (!last || !state || !existsOn(state, asOf)) return undefined;
    const view = projectAt(state, asOf);
    return { revision: last.revision, ...view, alerts: alertsAt(state, this.rulesAt(knownAt), asOf, view) };
  }

  private countAt(knownAt: number): number {
    return this.entries.findLastIndex(({ position }) => position <= knownAt) + 1;
  }

  private rulesAt(position: number): AdoptedRules {
    return this.adoptions.findLast((one) => one.position <= position)?.rules ?? defaultRules;
  }
}
