import { type Severity, severities } from '../../../../domain/governance/rules.js';
import { type Day, dayNumber } from '../../../../domain/values/days/calendar.js';
import type { AlertShown } from '../alert-answers.js';

/** The alerts of one project. */
export interface AlertGroup {
  project: string;
  name: string;
  alerts: AlertShown[];
  /** How many there are of each severity, the gravest first; none of 0. */
  counts: [Severity, number][];
}

/** Groups alerts by project, in the order of the first alert of each. */
export function groupsOf(alerts: readonly AlertShown[]): AlertGroup[] {
  return [...Map.groupBy(alerts, ({ project }) => project)].map(([project, own]) => ({
    project,
    name: own[0]?.of.name ?? project,
    alerts: own,
    counts: severities
      .toReversed()
      .map((severity): [Severity, number] => [
        severity,
        own.filter((alert) => alert.severity === severity && alert.status === 'open').length,
      ])
      .filter(([, count]) => count > 0),
  }));
}

/** True if the words of an alert, its project or its owner contain a text; capital letters do not count. */
export function isAbout(alert: AlertShown, text: string, ruleName: string): boolean {
  const words = [alert.of.name, alert.project, ruleName, alert.reason, alert.acknowledged?.name ?? ''];
  return words.some((one) => one.toLowerCase().includes(text.toLowerCase()));
}

/** Days until an alert is to be answered; negative when overdue, undefined without a deadline or when it is over. */
export function daysLeft({ deadline, status }: AlertShown, today: Day): number | undefined {
  return deadline && status === 'open' ? dayNumber(deadline.dueOn) - dayNumber(today) : undefined;
}

/** By when several alerts are answered if nothing else is said: the first of their deadlines, today at the earliest. */
export function firstDeadline(alerts: readonly AlertShown[], today: Day): Day {
  const days = alerts.flatMap(({ deadline }) => deadline?.dueOn ?? []);
  const [first] = days.sort();
  return first !== undefined && first > today ? first : today;
}
