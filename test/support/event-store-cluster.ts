import { v7 } from 'uuid';
import type { StoreStatus } from '../../src/event-store/event-store.js';
import {
  type ClusterPorts,
  type ClusterStore,
  openEventStoreDb,
} from '../../src/event-store/eventstoredb/eventstoredb.js';
import { startStandIn } from '../stand-in/stand-in.js';

/** A real server to test with, if configured. */
export const realServerUrl = process.env.EVENT_STORE_TEST_URL || undefined;

/** A prefix unique to this run, so that a permanent server causes no conflict. */
export const newPrefix = (): string => `t${v7().replaceAll('-', '')}.`.slice(-38);

/** The real clock, timers and chance. */
export const clusterPorts: ClusterPorts = {
  now: () => new Date().toISOString(),
  newId: () => v7(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  nextTurn: (call) => void setImmediate(call),
};

/** A store on a cluster as one process of an installation opens it; its index ends with it. */
export function openCluster(url: string, prefix: string, ports: Partial<ClusterPorts> = {}): ClusterStore {
  return openEventStoreDb({ url, prefix, indexPath: ':memory:' }, { ...clusterPorts, ...ports });
}

/** Servers for a case: the stand-in, as each kind of server, and the real one if there is one. */
export const servers: [name: string, start: () => Promise<{ url: string; stop(): Promise<void> }>][] = [
  ['stand-in', () => startStandIn()],
  ['stand-in of an older server', () => startStandIn({ kind: 'old' })],
  ...(realServerUrl
    ? [
        ['real server', async () => ({ url: realServerUrl, stop: async () => undefined })] satisfies [
          string,
          () => Promise<{ url: string; stop(): Promise<void> }>,
        ],
      ]
    : []),
];

/** The same without the older one, for cases in which both are equal. */
export const newServers = servers.filter(([name]) => !name.includes('older'));

/** Waits until a store has one of some states, up to a time limit. */
export async function untilState(
  store: { status(): StoreStatus },
  states: readonly StoreStatus['state'][],
  ms = 30_000,
): Promise<StoreStatus> {
  const end = performance.now() + ms;
  for (;;) {
    const status = store.status();
    if (states.includes(status.state)) return status;
    if (performance.now() > end)
      throw new Error(`after ${ms / 1000} s the store is ${status.state} (${status.why ?? 'no reason'})`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
