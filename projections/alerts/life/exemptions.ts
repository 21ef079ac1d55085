import type { Alert } from '../../../domain/alerts/alert.js';
import { type Exemption, isWithin, type RuleSet } from '../../../domain/governance/rules.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import type { LadderContext } from './context.js';

/** The part of an alert, existing or not, that exemptions match on. */
export type Exemptible = Pick<Alert, 'rule' | 'project'> & { of: Pick<Alert['of'], 'district' | 'sector'> };

/** The exemption that suppresses an alert on a day; undefined if there is none. */
export function exemptionOf(alert: Exemptible, rules: RuleSet, on: Day): Exemption | undefined {
  return exemptionsOf(alert, rules).find(({ from, to }) => from <= on && on <= to);
}

/** The first day from `on` (inclusive) that no exemption of an alert covers. */
export function firstDayAfterExemptions(alert: Exemptible, rules: RuleSet, on: Day): Day {
  let day = on;
  for (const { from, to } of exemptionsOf(alert, rules)) if (from <= day && day <= to) day = addDays(to, 1);
  return day;
}

/** A deadline from its start day, extended by the working days during which exemptions paused it. */
export function pausedBy(alert: Exemptible, began: Day, dueOn: Day, context: LadderContext): Day {
  let due = dueOn;
  let free = addDays(began, 1);
  for (const { from, to } of exemptionsOf(alert, context.rules)) {
    const stopsOn = from > free ? from : free;
    if (stopsOn > due || to < stopsOn) continue;
    let left = 0;
    for (let day = addDays(stopsOn, -1); day < due; day = context.afterWorkingDays(day, 1)) left += 1;
    due = context.afterWorkingDays(to, left);
    free = addDays(to, 1);
  }
  return due;
}

/** The day after the end of the last exemption that covers any alert of a project on a day; null if none does. */
export function exemptionEndOn(
  project: string,
  of: Exemptible['of'] | undefined,
  rules: RuleSet,
  on: Day,
): Day | null {
  const ends = rules.exemptions.flatMap(({ where, from, to }) => {
    const isThere = of
      ? isWithin(where, { project, ...of })
      : where.project === undefined || where.project === project;
    return isThere && from <= on && on <= to ? [addDays(to, 1)] : [];
  });
  return ends.sort()[0] ?? null;
}

/** The exemptions that match an alert, in the order of their days. */
function exemptionsOf({ rule, project, of }: Exemptible, rules: RuleSet): Exemption[] {
  return rules.exemptions
    .filter(
      ({ where, rules: kinds }) =>
        (kinds === undefined || kinds.includes(rule)) && isWithin(where, { project, ...of }),
    )
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}
