import { facts } from '../../../domain/project/facts/facts.js';
import type { Words } from '../../../domain/values/words.js';
import type { Language } from '../../shared/language.js';
import { type FormText, formText } from '../texts.js';

/** A fact about the whole project, as the pages offer it. */
interface Whole {
  type: string;
  /** Its name in addresses and drafts; it cannot collide with an item id, which has no capital letters. */
  what: string;
  text?: FormText;
  name: Words;
}

/** Names of the facts that have a form of their own. */
const named: Readonly<Record<string, { what: string; text: FormText }>> = {
  ProgressMeasured: { what: 'Progress', text: 'progress' },
  InvestmentReported: { what: 'Money', text: 'money' },
  // One form has all kinds of money.
  MoneyReported: { what: 'Money', text: 'money' },
  StallDeclared: { what: 'Stall', text: 'stall' },
  StallCleared: { what: 'Resumed', text: 'resumed' },
  ForecastGiven: { what: 'Forecast', text: 'forecast' },
  NoChangeReported: { what: 'NoChange', text: 'noChange' },
};

/** Every fact about a whole project; one that is not named above has the generic form. */
export const wholes: readonly Whole[] = Object.entries(facts)
  .filter(([, { shape }]) => !('item' in shape) || 'isOptional' in shape.item)
  .map(([type, { name }]) => ({ type, name, what: type, ...named[type] }));

/** Those facts by their forms: a form of several facts once. */
export const offered: readonly Whole[] = wholes.filter(
  ({ what }, index) => wholes.findIndex((other) => other.what === what) === index,
);

/** The label of a fact about a whole project. */
export function labelOf({ text, name }: Whole, language: Language): string {
  if (text) return formText(text, language);
  const [first = '', ...rest] = name[language];
  return first.toUpperCase() + rest.join('');
}
