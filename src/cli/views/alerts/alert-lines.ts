import { markedDayWords } from '../../../../domain/values/day-marks.js';
import { spaced } from '../../../../domain/values/words.js';
import { headlineWords } from '../../../../projections/alerts/happening-words.js';
import type { ProjectAlerts } from '../../client/answers.js';
import type { Language, Terminal } from '../../terminal.js';
import { plain } from '../table.js';
import { either, spoken } from '../words.js';
import { ruleText, severityText } from './alert-words.js';

/** The rules' findings for a project: each with its reason and what would clear it, then what could not be evaluated; empty if there are none. */
export function alertLines(
  alerts: ProjectAlerts,
  terminal: Pick<Terminal, 'coloured'>,
  language: Language,
): string {
  const due = alerts.due.flatMap((one) => {
    if (one.severity === null) return [];
    const severity = terminal.coloured(one.severity, severityText(one.severity, language));
    const what = spoken(
      headlineWords(one, () => undefined),
      language,
    );
    const since = markedDayWords(one.since, one.sinceExactness);
    const head = either(language, `${what}, since ${since.en}`, `${what}，自 ${spaced(since.zh)}起`);
    const clears = either(language, `Ends by: ${one.clears}`, `解除条件：${one.clears}`);
    return `${severity}  ${head}\n  ${plain(one.reason)}\n  ${plain(clears)}`;
  });
  const notJudged = alerts.notJudged.map(({ rule, why }) => {
    const name = ruleText(rule, language);
    return either(language, `${name} (${plain(why)})`, `${name}（${plain(why)}）`);
  });
  const unjudged =
    notJudged.length === 0
      ? []
      : [either(language, `Not evaluated: ${notJudged.join('; ')}.`, `未判断：${notJudged.join('；')}。`)];
  return [...due, ...unjudged].join('\n');
}
