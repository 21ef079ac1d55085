import { type AdoptedRules, defaultRules } from '../../../domain/governance/rules.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/calendar.js';
import { alertsAt } from '../../../projections/alerts/alerts-at.js';
import { contradictions } from '../../../projections/contradictions/contradictions.js';
import {
  applyToProject,
  existsOn,
  figuresAt,
  foldProject,
  type ProjectState,
} from '../../../projections/project/project.js';

/** Rules, and the position from which they are in force. */
export interface Adoption {
  position: number;
  rules: AdoptedRules;
}

/** The figures of a project at a point of both clocks, without the register of contradictions. */
export type ShownFigures = NonNullable<ReturnType<Replay['figuresAt']>>;

/** Up to this many new entries are folded on top; beyond it everything is folded again. */
const steps = 20;

/**
 * A project at any point of the two clocks, folded from its entries by the service's projections.
 *
 * Points with the same `knownAt` share a fold, so moving along the days folds once.
 */
export class Replay {
  private folded?: { count: number; state: ProjectState };
  /** The present, which is requested repeatedly beside the past. */
  private whole?: ProjectState;

  constructor(
    /** In log order. */
    readonly entries: readonly RecordedEvent[],
    /** Oldest first. */
    readonly adoptions: readonly Adoption[] = [],
  ) {}

  /** The project as known at a position; undefined if nothing was known. */
  stateAt(knownAt = Number.POSITIVE_INFINITY): ProjectState | undefined {
    const count = this.countAt(knownAt);
    if (count === 0) return undefined;
    if (count === this.entries.length) {
      this.whole ??= foldProject(this.entries);
      return this.whole;
    }
    const { folded } = this;
    if (folded && folded.count <= count && count - folded.count <= steps)
      this.folded = {
        count,
        state: this.entries.slice(folded.count, count).reduce(applyToProject, folded.state),
      };
    else this.folded = { count, state: foldProject(this.entries.slice(0, count)) };
    return this.folded.state;
  }

  /** The project on a day, as known at a position; undefined if nothing was known then. */
  at(asOf: Day, knownAt = Number.POSITIVE_INFINITY) {
    const figures = this.figuresAt(asOf, knownAt);
    const state = this.stateAt(knownAt);
    if (!figures || !state) return undefined;
    return { ...figures, contradictions: contradictions.view(state.contradictions, asOf) };
  }

  /** The same without the register of contradictions, which takes longer than all the rest. */
  figuresAt(asOf: Day, knownAt = Number.POSITIVE_INFINITY) {
    const last = this.entries[this.countAt(knownAt) - 1];
    const state = this.stateAt(knownAt);
    if (!last || !state || !existsOn(state, asOf)) return undefined;
    const view = figuresAt(state, asOf);
    return { revision: last.revision, ...view, alerts: alertsAt(state, this.rulesAt(knownAt), asOf, view) };
  }

  private countAt(knownAt: number): number {
    return this.entries.findLastIndex(({ position }) => position <= knownAt) + 1;
  }

  private rulesAt(position: number): AdoptedRules {
    return this.adoptions.findLast((one) => one.position <= position)?.rules ?? defaultRules;
  }
}
