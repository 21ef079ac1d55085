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
import type { Fault } from '../values/rejections.js';
import { type RuleKind, ruleKinds, type Severity, severities, type Unit, unitOf } from './rules.js';

const ranges: Readonly<Record<Unit, readonly [number, number]>> = {
  days: [1, 3650],
  points: [1, 100],
  months: [1, 36],
};
const members = ['rule', 'where', 'isOff', ...severities, 'graceDays', 'marginPoints', 'blocks'];

/** The first fault of one rule, or undefined. */
export function eachRuleFault(rule: unknown, at: string): Fault | undefined {
  if (!isObject(rule)) return fault(at, shown(rule), 'a rule: an object with "rule" and its thresholds');
  const kind = rule.rule;
  if (!isKind(kind)) return fault(`${at}.rule`, shown(kind), `one of ${ruleKinds.join(', ')}`);
  const isOff = rule.isOff === true;
  if (rule.isOff !== undefined && !isOff)
    return fault(`${at}.isOff`, shown(rule.isOff), 'true, or no such member');
  const given = severities.filter((severity) => rule[severity] !== undefined);
  return (
    strangerFault(rule, members, at) ??
    (rule.where === undefined ? undefined : whereFault(rule.where, `${at}.where`)) ??
    firstOf(given, (severity) => thresholdFault(kind, rule[severity], `${at}.${severity}`)) ??
    orderFault(kind, rule, given, at) ??
    (unitOf[kind] !== null && given.length === 0 && !isOff
      ? fault(at, 'no threshold', `blue, yellow or red, such as {"yellow": {"${unitOf[kind]}": 30}}`)
      : undefined) ??
    blocksFault(kind, rule.blocks, isOff, `${at}.blocks`) ??
    ownFault(rule.graceDays, kind === 'silent-stall', 'the rule silent-stall', `${at}.graceDays`, [0, 365]) ??
    ownFault(
      rule.marginPoints,
      unitOf[kind] === 'points',
      'rules that count points',
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
  const expected = `less than ${next - mildest}, so that ${given[0]} comes before ${given[1]}`;
  return fault(`${at}.graceDays`, shown(rule.graceDays), expected);
}

/** An alert whose margin reaches down to zero would never end. */
function marginFault(kind: RuleKind, rule: Json, given: readonly Severity[], at: string): Fault | undefined {
  const [mildest] = given.map((severity) => Number((rule[severity] as Json)[unitOf[kind] ?? 'points']));
  if (rule.marginPoints === undefined || mildest === undefined) return undefined;
  if (Number(rule.marginPoints) < mildest) return undefined;
  const expected = `less than ${mildest}, which is ${given[0]}: an alert has to be able to end`;
  return fault(`${at}.marginPoints`, shown(rule.marginPoints), expected);
}

function thresholdFault(kind: RuleKind, threshold: unknown, at: string): Fault | undefined {
  const unit = unitOf[kind];
  if (unit === null) return fault(at, 'a threshold', `none: ${kind} goes by "blocks"`);
  if (!isObject(threshold)) return fault(at, shown(threshold), `{"${unit}": a whole number}`);
  const seen = Object.keys(threshold).filter((name) => threshold[name] !== undefined);
  const stranger = seen.find((name) => name !== unit);
  if (stranger !== undefined)
    return fault(`${at}.${stranger}`, `"${stranger}"`, `"${unit}": ${kind} counts ${unit}`);
  return wholeFault(threshold[unit], `${at}.${unit}`, ranges[unit]);
}

function orderFault(kind: RuleKind, rule: Json, given: readonly Severity[], at: string): Fault | undefined {
  const unit = unitOf[kind] ?? 'days';
  const countOf = (severity: Severity) => Number((rule[severity] as Json)[unit]);
  return firstOf(given.slice(1), (severity, index) => {
    const milder = given[index] ?? severity;
    if (countOf(severity) > countOf(milder)) return undefined;
    return fault(
      `${at}.${severity}.${unit}`,
      String(countOf(severity)),
      `more than ${countOf(milder)}, which is ${milder}`,
    );
  });
}

function blocksFault(kind: RuleKind, blocks: unknown, isOff: boolean, at: string): Fault | undefined {
  if (kind !== 'declared-stall')
    return blocks === undefined
      ? undefined
      : fault(at, shown(blocks), 'no such member: only declared-stall has it');
  if (blocks === undefined && isOff) return undefined;
  const expected = `a severity (${severities.join(', ')}) for each of works, production, staffing`;
  if (!isObject(blocks)) return fault(at, shown(blocks), expected);
  return (
    strangerFault(blocks, ['works', 'production', 'staffing'], at) ??
    firstOf(['works', 'production', 'staffing'], (part) =>
      isSeverity(blocks[part])
        ? undefined
        : fault(`${at}.${part}`, shown(blocks[part]), severities.join(', ')),
    )
  );
}

/** A whole number that only some rules have. */
function ownFault(
  value: unknown,
  isAllowed: boolean,
  whose: string,
  at: string,
  range: readonly [number, number],
): Fault | undefined {
  if (value === undefined) return undefined;
  return isAllowed
    ? wholeFault(value, at, range)
    : fault(at, shown(value), `no such member: only ${whose} has it`);
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
  if (!isObject(where)) return fault(at, shown(where), 'an object with "project", "district" or "sector"');
  const places = ['project', 'district', 'sector'];
  return (
    strangerFault(where, places, at) ??
    firstOf(places, (member) =>
      where[member] === undefined ? undefined : textFault(where[member], `${at}.${member}`),
    )
  );
}
