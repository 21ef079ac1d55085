import type { Words } from '../../domain/values/words.js';
import type { Language } from './language.js';

/** Values that replace each `{{name}}` of a text. */
export type Values = Readonly<Record<string, string | number>>;

/** A text of a table in a language, with each `{{name}}` replaced by its value. */
export function saidIn(text: Words, language: Language, values: Values = {}): string {
  return text[language].replaceAll(/\{\{(\w+)\}\}/g, (_, value: string) => String(values[value] ?? ''));
}
