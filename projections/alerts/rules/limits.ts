import {
  countsDown,
  type Rule,
  type Severity,
  severities,
  type Threshold,
  type Unit,
  unitOf,
} from '../../../domain/governance/rules.js';
import type { Words } from '../../../domain/values/words.js';
import { lightWords } from './light-words.js';

/** The count from which a severity is due. */
export interface Limit {
  severity: Severity;
  /** The index of the severity in `severities`. */
  rank: number;
  from: number;
  /** Only above it. */
  isExclusive: boolean;
  /** The days of it that are added because reports come late; 0 for most. */
  graceDays: number;
  /** The number in the rule's notation, such as `30 + 15`. */
  text: string;
}

/** The limits of a rule, lowest severity first. */
export function limitsOf(rule: Rule): Limit[] {
  const limits = severities.flatMap((severity, rank): Limit[] => {
    const from = countOf(rule[severity]);
    if (from === undefined) return [];
    const isExclusive = rule.rule === 'behind-plan' && severity === 'red';
    return [{ severity, rank, from, isExclusive, graceDays: 0, text: String(from) }];
  });
  const [mildest, ...others] = limits;
  if (!mildest || rule.rule !== 'silent-stall' || !rule.graceDays) return limits;
  const { from } = mildest;
  const { graceDays } = rule;
  return [{ ...mildest, from: from + graceDays, graceDays, text: `${from} + ${graceDays}` }, ...others];
}

/** True for a count that reaches no limit and is within the margin below the lowest one. */
export function isHeldAt(rule: Rule, limits: readonly Limit[], count: number): boolean {
  const [mildest] = limits;
  if (!mildest || rule.marginPoints === undefined) return false;
  if (limits.some((limit) => isReached(limit, count))) return false;
  return count > mildest.from - rule.marginPoints;
}

/** The rule's thresholds, as the end of a sentence: `the rules warn from 30 + 15 days, red from 90`. */
export function limitWords(rule: Rule, limits: readonly Limit[]): Words {
  const [mildest, ...others] = limits;
  const unit = unitOf[rule.rule];
  if (!mildest || unit === null) return { en: 'the rules set no limit', zh: '规则未设限' };
  if (countsDown(rule.rule)) {
    const nearer = others.map(({ severity, text }) => ({
      en: `, ${severity} ${text}`,
      zh: `，提前 ${text} 天为${lightWords[severity].zh}灯`,
    }));
    return {
      en: `the rules warn ${counted(mildest.text, unit)} before${nearer.map(({ en }) => en).join('')}`,
      zh: `规则提前 ${mildest.text} 天预警${nearer.map(({ zh }) => zh).join('')}`,
    };
  }
  const en = others.map(
    (limit) => `, ${limit.severity} ${limit.isExclusive ? 'above' : 'from'} ${limit.text}`,
  );
  const zh = others.map((limit) => `，${fromZh(limit, unit)}为${lightWords[limit.severity].zh}灯`);
  return {
    en: `the rules warn ${mildest.isExclusive ? 'above' : 'from'} ${counted(mildest.text, unit)}${en.join('')}`,
    zh: `规则${fromZh(mildest, unit)}预警${zh.join('')}`,
  };
}

function fromZh({ isExclusive, text }: Limit, unit: Unit): string {
  return isExclusive ? `超过 ${text} ${unitZh[unit]}` : `自 ${text} ${unitZh[unit]}起`;
}

/** A number with its unit in English: `1 day`, `47 days`. */
export function counted(count: number | string, unit: Unit): string {
  return `${count} ${String(count) === '1' ? unit.slice(0, -1) : unit}`;
}

const unitZh = { days: '天', months: '个月', points: '个百分点' } as const;

/** True if a count reaches a limit. */
export function isReached({ from, isExclusive }: Limit, count: number): boolean {
  return isExclusive ? count > from : count >= from;
}

function countOf(threshold: Threshold | undefined): number | undefined {
  if (threshold === undefined) return undefined;
  if ('days' in threshold) return threshold.days;
  return 'months' in threshold ? threshold.months : threshold.points;
}
