import { addDays, type Day, isDay } from '../../../../domain/values/days/calendar.js';
import type { Parameters } from '../../../shared/ask.js';

/** A point of both clocks as the URL names it: a day, and what was known: a day, a position, or nothing for everything. */
interface NamedMoment {
  asOf: string;
  knownAt: string;
}

/** The two compared moments in the URL, and the request for them; it is absent if one is invalid. */
export interface TwoMoments {
  from: NamedMoment;
  to: NamedMoment;
  wrong: { asOf?: 'day' | 'future'; knownAt?: 'moment' }[];
  asked?: Parameters;
}

/** The moments that URL parameters name; without them the end of the month before, and today. */
export function twoMomentsIn(parameters: URLSearchParams, today: Day): TwoMoments {
  const named = (asOf: string, knownAt: string, otherwise: string): NamedMoment => ({
    asOf: parameters.get(asOf) ?? otherwise,
    knownAt: parameters.get(knownAt) ?? '',
  });
  const from = named('from', 'fromKnown', addDays(`${today.slice(0, 7)}-01`, -1));
  const to = named('to', 'toKnown', today);
  const wrong = [from, to].map(({ asOf, knownAt }) => ({
    ...(isDay(asOf) ? (asOf > today ? { asOf: 'future' as const } : {}) : { asOf: 'day' as const }),
    ...(knownAt === '' || isDay(knownAt) || /^\d{1,15}$/.test(knownAt) ? {} : { knownAt: 'moment' as const }),
  }));
  if (wrong.some((one) => Object.keys(one).length > 0)) return { from, to, wrong };
  const asked = {
    asOf: from.asOf,
    knownAt: knownIn(from.knownAt),
    toAsOf: to.asOf,
    toKnownAt: knownIn(to.knownAt),
  };
  return { from, to, wrong, asked };
}

/** What was known at the end of a day of the reader's; a day that is not over has everything. */
function knownIn(text: string): string | undefined {
  if (!isDay(text)) return text || undefined;
  const end = new Date(`${text}T23:59:59.999`);
  return end < new Date() ? end.toISOString() : undefined;
}
