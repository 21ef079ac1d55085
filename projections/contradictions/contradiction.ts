import { decimalText } from '../../domain/values/amounts/decimal.js';
import type { Quantity } from '../../domain/values/amounts/quantity.js';
import {
  bracketedDay,
  type Exactness,
  exactness,
  markedAs,
  moreExact,
} from '../../domain/values/day-marks.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { joined, type Words } from '../../domain/values/words.js';
import type { Steps } from '../facts/steps.js';
import { entryWords, type Speaker } from '../words/entry-words.js';
import {
  type AskedOf,
  askedOf,
  type ContradictionExplanation,
  type ContradictionState,
  shownExplanation,
  stateOf,
} from './explained.js';
import type { FactIndex, IndexedFact } from './fact-index.js';

export type ContradictionRule =
  /**
   * A figure since the start, or its share of one plan, is lower on a later day. Settled only by a withdrawal, or another report for the same day.
   */
  | 'money-fell'
  /** A figure of a year, or its share of one annual plan, is lower on a later day of it. Settled like money that fell. */
  | 'year-money-fell'
  /**
   * Months or quarters add up to more than their quarter or year, or a year to more than the figure since the start, by
   * bounds and within one kind, basis or source, item and currency; or months to more than the share of the annual plan
   * that was stated for their year, by more than a point. Settled by a report of a part or of the whole after
   * which they no longer do, or by a withdrawal.
   */
  | 'parts-exceed'
  /** Targets of months add up to more than is planned for their year. Settled by another plan, or a withdrawal. */
  | 'targets-exceed'
  /**
   * An item or step is reported less complete than it surely was, or a smaller amount of it. Settled by a withdrawal, or
   * by another exact report for the same day that is not below the earlier one.
   */
  | 'progress-fell'
  /** A group, or the project, is reported further along than its parts can be. Settled only by a withdrawal. */
  | 'above-its-parts'
  /** A group, or the project, is reported less far along than its parts are. Settled only by a withdrawal. */
  | 'below-its-parts'
  /**
   * "No progress" was reported for days in which, after the first of them, figures rose or were first stated. Settled
   * only by a withdrawal.
   */
  | 'no-progress-but-rose'
  /**
   * "No progress" was reported for days on which, after the first of them, the works began, resumed or were finished by
   * a stage. Settled by the end of the stall on that day or before, or a withdrawal.
   */
  | 'no-progress-but-stage'
  /**
   * Two open stalls of one item with the same cause that block the same. Settled by the end of either, or a withdrawal.
   */
  | 'stall-declared-twice'
  /**
   * A stall is cleared that is not open on that day, before it began, or on another day than its stated last one.
   * Settled by a declaration that it ends, or a withdrawal.
   */
  | 'clearing-misfits'
  /** Resumed, and nothing was suspended or stalled before. Settled by the suspension, or a withdrawal. */
  | 'resumed-but-not-suspended'
  /**
   * An open stall of an item that the plan cancels, or of a project that was cancelled before. Settled by its end, by a
   * plan that names the item again, or by a withdrawal.
   */
  | 'stall-of-cancelled'
  /**
   * An open stall of production in a project that produces nothing. Settled by its end, by a declaration that blocks
   * something else, by a plan or a stage of a plant, or by a withdrawal.
   */
  | 'stall-of-no-plant'
  /** An item is surely further along than its predecessor can be. A newer report on either may settle it. */
  | 'ahead-of-predecessor'
  /** Production, or trial production, during a stall that blocks production. Settled only by a withdrawal. */
  | 'produced-while-blocked'
  /** Built, and an item is unfinished on that day or later. Settled by a newer report that it is done. */
  | 'built-but-unfinished'
  /**
   * In use or accepted, and a work is surely open by its last report. Settled by the entry after which it may be done,
   * such as the stage built.
   */
  | 'in-use-but-open'
  /** Cancelled although in use or accepted, or stages of different kinds of projects. Settled only by a withdrawal. */
  | 'stages-exclude'
  /** A stage of another kind of project than the stages of the plan. Settled by a withdrawal or a plan that has its kind. */
  | 'stage-of-other-kind'
  /**
   * Progress of a cancelled project, or of an item that the plan cancels. Settled by a withdrawal; for an item also by a
   * plan that names it again.
   */
  | 'cancelled-but-moved'
  /** A later stage is dated before an earlier one. Settled like money that fell. */
  | 'stage-backwards'
  /**
   * A total differs from the plan's, or without one from the first reported total. A newer report or plan may settle
   * it.
   */
  | 'denominators-differ'
  /** A stated share of the plan, or of the annual plan, and the amount differ by more than one point. Settled only by a withdrawal. */
  | 'share-differs'
  /** A step that the plan in force does not name. Settled by a plan that names it. */
  | 'unknown-step';

