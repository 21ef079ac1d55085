import type { ServerEvent } from '../../projections/server/recorded.js';
import type {
  DeployedProjection,
  HeldEvent,
  ProjectionServer,
} from '../../src/event-store/eventstoredb/projections.js';
import { ProjectionEngine } from '../../src/event-store/projection-engine.js';

/** An in-memory server of projections: each script runs in the engine over all events when it is queried. */
export class ServerInMemory implements ProjectionServer {
  readonly events: (ServerEvent & HeldEvent)[] = [];
  readonly scripts = new Map<string, string>();
  readonly stopped = new Set<string>();
  /** The answers to the next status queries. */
  readonly faults: string[] = [];
  /** The operations, oldest first. */
  readonly log: string[] = [];

  async list(): Promise<DeployedProjection[]> {
    return Promise.all([...this.scripts.keys()].map((name) => this.status(name)));
  }
  async status(name: string): Promise<DeployedProjection> {
    const isFaulted = this.faults.length > 0;
    const error = this.faults.shift() ?? null;
    const isRunning = !isFaulted && !this.stopped.has(name);
    const status = isFaulted ? 'Faulted' : isRunning ? 'Running' : 'Stopped';
    return { name, status, isRunning, isFaulted, progressPercent: 100, error };
  }
  async create(name: string, script: string): Promise<void> {
    this.log.push(`create ${name}`);
    this.scripts.set(name, script);
  }
  async enable(name: string): Promise<void> {
    this.log.push(`enable ${name}`);
    this.stopped.delete(name);
  }
  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      this.log.push(`remove ${name}`);
      this.scripts.delete(name);
    }
  }
  async state(name: string, partition: string): Promise<unknown> {
    const script = this.scripts.get(name);
    if (script === undefined) return undefined;
    const engine = new ProjectionEngine(script);
    for (const event of this.events) engine.handleEvent(event);
    return engine.states.get(partition);
  }
  async streamsOf(prefixes: readonly string[]): Promise<string[]> {
    const streams = new Set(this.events.map(({ streamId }) => streamId));
    return [...streams].filter((stream) => prefixes.some((prefix) => stream.startsWith(prefix)));
  }
  async *eventsOf(stream: string): AsyncGenerator<HeldEvent> {
    yield* this.events.filter(({ streamId }) => streamId === stream);
  }
  async until(holds: () => Promise<boolean>): Promise<boolean> {
    for (let tries = 0; tries < 5; tries += 1) if (await holds()) return true;
    return false;
  }
  async close(): Promise<void> {}
}
