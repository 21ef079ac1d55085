import { nameWords, type Words } from '../../values/words.js';
import { fact, type Speaker } from './fact.js';
import { itemAndStep } from './members.js';

/** Stated by an inspector when an item, or one step of it, is done. */
export interface MilestoneReached {
  item: string;
  step?: string;
}

export const milestoneReached = fact<MilestoneReached>({
  schema: 1,
  name: { en: 'milestone reached', zh: '里程碑' },
  about: 'An item, or one step of it, is done.',
  shape: itemAndStep,
  typed: { flag: 'done' },
  subject: ({ item, step }) => [itemTopic(item), step],
  words(data, _asOf, speaker) {
    const subject = itemWords(data, speaker);
    return { en: `${subject.en} done.`, zh: `${subject.zh}完成。` };
  },
});

/** The topic of all facts about one item. */
export function itemTopic(item: string): string {
  return `item ${item}`;
}

/** The name of an item, with that of its step. */
export function itemWords({ item, step }: MilestoneReached, speaker: Speaker): Words {
  const planned = speaker.item(item);
  const name = nameWords(planned?.name, item);
  if (step === undefined) return name;
  const part = nameWords(planned?.steps?.find(({ id }) => id === step)?.name, step);
  return { en: `${name.en} (${part.en})`, zh: `${name.zh}（${part.zh}）` };
}
