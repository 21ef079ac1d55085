import { labelled } from '../../domain/values/punctuation.js';
import { type Text, textIn } from '../../domain/values/words.js';
import type { Language } from '../shared/language.js';
import { formText } from './texts.js';

/** What is wrong with a field: what was seen in it and what was expected; without both it is empty. */
export interface Fault {
  label: string;
  seen?: Text;
  expected?: Text;
}

/** A fault in one line, in the words of a refusal by the service. */
export function faultWords({ label, seen, expected }: Fault, language: Language): string {
  if (expected === undefined) return labelled(formText('need', language), label, language);
  const wanted = textIn(expected, language);
  const words =
    seen === undefined
      ? formText('expected', language, { expected: wanted })
      : formText('seenExpected', language, { seen: textIn(seen, language), expected: wanted });
  return `${label} · ${words}`;
}
