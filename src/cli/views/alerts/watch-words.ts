import type { AlertEventType } from '../../../../domain/alerts/events.js';
import { dayWords } from '../../../../domain/values/day-words.js';
import type { Day } from '../../../../domain/values/days/calendar.js';
import { bracketed } from '../../../../domain/values/punctuation.js';
import type { Words } from '../../../../domain/values/words.js';
import { mutedWords } from '../../../../projections/alerts/happening-words.js';
import type { AlertShown } from '../../client/answers.js';
import type { Language, Terminal } from '../../terminal.js';
import { instant } from '../figures.js';
import { plain } from '../table.js';
import { either } from '../words.js';
import { headlineText, severityText } from './alert-words.js';

/** A line of the stream: an alert event, with the alert right after it. */
export interface Told {
  position: number;
  recordedAt: string;
  type: AlertEventType;
  /** Id of the event. */
  event: string;
  alert: AlertShown;
}

/** One event in one line: time, severity, event, alert, project and reason. */
export function happeningLine(
  { recordedAt, type, alert }: Told,
  terminal: Pick<Terminal, 'coloured'>,
  language: Language,
): string {
  const words = severityText(alert.severity, language);
  const severity = terminal.coloured(alert.severity, words.padEnd(language === 'zh' ? 1 : 6));
  const project = bracketed(alert.of.name || alert.project, alert.project, language);
  const [happened, why] = happenedTo(type, alert, language);
  const line = either(
    language,
    `${happened}: ${project}, ${headlineText(alert, language)}.`,
    `${happened}：${project}，${headlineText(alert, language)}。`,
  );
  const parts = [line, why, duty(type, alert, language), `[${alert.alert.slice(0, 8)}]`];
  return `${instant(recordedAt)}  ${severity}  ${plain(parts.filter(Boolean).join(language === 'zh' ? '' : ' '))}`;
}

/** The event, and its reason. */
function happenedTo(type: AlertEventType, alert: AlertShown, language: Language): [string, string] {
  const line = (en: string, zh: string) => either(language, en, zh);
  const { acknowledged, silenced, cleared, reason, opening, mutedBy, reminders, isByDeadline } = alert;
  const by = mutedWords(alert.rule);
  switch (type) {
    case 'AlertRaised': {
      const muted = mutedBy === undefined ? '' : line(`, ${by.en}`, `（${by.zh}）`);
      return [
        opening > 1
          ? line(`Opened again${muted}`, `再次发出${muted}`)
          : line(`Raised${muted}`, `发出${muted}`),
        reason,
      ];
    }
    case 'AlertEscalated':
      return [
        isByDeadline
          ? line('More serious, because nobody answered', '升级（逾期未答复）')
          : line('More serious', '升级'),
        reason,
      ];
    case 'AlertRevised':
      return [line('Goes on by other facts', '依据已变化，仍在继续'), reason];
    case 'AlertReminded':
      return [line(`Reminder ${reminders}`, `第 ${reminders} 次提醒`), reason];
    case 'AlertAcknowledged':
      return [
        line(
          `Taken on by ${acknowledged?.name}, to be answered by ${on(acknowledged?.dueOn).en}`,
          `${acknowledged?.name}已认领，${on(acknowledged?.dueOn).zh}前答复`,
        ),
        acknowledged?.note ?? '',
      ];
    case 'AlertSilenced':
      return [
        line(
          `Silenced until ${on(silenced?.until).en} (inclusive)`,
          `至 ${on(silenced?.until).zh}（含当日）暂停通知`,
        ),
        silenced?.reason ?? '',
      ];
    case 'AlertMuted':
      return mutedBy === undefined
        ? [line('No longer muted', '不再免报'), reason]
        : [line(`M${by.en.slice(1)}`, by.zh), ''];
    case 'AlertCleared':
      return [line('Cleared', '解除'), cleared?.reason ?? reason];
    case 'NoticeSent':
    case 'NoticeFailed':
      return [line('Notified', '已通知'), ''];
  }
}

/** Whose duty it is, if the event set a deadline. */
function duty(type: AlertEventType, { deadline, status }: AlertShown, language: Language): string {
  const sets = type === 'AlertRaised' || type === 'AlertEscalated' || type === 'AlertReminded';
  if (!sets || !deadline || status !== 'open') return '';
  const { words } = deadline.duty;
  const { en, zh } = dayWords(deadline.dueOn);
  return either(language, `By ${en} ${words}.`, `限期 ${zh}，${words}。`);
}

function on(day: Day | undefined): Words {
  return day === undefined ? { en: '', zh: '' } : dayWords(day);
}
