import { exactnessOf, markedDayWords } from '../../values/day-marks.js';
import { dayWords } from '../../values/day-words.js';
import { type Day, dayInChina } from '../../values/days/calendar.js';
import { omitUndefined } from '../../values/omit-undefined.js';
import { CommandRejected } from '../../values/rejections.js';
import { periodWords, spaced, type Words } from '../../values/words.js';
import { fact } from './fact.js';
import { itemWords } from './milestone-reached.js';
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
  unknown: { en: 'cause not stated', zh: '原因未说明' },
} as const satisfies Record<string, Words>;
export type StallCause = keyof typeof causeWords;

/** Why a stall is shown: what was declared, or that the project is suspended. */
export const episodeCauseWords = {
  ...causeWords,
  suspended: { en: 'suspended', zh: '停工' },
} as const satisfies Record<string, Words>;
export type EpisodeCause = keyof typeof episodeCauseWords;

/** What a stall blocks. */
export const blockedWords = {
  works: { en: 'works', zh: '施工' },
  production: { en: 'production', zh: '生产' },
  staffing: { en: 'staffing', zh: '人员配备' },
} as const satisfies Record<string, Words>;
export type Blocked = keyof typeof blockedWords;

/** Chinese has a word for each. */
const stalledZh: Readonly<Record<Blocked, string>> = {
  works: '停工',
  production: '停产',
  staffing: '人员不到位',
};

/** That what a stall blocks is stalled: `stalled (works)`, `停工`. */
export function stalledWords(blocks: readonly Blocked[]): Words {
  return {
    en: `stalled (${blocks.map((part) => blockedWords[part].en).join(', ')})`,
    zh: blocks.map((part) => stalledZh[part]).join('、'),
  };
}

/** Stated by an inspector: work, production or staffing of the project, or of one item of it, is stalled. */
export interface StallDeclared {
  stall: string;
  item?: string;
  cause: StallCause;
  blocks: Blocked[];
  from: Day;
  /** Its last day, over when it was entered: an episode of the past. */
  to?: Day;
  /** Its last day as it was expected: it is open until an entry ends it. */
  expectedEnd?: Day;
}

/** A stall as a caller states it: the rest follows from the entry, or from the corrected declaration. */
export type StallStated = Pick<StallDeclared, 'cause'> & Partial<StallDeclared>;

/** The default of what a stall blocks: works, except for two causes. */
const blockedBy: Readonly<Partial<Record<StallCause, Blocked>>> = {
  licence: 'production',
  labour: 'staffing',
};

