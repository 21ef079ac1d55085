import { type AdoptedLexicon, defaultLexicon } from '../../../domain/governance/lexicons.js';
import { type AdoptedRules, defaultRules } from '../../../domain/governance/rules.js';

/** Rules and a lexicon, and the position from which they are in force together. */
export interface Adoption {
  position: number;
  rules: AdoptedRules;
  lexicon: AdoptedLexicon;
}

/** What is in force before anything was adopted. */
export const noneAdopted: Adoption = { position: 0, rules: defaultRules, lexicon: defaultLexicon };

/** What was adopted up to any position. */
export interface AdoptedBy {
  /** The rules and the lexicon, with the position of the later adoption of the two; 0 if there was none. */
  lastUpTo(position: number): Adoption;
  /** What was in force after each adoption from a position (exclusive) up to another (inclusive), in order. */
  between(after: number, upTo: number): Adoption[];
}

/** A list of adoptions, in the order of their positions. */
export class Adoptions implements AdoptedBy {
  constructor(private readonly all: readonly Adoption[]) {}

  lastUpTo(position: number): Adoption {
    return this.all.findLast((one) => one.position <= position) ?? noneAdopted;
  }

  between(after: number, upTo: number): Adoption[] {
    return this.all.filter(({ position }) => position > after && position <= upTo);
  }
}
