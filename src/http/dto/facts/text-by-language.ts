import type { ByLanguage } from '../../../../domain/values/by-language.js';
import { singleSpaced } from '../../../../domain/values/plain-text.js';
import { nothing } from '../../../../domain/values/rejections.js';
import { Optional, type ShapeRule, shape } from '../../validation/member.js';
import { type Finding, isObject, text } from '../../validation/rules.js';

/** Characters of the longest text that is given by language. */
const mostOfAll = 500;

export class TextByLanguageSaid {
  @Optional(text(mostOfAll), 'In English.')
  en?: string;

  @Optional(text(mostOfAll), 'In Chinese.')
  zh?: string;
}

/** A text as it is accepted: a plain one, or one by language. */
export type TextStated = string | ByLanguage;

/** A text of up to `most` characters: a plain one, or `{"en", "zh"}` with one of them or both. */
export function textByLanguage(most: number): ShapeRule {
  const plain = text(most);
  const byLanguage = shape(TextByLanguageSaid, (value) => languageFinding(value as TextByLanguageSaid, most));
  return {
    ...byLanguage,
    api: {
      oneOf: [
        { type: 'string', minLength: 1, maxLength: most },
        { $ref: '#/components/schemas/TextByLanguageSaid' },
      ],
    } as ShapeRule['api'],
    check: (value) => (isObject(value) ? byLanguage.check(value) : plain.check(value)),
    tidy: (value) => (typeof value === 'string' ? singleSpaced(value) : value),
  };
}

function languageFinding(said: TextByLanguageSaid, most: number): Finding | undefined {
  const { en, zh } = said;
  if (en === undefined && zh === undefined)
    return {
      type: 'member-missing',
      seen: nothing,
      expected: { en: 'a text, or "en", "zh" or both', zh: '文本，或“en”、“zh”或两者' },
    };
  for (const [language, value] of Object.entries({ en, zh })) {
    const finding = typeof value === 'string' && value.length > most ? text(most).check(value) : undefined;
    if (finding) return { ...finding, at: `.${language}` };
  }
  return undefined;
}
