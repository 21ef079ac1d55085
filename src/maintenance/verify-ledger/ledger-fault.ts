import type { Words } from '../../../domain/values/words.js';
import type { Verdict } from '../../ledger/verdicts.js';

/** A fault of an event, of a checkpoint or of the ledger's own file, as a sentence without its end. */
export interface LedgerFault {
  verdict: Exclude<Verdict, 'ok'>;
  words: Words;
}
