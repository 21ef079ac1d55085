import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { ServerEvent } from '../../projections/server/recorded.js';
import { readScripts, type ServerScript } from '../../src/maintenance/server-scripts.js';
import { temporaryFolder } from './event-store-ports.js';

/** An event on an EventStoreDB server, in a stream with a prefix. */
export function asHeld(
  event: AnyRecordedEvent,
  prefix: string,
): ServerEvent & Required<Pick<ServerEvent, 'body' | 'metadata'>> {
  const { stream, revision, id, type, data, entry, recordedAt: at, by, schema } = event;
  return {
    streamId: prefix + stream,
    sequenceNumber: revision,
    eventId: id,
    eventType: type,
    isJson: true,
    body: { ...data, entryMetadata: entry },
    metadata: { at, by, prev: 'A'.repeat(43), schema, v: 1 },
  };
}

/** The scripts, built from source. */
export function builtScripts(prefix: string): ServerScript[] {
  const folder = temporaryFolder();
  try {
    const builder = join(import.meta.dirname, '..', '..', 'scripts', 'server-projections.mjs');
    execFileSync(process.execPath, [builder, folder.path]);
    return readScripts(prefix, folder.path);
  } finally {
    folder.remove();
  }
}

/** The scripts with one mistake in the first: entries about a rise of progress lose their author. */
export function misfolding(scripts: readonly ServerScript[]): ServerScript[] {
  return scripts.map((script, index) => {
    if (index > 0) return script;
    const start = 'function applyToProject(state, event) {';
    const wrong = `${start} if (event.type === 'ProgressMeasured') event = Object.assign({}, event, { by: 'nobody' });`;
    if (!script.text.includes(start)) throw new Error(`The script has no "${start}".`);
    const name = script.name.replace(/@.*/, '@0badf01d');
    return { ...script, name, version: '0badf01d', text: script.text.replace(start, wrong) };
  });
}
