import { severities } from '../../../../domain/governance/rules.js';
import { markedDay } from '../../../../domain/values/day-marks.js';
import type { AlertShown } from '../../client/answers.js';
import { shortIds } from '../../input/ids.js';
import type { Language, Terminal } from '../../terminal.js';
import { table } from '../table.js';
import { columns, either, type Label, term } from '../words.js';
import {
  type AlertsOn,
  deadlineText,
  headlineText,
  severityText,
  standingDays,
  takenText,
  untoldText,
} from './alert-words.js';

/** Alerts, one line each, in the service's order; with their status if both kinds may be among them. */
export function alertTable(
  alerts: readonly AlertShown[],
  on: AlertsOn,
  terminal: Pick<Terminal, 'coloured'>,
  language: Language,
  hasStatus = false,
): string {
  if (alerts.length === 0) return either(language, 'No alerts.', '没有预警。');
  const about = [
    'severity',
    'since',
    'days',
    'project',
    'what',
    'deadline',
    'acknowledged',
    'marks',
  ] as const;
  const heads: Label[] = [...(hasStatus ? (['standing'] as const) : []), ...about, 'id'];
  const short = shortIds(alerts.map(({ alert }) => alert));
  const rows = alerts.map((alert) => [
    ...(hasStatus ? [term(alert.status, language)] : []),
    severityText(alert.severity, language),
    markedDay(alert.since, alert.sinceExactness, language),
    String(standingDays(alert, on.today)),
    alert.project,
    headlineText(alert, language),
    deadlineText(alert),
    takenText(alert),
    untoldText(alert, on, language),
    short(alert.alert),
  ]);
  const lines = table(columns(heads, language, ['days']), rows).split('\n');
  const drawn = lines.map((line, index) => {
    const alert = alerts[index - 2];
    if (!alert || index < 2) return line;
    const words = severityText(alert.severity, language);
    return line.replace(words, () => terminal.coloured(alert.severity, words));
  });
  return drawn.join('\n');
}

/** The number of open ones by severity, in one line: `5 alerts: 2 red, 3 yellow.` */
export function countLine(alerts: readonly AlertShown[], language: Language): string {
  if (alerts.length === 0) return '';
  const counts = [...severities]
    .reverse()
    .map((severity) => ({ severity, count: alerts.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) =>
      either(language, `${count} ${severity}`, `${severityText(severity, language)}色 ${count} 条`),
    );
  const many = alerts.length === 1 ? 'alert' : 'alerts';
  return either(
    language,
    `${alerts.length} ${many}: ${counts.join(', ')}.`,
    `共 ${alerts.length} 条预警：${counts.join('，')}。`,
  );
}
