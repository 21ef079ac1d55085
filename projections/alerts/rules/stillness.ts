import { type Day, dayOf } from '../../../domain/values/calendar.js';
import type { Words } from '../../../domain/values/words.js';
import type { ProgressFact } from '../../completion/statements.js';
import type { Fact } from '../../facts/facts.js';
import type { ScheduleFact } from '../../schedule/schedule.js';
import { lastRise } from './rises.js';
import type { RuleInput } from './rule-input.js';

/** Since when nothing rose, with the evidence. */
export interface Stillness {
  since: Day;
  words: Words;
  /** The entry of the last rise. */
  rise: string | undefined;
  /** The entry from which the days count; absent if they count from a day without a report. */
  from: string | undefined;
}

/** Since when no weighted item rose while it could have. */
export function stillnessOf(input: RuleInput): Stillness {
  const rise = lastRise(input.tree, input.work, input.facts.filter(isProgress));
  const resumed = resumption(input);
  if (resumed && (!rise || resumed.on > rise.asOf)) {
    const { on, entry } = resumed;
    const words = { en: `since the works went on, ${on}`, zh: `自 ${on} 恢复起` };
    return { since: on, words, rise: rise?.id, from: entry };
  }
  if (rise) {
    const since = rise.asOf;
    return { since, words: { en: `since ${since}`, zh: `自 ${since} 起` }, rise: rise.id, from: rise.id };
  }
  const first = input.figures.firstOn ?? input.on;
  const { startsOn } = input.work;
  const start = startsOn === undefined ? undefined : dayOf(startsOn);
  if (start !== undefined && start > first) {
    const words = { en: `since the planned start, ${start}`, zh: `自计划开工日 ${start} 起` };
    return { since: start, words, rise: undefined, from: input.plan?.id };
  }
  const words = { en: `ever since ${first}`, zh: `自 ${first} 起从未上升` };
  return { since: first, words, rise: undefined, from: undefined };
}

/** The last day on which works resumed after a suspension, or after a declared stall of theirs. */
function resumption({ facts, figures }: RuleInput): { on: Day; entry: string } | undefined {
  const resumed = facts.findLast(
    (fact): fact is Fact<'StageEntered'> => fact.type === 'StageEntered' && fact.data.stage === 'resumed',
  );
  let last = resumed && { on: resumed.asOf, entry: resumed.id };
  for (const { blocks, clearedOn, entries } of figures.stalls.episodes) {
    const entry = entries.at(-1);
    if (clearedOn === undefined || entry === undefined || !blocks.includes('works')) continue;
    if (!last || clearedOn > last.on) last = { on: clearedOn, entry };
  }
  return last;
}

function isProgress(fact: ScheduleFact): fact is ProgressFact {
  return fact.type === 'MilestoneReached' || fact.type === 'ProgressMeasured' || fact.type === 'StageEntered';
}
