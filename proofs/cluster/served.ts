import {
  type ClusterPorts,
  type ClusterStore,
  openEventStoreDb,
} from '../../src/event-store/eventstoredb/eventstoredb.js';
import { startStandIn } from '../../test/stand-in/stand-in.js';
import { clusterPorts, realServerUrl, untilState } from '../../test/support/event-store-cluster.js';

/** A server for a proof. */
export interface Served {
  url: string;
  /** Its display name: the stand-in, or the hosts of a real server. */
  server: string;
  stop(): Promise<void>;
}

/** The real server in the environment, else a stand-in. */
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

/** Ports of a store whose timers run faster by a factor. */
export function fasterPorts(times: number, more: Partial<ClusterPorts> = {}): ClusterPorts {
  return { ...clusterPorts, after: (ms, call) => clusterPorts.after(ms / times, call), ...more };
}

/** Opens a store, and resolves once it follows its cluster. */
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
