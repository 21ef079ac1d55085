import { type ByLanguage, plainByLanguage, wordsByLanguage } from '../../values/by-language.js';
import { type When, whenWords } from '../../values/when.js';
import { afterWord, nameWords, sentence, type Words } from '../../values/words.js';
import { fact } from './fact.js';
import { requireOrder } from './refusals.js';

/** Stated by an inspector: when the target is expected; without a day it is delayed, and no day was named. */
export interface ForecastGiven extends When {
  /** A target of `targetWords`, or the id of an item. */
  target: string;
  /** What of an item: its finish when absent. */
  what?: ForecastOf;
  scope?: ByLanguage;
  reason?: ByLanguage;
}

/** Targets that are no item of the plan; one by which an item is called means the item, if the plan has it. */
export const targetWords = {
  start: { en: 'start', zh: '开工' },
  completion: { en: 'completion', zh: '完工' },
  production: { en: 'production', zh: '投产' },
  opening: { en: 'opening', zh: '启用' },
} as const satisfies Record<string, Words>;
export type Target = keyof typeof targetWords;

/** What of an item is expected. */
const forecastOfWords = {
  start: { en: 'its start', zh: '开始' },
  finish: { en: 'its finish', zh: '完成' },
} as const satisfies Record<string, Words>;
export type ForecastOf = keyof typeof forecastOfWords;

export const forecastGiven = fact<ForecastGiven>({
  schema: 3,
  upcasts: {
    // Schema 1 had both days, and only the finish of an item.
    1: (data) => data,
    // Schema 2 had plain texts.
    2: ({ scope, reason, ...data }) => ({
      ...data,
      ...(typeof scope === 'string' ? { scope: plainByLanguage(scope) } : {}),
      ...(typeof reason === 'string' ? { reason: plainByLanguage(reason) } : {}),
    }),
  },
  name: { en: 'forecast given', zh: '预计' },
  about: 'When something is expected.',
  shape: {
    target: {
      kind: 'id',
      named: targetWords,
      about: 'start, completion, production, opening (to traffic, of use, handover), or an item of the plan.',
      label: { en: 'What', zh: '对象' },
    },
    what: {
      kind: 'choice',
      choices: forecastOfWords,
      about: 'Of an item: its start or its finish; the finish when absent.',
      label: { en: 'Of an item', zh: '部位的' },
      isOptional: true,
    },
    when: { kind: 'when', about: 'When, in words or by days.', label: { en: 'When', zh: '时间' } },
    scope: {
      kind: 'text-by-language',
      most: 200,
      about: 'Of what part.',
      label: { en: 'Of what part', zh: '范围' },
      isOptional: true,
    },
    reason: {
      kind: 'text-by-language',
      most: 500,
      about: 'Why.',
      label: { en: 'Why', zh: '原因' },
      isOptional: true,
      isPersonal: true,
    },
  },
  typed: { flag: 'forecast', gives: 'when', otherwise: { target: 'completion' } },
  subject: ({ target, what, scope }) => [
    `forecast ${target}`,
    scope && (scope.zh ?? scope.en),
    what === 'start' ? what : undefined,
  ],
  refuse: ({ earliest, latest }) => {
    if (earliest !== undefined) requireOrder(['earliest', earliest], ['latest', latest]);
  },
  words(data, _asOf, speaker) {
    const when = whenWords(data);
    const isDated = (data.earliest ?? data.latest) !== undefined;
    const { scope, reason } = asideWords(data);
    const name = forecastName(data, speaker.item(data.target)?.name);
    return {
      en: `${name.en} ${isDated ? 'expected ' : ''}${when.en}${scope.en}.${reason.en}`,
      zh: `${name.zh}${scope.zh}${isDated ? `预计${afterWord(when.zh)}` : when.zh}。${reason.zh}`,
    };
  },
});

/** The part that a forecast is about, in brackets, and its reason as a sentence; each empty where it has none. */
export function asideWords({ scope, reason }: Pick<ForecastGiven, 'scope' | 'reason'>): {
  scope: Words;
  reason: Words;
} {
  const part = scope && wordsByLanguage(scope);
  const why = reason && wordsByLanguage(reason);
  return {
    scope: part ? { en: ` (${part.en})`, zh: `（${part.zh}）` } : { en: '', zh: '' },
    reason: why
      ? { en: ` Reason: ${sentence(why.en, '.')}`, zh: `原因：${sentence(why.zh, '。')}` }
      : { en: '', zh: '' },
  };
}

/** The name of what a forecast is about, as the beginning of a sentence; `item` are the names of the item so called. */
export function forecastName(
  { target, what }: Pick<ForecastGiven, 'target' | 'what'>,
  item: Partial<Words> | undefined,
): Words {
  if (isOfProject(target, item !== undefined)) {
    const { en, zh } = targetWords[target];
    return { en: `${en[0]?.toUpperCase()}${en.slice(1)}`, zh };
  }
  const { en, zh } = nameWords(item, target);
  return what === 'start' ? { en: `Start of ${en}`, zh: `${zh}开始` } : { en, zh };
}

/**
 * True if a forecast of this target is one of the project: the plan has no item that is called so. The first two targets
 * never meant an item.
 */
export function isOfProject(target: string, isItem: boolean): target is Target {
  if (target === 'completion' || target === 'production') return true;
  return Object.hasOwn(targetWords, target) && !isItem;
}
