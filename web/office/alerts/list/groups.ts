import { type Day, dayNumber } from '../../../../domain/values/days/calendar.js';
import type { AlertShown } from '../alert-answers.js';

/** True if the words of an alert, its project or its owner contain a text; capital letters do not count. */
export function isAbout(alert: AlertShown, text: string, ruleName: string): boolean {
  const words = [alert.of.name, alert.project, ruleName, alert.reason, alert.acknowledged?.name ?? ''];
  return words.some((one) => one.toLowerCase().includes(text.toLowerCase()));
}

/** Days until an alert is to be answered; negative when overdue, undefined without a deadline or when it is over. */
export function daysLeft(
  { deadline, status }: Pick<AlertShown, 'deadline' | 'status'>,
  today: Day,
): number | undefined {
  return deadline && status === 'open' ? dayNumber(deadline.dueOn) - dayNumber(today) : undefined;
}

/** By when an alert is answered if nothing else is said: by its deadline, today at the earliest. */
export function answerDay({ deadline }: Pick<AlertShown, 'deadline'>, today: Day): Day {
  return deadline && deadline.dueOn > today ? deadline.dueOn : today;
}

/** By when several alerts are answered if nothing else is said: the first of their deadlines, today at the earliest. */
export function firstDeadline(alerts: readonly AlertShown[], today: Day): Day {
  const [first] = alerts.flatMap(({ deadline }) => deadline?.dueOn ?? []).sort();
  return first !== undefined && first > today ? first : today;
}
