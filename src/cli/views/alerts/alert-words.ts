import type { Subject } from '../../../../domain/alerts/events.js';
import type { AdoptedRules, RuleKind, Severity } from '../../../../domain/governance/rules.js';
import { textOfAnswer } from '../../../../domain/values/by-language.js';
import { dayWords } from '../../../../domain/values/day-words.js';
import { type Day, daysBetween } from '../../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../../domain/values/omit-undefined.js';
import {
  headlineWords,
  ruleWords,
  severityWords,
  subjectWords,
} from '../../../../projections/alerts/happening-words.js';
import { type Exemptible, exemptionOf } from '../../../../projections/alerts/life/exemptions.js';
import type { AlertShown } from '../../client/answers.js';
import type { Language } from '../../terminal.js';
import { plain } from '../table.js';
import { either, spoken } from '../words.js';

/** The context of alerts: the business day, and the rules in force. */
export interface AlertsOn {
  today: Day;
  rules: AdoptedRules;
}

/** A severity by its colour. */
export function severityText(severity: Severity, language: Language): string {
  return spoken(severityWords[severity], language);
}

/** The finding of a rule. */
export function ruleText(rule: RuleKind, language: Language): string {
  return spoken(ruleWords[rule], language);
}

/** The problem and its subject; a work item by its id, whose name `show` has. */
export function headlineText(alert: AlertShown, language: Language): string {
  return spoken(
    headlineWords(alert, () => undefined),
    language,
  );
}

/** The subject within its project: a target in words, an item or stall by its id; empty for the whole project. */
export function subjectText(subject: Subject, language: Language): string {
  if (subject.kind === 'project') return '';
  if (subject.kind !== 'target') return plain(subject.id);
  return spoken(
    subjectWords(subject, () => undefined),
    language,
  );
}

/** Rules whose first day is itself a day of the stall or delay; for others it is that of the last good report. */
const countsFirstDay: ReadonlySet<RuleKind> = new Set([
  'declared-stall',
  'behind-plan',
  'item-overdue',
  'stage-late',
  'forecast-missed',
]);

/** How many days it has been open, or was until it was cleared; counted like its reason. */
export function standingDays({ rule, since, cleared }: AlertShown, today: Day): number {
  const days = daysBetween(since, cleared?.on ?? today) + (countsFirstDay.has(rule) ? 1 : 0);
  return Math.max(0, days);
}

/** The last day to answer and whose duty that is: `2018-07-17, leader`. */
export function deadlineText({ deadline, status }: AlertShown): string {
  return deadline && status === 'open' ? `${deadline.dueOn}, ${deadline.duty.role}` : '';
}

/** Who acknowledged it, and until when. */
export function takenText({ acknowledged }: AlertShown): string {
  return acknowledged ? `${acknowledged.name}, ${acknowledged.dueOn}` : '';
}

function placeOf(of: AlertShown['of']): Exemptible['of'] {
  return omitUndefined({ district: textOfAnswer(of, 'district'), sector: textOfAnswer(of, 'sector') });
}

/** Why it is silent today: muted, silenced or exempt; empty if it is not. */
export function untoldText(alert: AlertShown, { today, rules }: AlertsOn, language: Language): string {
  if (alert.status === 'cleared') return '';
  const { mutedBy, silenced } = alert;
  const exemption = exemptionOf({ ...alert, of: placeOf(alert.of) }, rules, today);
  const marks = [
    mutedBy === undefined ? '' : either(language, 'muted', '免报'),
    silenced && silenced.until >= today
      ? either(
          language,
          `silenced to ${dayWords(silenced.until).en}`,
          `暂停通知至 ${dayWords(silenced.until).zh}`,
        )
      : '',
    exemption
      ? either(language, `exempt to ${dayWords(exemption.to).en}`, `豁免至 ${dayWords(exemption.to).zh}`)
      : '',
  ];
  return marks.filter(Boolean).join(either(language, ', ', '，'));
}
