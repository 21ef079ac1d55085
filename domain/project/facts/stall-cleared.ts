import { CommandRejected } from '../../values/rejections.js';
import { fact } from './fact.js';
import { type StallDeclared, stallTopic } from './stall-declared.js';

/** Stated by an inspector when a stall is over, on the day of the entry. */
export interface StallCleared {
  stall: string;
}

export const stallCleared = fact<StallCleared>({
  schema: 1,
  name: { en: 'stall cleared', zh: '恢复推进' },
  about: 'A stall ends on this day.',
  shape: { stall: { kind: 'id', about: 'The id of the stall.' } },
  typed: { flag: 'resumed', gives: 'stall' },
  subject: ({ stall }) => [stallTopic(stall)],
  refuse({ stall }, { live }) {
    const declared = live('StallDeclared') as readonly StallDeclared[];
    const known = [...new Set(declared.map((one) => one.stall))];
    if (known.includes(stall)) return;
    throw new CommandRejected('stall-unknown', {
      member: 'stall',
      seen: `"${stall}"`,
      expected:
        known.length > 0
          ? {
              en: `a stall declared here: ${known.join(', ')}`,
              zh: `本项目已申报的停工/受阻：${known.join('、')}`,
            }
          : { en: 'a declared stall; this project has none', zh: '已申报的停工/受阻；本项目没有' },
    });
  },
  words({ stall }, _asOf, speaker) {
    const why = speaker.causeOf(stall) ?? { en: stall, zh: stall };
    return {
      en: `Moves again, no longer held up: ${why.en}.`,
      zh: `恢复推进，受阻原因已解除：${why.zh}。`,
    };
  },
});