/** Entries that cannot all be true. */
export interface Contradiction {
  /** The rule and the ids of the entries; for a stall or a report of no change, the rule and that entry only. */
  id: string;
  rule: ContradictionRule;
  /** The first day on which they contradict. */
  since: Day;
  /** How exactly that day is known; absent if it was stated. */
  sinceExactness?: Exactness;
  /** Both sides; for a stall or a report of no change, the first contradicting entries. */
  entries: Uuid[];
  /** The number of further contradicting entries; absent if there are none. */
  moreEntries?: number;
  words: Words;
  /** The entry that settled it. */
  settledBy?: Uuid;
  state: ContradictionState;
  /** Why it stays; also of one that was settled later. */
  explanation?: ContradictionExplanation;
  /** To whom it is put, the one who recorded last first; absent unless it is open. */
  askedOf?: AskedOf[];
}

/** One side of a contradiction: the entry, and its statement if not simply its own words. */
export interface Side {
  fact: IndexedFact;
  words?: Words;
  /** What a plan says: the total of an item, or what it lacks. */
  plans?: { total: Quantity } | keyof typeof planWords;
}

/** A contradiction before it is put into words. */
export interface Finding extends Pick<Contradiction, 'id' | 'rule' | 'since' | 'moreEntries' | 'settledBy'> {
  sides: readonly [Side, ...Side[]];
}

/** Maximum number of named entries that contradict a stall or a report of no change: with all of them, a register would grow quadratically. */
export const mostNamed = 20;

/**
 * At least the contradictions in a fact index that involve a fact, except known ids, found in steps; and those that involve
 * other facts, of which it need not be found whether they are settled.
 */
export type Rule = (
  factIndex: FactIndex,
  about: IndexedFact,
  known: ReadonlySet<string>,
  others?: readonly IndexedFact[],
) => Steps<Finding[]>;

/** A finding of a rule: the first side against the others, by default since the latest day of them. */
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

/** A finding with its words, in the names of its fact index, and with the explanation that it has. */
export function inWords(
  found: Finding,
  speaker: Speaker,
  explained: Parameters<typeof shownExplanation>[0] | undefined,
): Contradiction {
  const { sides, ...shown } = found;
  const state = stateOf(found, explained !== undefined);
  return {
    ...shown,
    state,
    ...(explained ? { explanation: shownExplanation(explained) } : {}),
    ...(state === 'open' ? { askedOf: askedOf({ sides }) } : {}),
    ...markedAs('sinceExactness', exactnessIn(sides, found.since)),
    entries: entriesOf(found),
    words: wordsOf(found, speaker),
  };
}

/** The entries that a finding names. */
export function entriesOf({ sides }: Finding): Uuid[] {
  return [...new Set(sides.map((side) => side.fact.id))];
}

/** A finding in a sentence, in the names of its fact index. */
export function wordsOf({ sides, rule, moreEntries = 0 }: Finding, speaker: Speaker): Words {
  const [first, ...others] = sides;
  const against = others.slice(0, shownSides).map((side) => quoted(side, speaker));
  const left = others.length - against.length + moreEntries;
  if (left > 0) against.push({ en: `${left} more`, zh: `另有 ${left} 条` });
  if (against.length === 0) against.push(...(withoutOther[rule] ?? []));
  const [one, rest] = [quoted(first, speaker), joined(against, { en: ', ', zh: '、' })];
  const title = titles[rule];
  return {
    en: `${title.en}: ${one.en}, but ${rest.en}.`,
    zh: `${title.zh}：${one.zh}，但${rest.zh}。`,
  };
}

/** How exactly the day is known on which both sides were reported. */
function exactnessIn(sides: readonly Side[], since: Day): Exactness | undefined {
  const ofDay: Exactness[] = sides.flatMap(({ fact }) => (fact.asOf === since ? exactness(fact.entry) : []));
  return ofDay.length === 0 ? undefined : ofDay.reduce(moreExact);
}

