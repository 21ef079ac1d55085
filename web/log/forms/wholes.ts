import { facts } from '../../../domain/project/facts/facts.js';
import type { Words } from '../../../domain/values/words.js';
import type { Language, TextName } from '../texts.js';
import { said } from '../texts.js';

/** A fact about the whole project, as the phone offers it. */
interface Whole {
  type: string;
  /** Its name in addresses and drafts; it cannot collide with an item id, which has no capital letters. */
  what: string;
  text?: TextName;
  name: Words;
}

/** Names of the facts that have a form of their own. */
const named: Readonly<Record<string, { what: string; text: TextName }>> = {
  ProgressMeasured: { what: 'Progress', text: 'progress' },
  InvestmentReported: { what: 'Money', text: 'money' },
  StallDeclared: { what: 'Stall', text: 'stall' },
  StallCleared: { what: 'Resumed', text: 'resumed' },
  ForecastGiven: { what: 'Forecast', text: 'forecast' },
  NoChangeReported: { what: 'NoChange', text: 'noChange' },
};

/** Every fact about a whole project; one that is not named above has the generic form. */
export const wholes: readonly Whole[] = Object.entries(facts)
  .filter(([, { shape }]) => !('item' in shape) || 'isOptional' in shape.item)
  .map(([type, { name }]) => ({ type, name, what: type, ...named[type] }));

/** The label of a fact about a whole project. */
export function labelOf({ text, name }: Whole, language: Language): string {
  if (text) return said(text, language);
  const [first = '', ...rest] = name[language];
  return first.toUpperCase() + rest.join('');
}
