import type { Subject } from '../../../../domain/alerts/events.js';
import type { AdoptedRules, RuleKind, Severity } from '../../../../domain/governance/rules.js';
import { type Day, daysBetween } from '../../../../domain/values/calendar.js';
import {
  headlineWords,
  ruleWords,
  severityWords,
  subjectWords,
} from '../../../../projections/alerts/happening-words.js';
import { exemptionOf } from '../../../../projections/alerts/life/exemptions.js';
import type { AlertShown } from '../../client/answers.js';
import type { Language } from '../../terminal.js';
import { plain } from '../table.js';
import { either, spoken } from '../words.js';

/** What alerts are read by: the business day, and the rules in force. */
export interface AlertsOn {
  today: Day;
  rules: AdoptedRules;
}

/** A severity by its colour. */
export function severityText(severity: Severity, language: Language): string {
  return spoken(severityWords[severity], language);
}

/** What a rule finds. */
export function ruleText(rule: RuleKind, language: Language): string {
  return spoken(ruleWords[rule], language);
}

/** What is wrong and about what; a work item by its id, which `show` has the name of. */
export function headlineText(alert: AlertShown, language: Language): string {
  return spoken(
    headlineWords(alert, () => undefined),
    language,
  );
}

/** What something is about within its project: a target in words, an item or stall by its id; nothing for the whole project. */
export function subjectText(subject: Subject, language: Language): string {
  if (subject.kind === 'project') return '';
  if (subject.kind !== 'target') return plain(subject.id);
  return spoken(
    subjectWords(subject, () => undefined),
    language,
  );
}

/** Rules of which the first day is a day of standing still or late itself; of the others it is that of the last good report. */
const countsFirstDay: ReadonlySet<RuleKind> = new Set([
  'declared-stall',
  'behind-plan',
  'item-overdue',
  'stage-late',
]);

/** For how many days it has stood, or had when it was cleared; counted as its reason counts. */
export function standingDays({ rule, since, cleared }: AlertShown, today: Day): number {
  const days = daysBetween(since, cleared?.on ?? today) + (countsFirstDay.has(rule) ? 1 : 0);
  return Math.max(0, days);
}

/** The last day to answer and whose duty that is: `2018-07-17, leader`. */
export function deadlineText({ deadline, status }: AlertShown): string {
  return deadline && status === 'open' ? `${deadline.dueOn}, ${deadline.duty.role}` : '';
}

/** Who took it on, and until when. */
export function takenText({ acknowledged }: AlertShown): string {
  return acknowledged ? `${acknowledged.name}, ${acknowledged.dueOn}` : '';
}

/** Why it is not told of today: muted, silenced or exempt; nothing when it is. */
export function untoldText(alert: AlertShown, { today, rules }: AlertsOn, language: Language): string {
  if (alert.status === 'cleared') return '';
  const { mutedBy, silenced } = alert;
  const exemption = exemptionOf(alert, rules, today);
  const marks = [
    mutedBy === undefined ? '' : either(language, 'muted', '静音'),
    silenced && silenced.until >= today
      ? either(language, `silenced to ${silenced.until}`, `暂停通知至 ${silenced.until}`)
      : '',
    exemption ? either(language, `exempt to ${exemption.to}`, `豁免至 ${exemption.to}`) : '',
  ];
  return marks.filter(Boolean).join(either(language, ', ', '，'));
}
