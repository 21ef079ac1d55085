import { facts } from '../../domain/project/facts/facts.js';
import { measureWords } from '../../domain/project/facts/measure-words.js';
import { causeWords } from '../../domain/project/facts/stall-declared.js';
import { dayWords } from '../shared/figures.js';
import { useAround } from './around.js';
import type { ProjectItems } from './forms/catalog.js';
import type { FactSaid } from './forms/facts.js';
import { genericWords } from './forms/generic.js';
import { measureAsStored } from './forms/measure/as-stored.js';
import { labelOf, wholes } from './forms/wholes.js';
import type { Language, TextName } from './texts.js';
import { said } from './texts.js';

/** The name of an entry's subject: its item, or the fact about the whole project. */
export function useAbout(): (what: string, known: ProjectItems) => string {
  const { language, nameOf } = useAround();
  return (what, { items }) => {
    const whole = wholes.find((one) => one.what === what);
    if (whole) return labelOf(whole, language);
    const item = items.find((one) => one.item === what);
    return item ? nameOf(item.names) : what;
  };
}

/** A fact in a few words, for the list of entries. */
export function inWords(fact: FactSaid, language: Language): string {
  const t = (name: TextName) => said(name, language);
  switch (fact.type) {
    case 'MilestoneReached':
      return t('done');
    case 'ProgressMeasured':
      return measureWords(measureAsStored(fact.measure))[language];
    case 'InvestmentReported':
      return [
        ...(typeof fact.amount === 'object' ? [`${fact.amount.amount} ${fact.amount.unit}`] : [fact.amount]),
        ...(fact.shareOfAnnualPlan === undefined ? [] : [`${fact.shareOfAnnualPlan} % ${t('ofAnnualPlan')}`]),
        `(${t(`span.${fact.span}`)})`,
      ]
        .filter((part) => part !== undefined)
        .join(' ');
    case 'StallDeclared':
      return [
        causeWords[fact.cause][language],
        ...(fact.from ? [`${t('since')} ${dayWords(fact.from, language)}`] : []),
        ...(fact.to ? [`– ${dayWords(fact.to, language)}`] : []),
      ].join(', ');
    case 'StallCleared':
      return fact.stall;
    case 'ForecastGiven':
      return (
        fact.when ??
        (fact.earliest === fact.latest
          ? (fact.latest ?? '')
          : `${fact.earliest ?? ''} – ${fact.latest ?? ''}`)
      );
    case 'NoChangeReported':
      return `${dayWords(fact.from, language)} – ${dayWords(fact.to, language)}`;
    default:
      return genericWords(fact, facts[fact.type].shape, language);
  }
}
