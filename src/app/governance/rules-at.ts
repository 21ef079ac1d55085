import { filter, merge } from 'rxjs';
import { governanceStream } from '../../../domain/governance/events.js';
import { type AdoptedRules, defaultRules } from '../../../domain/governance/rules.js';
import type { Views } from '../views/views.js';

/** The rules in force at any position of the log. */
export class RulesAt {
  private adopted?: Adoption[];

  constructor(private readonly views: Views) {
    const adoptions$ = views.events$.pipe(
      filter((events) => events.some(({ type }) => type === 'RulesAdopted')),
    );
    merge(adoptions$, views.swaps$).subscribe(() => {
      this.adopted = undefined;
    });
  }

  /** The rules in force once the event at a position was recorded; the default ones before any were adopted. */
  at(position: number): AdoptedRules {
    return this.lastUpTo(position).rules;
  }

  /** The same, with the position of their adoption; 0 for the default ones. */
  lastUpTo(position: number): Adoption {
    return this.adoptions().findLast((one) => one.position <= position) ?? ours;
  }

  /** The rules adopted after a position (exclusive) and up to another (inclusive), in order. */
  between(after: number, upTo: number): Adoption[] {
    return this.adoptions().filter(({ position }) => position > after && position <= upTo);
  }

  private adoptions(): Adoption[] {
    this.adopted ??= this.views
      .stream(governanceStream, this.views.position)
      .flatMap((event) =>
        event.type === 'RulesAdopted' ? [{ position: event.position, rules: event.data }] : [],
      );
    return this.adopted;
  }
}

/** Rules, and the position from which they are in force. */
export interface Adoption {
  position: number;
  rules: AdoptedRules;
}

const ours: Adoption = { position: 0, rules: defaultRules };
