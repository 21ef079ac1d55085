import {
  fault,
  firstOf,
  isObject,
  type Json,
  listFault,
  shown,
  strangerFault,
  textFault,
  wholeFault,
} from '../values/json-fault.js';
import { normalForm } from '../values/lexicon/normal-form.js';
import { itemStates, type Lexicon } from '../values/lexicon.js';
import type { Fault } from '../values/rejections.js';

const mostWords = 200;
const mostPhrases = 200;
const wordShape = /^[a-z0-9-]{1,40}$/;
const states: readonly string[] = Object.keys(itemStates);
/** The words that are exact, with their only range. */
const exact: Readonly<Record<string, number>> = { 'not-started': 0, done: 10_000 };

/**
 * The first fault of a lexicon, for any JSON, or undefined.
 *
 * @param before the lexicon in force: entries name its words, so none of them may be missing
 */
export function lexiconFault(lexicon: unknown, before: Lexicon): Fault | undefined {
  if (!isObject(lexicon))
    return {
      seen: shown(lexicon),
      expected: { en: 'a lexicon: an object with "basis" and "words"', zh: '词表：含“basis”与“words”的对象' },
    };
  return (
    strangerFault(lexicon, ['basis', 'words', 'version'], '') ??
    textFault(lexicon.basis, 'basis') ??
    listFault(lexicon.words, 'words', [1, mostWords], wordFault) ??
    twiceFault(lexicon.words as readonly Json[]) ??
    missingFault(lexicon.words as readonly Json[], before)
  );
}

function wordFault(word: unknown, at: string): Fault | undefined {
  if (!isObject(word))
    return fault(at, shown(word), {
      en: 'a word: an object with "word", "range", "name" and "said"',
      zh: '词：含“word”、“range”、“name”、“said”的对象',
    });
  const { name, range, state } = word;
  const names = isObject(name) ? name : {};
  return (
    strangerFault(word, ['word', 'range', 'state', 'name', 'said'], at) ??
    (typeof word.word === 'string' && wordShape.test(word.word)
      ? undefined
      : fault(`${at}.word`, shown(word.word), {
          en: '1 to 40 of a-z, 0-9 and -',
          zh: '1 至 40 个 a-z、0-9 或 -',
        })) ??
    rangeFault(range, String(word.word), `${at}.range`) ??
    (state === undefined || states.includes(String(state))
      ? undefined
      : fault(`${at}.state`, shown(state), {
          en: `one of ${states.join(', ')}, or no such member`,
          zh: `${states.join('、')} 之一，或不填`,
        })) ??
    strangerFault(names, ['en', 'zh'], `${at}.name`) ??
    textFault(names.en, `${at}.name.en`) ??
    textFault(names.zh, `${at}.name.zh`) ??
    listFault(word.said, `${at}.said`, [0, mostPhrases], phraseFault)
  );
}

/** A range holds its point, and only the words of the two ends are exact. */
function rangeFault(range: unknown, word: string, at: string): Fault | undefined {
  if (!isObject(range))
    return fault(at, shown(range), {
      en: 'an object with "low", "point" and "high" in basis points',
      zh: '含“low”、“point”、“high”（万分之一）的对象',
    });
  const { low, point, high } = range;
  const found =
    strangerFault(range, ['low', 'point', 'high'], at) ??
    wholeFault(low, `${at}.low`, [0, 10_000]) ??
    wholeFault(point, `${at}.point`, [Number(low), 10_000]) ??
    wholeFault(high, `${at}.high`, [Number(point), 10_000]);
  if (found) return found;
  const span = { en: `${low} to ${high}`, zh: `${low} 至 ${high}` };
  const only = Object.hasOwn(exact, word) ? exact[word] : undefined;
  if (only !== undefined)
    return low === only && high === only
      ? undefined
      : fault(at, span, {
          en: `${only} to ${only}: "${word}" is exact`,
          zh: `${only} 至 ${only}：“${word}”是确切的`,
        });
  return Number(low) < Number(high)
    ? undefined
    : fault(at, span, {
        en: 'a range: only "done" and "not-started" are exact; an exact figure is a percentage',
        zh: '区间：只有“done”与“not-started”是确切的；确切的数值请用百分比',
      });
}

function phraseFault(phrase: unknown, at: string): Fault | undefined {
  if (typeof phrase === 'string' && phrase.length <= 200 && normalForm(phrase) !== '') return undefined;
  return fault(at, shown(phrase), {
    en: 'a phrase of 1 to 200 characters, with more in it than words that change nothing',
    zh: '1 至 200 个字的说法，不能只含无实义的词',
  });
}

/** A word or a phrase, in any spelling, that stands for two words. */
function twiceFault(words: readonly Json[]): Fault | undefined {
  const seen = new Map<string, string>();
  const ids = new Set<string>();
  return firstOf(words, ({ word, said }, index) => {
    const id = String(word);
    if (ids.has(id))
      return fault(
        `words[${index}].word`,
        { en: `"${id}" a second time`, zh: `“${id}”重复出现` },
        {
          en: 'each word once',
          zh: '每个词只出现一次',
        },
      );
    ids.add(id);
    return firstOf([id, ...(said as string[])], (phrase, place) => {
      const form = normalForm(phrase);
      const other = seen.get(form) ?? id;
      seen.set(form, other);
      if (other === id) return undefined;
      const at = place === 0 ? `words[${index}].word` : `words[${index}].said[${place - 1}]`;
      return fault(
        at,
        {
          en: `"${phrase}", which "${other}" has as well`,
          zh: `“${phrase}”，“${other}”也有此说法`,
        },
        { en: 'a phrase of one word', zh: '只属于一个词的说法' },
      );
    });
  });
}

function missingFault(words: readonly Json[], before: Lexicon): Fault | undefined {
  const known = new Set(words.map(({ word }) => word));
  const missing = before.words.filter(({ word }) => !known.has(word)).map(({ word }) => word);
  if (missing.length === 0) return undefined;
  return fault(
    'words',
    { en: `no ${missing.join(', ')}`, zh: `缺少 ${missing.join('、')}` },
    {
      en: 'every word of the lexicon in force, because entries name them',
      zh: '现行词表的每个词：记录中引用它们',
    },
  );
}
