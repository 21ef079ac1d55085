/** A sentence, or a part of one, in both languages. */
export interface Words {
  en: string;
  zh: string;
}

/** A text for people: words in both languages, or a figure, a day or a quotation that is the same in both. */
export type Text = Words | string;

/** A text in one language. */
export function textIn(text: Text, language: keyof Words): string {
  return typeof text === 'string' ? text : text[language];
}

/** Words made of texts, in both languages. */
export function wordsOf(make: (text: (text: Text) => string) => string): Words {
  return { en: make((text) => textIn(text, 'en')), zh: make((text) => textIn(text, 'zh')) };
}
