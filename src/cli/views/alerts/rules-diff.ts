import { type Rule, type RuleSet, severities } from '../../../../domain/governance/rules.js';
import { isSame } from '../../../../domain/values/equal.js';
import { bracketed, inRow, labelled } from '../../../../domain/values/punctuation.js';
import type { Language } from '../../terminal.js';
import { either, label } from '../words.js';
import { severityText } from './alert-words.js';
import { exemptionLine, graceText, ruleLine, severityCell, stepLine, whereText } from './rule-words.js';

/** The differences between two sets of rules, one line each. */
export function rulesChanges(before: RuleSet, after: RuleSet, language: Language): string[] {
  const named = (rule: Rule) => bracketed(rule.rule, whereText(rule.where, language), language);
  const moved = (name: string, from: string, to: string) => {
    const none = label('none', language);
    return from === to ? [] : [labelled(name, `${from || none} → ${to || none}`, language)];
  };
  const earlier = new Map(before.rules.map((rule) => [keyOf(rule), rule]));
  const later = new Set(after.rules.map(keyOf));
  return [
    ...after.rules.flatMap((rule) => {
      const old = earlier.get(keyOf(rule));
      if (!old) return [labelled(`+ ${named(rule)}`, ruleLine(rule, language), language)];
      const parts = ruleMoves(old, rule, moved, language);
      return parts.length === 0 ? [] : [labelled(`~ ${named(rule)}`, inRow(parts, language), language)];
    }),
    ...before.rules
      .filter((rule) => !later.has(keyOf(rule)))
      .map((rule) => labelled(`- ${named(rule)}`, ruleLine(rule, language), language)),
    ...severities.flatMap((severity) => {
      const [from, to] = [before, after].map(({ ladder }) => {
        const step = ladder.find((one) => one.severity === severity);
        return step ? stepLine(step, language) : '';
      });
      const name = `~ ${bracketed(label('ladder', language), severityText(severity, language), language)}`;
      return moved(name, from ?? '', to ?? '');
    }),
    ...moved(`~ ${label('calendar', language)}`, before.calendar, after.calendar),
    ...moved(
      `~ ${either(language, 'Comes back as the same alert within', '视为同一预警的期限')}`,
      String(before.reopenWithinDays),
      String(after.reopenWithinDays),
    ),
    ...moved(`~ ${label('basisOfRules', language)}`, before.basis, after.basis),
    ...exemptionMoves(before, after, language),
  ];
}

function keyOf({ rule, where = {} }: Rule): string {
  return JSON.stringify([rule, where.project ?? null, where.district ?? null, where.sector ?? null]);
}

function ruleMoves(
  before: Rule,
  after: Rule,
  moved: (name: string, from: string, to: string) => string[],
  language: Language,
): string[] {
  return [
    ...severities.flatMap((severity) =>
      moved(
        severityText(severity, language),
        severityCell(before, severity, language),
        severityCell(after, severity, language),
      ),
    ),
    ...moved(label('grace', language), graceText(before, language), graceText(after, language)),
  ];
}

function exemptionMoves(before: RuleSet, after: RuleSet, language: Language): string[] {
  const missingFrom = (set: RuleSet) => (one: RuleSet['exemptions'][number]) =>
    !set.exemptions.some((other) => isSame(one, other));
  const name = label('exempt', language);
  const line = (sign: string) => (one: RuleSet['exemptions'][number]) =>
    labelled(`${sign} ${name}`, exemptionLine(one, language), language);
  return [
    ...after.exemptions.filter(missingFrom(before)).map(line('+')),
    ...before.exemptions.filter(missingFrom(after)).map(line('-')),
  ];
}
