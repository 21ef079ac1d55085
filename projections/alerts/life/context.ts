import type { Alert } from '../../../domain/alerts/alert.js';
import type { AdoptedRules } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/days/calendar.js';

/** The calendar of the ladder. */
export interface LadderContext {
  rules: AdoptedRules;
  /** The day a number of working days after a day; the day itself for 0. */
  afterWorkingDays(day: Day, days: number): Day;
}

/** What ended an alert: the ids of the entries, and whether a correction did it; an adopted lexicon or the rules if none did. */
export type Ending = { evidence: string[] } & (
  | { because: 'fact' | 'correction' | 'rules' }
  | { because: 'lexicon'; lexiconVersion: number }
);

/** The input of a decision beside the alerts and the evaluation. */
export interface StepContext extends LadderContext {
  /** The project now, for new alerts. */
  of: Alert['of'];
  /** The id of an alert: derived from its name, so that two replicas name it equally. */
  idOf(name: string): string;
  /** Called only for alerts that are no longer due. */
  clearedBy(alert: Alert): Ending;
}
