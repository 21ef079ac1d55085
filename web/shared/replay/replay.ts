import { type AdoptedLexicon, defaultLexicon } from '../../../domain/governance/lexicons.js';
import { type AdoptedRules, defaultRules } from '../../../domain/governance/rules.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { alertsAt } from '../../../projections/alerts/alerts-at.js';
import { ProjectDays } from '../../../projections/alerts/project-on-day.js';
import { contradictions } from '../../../projections/contradictions/contradictions.js';
import type { ExplainedMoment } from '../../../projections/explanation/moment.js';
import { type Reading, readBy } from '../../../projections/lexicon/reading.js';
import {
  applyToProject,
  existsOn,
  figuresAt,
  foldProject,
  type ProjectState,
} from '../../../projections/project/project.js';

/** Rules or a lexicon, and the position from which they are in force. */
export type Adoption = { position: number } & ({ rules: AdoptedRules } | { lexicon: AdoptedLexicon });

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
  private folded?: { count: number; read: Reading; state: ProjectState };
  /** The present, which is requested repeatedly beside the past. */
  private whole?: { read: Reading; state: ProjectState };
  /** The days of the project as known at the moment requested last. */
  private days?: ProjectDays;

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
    const read = readBy(this.lexiconAt(knownAt));
    if (count === this.entries.length) {
      if (this.whole?.read !== read) this.whole = { read, state: foldProject(this.entries.map(read)) };
      return this.whole.state;
    }
    const { folded } = this;
    const isNear = folded && folded.count <= count && count - folded.count <= steps;
    const state =
      isNear && folded.read === read
        ? this.entries.slice(folded.count, count).map(read).reduce(applyToProject, folded.state)
        : foldProject(this.entries.slice(0, count).map(read));
    this.folded = { count, read, state };
    return state;
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
    view.completion.lexiconVersion = this.lexiconAt(knownAt).version;
    if (this.days?.state !== state) this.days = new ProjectDays(state);
    const alerts = alertsAt(state, this.rulesAt(knownAt), asOf, view, this.days);
    return { revision: last.revision, ...view, alerts };
  }

  /** By what figures of a point of both clocks are explained; undefined if nothing was known then. */
  explainedAt(asOf: Day, knownAt = Number.POSITIVE_INFINITY): ExplainedMoment | undefined {
    const state = this.stateAt(knownAt);
    if (!state || !existsOn(state, asOf)) return undefined;
    const { lexicon, rules } = this.lawAt(knownAt);
    return { state, asOf, lexiconVersion: lexicon, rules, latest: this.stateAt() };
  }

  /** The rules and the lexicon in force at a position. */
  lawAt(knownAt = Number.POSITIVE_INFINITY): { lexicon: number; rules: AdoptedRules } {
    return { lexicon: this.lexiconAt(knownAt).version, rules: this.rulesAt(knownAt) };
  }

  private countAt(knownAt: number): number {
    return this.entries.findLastIndex(({ position }) => position <= knownAt) + 1;
  }

  private rulesAt(position: number): AdoptedRules {
    const adopted = this.adoptions.findLast((one) => 'rules' in one && one.position <= position);
    return adopted && 'rules' in adopted ? adopted.rules : defaultRules;
  }

  private lexiconAt(position: number): AdoptedLexicon {
    const adopted = this.adoptions.findLast((one) => 'lexicon' in one && one.position <= position);
    return adopted && 'lexicon' in adopted ? adopted.lexicon : defaultLexicon;
  }
}
