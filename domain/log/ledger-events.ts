import type { Instant } from '../values/days/calendar.js';

/**
 * The stored contract of the stream `ledger`: where the log comes from, and that it was set back. Signed notes are without their last
 * line feed, which no text of an event has: `storedNote`, `noteIn`.
 */
export interface LedgerEventData {
  /**
   * Recorded at the machine as the first event of a store that `topout copy --protect-people` writes: the log holds the entries
   * of another one, with the texts of people sealed, and nobody can compute its hashes from those of the other.
   */
  LogContinued: {
    /** The name of the ledger before. */
    origin: string;
    /** The entries of the log before: all those that follow here. */
    size: number;
    /** Its last checkpoint, a signed note that covers all of them. */
    checkpoint: string;
    /** Its verifier keys, from the first on, with the notes by which each hands over to the next. */
    keys: { vkey: string; handover?: string }[];
    /** When it was copied. `recordedAt` is that of the first entry, because it never goes backwards. */
    copiedAt: Instant;
  };
  /** Recorded at the machine when somebody accepts that the store was set back: what was signed after `size` is not here. */
  StoreRolledBack: {
    /** The entries of the store as it was taken over. */
    size: number;
    /** A checkpoint of them; absent if there were none. */
    checkpoint?: string;
    /** The last checkpoint that is known of the log before, a signed note. */
    before: { size: number; checkpoint: string };
  };
}

export const ledgerStream = 'ledger';

/** A signed note as an event holds it. */
export const storedNote = (note: string): string => note.replace(/\n$/, '');

/** The signed note that an event holds. */
export const noteIn = (stored: string): string => `${stored}\n`;
