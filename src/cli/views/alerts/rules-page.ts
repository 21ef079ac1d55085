import { severities } from '../../../../domain/governance/rules.js';
import { listed } from '../../../../domain/values/punctuation.js';
import type { Rules } from '../../client/answers.js';
import type { Language, Terminal } from '../../terminal.js';
import { instant } from '../figures.js';
import { pairs, table } from '../table.js';
import { columns, either, type Label, label } from '../words.js';
import { ruleText, severityText } from './alert-words.js';
import { graceText, severityCell, whereText } from './rule-words.js';

/** One version of the rules: who adopted it, its thresholds, its ladder and its exemptions. */
export function rulesPage(
  { rules, by, recordedAt }: Rules,
  terminal: Pick<Terminal, 'bold'>,
  language: Language,
): string {
  const { version, basis, calendar, reopenWithinDays } = rules;
  const head = pairs([
    [label('version', language), String(version)],
    [label('basisOfRules', language), basis],
    [label('adopted', language), adoptedText({ by, recordedAt }, language)],
    [label('calendar', language), calendar],
    [
      either(language, 'Comes back', '重新出现'),
      either(
        language,
        `the same alert when within ${reopenWithinDays} days`,
        `${reopenWithinDays} 天内视为同一预警`,
      ),
    ],
  ]);
  const sections: [Label, string][] = [
    ['rules', ruleTable(rules.rules, language)],
    ['ladder', ladderTable(rules.ladder, language)],
    ['exemptions', exemptionTable(rules.exemptions, language)],
  ];
  const shown = sections
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${terminal.bold(label(name, language))}\n${text}`);
  return [head, ...shown].join('\n\n');
}

/** All versions, one line each. */
export function versionTable(versions: readonly Rules[], language: Language): string {
  if (versions.length === 0)
    return either(
      language,
      'No rules were adopted yet: the default rules hold, see "topout rules show".',
      '尚未启用规则：执行默认规则，见“topout rules show”。',
    );
  const right = ['version', 'rules', 'exemptions'] as const;
  return table(
    columns(['version', 'basisOfRules', 'recorded', 'by', 'rules', 'exemptions'], language, right),
    versions.map(({ rules, by, recordedAt }) => [
      String(rules.version),
      rules.basis,
      recordedAt === null ? '-' : instant(recordedAt),
      by ?? '-',
      String(rules.rules.length),
      String(rules.exemptions.length),
    ]),
  );
}

function adoptedText({ by, recordedAt }: Pick<Rules, 'by' | 'recordedAt'>, language: Language): string {
  if (by === null || recordedAt === null) return either(language, 'come with Topout', '系统自带');
  return either(language, `${instant(recordedAt)} by ${by}`, `${instant(recordedAt)}，${by}`);
}

function ruleTable(rules: Rules['rules']['rules'], language: Language): string {
  return table(
    columns(['rule', 'what', 'where', ...severities, 'grace'], language),
    rules.map((rule) => [
      rule.rule,
      ruleText(rule.rule, language),
      whereText(rule.where, language),
      ...severities.map((severity) => severityCell(rule, severity, language)),
      graceText(rule, language),
    ]),
  );
}

function ladderTable(ladder: Rules['rules']['ladder'], language: Language): string {
  if (ladder.length === 0) return '';
  const days = (count: number) => either(language, `${count} working days`, `${count} 个工作日`);
  return table(
    columns(['severity', 'within', 'duty', 'role', 'reminder'], language),
    ladder.map(({ severity, answerWithinDays, duty, remindEveryDays }) => [
      severityText(severity, language),
      days(answerWithinDays),
      duty.words[language],
      duty.role,
      either(language, `every ${days(remindEveryDays)}`, `每 ${days(remindEveryDays)}`),
    ]),
  );
}

function exemptionTable(exemptions: Rules['rules']['exemptions'], language: Language): string {
  if (exemptions.length === 0) return '';
  return table(
    columns(['where', 'rules', 'from', 'to', 'reason'], language),
    exemptions.map(({ where, rules, from, to, reason }) => [
      whereText(where, language),
      rules ? listed(rules, language) : either(language, 'all', '全部'),
      from,
      to,
      reason,
    ]),
  );
}
