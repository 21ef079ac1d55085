import type { Day } from '../../values/calendar.js';
import { CommandRejected } from '../../values/rejections.js';
import { joined, periodWords, type Words } from '../../values/words.js';
import { fact } from './fact.js';
import { requireBegun, requireOrder } from './refusals.js';

/** Why something is stalled. */
export const causeWords = {
  financing: { en: 'financing', zh: '融资' },
  licence: { en: 'licence', zh: '资质许可' },
  approval: { en: 'approval', zh: '审批' },
  land: { en: 'land', zh: '用地' },
  labour: { en: 'labour', zh: '用工' },
  supply: { en: 'supply', zh: '供应' },
  design: { en: 'design', zh: '设计' },
  weather: { en: 'weather', zh: '天气' },
  demand: { en: 'demand', zh: '市场需求' },
  environment: { en: 'environment', zh: '环保' },
  other: { en: 'another cause', zh: '其他原因' },
} as const satisfies Record<string, Words>;
export type StallCause = keyof typeof causeWords;

/** What a stall blocks. */
export const blockedWords = {
  works: { en: 'works', zh: '施工' },
  production: { en: 'production', zh: '生产' },
  staffing: { en: 'staffing', zh: '人员配备' },
} as const satisfies Record<string, Words>;
export type Blocked = keyof typeof blockedWords;

/** Stated by an inspector: work, production or staffing is stalled. `to` is the last day that the statement covers. */
export interface StallDeclared {
  stall: string;
  cause: StallCause;
  blocks: Blocked[];
  from: Day;
  to?: Day;
}

/** A stall as a caller states it: the rest follows from the entry, or from the corrected declaration. */
export type StallStated = Pick<StallDeclared, 'cause'> & Partial<StallDeclared>;

/** The default of what a stall blocks: works, except for two causes. */
const blockedBy: Readonly<Partial<Record<StallCause, Blocked>>> = {
  licence: 'production',
  labour: 'staffing',
};

export const stallDeclared = fact<StallDeclared, StallStated>({
  schema: 1,
  name: { en: 'stall declared', zh: '停滞' },
  about: 'Something is stalled.',
  shape: {
    cause: { kind: 'choice', choices: causeWords, about: 'Why.' },
    stall: {
      kind: 'id',
      about: 'Its id; the cause and the first day when absent. A correction keeps the id.',
      isOptional: true,
    },
    blocks: {
      kind: 'choices',
      choices: blockedWords,
      about:
        'What it blocks; production for a licence, staffing for labour, else works when absent. A correction keeps it when absent.',
      isOptional: true,
    },
    from: {
      kind: 'day',
      about: 'Since when; the day of the entry when absent. A correction keeps it when absent.',
      isOptional: true,
    },
    to: {
      kind: 'day',
      about: 'The last day that the statement covers. A correction keeps it when from and to are absent.',
      isOptional: true,
    },
  },
  typed: { flag: 'stall', gives: 'cause', flags: { stall: 'stall-id' }, endsOn: 'to' },
  subject: ({ stall }) => [stallTopic(stall)],
  complete(stated, asOf, corrected) {
    const { cause, blocks = corrected?.blocks ?? [blockedBy[cause] ?? 'works'] } = stated;
    const isDated = stated.from !== undefined || stated.to !== undefined;
    const { from = corrected?.from ?? asOf, to } = isDated || !corrected ? stated : corrected;
    const { stall = corrected?.stall ?? `${cause}-${from}` } = stated;
    if (corrected && stall !== corrected.stall) {
      throw new CommandRejected('stall-id-fixed', {
        member: 'stall',
        seen: `"${stall}"`,
        expected: `no other id than "${corrected.stall}": a correction of a stall keeps its id`,
      });
    }
    return { stall, cause, blocks, from, ...(to === undefined ? {} : { to }) };
  },
  refuse({ from, to }, { latestDay }) {
    requireBegun('from', from, latestDay);
    requireOrder(['from', from], ['to', to]);
  },
  words({ blocks, cause, from, to }) {
    const blocked = joined(
      blocks.map((part) => blockedWords[part]),
      { en: ', ', zh: '、' },
    );
    const why = causeWords[cause];
    const period = to === undefined ? { en: `since ${from}`, zh: `自 ${from} 起` } : periodWords(from, to);
    return {
      en: `Standing still (${blocked.en}): ${why.en}, ${period.en}.`,
      zh: `停滞（${blocked.zh}）：${why.zh}，${period.zh}。`,
    };
  },
});

/** The topic of all facts about one stall. */
export function stallTopic(stall: string): string {
  return `stall ${stall}`;
}
