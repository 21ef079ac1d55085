import { defaultRules, type RuleKind, type RuleSet } from '../../domain/governance/rules.js';
import { type Due, dueAlerts, type Watched } from '../../projections/alerts/due.js';
import { foldProject } from '../../projections/project/project.js';
import { type Entry, history } from './entries.js';

/** The evaluation of a project with these entries, under the default rules unless others are given. */
export function judged(on: string, entries: readonly Entry[], rules: RuleSet = defaultRules): Due {
  return dueAlerts(foldProject(history(...entries)), rules, on);
}

/** What one rule watches in it. */
export function watchedBy(rule: RuleKind, on: string, entries: readonly Entry[], rules?: RuleSet): Watched[] {
  return judged(on, entries, rules).watched.filter((watched) => watched.rule === rule);
}

/** The severity of the first condition that one rule watches on each of some days; undefined if there is none. */
export function severityOn(
  rule: RuleKind,
  days: readonly string[],
  entries: readonly Entry[],
  rules?: RuleSet,
): (Watched['severity'] | undefined)[] {
  return days.map((on) => watchedBy(rule, on, entries, rules)[0]?.severity);
}
