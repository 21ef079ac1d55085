import { type GovernanceEvent, governanceStream } from '../../../domain/governance/events.js';
import { emptyGovernance, replayGovernance, rulesInForce } from '../../../domain/governance/governance.js';
import { defaultRules } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { type Answer, transact, type WriterPorts } from '../commands/transact.js';

/**
 * Records the default rules as adopted, unless there are adopted rules; idempotent.
 *
 * @param id the id of this event, equal in every replica
 * @throws StoreError
 */
export async function adoptDefaultRules(ports: WriterPorts, id: string, asOf: Day): Promise<void> {
  const event = {
    id,
    by: 'topout',
    type: 'RulesAdopted',
    data: defaultRules,
    entry: { asOf, precision: 'day', source: { kind: 'system' } },
  } as const;
  await transact(ports, {
    stream: governanceStream,
    // Mostly they are the first event: the stream is read only when it is not empty.
    load: async (conflict) => {
      let state = emptyGovernance();
      if (conflict)
        for await (const page of ports.store.readStream(governanceStream))
          state = replayGovernance(state, page as readonly GovernanceEvent[]);
      return state;
    },
    decide: (state): Answer<string> => {
      const { entry } = rulesInForce(state);
      return entry === null ? { append: [event] } : { alreadySaid: entry };
    },
  });
}
