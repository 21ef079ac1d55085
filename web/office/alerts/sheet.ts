import { marksIn } from '../../../domain/values/day-marks.js';
import { ruleWords, severityWords } from '../../../projections/alerts/happening-words.js';
import { ask } from '../../shared/ask.js';
import type { Language } from '../../shared/language.js';
import type { Cell } from '../use/sheet-files.js';
import type { AlertShown, AlertsAnswer } from './alert-answers.js';
import { type ByProjectAnswer, type Choice, clearedFilter } from './list/choice.js';
import type { useAlertTexts } from './texts.js';

/** All alerts that match a choice, in the order of the list. */
export async function chosenAlerts({ state, ...choice }: Choice): Promise<AlertShown[]> {
  const all: AlertShown[] = [];
  const isCleared = state === 'cleared';
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
    if (isCleared) {
      const asked = { ...clearedFilter(choice), limit: 500, cursor };
      const page: AlertsAnswer = await ask<AlertsAnswer>('/alerts', asked);
      all.push(...page.items);
      cursor = page.next;
    } else {
      const asked = { ...choice, state, limit: 200, cursor };
      const page: ByProjectAnswer = await ask<ByProjectAnswer>('/alerts/by-project', asked);
      all.push(...page.items.flatMap(({ alerts }) => alerts));
      cursor = page.next;
    }
  }
  return all;
}

/** Alerts as a table of plain values, days as stored. */
export function alertsSheet(
  alerts: readonly AlertShown[],
  say: ReturnType<typeof useAlertTexts>,
  language: Language,
): Cell[][] {
  return [
    [
      say('alert'),
      say('projectId'),
      say('project'),
      say('rule'),
      say('severity'),
      say('status'),
      say('sinceDay'),
      say('dayIs'),
      say('raisedDay'),
      say('dueDay'),
      say('why'),
      say('clears'),
      say('name'),
      say('until'),
      say('clearedDay'),
    ],
    ...alerts.map((alert): Cell[] => [
      alert.alert,
      alert.project,
      alert.of.name,
      ruleWords[alert.rule][language],
      severityWords[alert.severity][language],
      say(alert.status),
      alert.since,
      marksIn(alert.sinceExactness, language),
      alert.raisedOn,
      alert.deadline?.dueOn ?? null,
      alert.reason,
      alert.clears,
      alert.acknowledged?.name ?? null,
      alert.silenced?.until ?? null,
      alert.cleared?.on ?? null,
    ]),
  ];
}
