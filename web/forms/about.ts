import { facts } from '../../domain/project/facts/facts.js';
import { targetWords } from '../../domain/project/facts/forecast-given.js';
import { measureWords } from '../../domain/project/facts/measure-words.js';
import { causeWords } from '../../domain/project/facts/stall-declared.js';
import { nameWords } from '../../domain/values/words.js';
import { dayWords } from '../shared/figures.js';
import type { Language } from '../shared/language.js';
import { measureAsStored } from './said/as-stored.js';
import type { FactSaid } from './said/facts.js';
import type { ProjectItems } from './said/known.js';
import { genericWords } from './said/stated.js';
import { whatOf } from './said/what.js';
import { labelOf, offered } from './said/wholes.js';
import { formText } from './texts.js';

/** The name of what is logged: an item, or a fact about the whole project. */
export function nameOf(what: string, { items }: ProjectItems, language: Language): string {
  const whole = offered.find((one) => one.what === what);
  if (whole) return labelOf(whole, language);
  return nameWords(items.find(({ item }) => item === what)?.names, what)[language];
}

/** The name of what a fact is about; with that of its item where the form is one for the whole project. */
export function aboutOf(fact: FactSaid, known: ProjectItems, language: Language): string {
  const what = whatOf(fact);
  const target = 'target' in fact && !(String(fact.target) in targetWords) ? fact.target : undefined;
  const { item = target } = fact as { item?: string };
  const names = [nameOf(what, known, language)];
  if (item !== undefined && item !== what) names.push(nameOf(String(item), known, language));
  return names.join(' · ');
}

/** A fact in a few words, for the list of entries. */
export function inWords(fact: FactSaid, language: Language): string {
  switch (fact.type) {
    case 'MilestoneReached':
      return formText('done', language);
    case 'ProgressMeasured':
      return measureWords(measureAsStored(fact.measure))[language];
    case 'StallDeclared':
      return [
        causeWords[fact.cause][language],
        ...(fact.from ? [`${formText('since', language)} ${dayWords(fact.from, language)}`] : []),
        ...(fact.to ? [`– ${dayWords(fact.to, language)}`] : []),
        ...(fact.expectedEnd
          ? [`${formText('expectedUntil', language)} ${dayWords(fact.expectedEnd, language)}`]
          : []),
      ].join(', ');
    case 'StallCleared':
      return fact.stall;
    case 'NoChangeReported':
      return `${dayWords(fact.from, language)} – ${dayWords(fact.to, language)}`;
    default:
      return genericWords(fact, facts[fact.type].shape, language);
  }
}
