import { type Day, dayOf } from '../../../domain/values/calendar.js';
import type { Words } from '../../../domain/values/words.js';
import type { RuleEvidence, RuleInput } from './rule-input.js';

/** From what the days without a rise count. */
export type Beginning = 'resumption' | 'rise' | 'planned-start' | 'first-day';

/**
 * From what the days count in which no weighted item rose while it could have: the last rise; the day on which suspended
 * or stalled works resumed; or, if nothing ever rose, the first known day or the planned start, whichever is later.
 */
export function beginningOf({ lastRiseOn, resumedOn, firstOn, table }: RuleInput): Beginning {
  if (resumedOn > (lastRiseOn ?? -Infinity)) return 'resumption';
  if (lastRiseOn !== undefined) return 'rise';
  return (table.work.startsOn ?? -Infinity) > firstOn ? 'planned-start' : 'first-day';
}

export function dayOfBeginning(beginning: Beginning, input: RuleInput): number {
  const { resumedOn, lastRiseOn, firstOn, table } = input;
  if (beginning === 'resumption') return resumedOn;
  if (beginning === 'rise') return lastRiseOn ?? firstOn;
  return beginning === 'planned-start' ? (table.work.startsOn ?? firstOn) : firstOn;
}

/** The entry from which the days count; undefined if they count from a day without a report. */
export function entryOfBeginning(
  beginning: Beginning,
  { table }: RuleInput,
  { resumedEntry, riseEntry }: RuleEvidence,
): string | undefined {
  if (beginning === 'resumption') return resumedEntry;
  if (beginning === 'rise') return riseEntry;
  return beginning === 'planned-start' ? table.plan?.id : undefined;
}

export function beginningWords(beginning: Beginning, since: number): Words {
  return words[beginning](dayOf(since));
}

const words: Readonly<Record<Beginning, (since: Day) => Words>> = {
  resumption: (since) => ({ en: `since the works went on, ${since}`, zh: `自 ${since} 恢复起` }),
  rise: (since) => ({ en: `since ${since}`, zh: `自 ${since} 起` }),
  'planned-start': (since) => ({
    en: `since the planned start, ${since}`,
    zh: `自计划开工日 ${since} 起`,
  }),
  'first-day': (since) => ({ en: `ever since ${since}`, zh: `自 ${since} 起从未上升` }),
};
