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

/** The state after the first entries, as they were read, and its days, which those of the next state continue. */
interface Folded {
  count: number;
  read: Reading;
  state: ProjectState;
  days: ProjectDays;
}

/** Up to this many new entries are folded on top; beyond it everything is folded again. */
const steps = 20;

/**
 * A project at any point of the two clocks, folded from its entries by the service's projections.
 *
 * Points with the same `knownAt` share a fold, so moving along the days folds once.
 */
export class Replay {
  private folded?: Folded;
  /** The present, which is requested repeatedly beside the past. */
  private whole?: Folded;

  constructor(
    /** In log order. */
    readonly entries: readonly RecordedEvent[],
    /** Oldest first. */
    readonly adoptions: readonly Adoption[] = [],
  ) {}

  /** The project as known at a position; undefined if nothing was known. */
  stateAt(knownAt = Number.POSITIVE_INFINITY): ProjectState | undefined {
    return this.foldedAt(knownAt)?.state;
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
    const folded = this.foldedAt(knownAt);
    if (!last || !folded || !existsOn(folded.state, asOf)) return undefined;
    const { state, days } = folded;
    const view = figuresAt(state, asOf);
    view.completion.lexiconVersion = this.lexiconAt(knownAt).version;
    const alerts = alertsAt(state, this.rulesAt(knownAt), asOf, view, days);
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

  private foldedAt(knownAt: number): Folded | undefined {
    const count = this.countAt(knownAt);
    if (count === 0) return undefined;
    const read = readBy(this.lexiconAt(knownAt));
    if (count === this.entries.length) {
      if (this.whole?.read !== read) this.whole = this.afresh(count, read);
      return this.whole;
    }
    const { folded } = this;
    const isNear = folded?.read === read && folded.count <= count && count - folded.count <= steps;
    this.folded = isNear ? this.after(folded, count) : this.afresh(count, read);
    return this.folded;
  }

  private afresh(count: number, read: Reading): Folded {
    const state = foldProject(this.entries.slice(0, count).map(read));
    return { count, read, state, days: new ProjectDays(state) };
  }

  private after(folded: Folded, count: number): Folded {
    if (folded.count === count) return folded;
    const { read } = folded;
    const state = this.entries.slice(folded.count, count).map(read).reduce(applyToProject, folded.state);
    return { count, read, state, days: folded.days.after(state) };
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
