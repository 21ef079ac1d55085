import { numberWords } from '../../../shared/figures.js';
import type { Language } from '../../../shared/language.js';

/** Percentage points with their sign: `+1.5`, `−0.25`; 0 has none. */
export function pointsShort(basisPoints: number, language: Language): string {
  const size = numberWords(Math.abs(basisPoints) / 100, language, 2);
  return basisPoints === 0 ? '0' : `${basisPoints > 0 ? '+' : '−'}${size}`;
}
