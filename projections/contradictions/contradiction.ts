import type { Day } from '../../domain/values/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { bracketedDay } from '../facts/day-marks.js';
import type { Steps } from '../facts/steps.js';
import { entryWords, type Speaker } from '../words/entry-words.js';
import { joined, type Words } from '../words/words.js';
import type { FactIndex, IndexedFact } from './fact-index.js';

export type ContradictionRule =
  /** A figure since the start is lower on a later day. Only a withdrawal, or another word for the same day, settles it. */
  | 'money-fell'
  /** An item or step is said to be less far than it surely was. Settled like money that fell. */
  | 'progress-fell'
  /** No progress was said of days in which, after the first of them, figures rose or were first stated. Only a withdrawal settles it. */
  | 'no-progress-but-rose'
  /** An item is surely further along than what it comes after can be. A newer word on either may settle it. */
  | 'ahead-of-predecessor'
  /** Production, or trials of it, while a stall that blocks production stands. Only a withdrawal settles it. */
  | 'produced-while-blocked'
  /** Built, and an item is unfinished on that day or later. A newer word that it is done settles it. */
  | 'built-but-unfinished'
  /** A later stage lies before an earlier one. Settled like money that fell. */
  | 'stage-backwards'
  /** A total differs from the plan's, or without one from the total said first. A newer word or plan may settle it. */
  | 'denominators-differ'
  /** A stated share of the plan and the amount lie apart by more than one point. Only a withdrawal settles it. */
  | 'share-differs'
  /** A step that the plan in force does not name. A plan that names it settles it. */
  | 'unknown-step';

/** Entries that cannot all be true. */
export interface Contradiction {
  /** The rule and the ids of the entries; of a stall or a report of no change, the rule and that entry alone. */
  id: string;
  rule: ContradictionRule;
  /** The first day on which they stand against each other. */
  since: Day;
  /** Both sides; of what a stall or a report of no change stands against, the first entries. */
  entries: Uuid[];
  /** How many entries more stand in it; absent when there are none. */
  moreEntries?: number;
  words: Words;
  /** The entry that settled it. */
  settledBy?: Uuid;
}

/** One side of a contradiction: the entry, and what it says when not simply the entry's own words. */
export interface Side {
  fact: IndexedFact;
  words?: Words;
}

/** A contradiction before it is put into words. */
export interface Finding extends Omit<Contradiction, 'entries' | 'words'> {
  sides: readonly [Side, ...Side[]];
}

/** So many entries that a stall or a report of no change stands against are named: with all of them, a register would grow with the square of the entries. */
export const mostNamed = 20;

/** The contradictions in a scene, found in steps; those in which `about` stands at least, when it is given, but for those whose id is known already. */
export type Rule = (
  factIndex: FactIndex,
  about?: IndexedFact,
  known?: ReadonlySet<string>,
) => Steps<Finding[]>;

/** A finding of a rule: the first side against the others, since the latest day of them unless said otherwise. */
export function finding(
  rule: ContradictionRule,
  sides: readonly [Side, ...Side[]],
  more: { about?: string; since?: Day; settledBy?: Uuid | undefined; left?: number } = {},
): Finding {
  return {
    id: `${rule}:${more.about ?? sides.map((side) => side.fact.id).join(':')}`,
    rule,
    since: more.since ?? latest(sides.map((side) => side.fact.asOf)),
    sides,
    ...(more.left ? { moreEntries: more.left } : {}),
    ...(more.settledBy === undefined ? {} : { settledBy: more.settledBy }),
  };
}

/** Puts a finding into words, with the names that its scene gives. */
export function inWords({ sides, ...found }: Finding, speaker: Speaker): Contradiction {
  const [first, ...others] = sides;
  const against = others.slice(0, shownSides).map((side) => quoted(side, speaker));
  const left = others.length - against.length + (found.moreEntries ?? 0);
  if (left > 0) against.push({ en: `${left} more`, zh: `另有 ${left} 条` });
  const [one, rest] = [quoted(first, speaker), joined(against, { en: ', ', zh: '、' })];
  const title = titles[found.rule];
  return {
    ...found,
    entries: sides.map((side) => side.fact.id),
    words: {
      en: `${title.en}: ${one.en}, but ${rest.en}.`,
      zh: `${title.zh}：${one.zh}，但${rest.zh}。`,
    },
  };
}

const shownSides = 3;

const titles: Readonly<Record<ContradictionRule, Words>> = {
  'money-fell': { en: 'Money since the start fell', zh: '累计完成投资下降' },
  'progress-fell': { en: 'Progress went back', zh: '进度倒退' },
  'no-progress-but-rose': { en: 'No progress, yet figures rose', zh: '称无进展，但有数据上升' },
  'ahead-of-predecessor': { en: 'Further along than what it comes after', zh: '超前于前道工序' },
  'produced-while-blocked': { en: 'Production while it is blocked', zh: '生产受阻期间生产' },
  'built-but-unfinished': { en: 'Built, yet something is unfinished', zh: '称已建成，但有工作项未完成' },
  'stage-backwards': { en: 'The stage went back', zh: '项目阶段倒退' },
  'denominators-differ': { en: 'Totals differ', zh: '总数不一致' },
  'share-differs': { en: 'The share does not fit the planned investment', zh: '所占比例与计划总投资不符' },
  'unknown-step': { en: 'A step that the plan does not name', zh: '计划中没有的工序' },
};

function quoted({ fact, words }: Side, speaker: Speaker): Words {
  if (words) return words;
  const said = entryWords(fact, speaker);
  const day = bracketedDay(fact.asOf, fact.entry);
  return {
    en: `"${said.en.replace(/\.$/, '')}" (${day.en})`,
    zh: `“${said.zh.replace(/。$/, '')}”（${day.zh}）`,
  };
}

function latest(days: readonly Day[]): Day {
  return days.reduce((last, day) => (day > last ? day : last));
}
