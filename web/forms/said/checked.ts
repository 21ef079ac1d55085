import type { Fact } from '../../../domain/project/facts/fact.js';
import { facts } from '../../../domain/project/facts/facts.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { CommandRejected } from '../../../domain/values/rejections.js';
import type { Language } from '../../shared/language.js';
import type { Fault } from '../fault.js';
import { factAsStored } from './as-stored.js';
import type { Core } from './facts.js';
import { labelIn } from './stated.js';

/** What the domain would refuse of a fact, by the rules of its descriptor that need no other entry. */
function refusalOf(fact: Core, { asOf, on }: { asOf: Day; on: Day }, language: Language): Fault | undefined {
  // Whether a stall is known is for the service to say.
  if (fact.type === 'StallCleared') return undefined;
  const { shape, complete, refuse } = facts[fact.type] as unknown as Fact;
  try {
    const stated = factAsStored(fact);
    const data = complete?.(stated, asOf, undefined, (day) => day < on) ?? stated;
    refuse?.(data, { asOf, latestDay: on, live: () => [] });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandRejected)) throw error;
    const { member = '', seen, expected } = error.fault;
    return { label: labelIn(shape[member], member, language), seen, expected };
  }
}

/** A fact that is stated, or what is missing or wrong in it. */
export function checked(
  stated: { fact: Core } | { fault: Fault },
  days: { asOf: Day; on: Day },
  language: Language,
): { fact: Core; fault?: undefined } | { fact?: undefined; fault: Fault } {
  if ('fault' in stated) return stated;
  const fault = refusalOf(stated.fact, days, language);
  return fault ? { fault } : stated;
}
