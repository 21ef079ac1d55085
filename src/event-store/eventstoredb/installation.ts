import type { Instant } from '../../../domain/values/days/calendar.js';
import { StoreCorrupt } from '../errors.js';
import type { Appends } from './batch.js';
import { WireFailure } from './errors.js';
import type { Names } from './events.js';
import type { Reads } from './reads.js';

/** Timeout of each call, in milliseconds. */
const callMs = 5_000;

/** The installation's stream: its UUID, and its generation once it was reset. */
export interface Installation {
  installation: string;
  generation?: string;
}

/** The installation on a cluster; undefined if it has no name yet. */
export async function installationNamed(reads: Reads, names: Names): Promise<Installation | undefined> {
  const [named, second] = await reads.stream(names.installation, 0, 2, callMs);
  if (!named) return undefined;
  const installation = nameIn(named.data, names.installation);
  const last = second && (await reads.lastOf(names.installation, callMs));
  return last ? { installation, generation: last.id } : { installation };
}

/**
 * Starts a new generation of an installation whose log was reset.
 *
 * @param cluster `id` is the id of the recorded event, and the name of the generation
 * @throws WireFailure
 */
export async function beginGeneration(cluster: {
  reads: Reads;
  appends: Appends;
  names: Names;
  now(): Instant;
  id: string;
}): Promise<void> {
  const { reads, appends, names, now, id } = cluster;
  const metadata = Buffer.from(JSON.stringify({ at: now() }));
  const event = { id, type: 'GenerationBegun', data: Buffer.from('{}'), metadata };
  for (;;) {
    const last = await reads.lastOf(names.installation, callMs);
    // Started before, and the answer was lost.
    if (last?.id === id) return;
    const revision = last?.revision ?? -1;
    try {
      await appends.append(names.installation, [event], revision, callMs);
      return;
    } catch (error) {
      // Another replica started one at the same moment; append after it.
      if (!(error instanceof WireFailure && error.fault === 'conflict')) throw error;
    }
  }
}

/**
 * The installation on a cluster with its UUID, which the first connecting replica writes.
 *
 * @param cluster `newId` names it if it has no name yet
 * @throws WireFailure
 * @throws StoreCorrupt the stream holds something else
 */
export async function installationIn(cluster: {
  reads: Reads;
  appends: Appends;
  names: Names;
  now(): Instant;
  newId(): string;
}): Promise<Installation> {
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
      // Another replica was faster, or the answer was lost: the stored value counts.
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
    // Handled below.
  }
  throw new StoreCorrupt(`${stream}: its first event names no installation`);
}
