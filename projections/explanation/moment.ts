import type { AdoptedRules } from '../../domain/governance/rules.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { ProjectState } from '../project/project.js';

/** A project at a moment. */
export interface ExplainedMoment {
  state: ProjectState;
  asOf: Day;
  /** Of the lexicon by which its entries were read. */
  lexiconVersion: number;
  /** Those in force. */
  rules: AdoptedRules;
  /** The same project with what was recorded since; absent if nothing was. */
  latest?: Pick<ProjectState, 'journal'> | undefined;
}
