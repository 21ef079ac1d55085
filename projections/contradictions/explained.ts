import type { Day, Instant } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Fact } from '../facts/facts.js';
import { type Authored, authorOf } from '../words/author-words.js';
import type { IndexedFact } from './fact-index.js';

/**
 * `open`: nobody has said why its entries differ; `explained`: somebody has, and it stays; `settled`: an entry made
 * its entries fit.
 */
export type ContradictionState = 'open' | 'explained' | 'settled';

/** Why a contradiction stays. */
export interface ContradictionExplanation extends Authored {
  entry: Uuid;
  reason: string;
  asOf: Day;
  recordedAt: Instant;
}

/** Somebody who recorded an entry of a contradiction, and so can settle or explain it. */
export interface AskedOf extends Authored {
  /** Their last entry among those of the contradiction. */
  entry: Uuid;
  /** `planner` for a plan, `inspector` for anything else. */
  as: 'inspector' | 'planner';
}

/** A contradiction as it was found. */
interface Sided {
  id: string;
  settledBy?: Uuid;
  sides: readonly { fact: IndexedFact }[];
}

type ExplanationFact = Fact<'ContradictionExplained'>;

/** The last explanation of each contradiction, by its id. */
export type Explanations = ReadonlyMap<string, ExplanationFact>;

/** True for a fact that explains a contradiction. */
export function isExplanation<F extends { type: string }>(fact: F): fact is F & ExplanationFact {
  return fact.type === 'ContradictionExplained';
}

/** The explanation of a contradiction; none once it names an entry that the explanation did not see. */
export function explanationOf(
  { id, sides }: Pick<Sided, 'id' | 'sides'>,
  explanations: Explanations,
): ExplanationFact | undefined {
  const found = explanations.get(id);
  if (!found) return undefined;
  const seen = new Set(found.data.entries);
  return sides.every(({ fact }) => seen.has(fact.id)) ? found : undefined;
}

/** How a contradiction is shown with what was said of it. */
export function stateOf({ settledBy }: Pick<Sided, 'settledBy'>, explained: boolean): ContradictionState {
  if (settledBy !== undefined) return 'settled';
  return explained ? 'explained' : 'open';
}

/** An explanation as a register shows it. */
export function shownExplanation(fact: ExplanationFact): ContradictionExplanation {
  const { id, asOf, recordedAt, data } = fact;
  return { entry: id, reason: data.reason, asOf, recordedAt, ...authorOf(fact) };
}

/** To whom an open contradiction is put: who recorded its entries, the one who recorded last first. */
export function askedOf({ sides }: Pick<Sided, 'sides'>): AskedOf[] {
  const latestFirst = sides.map(({ fact }) => fact).sort((a, b) => b.position - a.position);
  const asked = new Map<string, AskedOf>();
  for (const fact of latestFirst) {
    const author = authorOf(fact);
    const key = JSON.stringify([author.by, author.onBehalfOf]);
    if (asked.has(key)) continue;
    asked.set(key, { ...author, entry: fact.id, as: fact.type === 'PlanAdopted' ? 'planner' : 'inspector' });
  }
  return [...asked.values()];
}
