import { type Day, isMonth, lastDayOfMonth } from '../../../../domain/values/days/calendar.js';
import { nothing } from '../../../../domain/values/rejections.js';
import { refuse } from '../../problems/faults.js';
import { Member, type ShapeRule, shape } from '../../validation/member.js';
import { day, dayOrMonth, isObject } from '../../validation/rules.js';

export class Period {
  @Member(day, 'Its first day.')
  from!: Day;

  @Member(day, 'Its last day.')
  to!: Day;
}

const inPeriod = shape(Period);

/** A period of two days, or a month. */
export const period: ShapeRule = {
  ...inPeriod,
  api: { oneOf: [{ $ref: '#/components/schemas/Period' }, dayOrMonth.schema] } as ShapeRule['api'],
  check: (value) => (typeof value === 'string' ? monthFinding(value) : inPeriod.check(value)),
};

/**
 * The days of a period given under a name, or by `from` and `to`.
 *
 * @throws RequestRefused both were given, or neither
 */
export function periodOf(name: string, stated: Record<string, unknown>): { from: Day; to: Day } {
  const days = stated[name];
  const { from, to } = stated as Partial<Period>;
  if (days !== undefined && (from ?? to) !== undefined)
    refuse(
      'member-unknown',
      name,
      { en: `a ${name} beside from and to`, zh: `${name} 与 from、to 并存` },
      { en: 'one of them', zh: '其中之一' },
    );
  if (typeof days === 'string') return { from: `${days}-01`, to: lastDayOfMonth(days) };
  if (isObject(days)) return { from: String(days.from), to: String(days.to) };
  const missing = (member: string) =>
    refuse('member-missing', member, nothing, {
      en: `a ${name}, or from and to`,
      zh: `${name}，或 from 与 to`,
    });
  return { from: from ?? missing(to === undefined ? name : 'from'), to: to ?? missing('to') };
}

function monthFinding(value: string): ReturnType<ShapeRule['check']> {
  return isMonth(value)
    ? undefined
    : {
        type: 'day-invalid',
        seen: JSON.stringify(value.slice(0, 60)),
        expected: { en: '{from, to}, or a month as YYYY-MM', zh: '{from, to}，或月份 YYYY-MM' },
      };
}
