import { isChinese } from '../words.js';
import { normalForm, spelling, withoutAffixes } from './normal-form.js';
import { type Phrasebook, shippedPhrasebook } from './phrases.js';

/** The words of a phrasebook by phrase: as spelt, and without what changes nothing. */
interface Index {
  spelt: ReadonlyMap<string, string>;
  normal: ReadonlyMap<string, string>;
}

const indexes = new WeakMap<Phrasebook, Index>();

/**
 * The word for a reported phrase, or undefined if the phrasebook has none.
 *
 * A phrase matches as a whole, in any spelling and with any affixes that change nothing; of several ways the one with
 * the longest phrase counts. What negates is no affix, so that 尚未封顶 is never read as 封顶.
 */
export function wordSaid(phrase: string, phrasebook: Phrasebook = shippedPhrasebook): string | undefined {
  const { spelt, normal } = indexOf(phrasebook);
  const exact = spelt.get(spelling(phrase));
  if (exact !== undefined) return exact;
  for (const rest of withoutAffixes(phrase)) {
    const word = normal.get(rest);
    if (word !== undefined) return word;
  }
  return undefined;
}

/** The phrases of a phrasebook that are nearest to an unknown one, in its language, best first; at most four. */
export function nearestPhrases(phrase: string, phrasebook: Phrasebook = shippedPhrasebook): string[] {
  const wanted = normalForm(phrase);
  const language = isChinese(phrase);
  return phrasebook.words
    .flatMap(({ said }) => said)
    .filter((known) => isChinese(known) === language)
    .map((known) => ({ known, likeness: likeness(wanted, normalForm(known)) }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, mostSuggestions)
    .map(({ known }) => known);
}

const leastLikeness = 0.4;
const mostSuggestions = 4;

/** From 0 to 1: the share of the pairs of neighbouring characters that two texts have in common (Dice). */
function likeness(one: string, other: string): number {
  const [pairs, others] = [pairsOf(one), pairsOf(other)];
  const rest = [...others];
  let common = 0;
  for (const pair of pairs) {
    const place = rest.indexOf(pair);
    if (place < 0) continue;
    rest.splice(place, 1);
    common += 1;
  }
  return (2 * common) / (pairs.length + others.length);
}

/** Pairs of neighbouring characters, and each Chinese character by itself, because many phrases have only two. */
function pairsOf(text: string): string[] {
  const pairs: string[] = [];
  for (let at = -1; at < text.length; at++) pairs.push(text.slice(Math.max(0, at), at + 2));
  for (const character of text) if (isChinese(character)) pairs.push(character);
  return pairs;
}

function indexOf(phrasebook: Phrasebook): Index {
  const known = indexes.get(phrasebook);
  if (known) return known;
  const spelt = new Map<string, string>();
  const normal = new Map<string, string>();
  for (const { word, said } of phrasebook.words)
    for (const phrase of [word, ...said]) {
      spelt.set(spelling(phrase), word);
      normal.set(normalForm(phrase), word);
    }
  const index = { spelt, normal };
  indexes.set(phrasebook, index);
  return index;
}
