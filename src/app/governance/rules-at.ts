import { filter, merge } from 'rxjs';
import { governanceStream } from '../../../domain/governance/events.js';
import { type AdoptedLexicon, defaultLexicon } from '../../../domain/governance/lexicons.js';
import { type AdoptedRules, defaultRules } from '../../../domain/governance/rules.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Views } from '../views/views.js';

/** The rules and the lexicon in force at any position of the log. */
export class RulesAt {
  private adopted?: Adoption[];

  constructor(private readonly views: Views) {
    const adoptions$ = views.events$.pipe(filter((events) => events.some(isAdoption)));
    merge(adoptions$, views.swaps$).subscribe(() => {
      this.adopted = undefined;
    });
  }

  /** The rules in force once the event at a position was recorded; the default ones before any were adopted. */
  at(position: number): AdoptedRules {
    return this.lastUpTo(position).rules;
  }

  /** The lexicon in force once the event at a position was recorded; before any was adopted, that of Topout. */
  lexiconAt(position: number): AdoptedLexicon {
    return this.lastUpTo(position).lexicon;
  }

  /** The rules and the lexicon, with the position of the later adoption of the two; 0 if there was none. */
  lastUpTo(position: number): Adoption {
    return this.adoptions().findLast((one) => one.position <= position) ?? ours;
  }

  /** What was in force after each adoption from a position (exclusive) up to another (inclusive), in order. */
  between(after: number, upTo: number): Adoption[] {
    return this.adoptions().filter(({ position }) => position > after && position <= upTo);
  }

  private adoptions(): Adoption[] {
    if (this.adopted) return this.adopted;
    const adopted: Adoption[] = [];
    for (const event of this.views.stream(governanceStream, this.views.position)) {
      const before = adopted.at(-1) ?? ours;
      const { position } = event;
      if (event.type === 'RulesAdopted') adopted.push({ ...before, position, rules: event.data });
      else if (event.type === 'LexiconAdopted') adopted.push({ ...before, position, lexicon: event.data });
    }
    this.adopted = adopted;
    return adopted;
  }
}

/** Rules and a lexicon, and the position from which they are in force together. */
export interface Adoption {
  position: number;
  rules: AdoptedRules;
  lexicon: AdoptedLexicon;
}

/** True for an event that changes what every project is evaluated by. */
export function isAdoption({ type }: AnyRecordedEvent): boolean {
  return type === 'RulesAdopted' || type === 'LexiconAdopted';
}

const ours: Adoption = { position: 0, rules: defaultRules, lexicon: defaultLexicon };
