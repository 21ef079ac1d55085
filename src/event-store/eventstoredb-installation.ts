import type { Instant } from '../domain/calendar.js';
import { StoreCorrupt } from './errors.js';
import type { Appends } from './eventstoredb-batch.js';
import { WireFailure } from './eventstoredb-errors.js';
import type { Names } from './eventstoredb-events.js';
import type { Reads } from './eventstoredb-reads.js';

/** How long each call may take, in milliseconds. */
const callMs = 5_000;

/** The UUID that an installation has on its cluster; undefined when nobody has named it yet. */
export async function installationNamed(reads: Reads, names: Names): Promise<string | undefined> {
  const [named] = await reads.stream(names.installation, 0, 1, callMs);
  return named && nameIn(named.data, names.installation);
}

/**
 * The UUID that an installation got on its cluster; it is written there by the first replica that ever connects.
 *
 * @param cluster `newId` names it, where it has none yet
 * @throws WireFailure
 * @throws StoreCorrupt the stream holds something else
 */
export async function installationIn(cluster: {
  reads: Reads;
  appends: Appends;
  names: Names;
  now(): Instant;
  newId(): string;
}): Promise<string> {
  const { reads, appends, names, now, newId } = cluster;
  for (;;) {
    const named = await installationNamed(reads, names);
    if (named !== undefined) return named;
    const data = Buffer.from(JSON.stringify({ installation: newId() }));
    const metadata = Buffer.from(JSON.stringify({ at: now() }));
    const event = { id: newId(), type: 'InstallationNamed', data, metadata };
    try {
      await appends.append(names.installation, [event], -1, callMs);
    } catch (error) {
      // Another replica was faster, or the answer was lost: what counts is what is read.
      const isToRead = error instanceof WireFailure && ['conflict', 'unclear'].includes(error.fault);
      if (!isToRead) throw error;
    }
  }
}

function nameIn(data: string, stream: string): string {
  try {
    const { installation } = JSON.parse(data) as { installation?: unknown };
    if (typeof installation === 'string' && installation !== '') return installation;
  } catch {
    // Said below.
  }
  throw new StoreCorrupt(`${stream}: its first event names no installation`);
}
