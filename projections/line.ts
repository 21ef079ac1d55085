import type { Day } from '../src/domain/calendar.js';
import { isSame } from '../src/domain/equal.js';
import type { RecordedEvent } from '../src/domain/events.js';
import type { AdoptedRules } from '../src/domain/rules.js';
import { alertsAt } from './alerts/alerts-at.js';
import { firstDay, type Identity } from './identity.js';
import {
  applyToProject,
  emptyProjectState,
  existsOn,
  type ProjectRow,
  type ProjectState,
  projectAt,
  rowOf,
} from './project.js';

/** A project as a line of a list from a day on, until the next step. */
export interface LineStep {
  from: Day;
  /** Null while the project does not exist yet. */
  row: ProjectRow | null;
}

/** The steps of a project from a day on, inclusive, to the end of time. */
export interface LineSteps {
  since: Day;
  /** At least one, the first at `since`; each differs from the one before it. */
  steps: LineStep[];
}

/** The steps of a project from a day on, inclusive, to the end of time: at least one, the first at `since`; each differs from the one before it. */
export function lineSteps(state: ProjectState, rules: AdoptedRules, since: Day): LineStep[] {
  const steps: LineStep[] = [];
  for (let on: Day | null = since; on !== null; ) {
    const view = projectAt(state, on);
    const { light, nextOn } = alertsAt(state, rules, on, view);
    const row = existsOn(state, on) ? rowOf(view, light) : null;
    const last = steps.at(-1);
    if (!last || !isSame(last.row, row)) steps.push({ from: on, row });
    on = nextOn;
  }
  return steps;
}

/**
 * Follows one project entry by entry and says from which day on its line is another one.
 *
 * Whoever goes on later lets a new walk `know` the entries so far and then `take` the new ones; under new rules, `stepsFrom`
 * the first day gives all steps anew.
 */
export class LineWalk {
  private state = emptyProjectState();

  constructor(private rules: AdoptedRules) {}

  /** One more entry of the project's stream, without the steps it leads to. */
  know(event: RecordedEvent): void {
    this.state = applyToProject(this.state, event);
  }

  /** One more entry of the project's stream: the steps from the first day on for which it changes anything. */
  take(event: RecordedEvent): LineSteps {
    const before = this.state;
    this.know(event);
    const since = firstChangedBy(event, before.identity);
    return { since, steps: this.stepsFrom(since) };
  }

  /** From now on by other rules; what was said before stays. */
  adopt(rules: AdoptedRules): void {
    this.rules = rules;
  }

  /** The first day that any live entry is about; null when there is none. */
  get firstOn(): Day | null {
    return firstDay(this.state.identity);
  }

  stepsFrom(since: Day): LineStep[] {
    return lineSteps(this.state, this.rules, since);
  }
}

/** The first day on which an entry may change the line: mostly its own, or that of the entry it withdraws. */
function firstChangedBy(event: RecordedEvent, before: Identity): Day {
  const first = firstDay(before) ?? event.entry.asOf;
  const { type, asOf } =
    event.type === 'EntryWithdrawn'
      ? (before.sightings.find(({ id }) => id === event.data.entry) ?? { type: event.type, ...event.entry })
      : { type: event.type, ...event.entry };
  // A registration counts for every day.
  return type === 'ProjectRegistered' && first < asOf ? first : asOf;
}
