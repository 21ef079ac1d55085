import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { ledgerStream, noteIn } from '../../domain/log/ledger-events.js';
import type { Words } from '../../domain/values/words.js';
import { storePath } from '../composition/folder/data-paths.js';
import { decode } from '../event-store/codec.js';
import { openToRead } from '../event-store/sqlite/file.js';
import { readCheckpoint, requireSigned, WrongSignature } from '../ledger/checkpoint.js';
import { Malformed } from '../ledger/malformed.js';
import { readVerifierKey } from '../ledger/vkey.js';

/** What a log says of its own history, and what is wrong with that, as sentences without their end. */
export interface LedgerNotes {
  says: Words[];
  wrong: Words[];
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
    const said = ({ en, zh }: Words): Words => ({
      en: `event ${event.position}: ${en}`,
      zh: `事件 ${event.position}：${zh}`,
    });
    if (event.type === 'StoreRolledBack') {
      const { size, before } = event.data;
      notes.says.push(
        said({
          en: `the store was set back to ${size} entries, and ${before.size} had been signed; it was accepted at ${event.recordedAt}`,
          zh: `存储被回退到 ${size} 条记录，而此前已签署 ${before.size} 条；于 ${event.recordedAt} 予以接受`,
        }),
      );
    }
    if (event.type !== 'LogContinued') continue;
    const { origin, size, checkpoint, keys, copiedAt } = event.data;
    notes.says.push(
      said({
        en: `the log continues ${origin} of ${size} entries, whose last checkpoint it carries; texts of people were sealed at ${copiedAt}`,
        zh: `日志延续 ${origin}（${size} 条记录），并载有其最后一个检查点；个人文字于 ${copiedAt} 加密`,
      }),
    );
    const why = faultOf(
      noteIn(checkpoint),
      keys.map(({ vkey }) => vkey),
      size,
    );
    if (why)
      notes.wrong.push(
        said({ en: `the checkpoint of the log before ${why.en}`, zh: `此前日志的检查点${why.zh}` }),
      );
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

function faultOf(note: string, vkeys: readonly string[], size: number): Words | undefined {
  try {
    const signed = readCheckpoint(note);
    requireSigned(signed, vkeys.map(readVerifierKey));
    const seen = signed.checkpoint.size;
    if (seen === size) return undefined;
    return { en: `is of ${seen} entries`, zh: `覆盖 ${seen} 条记录` };
  } catch (error) {
    if (error instanceof Malformed || error instanceof WrongSignature)
      return {
        en: `is not signed by its keys: ${error.words.en}`,
        zh: `并非由其密钥签署：${error.words.zh}`,
      };
    throw error;
  }
}
