import type { Blocked } from '../../../domain/project/events.js';
import { blockedWords, causeWords } from '../../../domain/project/facts/stall-declared.js';
import { joined, type Words } from '../../../domain/values/words.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import type { OpenStall } from './rule-input.js';

/** Every open declared stall, from its first day on, with the highest severity among what it blocks. */
export const declaredStall: EvaluateRule = ({ openStalls }, { blocks }, found) => {
  for (const stall of openStalls) {
    if (blocks) for (const part of stall.shown.blocks) found.due(blocks[part], stall.from);
    found.condition(stalled, stall);
  }
};

const stalled: Describe<OpenStall> = ({ from: firstDay, shown }, { day }) => {
  const { stall, cause, blocks, from, entries } = shown;
  return {
    subject: { kind: 'stall', id: stall },
    cause,
    since: from,
    anchor: () => `stall:${entries.at(-1)} from:${from} ${cause} ${blocks.join('+')}`,
    evidence: () => entries,
    ...(blocks.includes('works') ? { stopsWorks: true } : {}),
    reason: () => {
      const blocked = joined(
        blocks.map((part) => blockedWords[part]),
        { en: ', ', zh: '、' },
      );
      const why = causeWords[cause];
      const days = day - firstDay + 1;
      return days < 1
        ? {
            en: `Declared to stand still from ${from} on (${blocked.en}): ${why.en}.`,
            zh: `已申报自 ${from} 起停滞（${blocked.zh}）：${why.zh}。`,
          }
        : {
            en: `Declared to stand still for ${counted(days, 'days')}, since ${from} (${blocked.en}): ${why.en}.`,
            zh: `已申报停滞 ${days} 天，自 ${from} 起（${blocked.zh}）：${why.zh}。`,
          };
    },
    clears: () => clearsWords(stall, blocks),
  };
};

function clearsWords(stall: string, blocks: readonly Blocked[]): Words {
  const [first = 'works'] = blocks;
  const again = againWords[blocks.includes('works') ? 'works' : first];
  return {
    en: `An entry that the stall "${stall}" is cleared (${again.en}).`,
    zh: `登记停滞“${stall}”已解除（${again.zh}）。`,
  };
}

const againWords: Readonly<Record<Blocked, Words>> = {
  works: { en: 'works resumed', zh: '恢复施工' },
  production: { en: 'nothing holds up production any more', zh: '投产障碍已排除' },
  staffing: { en: 'the staff has been found', zh: '人员已到位' },
};
