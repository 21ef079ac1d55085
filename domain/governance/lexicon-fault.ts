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
    return { seen: shown(lexicon), expected: 'a lexicon: an object with "basis" and "words"' };
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
    return fault(at, shown(word), 'a word: an object with "word", "range", "name" and "said"');
  const { name, range, state } = word;
  const names = isObject(name) ? name : {};
  return (
    strangerFault(word, ['word', 'range', 'state', 'name', 'said'], at) ??
    (typeof word.word === 'string' && wordShape.test(word.word)
      ? undefined
      : fault(`${at}.word`, shown(word.word), '1 to 40 of a-z, 0-9 and -')) ??
    rangeFault(range, String(word.word), `${at}.range`) ??
    (state === undefined || states.includes(String(state))
      ? undefined
      : fault(`${at}.state`, shown(state), `one of ${states.join(', ')}, or no such member`)) ??
    strangerFault(names, ['en', 'zh'], `${at}.name`) ??
    textFault(names.en, `${at}.name.en`) ??
    textFault(names.zh, `${at}.name.zh`) ??
    listFault(word.said, `${at}.said`, [0, mostPhrases], phraseFault)
  );
}

/** A range holds its point, and only the words of the two ends are exact. */
function rangeFault(range: unknown, word: string, at: string): Fault | undefined {
  if (!isObject(range))
    return fault(at, shown(range), 'an object with "low", "point" and "high" in basis points');
  const { low, point, high } = range;
  const found =
    strangerFault(range, ['low', 'point', 'high'], at) ??
    wholeFault(low, `${at}.low`, [0, 10_000]) ??
    wholeFault(point, `${at}.point`, [Number(low), 10_000]) ??
    wholeFault(high, `${at}.high`, [Number(point), 10_000]);
  if (found) return found;
  const only = Object.hasOwn(exact, word) ? exact[word] : undefined;
  if (only !== undefined)
    return low === only && high === only
      ? undefined
      : fault(at, `${low} to ${high}`, `${only} to ${only}: "${word}" is exact`);
  return Number(low) < Number(high)
    ? undefined
    : fault(
        at,
        `${low} to ${high}`,
        'a range: only "done" and "not-started" are exact; an exact figure is a percentage',
      );
}

function phraseFault(phrase: unknown, at: string): Fault | undefined {
  if (typeof phrase === 'string' && phrase.length <= 200 && normalForm(phrase) !== '') return undefined;
  return fault(
    at,
    shown(phrase),
    'a phrase of 1 to 200 characters, with more in it than words that change nothing',
  );
}

/** A word or a phrase, in any spelling, that stands for two words. */
function twiceFault(words: readonly Json[]): Fault | undefined {
  const seen = new Map<string, string>();
  const ids = new Set<string>();
  return firstOf(words, ({ word, said }, index) => {
    const id = String(word);
    if (ids.has(id)) return fault(`words[${index}].word`, `"${id}" a second time`, 'each word once');
    ids.add(id);
    return firstOf([id, ...(said as string[])], (phrase, place) => {
      const form = normalForm(phrase);
      const other = seen.get(form) ?? id;
      seen.set(form, other);
      if (other === id) return undefined;
      const at = place === 0 ? `words[${index}].word` : `words[${index}].said[${place - 1}]`;
      return fault(at, `"${phrase}", which "${other}" has as well`, 'a phrase of one word');
    });
  });
}

function missingFault(words: readonly Json[], before: Lexicon): Fault | undefined {
  const known = new Set(words.map(({ word }) => word));
  const missing = before.words.filter(({ word }) => !known.has(word)).map(({ word }) => word);
  if (missing.length === 0) return undefined;
  return fault(
    'words',
    `no ${missing.join(', ')}`,
    'every word of the lexicon in force, because entries name them',
  );
}
