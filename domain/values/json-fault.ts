import { isDay } from './days/calendar.js';
import { type Fault, nothing, oneOfThese } from './rejections.js';
import type { Text } from './text.js';

/** An unchecked JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** The fault of a list of a limited length, or of its first faulty element. */
export function listFault(
  list: unknown,
  at: string,
  [least, most]: readonly [number, number],
  faultOf: (one: unknown, at: string) => Fault | undefined,
): Fault | undefined {
  const expected =
    least === 0
      ? { en: `a list of at most ${most}`, zh: `至多 ${most} 项的列表` }
      : { en: `a list of ${least} to ${most}`, zh: `${least} 至 ${most} 项的列表` };
  if (!Array.isArray(list)) return fault(at, shown(list), expected);
  if (list.length < least || list.length > most)
    return fault(at, { en: `${list.length} of them`, zh: `${list.length} 项` }, expected);
  return firstOf(list, (one, index) => faultOf(one, `${at}[${index}]`));
}

/** The fault of a whole number in a range, both inclusive. */
export function wholeFault(
  value: unknown,
  at: string,
  [least, most]: readonly [number, number],
): Fault | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)
    return undefined;
  return fault(at, shown(value), {
    en: `a whole number from ${least} to ${most}`,
    zh: `${least} 至 ${most} 之间的整数`,
  });
}

/** The fault of a text for people. */
export function textFault(value: unknown, at: string): Fault | undefined {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 500) return undefined;
  return fault(at, shown(value), { en: 'a text of 1 to 500 characters', zh: '1 至 500 个字的文本' });
}

/** The fault of a day. */
export function dayFault(value: unknown, at: string): Fault | undefined {
  if (typeof value === 'string' && isDay(value)) return undefined;
  return fault(at, shown(value), {
    en: 'a day of the calendar, such as 2018-07-10',
    zh: '日历中的日期，如 2018-07-10',
  });
}

/** The first unknown member; `at` is empty for the outermost object. */
export function strangerFault(value: Json, members: readonly string[], at: string): Fault | undefined {
  const stranger = Object.keys(value).find((name) => value[name] !== undefined && !members.includes(name));
  if (stranger === undefined) return undefined;
  return fault(at === '' ? stranger : `${at}.${stranger}`, `"${stranger}"`, oneOfThese(members));
}

/** The first fault in a list. */
export function firstOf<T>(
  list: readonly T[],
  faultOf: (one: T, index: number) => Fault | undefined,
): Fault | undefined {
  for (const [index, one] of list.entries()) {
    const found = faultOf(one, index);
    if (found) return found;
  }
  return undefined;
}

/** True for an object that is not a list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The seen value, short enough for a message. */
export function shown(value: unknown): Text {
  if (value === undefined) return nothing;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

/** A fault at a member. */
export function fault(member: string, seen: Text, expected: Text): Fault {
  return { member, seen, expected };
}
