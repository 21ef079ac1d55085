import { isOfProject, type Target } from '../../../domain/project/facts/forecast-given.js';
import { nameWords, type Words } from '../../../domain/values/words.js';
import type { ForecastTarget, RuleInput } from './rule-input.js';

/** How sentences say that what is forecast has not happened, and what report says that it has. */
interface TargetState {
  /** After "and": `is not finished`. */
  notYet: string;
  /** Who or what it is about, and the verb: `项目` 投产. */
  zh: { who: string; verb: string };
  reported: Words;
}

/** Of the project as a whole. */
const ofProject: Readonly<Record<Target, TargetState>> = {
  start: {
    notYet: 'the works have not started',
    zh: { who: '项目', verb: '开工' },
    reported: { en: 'The stage "started", a report of progress', zh: '登记“已开工”、报告进展' },
  },
  completion: {
    notYet: 'the project is not complete',
    zh: { who: '项目', verb: '完工' },
    reported: { en: 'The stage "built" or "accepted"', zh: '登记“已建成”或“已验收”' },
  },
  production: {
    notYet: 'has not begun',
    zh: { who: '项目', verb: '投产' },
    reported: { en: 'The stage "in production"', zh: '登记“已投产”' },
  },
  opening: {
    notYet: 'has not taken place',
    zh: { who: '项目', verb: '启用' },
    reported: {
      en: 'The stage "opened to traffic", "in use" or "handed over"',
      zh: '登记“已通车”、“已投用”或“已交付”',
    },
  },
};

/** What is said of a target that is still to come: an item is not "reached", it has not started or is not finished. */
export function targetState({ target, what }: ForecastTarget, { table }: RuleInput): TargetState {
  const item = table.row(target)?.item;
  if (isOfProject(target, item !== undefined)) return ofProject[target];
  const name = nameWords(item?.name, target);
  const who = `“${name.zh}”`;
  if (what === 'start')
    return {
      notYet: 'it has not started',
      zh: { who, verb: '开始' },
      reported: { en: `A report of progress on ${name.en}`, zh: `报告“${name.zh}”有进展` },
    };
  if (item?.stage !== undefined)
    return {
      notYet: 'is not reached',
      zh: { who, verb: '实现' },
      reported: { en: `${name.en} reached`, zh: `登记“${name.zh}”已实现` },
    };
  return {
    notYet: 'is not finished',
    zh: { who, verb: '完成' },
    reported: { en: `A report that ${name.en} is done`, zh: `报告“${name.zh}”完成` },
  };
}
