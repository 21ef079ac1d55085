import { percentWords } from '../../shared/figures.js';
import type { Language } from '../../shared/language.js';
import type { Values } from '../../shared/said.js';
import type { Effect } from '../outbox/entry.js';

/** What an entry changes, in a few words: `Project 49.9 → 53.7 % (est.)`. */
export function effectWords(
  { fromBasisPoints, toBasisPoints, isEstimate }: Effect,
  t: (name: 'effect' | 'noEffect' | 'estimated', values?: Values) => string,
  language: Language,
): string {
  const [from, to] = [percentWords(fromBasisPoints, language), percentWords(toBasisPoints, language)];
  const words = from === to ? t('noEffect', { to }) : t('effect', { from: from.replace(/ ?%$/, ''), to });
  return isEstimate ? `${words}${language === 'en' ? ' ' : ''}${t('estimated')}` : words;
}
