import { lexiconFault } from '../../../../domain/governance/lexicon-fault.js';
import type { AdoptedLexicon, LexiconSet } from '../../../../domain/governance/lexicons.js';
import { isSame } from '../../../../domain/values/equal.js';
import { normalForm } from '../../../../domain/values/lexicon/normal-form.js';
import type { SpokenWord } from '../../../../domain/values/lexicon/phrases.js';
import { textIn, type Words } from '../../../../domain/values/words.js';

/** A word whose definition differs between two lexicons. */
export interface WordChange {
  word: SpokenWord;
  /** Absent for a new word. */
  before?: SpokenWord;
  more: string[];
  fewer: string[];
}

/** The words of a lexicon that a draft changes or adds. */
export function changedWords(before: LexiconSet, after: LexiconSet): WordChange[] {
  return after.words.flatMap((word): WordChange[] => {
    const was = before.words.find((one) => one.word === word.word);
    if (!was) return [{ word, more: [...word.said], fewer: [] }];
    if (isSame(was, word)) return [];
    return [
      {
        word,
        before: was,
        more: word.said.filter((phrase) => !was.said.includes(phrase)),
        fewer: was.said.filter((phrase) => !word.said.includes(phrase)),
      },
    ];
  });
}

/** The words that a search finds: by id, name or phrase, in any spelling. */
export function foundWords(words: readonly SpokenWord[], sought: string): SpokenWord[] {
  const wanted = sought.trim().toLowerCase();
  if (wanted === '') return [...words];
  const normal = normalForm(sought);
  return words.filter(({ word, name, said }) =>
    [word, name.en, name.zh, ...said].some(
      (text) => text.toLowerCase().includes(wanted) || (normal !== '' && normalForm(text).includes(normal)),
    ),
  );
}

/** The phrases of a pasted table, and its lines that name no word of the lexicon. */
export function pasted(
  text: string,
  words: readonly SpokenWord[],
): { words: SpokenWord[]; taken: number; unread: string[] } {
  const more = new Map<string, string[]>();
  const unread: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const [, phrase = '', named = ''] = /^(.*?)\s*(?:\t|,|，|;|；)\s*(.*)$/.exec(line.trim()) ?? [];
    const wanted = named.trim().toLowerCase();
    const word = words.find(({ word, name }) => [word, name.en.toLowerCase(), name.zh].includes(wanted));
    if (word && normalForm(phrase) !== '') more.set(word.word, [...(more.get(word.word) ?? []), phrase]);
    else unread.push(line.trim());
  }
  const moved = new Set([...more.values()].flat().map(normalForm));
  let taken = 0;
  const next = words.map((word) => {
    // A phrase that is given to another word leaves the one that had it.
    const kept = word.said.filter((phrase) => !moved.has(normalForm(phrase)));
    const added = more.get(word.word) ?? [];
    taken += added.length;
    const said = [...new Set([...kept, ...added])];
    return isSame(said, word.said) ? word : { ...word, said };
  });
  return { words: next, taken, unread };
}

/** The first fault that the service would refuse, found while typing, in a language. */
export function faultIn(
  draft: LexiconSet,
  inForce: AdoptedLexicon,
  language: keyof Words,
): { member: string; seen: string; expected: string } | undefined {
  const fault = lexiconFault({ ...draft, basis: draft.basis || '-' }, inForce);
  if (!fault) return undefined;
  const { member = '', seen, expected } = fault;
  return { member, seen: textIn(seen, language), expected: textIn(expected, language) };
}
