import type { Language } from '../../../shared/language.js';
import { templates } from './templates/templates.js';
import type { usePlanTexts } from './texts.js';

/** The basis of a plan's weights, in words. */
export function basisWords(basis: string, say: ReturnType<typeof usePlanTexts>, language: Language): string {
  if (basis === 'stated' || basis === 'example') return say(basis);
  const name = basis.replace(/^template:/, '');
  return say('template', {
    name: templates.find((template) => template.name === name)?.title[language] ?? name,
  });
}
