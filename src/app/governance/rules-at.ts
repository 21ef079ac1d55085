import { filter, merge } from 'rxjs';
import { governanceStream } from '../../../domain/governance/events.js';
import type { AdoptedLexicon } from '../../../domain/governance/lexicons.js';
import type { AdoptedRules } from '../../../domain/governance/rules.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Views } from '../views/views.js';
import { type AdoptedBy, type Adoption, Adoptions, noneAdopted } from './adoptions.js';

/** The rules and the lexicon in force at any position of the log. */
export class RulesAt implements AdoptedBy {
  private adopted?: Adoptions;

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

  lastUpTo(position: number): Adoption {
    return this.adoptions.lastUpTo(position);
  }

  between(after: number, upTo: number): Adoption[] {
    return this.adoptions.between(after, upTo);
  }

  private get adoptions(): Adoptions {
    if (this.adopted) return this.adopted;
    const adopted: Adoption[] = [];
    for (const event of this.views.stream(governanceStream, this.views.position)) {
      const before = adopted.at(-1) ?? noneAdopted;
      const { position } = event;
      if (event.type === 'RulesAdopted') adopted.push({ ...before, position, rules: event.data });
      else if (event.type === 'LexiconAdopted') adopted.push({ ...before, position, lexicon: event.data });
    }
    this.adopted = new Adoptions(adopted);
    return this.adopted;
  }
}

/** True for an event that changes what every project is evaluated by. */
export function isAdoption({ type }: AnyRecordedEvent): boolean {
  return type === 'RulesAdopted' || type === 'LexiconAdopted';
}
