import { existsSync } from 'node:fs';
import type { Reading } from '../../../domain/log/upcasting.js';
import type { World } from '../../app/ports.js';
import type { EventStore } from '../../event-store/event-store.js';
import type { ClusterStore } from '../../event-store/eventstoredb/eventstoredb.js';
import { keepingRoom } from '../../event-store/sqlite/disk/kept-room.js';
import { freeBytes } from '../../event-store/sqlite/disk/room.js';
import { openSqliteStore } from '../../event-store/sqlite/sqlite.js';
import { requireOwnDisk } from '../folder/data-folder.js';
import { DataFolderUnusable } from '../folder/data-folder-unusable.js';
import { indexPath, storePath } from '../folder/data-paths.js';
import type { Config } from '../settings/config.js';
import { nextTurn } from '../world.js';
import { statusTeller } from './store-status.js';

/** An open store, and the key for caches of its log. */
export interface OpenStore {
  store: EventStore | ClusterStore;
  storeName: string;
}

/**
 * Opens the store of a configuration.
 *
 * @throws DataFolderUnusable the folder has an embedded store beside the cluster, or is not on a local disk
 * @throws StoreInUse, StoreCorrupt
 */
export async function openStore(
  config: Config,
  ports: World,
  {
    onFatal,
    onStoreStatus,
    reading,
    onCommit,
  }: {
    onFatal?: (error: Error) => void;
    onStoreStatus?: (sentence: string) => void;
    /** How events are upcast when they are read; as this version does when absent. */
    reading?: Reading;
    /** Called after each commit of the embedded store with the number of its events. */
    onCommit?: (count: number) => void;
  } = {},
): Promise<OpenStore> {
  const { dataPath, cluster, keptFreeBytes } = config;
  const tellAll = onStoreStatus ?? (() => undefined);
  if (!cluster) {
    if (!config.allowsNetworkData) requireOwnDisk(dataPath);
    const store = openSqliteStore(storePath(dataPath), { ...ports, nextTurn, onFatal, reading, onCommit });
    const storeName = store.installation;
    if (!keptFreeBytes) return { store, storeName };
    const kept = { freeBytes: keptFreeBytes, reserveBytes: keptFreeBytes / 4 };
    return { store: keepingRoom(store, kept, { ...ports, freeBytes, tell: tellAll }), storeName };
  }
  if (existsSync(storePath(dataPath))) {
    throw new DataFolderUnusable(
      `The data folder ${dataPath} holds a store of its own, and EVENT_STORE_URL names a cluster; choose another folder with TOPOUT_DATA. "topout copy" moves a store.`,
    );
  }
  const tell = statusTeller(cluster.hosts, ports.now, tellAll);
  const place = { url: cluster.url, prefix: cluster.prefix, indexPath: indexPath(dataPath) };
  // Its client takes as long to load as an embedded store takes to open.
  const { openEventStoreDb } = await import('../../event-store/eventstoredb/eventstoredb.js');
  const store = openEventStoreDb(place, {
    ...ports,
    nextTurn,
    onStatus: tell,
    ...(reading ? { reading } : {}),
  });
  return { store, storeName: `cluster ${cluster.prefix}` };
}