const shownSides = 3;

const titles: Readonly<Record<ContradictionRule, Words>> = {
  'money-fell': { en: 'Money since the start fell', zh: '累计完成投资下降' },
  'year-money-fell': { en: 'Money of the year fell', zh: '本年累计完成投资下降' },
  'parts-exceed': { en: 'The parts are more than the whole', zh: '分项之和大于合计' },
  'targets-exceed': {
    en: 'The targets of months are more than their year',
    zh: '各月目标之和大于年度计划',
  },
  'progress-fell': { en: 'Progress went back', zh: '进度倒退' },
  'above-its-parts': { en: 'Further along than its parts can be', zh: '总体进度高于各部分之和' },
  'below-its-parts': { en: 'Less far along than its parts are', zh: '总体进度低于各部分之和' },
  'no-progress-but-rose': { en: 'No progress, yet figures rose', zh: '申报无进展期间仍有数据上升' },
  'no-progress-but-stage': { en: 'No progress, yet a stage was entered', zh: '申报无进展期间进入了新阶段' },
  'stall-declared-twice': { en: 'One stall declared twice', zh: '同一停工/受阻重复申报' },
  'clearing-misfits': { en: 'The clearing does not fit the stall', zh: '解除记录与停工/受阻不符' },
  'resumed-but-not-suspended': { en: 'Resumed, yet not suspended', zh: '称已复工，但未曾停工' },
  'stall-of-cancelled': { en: 'A stall of what is cancelled', zh: '已取消的内容仍报停工/受阻' },
  'stall-of-no-plant': {
    en: 'Production stalled where nothing is produced',
    zh: '不涉及生产的项目报停产',
  },
  'ahead-of-predecessor': { en: 'Further along than what it comes after', zh: '超前于前道工序' },
  'produced-while-blocked': { en: 'Production while it is blocked', zh: '生产受阻期间生产' },
  'built-but-unfinished': { en: 'Built, yet something is unfinished', zh: '称已建成，但有工程部位未完成' },
  'in-use-but-open': { en: 'In use or accepted, yet works are open', zh: '称已投用或已验收，但工程尚未完成' },
  'stages-exclude': { en: 'Stages that exclude each other', zh: '项目阶段相互矛盾' },
  'stage-of-other-kind': {
    en: 'A stage of another kind of project',
    zh: '阶段与项目类型不符',
  },
  'cancelled-but-moved': { en: 'Cancelled, yet the works moved', zh: '称已取消，但仍有进展' },
  'stage-backwards': { en: 'The stage went back', zh: '项目阶段倒退' },
  'denominators-differ': { en: 'Totals differ', zh: '总数不一致' },
  'share-differs': { en: 'The share does not fit the planned investment', zh: '所占比例与计划总投资不符' },
  'unknown-step': { en: 'A step that the plan does not name', zh: '计划中没有的工序' },
};

/** What is said where an entry fits no other one. */
const withoutOther: Readonly<Partial<Record<ContradictionRule, Words[]>>> = {
  'clearing-misfits': [{ en: 'no such stall was declared by then', zh: '当时没有申报过该停工/受阻' }],
  'resumed-but-not-suspended': [{ en: 'it was not suspended before', zh: '此前没有停工记录' }],
};

/** What a plan says that a report does not fit. */
const planWords = {
  'no-step': { en: 'the plan names no such step', zh: '计划中没有该工序' },
  cancelled: { en: 'the plan cancels it', zh: '计划中该工程部位已取消' },
  'other-kind': { en: 'the plan has no stage of this kind', zh: '计划中没有这类阶段' },
  'no-production': { en: 'the plan has no production', zh: '计划中没有生产环节' },
} as const satisfies Record<string, Words>;

function quoted({ fact, words, plans }: Side, speaker: Speaker): Words {
  if (words) return words;
  if (typeof plans === 'string') return planWords[plans];
  if (plans) {
    const { amount, unit } = plans.total;
    const total =
      unit === undefined || unit === 'storey' ? decimalText(amount) : `${decimalText(amount)} ${unit}`;
    return { en: `the plan says ${total} in all`, zh: `计划总数为 ${total}` };
  }
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
