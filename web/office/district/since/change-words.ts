import { stageWords } from '../../../../domain/project/facts/stage-entered.js';
import { nameWords } from '../../../../domain/values/words.js';
import { numberWords, percentWords } from '../../../shared/figures.js';
import type { Language } from '../../../shared/language.js';
import type { SayDistrict } from '../row-words.js';
import type { ChangesAnswer } from './compared-query.js';

/** A number with its sign: `+49.9`, `−3`, `0`. */
export function signedWords(value: number, language: Language, decimals = 0): string {
  const words = numberWords(Math.abs(value), language, decimals);
  return value === 0 || words === '0' ? '0' : `${value < 0 ? '−' : '+'}${words}`;
}

/** A change of completion: `+49.9 points`. Takes basis points. */
export function pointsWords(basisPoints: number, say: SayDistrict, language: Language): string {
  return say('points', { by: signedWords(basisPoints / 100, language, 1) });
}

const effects = ['work', 'scope', 'correction', 'late', 'lexicon'] as const;

/** Why completion changed, shortest first: a stage that was entered, else the item that rose most, else the largest effect. */
export function reasonWords(changes: ChangesAnswer, say: SayDistrict, language: Language): string {
  const { percent } = changes.completion;
  const effect = effects.toSorted((a, b) => Math.abs(byOf(percent, b)) - Math.abs(byOf(percent, a)))[0];
  if (effect && effect !== 'work') return say(`effect.${effect}`);
  const stage = changes.stage?.to;
  if (stage) return stageWords[stage.stage][language];
  const items = changes.items.filter(({ isGroup, kind }) => !isGroup && kind === 'work');
  const stated = items.filter(({ saidAfter }) => saidAfter !== null);
  const [most] = (stated.length > 0 ? stated : items).toSorted((a, b) => risenBy(b) - risenBy(a));
  if (!most) return say('effect.work');
  const words = `${nameWords(most.names, most.item)[language]} ${percentWords(most.toBasisPoints ?? 0, language)}`;
  const others = items.length - 1;
  return others > 0 ? say('andItems', { words, count: others }) : words;
}

function byOf(percent: ChangesAnswer['completion']['percent'], effect: (typeof effects)[number]): number {
  return percent[`${effect}BasisPoints`];
}

function risenBy({ fromBasisPoints, toBasisPoints }: ChangesAnswer['items'][number]): number {
  return Math.abs((toBasisPoints ?? 0) - (fromBasisPoints ?? 0));
}
