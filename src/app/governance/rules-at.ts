import { governanceStream } from '../../domain/governance-events.js';
import { type AdoptedRules, defaultRules } from '../../domain/rules.js';
import type { Views } from '../views.js';

/** The rules that were in force at any position of the log. */
export class RulesAt {
  private adopted?: { position: number; rules: AdoptedRules }[];

  constructor(private readonly views: Views) {
    const forget = () => {
      this.adopted = undefined;
    };
    views.onEvents((events) => {
      if (events.some((event) => event.type === 'RulesAdopted')) forget();
    });
    views.onSwap(forget);
  }

  /** The rules in force once the event at a position was recorded; the default ones before any were adopted. */
  at(position: number): AdoptedRules {
    this.adopted ??= this.views
      .stream(governanceStream, this.views.position)
      .flatMap((event) =>
        event.type === 'RulesAdopted' ? [{ position: event.position, rules: event.data }] : [],
      );
    return this.adopted.findLast((one) => one.position <= position)?.rules ?? defaultRules;
  }
}
