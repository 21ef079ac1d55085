import { governanceStream } from '../../../domain/governance/events.js';
import { defaultRules } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/calendar.js';
import { EventIdReused, RevisionConflict } from '../../event-store/errors.js';
import type { EventStore, ExpectedRevision } from '../../event-store/event-store.js';

/**
 * Records the default rules as adopted, unless some rules are; twice is once.
 *
 * @param id the one that this event has in every replica
 * @throws StoreError
 */
export async function adoptDefaultRules(store: EventStore, id: string, asOf: Day): Promise<void> {
  const event = {
    id,
    by: 'topout',
    type: 'RulesAdopted',
    data: defaultRules,
    entry: { asOf, precision: 'day', source: { kind: 'system' } },
  } as const;
  for (let expected: ExpectedRevision = 'no-stream'; ; ) {
    try {
      await store.append(governanceStream, [event], expected);
      return;
    } catch (error) {
      if (error instanceof EventIdReused) return;
      if (!(error instanceof RevisionConflict) || (await areRulesAdopted(store))) throw error;
      expected = error.current;
    }
  }
}

async function areRulesAdopted(store: EventStore): Promise<boolean> {
  for await (const page of store.readStream(governanceStream))
    if (page.some(({ type }) => type === 'RulesAdopted')) return true;
  return false;
}
