import type { Instant } from '../../domain/values/days/calendar.js';
import { type Difference, difference } from '../../projections/server/difference.js';
import {
  afterServerEvent,
  emptyPartition,
  type Partition,
  partitionOf,
} from '../../projections/server/server-projection.js';
import type { Config } from '../composition/settings/config.js';
import { ConfigInvalid } from '../composition/settings/config-invalid.js';
import { world } from '../composition/world.js';
import {
  type DeployedProjection,
  EventStoreProjections,
  type ProjectionServer,
} from '../event-store/eventstoredb/projections.js';
import { plainJson, readScripts, type ServerScript, tryScript } from './server-scripts.js';

/** The result for one projection of this build. */
export interface Pushed {
  /** The name on the server: that of the script and the second of its deployment. */
  name: string;
  outcome: 'unchanged' | 'created' | 'restarted';
  /** False if it is still reading the log after the time limit; older versions stay beside it then. */
  isCaughtUp: boolean;
  removed: string[];
}

/** A projection of this build or an older one, as reported by the server. */
export interface ProjectionStatus
  extends Pick<DeployedProjection, 'name' | 'status' | 'progressPercent' | 'error'> {
  /** `missing` is of this build and not deployed; `old` is of another build. */
  version: 'current' | 'old' | 'missing';
}

/** The comparison of one stream between the server and this build. */
export interface Compared {
  projection: string;
  project: string;
  /** `stopped`: an event in it cannot be read; `behind`: the server did not reach its last event within the time limit. */
  outcome: 'equal' | 'differs' | 'behind' | 'stopped';
  /** The revision up to which both were compared. */
  revision: number;
  difference?: Difference;
  why?: string;
}

/** Topout's projections on one server. */
export class ServerProjections {
  constructor(
    private readonly server: ProjectionServer,
    private readonly prefix: string,
    private readonly scripts: readonly ServerScript[],
    private readonly waitMs: number,
    private readonly now: () => Instant,
  ) {}

  /** Deploys this build's projections beside those of older builds, and removes the older ones once these have caught up. Idempotent. */
  async push(): Promise<Pushed[]> {
    for (const script of this.scripts) tryScript(script, this.prefix);
    const before = await this.deployed();
    // All start reading before the first one is awaited.
    const begun: Begun[] = [];
    for (const script of this.scripts) begun.push(await this.begin(script, before));
    const pushed: Pushed[] = [];
    for (const one of begun) pushed.push(await this.finish(one, before));
    return pushed;
  }

