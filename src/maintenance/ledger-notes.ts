import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { ledgerStream, noteIn } from '../../domain/log/ledger-events.js';
import { storePath } from '../composition/data-paths.js';
import { decode } from '../event-store/codec.js';
import { openToRead } from '../event-store/sqlite/file.js';
import { readCheckpoint, requireSigned, WrongSignature } from '../ledger/checkpoint.js';
import { Malformed } from '../ledger/malformed.js';
import { readVerifierKey } from '../ledger/vkey.js';

/** What a log says of its own history, and what is wrong with that, as sentences without their end. */
export interface LedgerNotes {
  says: string[];
  wrong: string[];
}

/** Reads the events of the stream `ledger`; those that cannot be read are reported by the verification of all events. */
export function ledgerNotesOf(dataPath: string): LedgerNotes {
  const notes: LedgerNotes = { says: [], wrong: [] };
  let events: AnyRecordedEvent[] = [];
  try {
    events = eventsOf(dataPath);
  } catch {
    return notes;
  }
  for (const event of events) {
    const place = `event ${event.position}`;
    if (event.type === 'StoreRolledBack') {
      const { size, before } = event.data;
      notes.says.push(
        `${place}: the store was set back to ${size} entries, and ${before.size} had been signed; it was accepted at ${event.recordedAt}`,
      );
    }
    if (event.type !== 'LogContinued') continue;
    const { origin, size, checkpoint, keys, copiedAt } = event.data;
    notes.says.push(
      `${place}: the log continues ${origin} of ${size} entries, whose last checkpoint it carries; texts of people were sealed at ${copiedAt}`,
    );
    const why = faultOf(
      noteIn(checkpoint),
      keys.map(({ vkey }) => vkey),
      size,
    );
    if (why !== undefined) notes.wrong.push(`${place}: the checkpoint of the log before ${why}`);
  }
  return notes;
}

function eventsOf(dataPath: string): AnyRecordedEvent[] {
  const database = openToRead(storePath(dataPath));
  try {
    const rows = database
      .prepare(
        'SELECT seq, CAST(body AS TEXT) AS body FROM events WHERE stream = (SELECT number FROM streams WHERE name = ?) ORDER BY seq',
      )
      .all(ledgerStream);
    return rows.map(({ seq, body }) => decode(String(body), Number(seq)));
  } finally {
    database.close();
  }
}

function faultOf(note: string, vkeys: readonly string[], size: number): string | undefined {
  try {
    const signed = readCheckpoint(note);
    requireSigned(signed, vkeys.map(readVerifierKey));
    return signed.checkpoint.size === size ? undefined : `is of ${signed.checkpoint.size} entries`;
  } catch (error) {
    if (error instanceof Malformed || error instanceof WrongSignature)
      return `is not signed by its keys: ${error.message}`;
    throw error;
  }
}
