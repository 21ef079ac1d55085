import { dayWords } from '../values/day-words.js';
import { type Day, isDay } from '../values/days/calendar.js';
import type { Decision } from '../values/decision.js';
import { isSame } from '../values/equal.js';
import { CommandRejected } from '../values/rejections.js';
import type { Alert, AlertLife } from './alert.js';
import type { AlertEventData } from './events.js';

/** What a person says about an alert. */
export type Answer = {
  [Type in 'AlertAcknowledged' | 'AlertSilenced']: { type: Type; data: AlertEventData[Type] };
}['AlertAcknowledged' | 'AlertSilenced'];

/**
 * Decides on an answer about an alert: it is recorded, unless the last one is of the same person and says the same; then the id of
 * that entry is returned.
 *
 * @param today the business day of the project
 * @throws CommandRejected `alert-unknown`, `alert-cleared`, `day-passed`
 */
export function decide(
  answer: Answer,
  life: AlertLife,
  { by, today }: { by: string; today: Day },
): Decision<Answer, string> {
  const alert = openAlert(life, answer.data.alert);
  const isAcknowledged = answer.type === 'AlertAcknowledged';
  const [member, day] = isAcknowledged ? ['dueOn', answer.data.dueOn] : ['until', answer.data.until];
  if (!isDay(day) || day < today)
    throw new CommandRejected('day-passed', {
      member,
      seen: day,
      expected: {
        en: `${dayWords(today).en}, which is today, or a later day`,
        zh: `${dayWords(today).zh}（今天）或以后的日期`,
      },
    });
  const last = isAcknowledged ? alert.acknowledged : alert.silenced;
  if (last?.by !== by) return { append: [answer] };
  const { by: _, at: __, entry, ...data } = last;
  return isSame(data, answer.data) ? { alreadySaid: entry } : { append: [answer] };
}

/** The open alert of an id. @throws CommandRejected `alert-unknown`, `alert-cleared` */
export function openAlert({ alerts }: AlertLife, id: string): Alert {
  const alert = alerts.find((known) => known.alert === id);
  if (!alert) throw unknownAlert(id);
  if (alert.status === 'open') return alert;
  const on = dayWords(alert.cleared?.on ?? alert.toldOn);
  const seen = { en: `${id}, which was cleared on ${on.en}`, zh: `${id}，已于 ${on.zh}解除` };
  throw new CommandRejected('alert-cleared', {
    member: 'alert',
    seen,
    expected: { en: 'an open alert', zh: '未解除的预警' },
  });
}

/** The refusal of an id that no alert has. */
export function unknownAlert(id: string): CommandRejected {
  const expected = { en: 'the id of an alert that was raised', zh: '已发出的预警的编号' };
  return new CommandRejected('alert-unknown', { member: 'alert', seen: id, expected });
}
