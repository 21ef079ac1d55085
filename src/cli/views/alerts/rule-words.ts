import {
  countsDown,
  type Exemption,
  type LadderStep,
  type Rule,
  type Severity,
  severities,
  type Threshold,
  type Where,
} from '../../../../domain/governance/rules.js';
import type { Blocked } from '../../../../domain/project/events.js';
import { blockedWords } from '../../../../domain/project/facts/stall-declared.js';
import { labelled, listed } from '../../../../domain/values/punctuation.js';
import type { Language } from '../../terminal.js';
import { either, label, spoken, term } from '../words.js';
import { severityText } from './alert-words.js';

/** The scope of a rule or an exemption. */
export function whereText(where: Where | undefined, language: Language): string {
  const parts = (['project', 'district', 'sector'] as const).flatMap((name) =>
    where?.[name] === undefined ? [] : [`${label(name, language)} ${where[name]}`],
  );
  return listed(parts, language) || either(language, 'everywhere', '全部');
}

/** The threshold of a severity; for a declared stall what it blocks. */
export function severityCell(rule: Rule, severity: Severity, language: Language): string {
  if (rule.isOff) return severity === 'yellow' ? either(language, 'off', '停用') : '';
  if (rule.blocks) {
    const blocked = Object.entries(rule.blocks).filter(([, worth]) => worth === severity);
    return blocked
      .map(([what]) => spoken(blockedWords[what as Blocked], language))
      .join(either(language, ', ', '、'));
  }
  const threshold = rule[severity];
  if (!threshold) return '';
  const isAbove = rule.rule === 'behind-plan' && severity === 'red';
  const words = thresholdText(threshold, language);
  if (countsDown(rule.rule)) return either(language, `${words} ahead`, `提前 ${words}`);
  return isAbove ? either(language, `over ${words}`, `超过 ${words}`) : words;
}

/** `15 days of grace`, `margin of 2 points`. */
export function graceText({ graceDays, marginPoints }: Rule, language: Language): string {
  const parts = [
    graceDays === undefined ? '' : either(language, `+${graceDays} days of grace`, `宽限 ${graceDays} 天`),
    marginPoints === undefined
      ? ''
      : either(
          language,
          `ends ${marginPoints} points below`,
          `回落至阈值以下 ${marginPoints} 个百分点时解除`,
        ),
  ];
  return parts.filter(Boolean).join(either(language, ', ', '，'));
}

/** A rule in one line, without its name: `yellow 30 days, red 90 days, +15 days of grace`. */
export function ruleLine(rule: Rule, language: Language): string {
  const parts = severities.flatMap((severity) => {
    const cell = severityCell(rule, severity, language);
    return cell === '' ? [] : [rule.isOff ? cell : `${severityText(severity, language)} ${cell}`];
  });
  const grace = graceText(rule, language);
  return [...parts, ...(grace === '' ? [] : [grace])].join(either(language, ', ', '，'));
}

/** A step of the ladder in one line, without its severity. */
export function stepLine(
  { answerWithinDays, duty, remindEveryDays }: LadderStep,
  language: Language,
): string {
  return either(
    language,
    `${duty.words.en} (${duty.role}) within ${answerWithinDays} working days, reminder every ${remindEveryDays}`,
    `${duty.words.zh}（${duty.role}），${answerWithinDays} 个工作日内答复，每 ${remindEveryDays} 个工作日提醒`,
  );
}

/** An exemption in one line. */
export function exemptionLine({ where, rules, from, to, reason }: Exemption, language: Language): string {
  const which = rules ? listed(rules, language) : either(language, 'all rules', '全部规则');
  const when = [whereText(where, language), which, `${from}..${to}`].join(either(language, ', ', '，'));
  return labelled(when, reason, language);
}

/** `30 days`, `1 month`, `10 points`. */
function thresholdText(threshold: Threshold, language: Language): string {
  const [unit = '', count = 0] = Object.entries(threshold)[0] ?? [];
  if (language === 'zh') return `${count} ${term(unit, language)}`;
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}
