import { ruleFault } from '../../../../domain/governance/rule-fault.js';
import {
  defaultRules,
  type Rule,
  type RuleKind,
  type RuleSet,
  type Severity,
  type Threshold,
  unitOf,
  type Where,
} from '../../../../domain/governance/rules.js';
import { isSame } from '../../../../domain/values/equal.js';

/** The figure of a threshold in any unit. */
export function figureOf(threshold: Threshold | undefined): number | undefined {
  return threshold && Object.values(threshold)[0];
}

/** The rule with another threshold for a severity; without one that severity is never reached. */
export function withThreshold(rule: Rule, severity: Severity, figure: number | undefined): Rule {
  const unit = unitOf[rule.rule];
  const { [severity]: _, ...rest } = rule;
  if (unit === null || figure === undefined) return rest;
  return { ...rest, [severity]: { [unit]: figure } as Threshold };
}

/** The rule with another grace or margin; undefined removes it. */
export function withOwn(rule: Rule, member: 'graceDays' | 'marginPoints', figure: number | undefined): Rule {
  const { [member]: _, ...rest } = rule;
  return figure === undefined ? rest : { ...rest, [member]: figure };
}

/** A new rule of a kind: as everywhere, else as in the default rules. */
export function newRule(kind: RuleKind, where: Where, rules: readonly Rule[]): Rule {
  const everywhere = rules.find((rule) => rule.rule === kind && !rule.where);
  if (everywhere) return { ...everywhere, where };
  const { isOff: _, ...first } = defaultRules.rules.find(({ rule }) => rule === kind) ?? { rule: kind };
  return { ...first, where };
}

/** The rules of a kind and place that differ, or exist in only one of two sets. */
export function changedRules(before: RuleSet, after: RuleSet): { before?: Rule; after?: Rule }[] {
  const sameCase = (a: Rule) => (b: Rule) => a.rule === b.rule && isSame(a.where ?? {}, b.where ?? {});
  const now = after.rules.flatMap((rule) => {
    const was = before.rules.find(sameCase(rule));
    return isSame(was, rule) ? [] : [{ ...(was ? { before: was } : {}), after: rule }];
  });
  const gone = before.rules.filter((rule) => !after.rules.some(sameCase(rule)));
  return [...now, ...gone.map((rule) => ({ before: rule }))];
}

/** The rules of a version as edited and sent, without its number. */
export function setOf({ basis, rules, ladder, reopenWithinDays, calendar, exemptions }: RuleSet): RuleSet {
  return { basis, rules, ladder, reopenWithinDays, calendar, exemptions };
}

/** The first member that the service would refuse, checked while typing; undefined if all are valid. */
export function faultyMember(rules: RuleSet, calendars: readonly string[]): string | undefined {
  return ruleFault({ ...rules, basis: rules.basis || '-' }, calendars)?.fault.member;
}