  async status(): Promise<ProjectionStatus[]> {
    const deployed = await this.deployed();
    const missing = this.scripts.filter((script) => !deployed.some((one) => isOf(script, one)));
    return [
      ...deployed.map(({ name, status, progressPercent, error }) => {
        const isCurrent = this.scripts.some((script) => isOf(script, { name }));
        return { name, version: isCurrent ? 'current' : 'old', status, progressPercent, error } as const;
      }),
      ...missing.map(({ name }) => {
        return { name, version: 'missing', status: 'Absent', progressPercent: 0, error: null } as const;
      }),
    ].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Compares the server's state of every stream with this build's fold of the same events. */
  async *diff(onStream: (done: number, of: number) => void = () => {}): AsyncGenerator<Compared> {
    const starts = [...new Set(this.scripts.map(({ projection }) => this.prefix + projection.streams))];
    const deployed = await this.deployed();
    const streams = await this.server.streamsOf(starts);
    let done = 0;
    for (const stream of streams) {
      for (const script of this.scripts) {
        const project = partitionOf(script.projection, stream, this.prefix);
        if (project === null) continue;
        const name = deployed.find((one) => isOf(script, one))?.name;
        yield await this.compare(script, name, stream, project);
      }
      done += 1;
      onStream(done, streams.length);
    }
  }

  /** Removes what Topout deployed here with this prefix, of any version, and returns the names. */
  async remove(): Promise<string[]> {
    const names = (await this.deployed()).map(({ name }) => name);
    await this.server.remove(names);
    return names;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** Every deployment has a unique name: a server that reuses a name finds leftovers of the first, and stops. */
  private async begin(script: ServerScript, before: readonly DeployedProjection[]): Promise<Begun> {
    const there = before.find((one) => isOf(script, one));
    const name = there?.name ?? `${script.name}-${this.now().replace(/\D/g, '').slice(0, 14)}`;
    if (!there) await this.server.create(name, script.text);
    else if (!there.isRunning) await this.server.enable(name);
    return { script, name, outcome: !there ? 'created' : there.isRunning ? 'unchanged' : 'restarted' };
  }

  private async finish(
    { script, name, outcome }: Begun,
    before: readonly DeployedProjection[],
  ): Promise<Pushed> {
    let restarts = 0;
    const isCaughtUp = await this.server.until(async () => {
      const { isRunning, isFaulted, progressPercent } = await this.server.status(name);
      // A pause of a busy server can stop a projection, so it is retried.
      if (isFaulted && restarts < mostRestarts) {
        restarts += 1;
        await this.server.enable(name);
      }
      return isRunning && !isFaulted && progressPercent >= 100;
    }, this.waitMs);
    const own = `${this.prefix}${script.projection.name}@`;
    const old = before.map((one) => one.name).filter((other) => other !== name && other.startsWith(own));
    if (!isCaughtUp) return { name, outcome, isCaughtUp, removed: [] };
    await this.server.remove(old);
    return { name, outcome, isCaughtUp, removed: old };
  }

  private async compare(
    { projection }: ServerScript,
    name: string | undefined,
    stream: string,
    project: string,
  ): Promise<Compared> {
    let here: Partition = emptyPartition();
    let server: Partition | undefined;
    const about = { projection: projection.name, project };
    if (name === undefined)
      return { ...about, outcome: 'behind', revision: -1, why: 'this build is not deployed' };
    let last = -1;
    for await (const { sequenceNumber } of this.server.eventsOf(stream)) last = sequenceNumber;
    await this.server.until(async () => {
      server = (await this.server.state(name, project)) as Partition | undefined;
      return server !== undefined && (server.stopped !== undefined || server.revision >= last);
    }, this.waitMs);
    if (server === undefined)
      return { ...about, outcome: 'behind', revision: -1, why: 'the server has no state of it' };
    const upTo = server.stopped?.revision ?? server.revision;
    for await (const event of this.server.eventsOf(stream)) {
      if (event.sequenceNumber > upTo) break;
      here = afterServerEvent(projection, here, event, this.prefix);
    }
    const { revision } = server;
    const found = difference(plainJson(here), server);
    if (found) return { ...about, outcome: 'differs', revision, difference: found };
    if (server.stopped) {
      const { revision: at, why } = server.stopped;
      return { ...about, outcome: 'stopped', revision, why: `revision ${at}: ${why}` };
    }
    if (revision < last)
      return { ...about, outcome: 'behind', revision, why: `the stream is at revision ${last}` };
    return { ...about, outcome: 'equal', revision };
  }

  private async deployed(): Promise<DeployedProjection[]> {
    const own = this.scripts.map(({ projection }) => `${this.prefix}${projection.name}@`);
    return (await this.server.list()).filter(({ name }) => {
      const start = own.find((one) => name.startsWith(one));
      return start !== undefined && /^[0-9a-f]{8}-\d{14}$/.test(name.slice(start.length));
    });
  }
}

interface Begun extends Pick<Pushed, 'name' | 'outcome'> {
  script: ServerScript;
}

const mostRestarts = 3;

/** True for a deployment of this exact script. */
function isOf(script: ServerScript, { name }: { name: string }): boolean {
  return name.startsWith(`${script.name}-`);
}

/**
 * Connects to the projections on the configured server.
 *
 * @param waitMs how long a push or a comparison waits for the server to catch up
 * @throws ConfigInvalid no server is configured
 */
export function openServerProjections(config: Config, waitMs: number): ServerProjections {
  const { cluster } = config;
  if (!cluster)
    throw new ConfigInvalid('EVENT_STORE_URL', '', 'the address of an EventStoreDB server, esdb://HOST:2113');
  const server = new EventStoreProjections(cluster.url, world);
  return new ServerProjections(server, cluster.prefix, readScripts(cluster.prefix), waitMs, world.now);
}
