import { type Instant, isDay } from '../../../domain/values/days/calendar.js';
import type { MomentAsked } from '../../app/queries/asked.js';
import { seenAs } from '../problems/faults.js';
import { pattern, type Rule } from '../validation/rules.js';

export const position = pattern(/^\d{1,15}$/, 'a position of the log, a whole number', {
  type: 'moment-invalid',
});

/** A moment of the second clock. */
export const moment: Rule = {
  schema: { type: 'string', example: '2018-07-10T08:00:00+08:00' },
  check: (value) => {
    const expected = {
      en: 'a position of the log, or an instant such as 2018-07-10T08:00:00+08:00',
      zh: '日志中的位置，或时刻如 2018-07-10T08:00:00+08:00',
    };
    const isMoment =
      typeof value === 'string' && (position.check(value) === undefined || instantOf(value) !== undefined);
    return isMoment ? undefined : { type: 'moment-invalid', seen: seenAs(value), expected };
  },
};

/** What was known, as a text names it; undefined for another text. */
export function knownIn(said: string): MomentAsked['knownAt'] {
  return moment.check(said) === undefined ? knownOf(said) : undefined;
}

/** What was known, as a text says that passed the check. */
export function knownOf(said: string): NonNullable<MomentAsked['knownAt']> {
  const instant = /^\d+$/.test(said) ? undefined : instantOf(said);
  return instant === undefined ? { position: Number(said) } : { instant };
}

/** An RFC 3339 instant in UTC with three decimals. In a URL a plus sign often arrives as a space. */
function instantOf(said: string): Instant | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+ -]\d{2}:\d{2})$/i.exec(said);
  if (!parts || !isDay(parts[1] ?? '')) return undefined;
  const ms = Date.parse(
    `${parts[1]}T${parts[2]}.${(parts[3] ?? '').slice(0, 3).padEnd(3, '0')}${parts[4]?.replace(' ', '+').toUpperCase()}`,
  );
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
