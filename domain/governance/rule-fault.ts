import { dayWords } from '../values/day-words.js';
import {
  dayFault,
  fault,
  firstOf,
  isObject,
  type Json,
  listFault,
  shown,
  strangerFault,
  textFault,
  wholeFault,
} from '../values/json-fault.js';
import { type Fault, oneOfThese } from '../values/rejections.js';
import { eachRuleFault, isKind, isSeverity, whereFault } from './one-rule-fault.js';
import { ruleKinds, type Severity, severities } from './rules.js';

/** Why a rule set cannot be adopted. */
export interface RuleFault {
  reason: 'rules-invalid' | 'calendar-unknown';
  fault: Fault;
}

const mostRules = 1000;
const setMembers = ['basis', 'rules', 'ladder', 'reopenWithinDays', 'calendar', 'exemptions', 'version'];
const slugShape = /^[a-z0-9-]{1,64}$/;

/** The first fault of a rule set, for any JSON, or undefined; calendars are the known names. */
export function ruleFault(rules: unknown, calendars: readonly string[]): RuleFault | undefined {
  const invalid = setFault(rules);
  if (invalid) return { reason: 'rules-invalid', fault: invalid };
  const { calendar } = rules as { calendar: string };
  if (calendars.includes(calendar)) return undefined;
  const known = calendars.length > 0 ? calendars.join(', ') : 'none is known';
  return {
    reason: 'calendar-unknown',
    fault: fault('calendar', calendar, {
      en: `the name of a working calendar: ${known}`,
      zh: `工作日历的名称：${calendars.join('、') || '尚无'}`,
    }),
  };
}

function setFault(rules: unknown): Fault | undefined {
  if (!isObject(rules))
    return {
      seen: shown(rules),
      expected: {
        en: 'a rule set: an object with "rules" and "ladder"',
        zh: '规则集：含“rules”与“ladder”的对象',
      },
    };
  return (
    strangerFault(rules, setMembers, '') ??
    textFault(rules.basis, 'basis') ??
    listFault(rules.rules, 'rules', [0, mostRules], eachRuleFault) ??
    twiceFault(rules.rules as readonly Json[]) ??
    listFault(rules.ladder, 'ladder', [1, severities.length], stepFault) ??
    ladderFault(rules.ladder as readonly Json[]) ??
    wholeFault(rules.reopenWithinDays, 'reopenWithinDays', [0, 365]) ??
    listFault(rules.exemptions, 'exemptions', [0, mostRules], exemptionFault) ??
    textFault(rules.calendar, 'calendar')
  );
}

function twiceFault(rules: readonly Json[]): Fault | undefined {
  const seen = new Map<string, number>();
  return firstOf(rules, (rule, index) => {
    const { project = null, district = null, sector = null } = isObject(rule.where) ? rule.where : {};
    const key = JSON.stringify([rule.rule, project, district, sector]);
    const first = seen.get(key);
    seen.set(key, first ?? index);
    if (first === undefined) return undefined;
    return fault(
      `rules[${index}]`,
      { en: `${rule.rule} a second time for the same place`, zh: `${rule.rule}：同一范围重复` },
      {
        en: `one rule of a kind; the other is rules[${first}]`,
        zh: `每种规则一条；另一条为 rules[${first}]`,
      },
    );
  });
}

function stepFault(step: unknown, at: string): Fault | undefined {
  if (!isObject(step))
    return fault(at, shown(step), { en: 'a step of the ladder: an object', zh: '责任与时限：一个对象' });
  if (!isSeverity(step.severity))
    return fault(`${at}.severity`, shown(step.severity), oneOfThese(severities));
  const { duty } = step;
  if (!isObject(duty))
    return fault(`${at}.duty`, shown(duty), {
      en: 'an object with "role" and "words"',
      zh: '含“role”与“words”的对象',
    });
  const words = isObject(duty.words) ? duty.words : {};
  return (
    strangerFault(step, ['severity', 'answerWithinDays', 'duty', 'remindEveryDays'], at) ??
    wholeFault(step.answerWithinDays, `${at}.answerWithinDays`, [1, 365]) ??
    wholeFault(step.remindEveryDays, `${at}.remindEveryDays`, [1, 365]) ??
    strangerFault(duty, ['role', 'words'], `${at}.duty`) ??
    (typeof duty.role === 'string' && slugShape.test(duty.role)
      ? undefined
      : fault(`${at}.duty.role`, shown(duty.role), {
          en: '1 to 64 of a-z, 0-9 and -',
          zh: '1 至 64 个 a-z、0-9 或 -',
        })) ??
    strangerFault(words, ['en', 'zh'], `${at}.duty.words`) ??
    textFault(words.en, `${at}.duty.words.en`) ??
    textFault(words.zh, `${at}.duty.words.zh`)
  );
}

function ladderFault(ladder: readonly Json[]): Fault | undefined {
  const rank = (step: Json | undefined) => severities.indexOf(step?.severity as Severity);
  return firstOf(ladder.slice(1), (step, index) =>
    rank(step) > rank(ladder[index])
      ? undefined
      : fault(
          `ladder[${index + 1}].severity`,
          {
            en: `${step.severity} after ${ladder[index]?.severity}`,
            zh: `${step.severity} 在 ${ladder[index]?.severity} 之后`,
          },
          { en: 'each severity once, mildest first', zh: '每个级别一次，由轻到重' },
        ),
  );
}

function exemptionFault(exemption: unknown, at: string): Fault | undefined {
  if (!isObject(exemption))
    return fault(at, shown(exemption), { en: 'an exemption: an object', zh: '不可抗力：一个对象' });
  const { where, rules, from, to, reason } = exemption;
  return (
    strangerFault(exemption, ['where', 'rules', 'from', 'to', 'reason'], at) ??
    whereFault(where, `${at}.where`) ??
    (rules === undefined
      ? undefined
      : listFault(rules, `${at}.rules`, [1, ruleKinds.length], (kind, of) =>
          isKind(kind) ? undefined : fault(of, shown(kind), oneOfThese(ruleKinds)),
        )) ??
    dayFault(from, `${at}.from`) ??
    dayFault(to, `${at}.to`) ??
    (String(from) > String(to)
      ? fault(`${at}.to`, String(to), {
          en: `${dayWords(String(from)).en} (from) or later`,
          zh: `${dayWords(String(from)).zh}（起始日）或以后`,
        })
      : undefined) ??
    textFault(reason, `${at}.reason`)
  );
}
