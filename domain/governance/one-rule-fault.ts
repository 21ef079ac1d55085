import {
  fault,
  firstOf,
  isObject,
  type Json,
  shown,
  strangerFault,
  textFault,
  wholeFault,
} from '../values/json-fault.js';
import { type Fault, oneOfThese } from '../values/rejections.js';
import type { Words } from '../values/words.js';
import {
  countsDown,
  type RuleKind,
  ruleKinds,
  type Severity,
  severities,
  type Unit,
  unitOf,
} from './rules.js';

const ranges: Readonly<Record<Unit, readonly [number, number]>> = {
  days: [1, 3650],
  points: [1, 100],
  months: [1, 36],
};
const members = ['rule', 'where', 'isOff', ...severities, 'graceDays', 'marginPoints', 'blocks'];

/** The first fault of one rule, or undefined. */
export function eachRuleFault(rule: unknown, at: string): Fault | undefined {
  if (!isObject(rule))
    return fault(at, shown(rule), {
      en: 'a rule: an object with "rule" and its thresholds',
      zh: '规则：含“rule”及其阈值的对象',
    });
  const kind = rule.rule;
  if (!isKind(kind)) return fault(`${at}.rule`, shown(kind), oneOfThese(ruleKinds));
  const isOff = rule.isOff === true;
  if (rule.isOff !== undefined && !isOff)
    return fault(`${at}.isOff`, shown(rule.isOff), {
      en: 'true, or no such member',
      zh: 'true，或不含此字段',
    });
  const given = severities.filter((severity) => rule[severity] !== undefined);
  return (
    strangerFault(rule, members, at) ??
    (rule.where === undefined ? undefined : whereFault(rule.where, `${at}.where`)) ??
    firstOf(given, (severity) => thresholdFault(kind, rule[severity], `${at}.${severity}`)) ??
    orderFault(kind, rule, given, at) ??
    (unitOf[kind] !== null && given.length === 0 && !isOff
      ? fault(
          at,
          { en: 'no threshold', zh: '无阈值' },
          {
            en: `blue, yellow or red, such as {"yellow": {"${unitOf[kind]}": 30}}`,
            zh: `蓝（blue）、黄（yellow）或红（red），如 {"yellow": {"${unitOf[kind]}": 30}}`,
          },
        )
      : undefined) ??
    blocksFault(kind, rule.blocks, isOff, `${at}.blocks`) ??
    ownFault(
      rule.graceDays,
      kind === 'silent-stall',
      { en: 'the rule silent-stall', zh: '规则 silent-stall' },
      `${at}.graceDays`,
      [0, 365],
    ) ??
    ownFault(
      rule.marginPoints,
      unitOf[kind] === 'points',
      { en: 'rules that count points', zh: '按百分点计的规则' },
      `${at}.marginPoints`,
      [0, 50],
    ) ??
    graceFault(kind, rule, given, at) ??
    marginFault(kind, rule, given, at)
  );
}

/** Even with its grace the lowest threshold must come before the next one, or it is never reached. */
function graceFault(kind: RuleKind, rule: Json, given: readonly Severity[], at: string): Fault | undefined {
  const [mildest, next] = given.map((severity) => Number((rule[severity] as Json)[unitOf[kind] ?? 'days']));
  if (rule.graceDays === undefined || mildest === undefined || next === undefined) return undefined;
  if (mildest + Number(rule.graceDays) < next) return undefined;
  const expected = {
    en: `less than ${next - mildest}, so that ${given[0]} comes before ${given[1]}`,
    zh: `小于 ${next - mildest}，使 ${given[0]} 早于 ${given[1]}`,
  };
  return fault(`${at}.graceDays`, shown(rule.graceDays), expected);
}

/** An alert whose margin reaches down to zero would never end. */
function marginFault(kind: RuleKind, rule: Json, given: readonly Severity[], at: string): Fault | undefined {
  const [mildest] = given.map((severity) => Number((rule[severity] as Json)[unitOf[kind] ?? 'points']));
  if (rule.marginPoints === undefined || mildest === undefined) return undefined;
  if (Number(rule.marginPoints) < mildest) return undefined;
  const expected = {
    en: `less than ${mildest}, which is ${given[0]}: an alert has to be able to end`,
    zh: `小于 ${mildest}（${given[0]}）：预警须能解除`,
  };
  return fault(`${at}.marginPoints`, shown(rule.marginPoints), expected);
}

