import type { Typed } from '../../../domain/project/facts/fact.js';
import { facts } from '../../../domain/project/facts/facts.js';
import type { Member, Shape } from '../../../domain/project/facts/members.js';
import {
  byLanguage,
  textByLanguage,
  typedForRequest,
  typedText,
} from '../../../domain/values/by-language.js';
import { isCalendarPeriod } from '../../../domain/values/calendar-period.js';
import { isDay } from '../../../domain/values/days/calendar.js';
import { moneyIn, parseMoney } from '../../../domain/values/money-text.js';
import { labelled } from '../../../domain/values/punctuation.js';
import { whenExpected, whenIn, whenWords } from '../../../domain/values/when.js';
import { type Text, type Words } from '../../../domain/values/words.js';
import type { Language } from '../../shared/language.js';
import type { Fault } from '../fault.js';
import { whenSaid } from './as-stored.js';
import type { Core, FactSaid, TextSaid } from './facts.js';

/** The units that are offered beside an amount. */
export const moneyUnits = ['万元', '亿元', '元'] as const;

/** Typed texts, by member. */
export type TypedMembers = Readonly<Record<string, string>>;

/** The name under which the unit of an amount is typed. */
export function unitName(member: string): string {
  return `${member}.unit`;
}

/** The label of the field of a member. */
export function labelIn(member: Member | undefined, name: string, language: Language): string {
  return member?.label?.[language] ?? name;
}

/**
 * The fact that the typed texts state, or the first member that is missing or wrong.
 *
 * @param shape the members that are asked for
 */
export function statedBy(
  type: FactSaid['type'],
  shape: Shape,
  typed: TypedMembers,
  language: Language,
): { fact: Core } | { fault: Fault } {
  const fact: Record<string, unknown> = { type };
  for (const [name, member] of Object.entries(shape)) {
    const text = (typed[name] ?? '').trim();
    if (text === '' && member.isOptional) continue;
    const label = labelIn(member, name, language);
    if (text === '') return { fault: { label } };
    const expected = expectedOf(member, text, typed[unitName(name)]);
    if (expected) return { fault: { label, seen: seenOf(text, typed[unitName(name)]), expected } };
    fact[name] = readText(member, text, typed[unitName(name)]);
  }
  return { fact: fact as Core };
}

function seenOf(text: string, unit: string | undefined): string {
  return unit === undefined || !('fault' in moneyIn(text)) ? text : `${text} ${unit}`;
}

/** What the text of a field must look like; undefined if it does. */
function expectedOf(member: Member, text: string, unit: string | undefined): Text | undefined {
  switch (member.kind) {
    case 'money': {
      const read = amountIn(text, unit);
      return 'fault' in read ? read.expected : undefined;
    }
    case 'id':
      return /^[a-z0-9-]{1,64}$/.test(text) ? undefined : idExpected;
    case 'whole-number':
      return /^\d{1,15}$/.test(text) && Number(text) >= member.least && Number(text) <= member.most
        ? undefined
        : {
            en: `a whole number from ${member.least} to ${member.most}`,
            zh: `${member.least} 至 ${member.most} 的整数`,
          };
    case 'percent':
      return /^\d{1,4}(\.\d{1,2})?$/.test(text) && Number(text) <= member.most
        ? undefined
        : {
            en: `a number from 0 to ${member.most} with at most two decimals`,
            zh: `0 至 ${member.most} 的数，最多两位小数`,
          };
    case 'calendar-period':
      return isCalendarPeriod(text) ? undefined : periodExpected;
    case 'day':
      return isDay(text) ? undefined : dayExpected;
    case 'when':
      return whenIn(text) ? undefined : whenExpected;
    default:
      return undefined;
  }
}

const idExpected: Words = { en: '1 to 64 of a-z, 0-9 and -', zh: '1 至 64 个 a-z、0-9 或 -' };
const dayExpected: Words = { en: 'a day', zh: '日期' };
const periodExpected: Words = {
  en: 'a year, quarter or month such as 2018, 2018-Q2 or 2018-06',
  zh: '年份、季度或月份，如 2018、2018-Q2 或 2018-06',
};

/** An amount that has its unit in it, or the one beside it. */
function amountIn(text: string, unit: string | undefined) {
  const whole = moneyIn(text);
  return !('fault' in whole) || unit === undefined ? whole : parseMoney(text, unit);
}

function readText({ kind }: Member, text: string, unit: string | undefined): unknown {
  switch (kind) {
    case 'whole-number':
    case 'percent':
      return Number(text);
    case 'choices':
      return text.split(',');
    case 'text-by-language':
      return typedForRequest(text);
    case 'money':
      return unit === undefined || !('fault' in moneyIn(text)) ? text : { amount: text, unit };
    default:
      return text;
  }
}

/** The texts that state a fact, to edit it again; members that the shape does not ask for are left out. */
export function typedIn(fact: Readonly<Record<string, unknown>>, shape: Shape): TypedMembers {
  const texts = Object.entries(shape).flatMap(([name, { kind }]) => {
    const value = fact[name];
    if (value === undefined) return [];
    if (kind === 'text-by-language') return [[name, typedText(byLanguage(value as TextSaid))]];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[name, String(value)]];
    const { amount, unit } = value as { amount?: unknown; unit?: unknown };
    return [[name, String(amount ?? '')], ...(unit === undefined ? [] : [[unitName(name), String(unit)]])];
  });
  return Object.fromEntries(texts);
}

/** What a form has in it at first: what is edited again, else the defaults of the descriptor. */
export function firstTyped(
  type: FactSaid['type'],
  shape: Shape,
  initial: FactSaid | undefined,
): TypedMembers {
  const amounts = Object.entries(shape).filter(([, { kind }]) => kind === 'money');
  const units = Object.fromEntries(amounts.map(([name]) => [unitName(name), moneyUnits[0]]));
  if (initial?.type === type) return { ...units, ...typedIn(initial, shape) };
  const { otherwise = {} }: Typed = facts[type].typed ?? {};
  const defaults = Object.entries(otherwise).filter(([name]) => name in shape);
  return { ...units, ...Object.fromEntries(defaults) };
}

/** A fact in a few words, by its members. */
export function genericWords(
  fact: Readonly<Record<string, unknown>>,
  shape: Shape,
  language: Language,
): string {
  const texts = typedIn(fact, shape);
  const words = Object.entries(shape).flatMap(([name, member]) => {
    // The list names the item itself.
    if (member.kind === 'item' || name === 'target') return [];
    if (member.kind === 'when') return whenWords(whenSaid(fact))[language];
    const text = texts[name];
    if (text === undefined) return [];
    if ('choices' in member) return text.split(',').map((one) => member.choices[one]?.[language] ?? one);
    if (member.kind === 'text-by-language')
      return textByLanguage(byLanguage(fact[name] as TextSaid), language);
    if (member.kind === 'percent') return labelled(labelIn(member, name, language), text, language);
    return `${text}${texts[unitName(name)] ?? ''}`;
  });
  return words.join(language === 'zh' ? '，' : ', ');
}
