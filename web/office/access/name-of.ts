import { removedPersonWords } from '../../../projections/words/author-words.js';
import type { PersonAnswer } from '../../../src/app/access/access.js';
import type { Language } from '../../shared/language.js';
import type { SayAccess } from './texts.js';

/** The name of a person; without one, why there is none. */
export function nameOf(
  { name, isUnreadable, removed }: Pick<PersonAnswer, 'name' | 'isUnreadable' | 'removed'>,
  say: SayAccess,
  language: Language,
): string {
  if (removed) return removedPersonWords[language];
  return name ?? say(isUnreadable ? 'unreadableName' : 'nameless');
}
