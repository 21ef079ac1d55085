import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverProjections } from '../projections/server/all.js';
import { type Difference, difference } from '../projections/server/difference.js';
import {
  afterServerEvent,
  emptyPartition,
  type Partition,
  partitionOf,
  type ServerProjection,
} from '../projections/server/server-projection.js';
import { world } from './compose.js';
import { type Config, ConfigInvalid } from './config.js';
import { type DeployedProjection, EventStoreProjections } from './event-store/eventstoredb-projections.js';
import { ProjectionEngine, ScriptFault } from './event-store/projection-engine.js';

/** A script of this build is missing, or does not do what it must; nothing was deployed. */
export class ScriptUnusable extends Error {}

/** A script as it is deployed: the version follows from every byte of it. */
export interface ServerScript {
  projection: ServerProjection;
  version: string;
  /** The name on the server, such as `topout.project-state@3f2a91c0`. */
  name: string;
  text: string;
}

/** What became of one projection of this build. */
export interface Pushed {
  name: string;
  outcome: 'unchanged' | 'created' | 'restarted';
  /** False when it still reads the log after the time to wait; versions from before stay beside it then. */
  isCaughtUp: boolean;
  removed: string[];
}

/** One projection of this build or an older one, as the server tells of it. */
export interface ProjectionStatus
  extends Pick<DeployedProjection, 'name' | 'status' | 'progressPercent' | 'error'> {
  /** `missing` is of this build and not deployed; `old` is of another build. */
  version: 'current' | 'old' | 'missing';
}

/** What the server and this build make of one stream. */
export interface Compared {
  projection: string;
  project: string;
  /** `stopped`: an event in it cannot be read; `behind`: the server has not come to its last event in the time to wait. */
  outcome: 'equal' | 'differs' | 'behind' | 'stopped';
  /** Up to which revision both were compared. */
  revision: number;
  difference?: Difference;
  why?: string;
}

/** Where the build puts the scripts: beside `dist/src`, or in `dist` for who runs from the sources. */
const builtFolder = [
  join(import.meta.dirname, '..', 'server-projections'),
  join(import.meta.dirname, '..', 'dist', 'server-projections'),
].find((path) => existsSync(path));

/**
 * Reads the scripts that the build made, for streams with a prefix.
 *
 * @throws ScriptUnusable there is none: the build was not made
 */
export function readScripts(prefix: string, folder = builtFolder): ServerScript[] {
  return serverProjections.map((projection) => {
    const path = join(folder ?? 'dist', `${projection.name}.js`);
    if (!existsSync(path)) throw new ScriptUnusable(`There is no script ${path}; run "npm run build" first.`);
    const folded = `var topoutPrefix = ${JSON.stringify(prefix)};\n${readFileSync(path, 'utf8')}`;
    const version = createHash('sha256').update(folded).digest('hex').slice(0, 8);
    const name = `${prefix}${projection.name}@${version}`;
    return {
      projection,
      version,
      name,
      text: `// ${name}: made by Topout; see docs/server-projections.md\n${folded}`,
    };
  });
}

/**
 * Runs a script over the first events that a project could have, in an engine like the server's.
 *
 * @throws ScriptUnusable
 */
export function tryScript({ projection, name, text }: Omit<ServerScript, 'version'>, prefix: string): void {
  const envelope = { streamId: `${prefix}${projection.streams}trial`, eventId: 'trial', isJson: true };
  const metadata = { at: '2018-07-10T01:02:03.004Z', by: 'trial', prev: '', schema: 1, v: 1 };
  const entryMetadata = { asOf: '2018-06-30', precision: 'day', source: { kind: 'system' } };
  const first =
    projection.streams === 'project-'
      ? { eventType: 'ProjectRegistered', body: { name: { en: 'Trial' }, entryMetadata } }
      : { eventType: 'NoticeFailed', body: { alert: 'trial', entryMetadata } };
  const event = { ...envelope, ...first, metadata, sequenceNumber: 0 };
  const here = afterServerEvent(projection, emptyPartition(), event, prefix);
  let found: Difference | undefined;
  try {
    const engine = new ProjectionEngine(text);
    engine.handleEvent(event);
    found = difference(plainJson(here), engine.states.get('trial'));
  } catch (error) {
    if (error instanceof ScriptFault) throw new ScriptUnusable(`${name}: ${error.message}`, { cause: error });
    throw error;
  }
  if (found)
    throw new ScriptUnusable(`${name} and this build differ on a first event at ${found.path || 'the top'}.`);
}

function plainJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The projections that Topout deploys on one server. */
export class ServerProjections {
  constructor(
    private readonly server: EventStoreProjections,
    private readonly prefix: string,
    private readonly scripts: readonly ServerScript[],
    private readonly waitMs: number,
  ) {}

  /** Deploys this build's projections beside those of older builds, and removes the older ones once these have caught up. Again, it changes nothing. */
  async push(): Promise<Pushed[]> {
    for (const script of this.scripts) tryScript(script, this.prefix);
    const before = await this.deployed();
    const pushed: Pushed[] = [];
    for (const script of this.scripts) pushed.push(await this.pushOne(script, before));
    return pushed;
  }

  async status(): Promise<ProjectionStatus[]> {
    const deployed = await this.deployed();
    const missing = this.scripts.filter(({ name }) => deployed.every((one) => one.name !== name));
    return [
      ...deployed.map(({ name, status, progressPercent, error }) => {
        const isCurrent = this.scripts.some((script) => script.name === name);
        return { name, version: isCurrent ? 'current' : 'old', status, progressPercent, error } as const;
      }),
      ...missing.map(({ name }) => {
        return { name, version: 'missing', status: 'Absent', progressPercent: 0, error: null } as const;
      }),
    ].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Compares what the server made of every stream with what this build makes of the same events. */
  async *diff(onStream: (done: number, of: number) => void = () => {}): AsyncGenerator<Compared> {
    const starts = [...new Set(this.scripts.map(({ projection }) => this.prefix + projection.streams))];
    const streams = await this.server.streamsOf(starts);
    let done = 0;
    for (const stream of streams) {
      for (const script of this.scripts) {
        const project = partitionOf(script.projection, stream, this.prefix);
        if (project !== null) yield await this.compare(script, stream, project);
      }
      done += 1;
      onStream(done, streams.length);
    }
  }

  /** Removes what Topout deployed here with this prefix, of any version, and answers the names. */
  async remove(): Promise<string[]> {
    const names = (await this.deployed()).map(({ name }) => name);
    for (const name of names) await this.server.remove(name);
    return names;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async pushOne(script: ServerScript, before: readonly DeployedProjection[]): Promise<Pushed> {
    const { name } = script;
    const there = before.find((one) => one.name === name);
    if (!there) await this.server.create(name, script.text);
    else if (!there.isRunning) await this.server.enable(name);
    const outcome = !there ? 'created' : there.isRunning ? 'unchanged' : 'restarted';
    let last: DeployedProjection | undefined;
    const isSettled = async () => {
      last = await this.server.status(name);
      return last.isFaulted || (last.isRunning && last.progressPercent >= 100);
    };
    const isCaughtUp = (await this.server.until(isSettled, this.waitMs)) && last?.isFaulted !== true;
    const removed: string[] = [];
    if (isCaughtUp) {
      for (const old of before) {
        if (old.name === name || !old.name.startsWith(`${this.prefix}${script.projection.name}@`)) continue;
        await this.server.remove(old.name);
        removed.push(old.name);
      }
    }
    return { name, outcome, isCaughtUp, removed };
  }

  private async compare(
    { projection, name }: ServerScript,
    stream: string,
    project: string,
  ): Promise<Compared> {
    let here: Partition = emptyPartition();
    let server: Partition | undefined;
    const about = { projection: projection.name, project };
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
    const names = new Set(this.scripts.map(({ projection }) => this.prefix + projection.name));
    return (await this.server.list()).filter(({ name }) => {
      const [, own = '', version = ''] = /^(.*)@([0-9a-f]{8})$/.exec(name) ?? [];
      return version !== '' && names.has(own);
    });
  }
}

/**
 * Reaches the projections on the server that the configuration names.
 *
 * @param waitMs how long a push or a comparison waits for the server to catch up
 * @throws ConfigInvalid no server is named
 */
export function openServerProjections(config: Config, waitMs: number): ServerProjections {
  if (config.eventStoreUrl === undefined)
    throw new ConfigInvalid('EVENT_STORE_URL', '', 'the address of an EventStoreDB server, esdb://HOST:2113');
  const server = new EventStoreProjections(config.eventStoreUrl, world);
  return new ServerProjections(server, config.streamPrefix, readScripts(config.streamPrefix), waitMs);
}
