import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { OnProgress } from '../app/views/make-views.js';
import { storePath } from '../composition/folder/data-paths.js';
import { nextTurn } from '../composition/world.js';
import { flush } from '../event-store/sqlite/backup.js';
import { Gaps, intactEvents, type MissingRevisions } from '../event-store/sqlite/salvage.js';

/** The result of a salvage. */
export interface Salvaged {
  file: string;
  events: number;
  /** Events among them whose position is unknown. */
  withoutPosition: number;
  streams: number;
  missing: MissingRevisions[];
}

/** Writes every intact event of a store, which may be damaged, into a new file: one JSON object per line. */
export async function salvageStore(
  dataPath: string,
  file: string,
  onProgress: OnProgress,
): Promise<Salvaged> {
  const part = `${file}.part`;
  const gaps = new Gaps();
  let events = 0;
  let withoutPosition = 0;
  rmSync(part, { force: true });
  const output = openSync(part, 'wx', 0o600);
  try {
    const turns = {
      nextTurn(call: () => void) {
        onProgress(events, events);
        nextTurn(call);
      },
    };
    for await (const event of intactEvents(storePath(dataPath), `${part}-copy`, turns)) {
      const { position, leaf, body } = event;
      writeSync(output, `${JSON.stringify({ position, leaf, body })}\n`);
      gaps.take(event);
      events += 1;
      if (position === null) withoutPosition += 1;
    }
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    closeSync(output);
  }
  flush(part, 'r+');
  renameSync(part, file);
  return { file, events, withoutPosition, streams: gaps.streams, missing: gaps.missing() };
}
