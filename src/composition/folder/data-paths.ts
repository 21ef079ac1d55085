import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const storePath = (dataPath: string): string => join(dataPath, 'events.db');
export const viewsPath = (dataPath: string): string => join(dataPath, 'views.db');
export const linesPath = (dataPath: string): string => join(dataPath, 'lines.db');
/** The tree of the log and its checkpoints. */
export const ledgerPath = (dataPath: string): string => join(dataPath, 'ledger.db');
/** The log of reads; each replica of a cluster has its own. */
export const readsPath = (dataPath: string): string => join(dataPath, 'reads.db');
/** How many erasures the caches of the folder have followed. */
export const erasuresPath = (dataPath: string): string => join(dataPath, 'erasures');
/** The file of a replica's index of the cluster's log. */
export const indexPath = (dataPath: string): string => join(dataPath, 'index.db');

/** True if a data folder holds a store. */
export const hasStore = (dataPath: string): boolean => existsSync(storePath(dataPath));
