import { spaced, type Words } from '../../../domain/values/words.js';
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

/** @param since the day in words, with how exactly it is known */
export function beginningWords(beginning: Beginning, since: Words): Words {
  return words[beginning](since.en, spaced(since.zh));
}

export const beginningNames: Readonly<Record<Beginning, Words>> = {
  resumption: { en: 'The works went on', zh: '恢复施工' },
  rise: { en: 'Last rise of a weighted item', zh: '加权工程部位最近一次上升' },
  'planned-start': { en: 'Planned start', zh: '计划开工' },
  'first-day': { en: 'First known day', zh: '最早已知日期' },
};

const words: Readonly<Record<Beginning, (en: string, zh: string) => Words>> = {
  resumption: (en, zh) => ({ en: `since the works went on, ${en}`, zh: `自 ${zh}恢复起` }),
  rise: (en, zh) => ({ en: `since ${en}`, zh: `自 ${zh}起` }),
  'planned-start': (en, zh) => ({ en: `since the planned start, ${en}`, zh: `自计划开工日 ${zh}起` }),
  'first-day': (en, zh) => ({ en: `ever since ${en}`, zh: `自 ${zh}起从未上升` }),
};
