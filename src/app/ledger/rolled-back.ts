import { StoreCorrupt } from '../../event-store/errors.js';

/** The store is not what its ledger has seen: events are missing from its end, or others are in their place. */
export class RolledBack extends StoreCorrupt {
  /** @param seen what the store holds, and what the ledger has, as a sentence without its end */
  constructor(seen: string) {
    super('its end');
    this.message =
      `The store was set back or replaced: ${seen}. Nothing was changed. Put the store in its place that the ledger belongs to; ` +
      'to continue from this one, "topout ledger accept-rollback" keeps the checkpoints as evidence and starts another ledger.';
  }
}
