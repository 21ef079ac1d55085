import type { ItemName } from '../../forms/said/known.js';
import { numberWords } from '../../shared/figures.js';
import type { Language } from '../../shared/language.js';
import { saidIn } from '../../shared/said.js';
import { walkTexts } from './texts.js';

/** A difference in percentage points, with its sign: `+3.7 pt`, `-0.5 点`. Takes basis points. */
export function pointsWords(basisPoints: number, language: Language): string {
  return saidIn(walkTexts.points, language, { by: signed(basisPoints / 100, language) });
}

/** A number with its sign: `+15`, `−5`. */
export function signed(value: number, language: Language): string {
  const size = numberWords(Math.abs(value), language, 1);
  return value > 0 ? `+${size}` : value < 0 ? `−${size}` : size;
}

/** The share of an item in the project: `weight 10`; nothing where it is not known. */
export function shareWords(
  { shareBasisPoints }: Pick<ItemName, 'shareBasisPoints'>,
  t: (name: 'weight', values: { share: string }) => string,
  language: Language,
): string {
  if (shareBasisPoints === undefined) return '';
  return t('weight', { share: numberWords(shareBasisPoints / 100, language, 1) });
}
