import type { Fact } from '../../../domain/project/facts/fact.js';
import { facts } from '../../../domain/project/facts/facts.js';
import { factAsStored } from './as-stored.js';
import { dayMeant } from './day.js';
import type { FactSaid } from './facts.js';
import { wholes } from './wholes.js';

/** The form of a fact: that of an item, or one for the whole project. */
export function whatOf(fact: FactSaid): string {
  const { item } = fact as { item?: string };
  if (item !== undefined && (fact.type === 'MilestoneReached' || fact.type === 'ProgressMeasured'))
    return item;
  return wholes.find(({ type }) => type === fact.type)?.what ?? fact.type;
}

/** The subject of a fact: of two about one subject for one day the later one counts. */
export function subjectOf(fact: FactSaid): string {
  const { subject, complete } = facts[fact.type] as unknown as Fact;
  const stated = factAsStored(fact);
  const asOf = dayMeant(fact.asOf, fact.asOf);
  const data = complete?.(stated, asOf, undefined, (day) => day < asOf) ?? stated;
  return JSON.stringify([...subject(data)].map((part) => part ?? null));
}