function thresholdFault(kind: RuleKind, threshold: unknown, at: string): Fault | undefined {
  const unit = unitOf[kind];
  if (unit === null)
    return fault(
      at,
      { en: 'a threshold', zh: '阈值' },
      {
        en: `none: ${kind} goes by "blocks"`,
        zh: `无：${kind} 按“blocks”判断`,
      },
    );
  if (!isObject(threshold))
    return fault(at, shown(threshold), {
      en: `{"${unit}": a whole number}`,
      zh: `{"${unit}": 整数}`,
    });
  const seen = Object.keys(threshold).filter((name) => threshold[name] !== undefined);
  const stranger = seen.find((name) => name !== unit);
  if (stranger !== undefined)
    return fault(`${at}.${stranger}`, `"${stranger}"`, {
      en: `"${unit}": ${kind} counts ${unit}`,
      zh: `“${unit}”：${kind} 按 ${unit} 计`,
    });
  return wholeFault(threshold[unit], `${at}.${unit}`, ranges[unit]);
}

function orderFault(kind: RuleKind, rule: Json, given: readonly Severity[], at: string): Fault | undefined {
  const unit = unitOf[kind] ?? 'days';
  const countOf = (severity: Severity) => Number((rule[severity] as Json)[unit]);
  return firstOf(given.slice(1), (severity, index) => {
    const milder = given[index] ?? severity;
    if (countsDown(kind) ? countOf(severity) < countOf(milder) : countOf(severity) > countOf(milder))
      return undefined;
    if (countsDown(kind))
      return fault(`${at}.${severity}.${unit}`, String(countOf(severity)), {
        en: `less than ${countOf(milder)}, which is ${milder}: ${kind} counts the days left`,
        zh: `小于 ${countOf(milder)}（${milder}）：${kind} 按剩余天数计`,
      });
    return fault(`${at}.${severity}.${unit}`, String(countOf(severity)), {
      en: `more than ${countOf(milder)}, which is ${milder}`,
      zh: `大于 ${countOf(milder)}（${milder}）`,
    });
  });
}

function blocksFault(kind: RuleKind, blocks: unknown, isOff: boolean, at: string): Fault | undefined {
  if (kind !== 'declared-stall')
    return blocks === undefined
      ? undefined
      : fault(at, shown(blocks), {
          en: 'no such member: only declared-stall has it',
          zh: '不含此字段：只有 declared-stall 才有',
        });
  if (blocks === undefined && isOff) return undefined;
  const expected = {
    en: `a severity (${severities.join(', ')}) for each of works, production, staffing`,
    zh: `works、production、staffing 各一个级别（${severities.join('、')}）`,
  };
  if (!isObject(blocks)) return fault(at, shown(blocks), expected);
  return (
    strangerFault(blocks, ['works', 'production', 'staffing'], at) ??
    firstOf(['works', 'production', 'staffing'], (part) =>
      isSeverity(blocks[part])
        ? undefined
        : fault(`${at}.${part}`, shown(blocks[part]), oneOfThese(severities)),
    )
  );
}

/** A whole number that only some rules have. */
function ownFault(
  value: unknown,
  isAllowed: boolean,
  whose: Words,
  at: string,
  range: readonly [number, number],
): Fault | undefined {
  if (value === undefined) return undefined;
  return isAllowed
    ? wholeFault(value, at, range)
    : fault(at, shown(value), {
        en: `no such member: only ${whose.en} has it`,
        zh: `不含此字段：只有${whose.zh}才有`,
      });
}

/** True for the name of a rule. */
export function isKind(value: unknown): value is RuleKind {
  return ruleKinds.some((kind) => kind === value);
}

/** True for the name of a severity. */
export function isSeverity(value: unknown): value is Severity {
  return severities.some((severity) => severity === value);
}

/** The fault of the scope of a rule or an exemption. */
export function whereFault(where: unknown, at: string): Fault | undefined {
  if (!isObject(where))
    return fault(at, shown(where), {
      en: 'an object with "project", "district" or "sector"',
      zh: '含“project”、“district”或“sector”的对象',
    });
  const places = ['project', 'district', 'sector'];
  return (
    strangerFault(where, places, at) ??
    firstOf(places, (member) =>
      where[member] === undefined ? undefined : textFault(where[member], `${at}.${member}`),
    )
  );
}
