import {
  type ClusterPorts,
  type ClusterStore,
  openEventStoreDb,
} from '../src/event-store/eventstoredb/eventstoredb.js';
import { startStandIn } from '../test/stand-in/stand-in.js';
import { clusterPorts, realServerUrl, untilState } from '../test/support/event-store-cluster.js';

/** A server that a proof runs on. */
export interface Served {
  url: string;
  /** What is printed of it: the stand-in, or the hosts of a real server. */
  server: string;
  stop(): Promise<void>;
}

/** The real server that the environment names, else a stand-in. */
export async function serve(): Promise<Served> {
  if (realServerUrl)
    return { url: realServerUrl, server: hostsOf(realServerUrl), stop: async () => undefined };
  const standIn = await startStandIn();
  return { url: standIn.url, server: 'stand-in', stop: () => standIn.kill() };
}

/** The hosts in a connection string, without the account. */
export function hostsOf(url: string): string {
  return url.replace(/^[^/]*\/\/(?:[^@/]*@)?/, '').replace(/[/?].*$/, '');
}

/** Ports of a store whose timers run so many times faster. */
export function fasterPorts(times: number, more: Partial<ClusterPorts> = {}): ClusterPorts {
  return { ...clusterPorts, after: (ms, call) => clusterPorts.after(ms / times, call), ...more };
}

/** Opens a store, and answers once it follows its cluster. */
export async function openUp(
  url: string,
  prefix: string,
  ports: ClusterPorts = clusterPorts,
  indexPath = ':memory:',
): Promise<ClusterStore> {
  const store = openEventStoreDb({ url, prefix, indexPath }, ports);
  await untilState(store, ['up'], 60_000);
  return store;
}