export const stallDeclared = fact<StallDeclared, StallStated>({
  schema: 2,
  // Schema 1 was always of the whole project, and did not tell a last day from an expected one.
  upcasts: { 1: (data, recordedAt) => withEnd(data, (day) => day < dayInChina(recordedAt)) },
  name: { en: 'stall declared', zh: '停工/受阻' },
  about: 'The project, or one item of it, is stalled.',
  shape: {
    cause: { kind: 'choice', choices: causeWords, about: 'Why.', label: { en: 'Why', zh: '原因' } },
    item: {
      kind: 'item',
      about:
        'The item or section of the plan that is stalled; the whole project when absent. A correction keeps it when absent.',
      label: { en: 'What is stalled', zh: '受阻部位' },
      isOptional: true,
    },
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
      label: { en: 'What it blocks', zh: '影响' },
      isOptional: true,
    },
    from: {
      kind: 'day',
      about: 'Since when; the day of the entry when absent. A correction keeps it when absent.',
      label: { en: 'Since when (if another day)', zh: '从何时起（如非当日）' },
      isOptional: true,
    },
    to: {
      kind: 'day',
      about:
        'Its last day. If it has passed when it is entered, the stall is over; if not, it is the expected end. A correction keeps the days when all of them are absent.',
      label: { en: 'Last day, if it is over', zh: '截止日（如已结束）' },
      isOptional: true,
    },
    expectedEnd: {
      kind: 'day',
      about:
        'Its last day as it was expected, also if that has passed: the stall is open until an entry ends it.',
      label: { en: 'Expected until', zh: '预计至' },
      isOptional: true,
    },
  },
  typed: {
    flag: 'stall',
    gives: 'cause',
    flags: { stall: 'stall-id', expectedEnd: 'until' },
    endsOn: 'to',
  },
  subject: ({ stall }) => [stallTopic(stall)],
  complete(stated, asOf, corrected, hasPassed) {
    const {
      cause,
      item = corrected?.item,
      blocks = corrected?.blocks ?? [blockedBy[cause] ?? 'works'],
    } = stated;
    const isDated = stated.from !== undefined || stated.to !== undefined || stated.expectedEnd !== undefined;
    const { from = corrected?.from ?? asOf, to, expectedEnd } = isDated || !corrected ? stated : corrected;
    const {
      stall = corrected?.stall ?? `${item === undefined ? cause : `${item}-${cause}`.slice(0, 53)}-${from}`,
    } = stated;
    if (corrected && stall !== corrected.stall) {
      throw new CommandRejected('stall-id-fixed', {
        member: 'stall',
        seen: `"${stall}"`,
        expected: {
          en: `no other id than "${corrected.stall}": a correction of a stall keeps its id`,
          zh: `“${corrected.stall}”：更正停工/受阻记录时编号不变`,
        },
      });
    }
    const isKept = !isDated && corrected !== undefined;
    const said = omitUndefined<StallDeclared>({ stall, item, cause, blocks, from, to, expectedEnd });
    return isKept ? said : withEnd(said, hasPassed);
  },
  refuse({ from, to, expectedEnd }, { latestDay }) {
    requireBegun('from', from, latestDay);
    requireOrder(['from', from], ['to', to]);
    requireOrder(['from', from], ['expectedEnd', expectedEnd]);
    if (to === undefined || expectedEnd === undefined) return;
    throw new CommandRejected('stall-ends-twice', {
      member: 'expectedEnd',
      seen: { en: `${expectedEnd} beside ${to} (to)`, zh: `${expectedEnd}，同时有 ${to}（to）` },
      expected: {
        en: 'one of the two: to for a stall that is over, expectedEnd for one that is open',
        zh: '二者之一：已结束的填 to，尚未结束的填 expectedEnd',
      },
    });
  },
  words({ blocks, cause, item, from, to, expectedEnd }, _asOf, speaker, entry) {
    const stalled = stalledWords(blocks);
    const why = causeWords[cause];
    const since = markedDayWords(from, entry && exactnessOf(from, entry));
    const period =
      to === undefined ? { en: `since ${since.en}`, zh: `自 ${spaced(since.zh)}起` } : periodWords(from, to);
    const until =
      expectedEnd === undefined
        ? { en: '', zh: '' }
        : { en: `, expected until ${dayWords(expectedEnd).en}`, zh: `，预计至 ${dayWords(expectedEnd).zh}` };
    const about = item === undefined ? { en: '', zh: '' } : itemWords({ item }, speaker);
    return {
      en: `${about.en && `${about.en}: `}${to === undefined ? `S${stalled.en.slice(1)}` : `Was ${stalled.en}`}: ${why.en}, ${period.en}${until.en}.`,
      zh: `${about.zh && `${about.zh}：`}${stalled.zh}：${why.zh}，${period.zh}${until.zh}。`,
    };
  },
});

/** A last day that has not passed is the expected end. */
function withEnd<Said extends { to?: Day; expectedEnd?: Day }>(
  said: Said,
  hasPassed: (day: Day) => boolean,
): Said {
  const { to, ...open } = said;
  if (to === undefined || said.expectedEnd !== undefined || hasPassed(to)) return said;
  return { ...open, expectedEnd: to } as Said;
}

/** The topic of all facts about one stall. */
export function stallTopic(stall: string): string {
  return `stall ${stall}`;
}
