import type { AlertLife, AlertStep } from '../../../domain/alerts/alert.js';
import type { GovernanceState } from '../../../domain/governance/governance.js';
import type { AdoptedRules } from '../../../domain/governance/rules.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import type { ByLanguage } from '../../../domain/values/by-language.js';
import { type Day, defaultTimeZone, lastDay } from '../../../domain/values/days/calendar.js';
import type { WorkCalendar } from '../../../domain/values/days/working-days.js';
import { afterWorkingDays } from '../../../domain/values/days/working-days.js';
import { nameWords } from '../../../domain/values/words.js';
import { dueInSteps } from '../../../projections/alerts/due.js';
import type { StepContext } from '../../../projections/alerts/life/context.js';
import { nextStepOn } from '../../../projections/alerts/life/ladder.js';
import { alertSteps, endingAlerts } from '../../../projections/alerts/life/steps.js';
import type { ProjectDays } from '../../../projections/alerts/project-on-day.js';
import { identity } from '../../../projections/facts/identity.js';
import type { Steps } from '../../../projections/facts/steps.js';
import type { ProjectState } from '../../../projections/project/project.js';
import { clearedBy } from './cleared-by.js';

/** The rules in force, the event that adopted them, and their calendar, with all that was ever adopted. */
export interface RulesInForce {
  rules: AdoptedRules;
  rulesEntry: string | null;
  adopted: Pick<GovernanceState, 'rules' | 'lexicons'>;
  calendar: WorkCalendar;
}

/** The input of an evaluation. */
export interface EvaluationInput {
  project: string;
  state: ProjectState;
  /** Of the same state, if they are known. */
  days?: ProjectDays;
  life: AlertLife;
  on: Day;
  /** All entries of the project, oldest first, read as now or as at an earlier position; requested only when an alert ends. */
  entries(readAt?: number): Steps<readonly RecordedEvent[]>;
  /** The id of an alert, from its name. */
  idOf(name: string): string;
  inBoth?: InBoth;
}

/** A name of a district or sector, with what the other projects of the installation call the same (docs/decisions/0086). */
export type InBoth = (name: 'district' | 'sector', text: ByLanguage) => ByLanguage;

export const ownNames: InBoth = (_, text) => text;

/** The result of an evaluation: the events that update the alerts, and when the next one is due after them. */
export interface Evaluation {
  steps: AlertStep[];
  nextOn(life: AlertLife): Day | null;
}

/** A calendar without holidays, for rules whose own calendar no longer exists. */
export const everyDay: WorkCalendar = { name: 'every-day', freeWeekdays: [], holidays: [], workdays: [] };

/** Evaluates a project on a day, in steps. */
export function* evaluate(
  { project, state, days, life, on, entries, idOf, inBoth = ownNames }: EvaluationInput,
  law: RulesInForce,
): Steps<Evaluation> {
  const { rules, calendar } = law;
  const { name, district, sector } = identity.view(state.identity, on).details;
  const workingDays = (day: Day, days: number) => afterWorkingDays(day, days, calendar);
  const of = {
    name: nameWords(name, project),
    ...(district === undefined ? {} : { district: inBoth('district', district) }),
    ...(sector === undefined ? {} : { sector: inBoth('sector', sector) }),
  };
  const due = yield* dueInSteps(state, rules, on, undefined, days);
  const context = { rules, afterWorkingDays: workingDays, of, idOf };
  const ended = endingAlerts(life, due, context);
  const all = ended.length > 0 ? yield* entries() : [];
  const endings = new Map<string, ReturnType<StepContext['clearedBy']>>();
  for (const alert of ended) endings.set(alert.alert, yield* clearedBy(alert, all, { ...law, on, entries }));
  const steps = alertSteps(life, due, {
    ...context,
    clearedBy: ({ alert }) => endings.get(alert) ?? { because: 'rules', evidence: [] },
  });
  return {
    steps,
    nextOn: (after) => {
      const step = nextStepOn(after, { rules, afterWorkingDays: workingDays, of }, on);
      return due.nextOn === null || (step !== null && step < due.nextOn) ? step : due.nextOn;
    },
  };
}

/** The time zone of a project: the last reported one. */
export function timeZoneOf(state: ProjectState): string {
  return identity.view(state.identity, lastDay).details.timeZone ?? defaultTimeZone;
}

/** The latest day of a live entry: it has begun, even if the clock was set back since. */
export function latestDayOf(state: ProjectState): Day {
  return state.identity.sightings.reduce(
    (latest, { type, asOf }) => (type !== 'EntryWithdrawn' && asOf > latest ? asOf : latest),
    '',
  );
}
