import type { BackTest } from '../../../../projections/alerts/back-test.js';
import { ruleWords, severityWords } from '../../../../projections/alerts/happening-words.js';
import type { Localised } from '../../../../src/http/answers/language.js';
import type { Language } from '../../../shared/language.js';
import type { Cell } from '../../use/sheet-files.js';
import type { SayRules } from './texts.js';

export type BackTestAnswer = Localised<BackTest>;
export type WouldBeShown = BackTestAnswer['alerts'][number];

/** The subject of an alert in words: its rule, and the item or target unless it is the whole project. */
export function headlineOf({ rule, subject }: WouldBeShown, language: Language): string {
  const name = ruleWords[rule][language];
  return 'id' in subject ? `${name} (${subject.id})` : name;
}

/** A back-test as a table for export. */
export function backTestSheet(
  { alerts, missed }: BackTestAnswer,
  say: SayRules,
  language: Language,
): Cell[][] {
  const line = (side: string) => (alert: WouldBeShown) => [
    side,
    alert.project,
    alert.name,
    headlineOf(alert, language),
    alert.raisedOn,
    [
      severityWords[alert.severity][language],
      ...alert.escalated.map(({ to, on }) => `${severityWords[to][language]} ${on}`),
    ].join(' → '),
    alert.clearedOn,
    alert.adoptedOn,
    alert.leadDays,
    alert.reason,
  ];
  return [
    [
      say('rules'),
      'id',
      say('project'),
      say('what'),
      say('raised'),
      say('severity'),
      say('cleared'),
      say('compared'),
      say('leadDays'),
      say('why'),
    ],
    ...alerts.map(line(say('candidate'))),
    ...missed.map(line(say('adopted', { version: '' }).replace(/\s*[(（].*$/, ''))),
  ];
}
