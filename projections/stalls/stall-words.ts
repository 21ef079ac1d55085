import { blockedWords, episodeCauseWords } from '../../domain/project/facts/stall-declared.js';
import { dayWords } from '../../domain/values/day-words.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { joined, type Words } from '../../domain/values/words.js';
import type { StallEpisode } from './episode.js';

/** What a stall blocks. */
export function blocksWords({ blocks }: Pick<StallEpisode, 'blocks'>): Words {
  return joined(
    blocks.map((part) => blockedWords[part]),
    { en: ', ', zh: '、' },
  );
}

/** What is said of why something is stalled. */
export type Why = Pick<StallEpisode, 'cause' | 'item' | 'expectedEnd' | 'isPastExpectedEnd'>;

/**
 * Why something is stalled, with the stalled item and the expected end: `Roof: financing, expected end 2018-06-30 passed`.
 *
 * @param nameOf the name of an item; its id by default
 */
export function stallWords(
  { cause, item, expectedEnd, isPastExpectedEnd }: Why,
  nameOf: (item: string) => Words = (id) => ({ en: id, zh: id }),
): Words {
  const name = item === undefined ? { en: '', zh: '' } : nameOf(item);
  const why = episodeCauseWords[cause];
  const end =
    expectedEnd === undefined ? { en: '', zh: '' } : endWords(expectedEnd, isPastExpectedEnd === true);
  return {
    en: `${name.en && `${name.en}: `}${why.en}${end.en && `, ${end.en}`}`,
    zh: `${name.zh && `${name.zh}：`}${why.zh}${end.zh && `，${end.zh}`}`,
  };
}

/** What is asked of a stall that is open after its expected end. */
export const askedOfPassed: Words = {
  en: 'Log that it is over, or another expected end.',
  zh: '请填报已恢复，或新的预计结束日。',
};

/** The expected end of an open stall, and whether it has passed. */
function endWords(expectedEnd: Day, isPassed: boolean): Words {
  const { en, zh } = dayWords(expectedEnd);
  return isPassed
    ? { en: `expected end ${en} passed`, zh: `预计结束日 ${zh}已过` }
    : { en: `expected until ${en}`, zh: `预计至 ${zh}` };
}
