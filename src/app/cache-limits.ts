/** How much the caches of projects may hold, each in its own unit. */
export interface CacheLimits {
  /** Entries on which commands are decided. */
  commands: number;
  /** What entries say, as hashes, and the projects that they are of. */
  known: { hashes: number; projects: number };
  /** Entries of folded projects, and of projects whose past was requested; and listed rows. */
  states: { folded: number; read: number; listed: number };
  /** Entries of rows that continue. */
  rows: number;
  /** Events of alerts, in the evaluation and in the queries. */
  alertEvents: number;
}

/** The memory of all caches of projects together, in MiB, unless a setting says otherwise. */
export const usualCacheMiB = 384;

/** Each cache's share of the memory, and the most that one entry, hash or project takes in it, in bytes, as measured. */
const caches = {
  commands: { share: 0.26, bytes: 1_200 },
  hashes: { share: 0.17, bytes: 16 },
  knownProjects: { share: 0.1, bytes: 150 },
  folded: { share: 0.19, bytes: 3_800 },
  read: { share: 0.03, bytes: 1_000 },
  listed: { share: 0.04, bytes: 2_000 },
  rows: { share: 0.09, bytes: 3_500 },
  alertsEvaluated: { share: 0.06, bytes: 4_000 },
  alertsQueried: { share: 0.06, bytes: 4_000 },
} as const;

/**
 * The limits by which all caches together take an amount of memory at most, in MiB. Each holds one project in any case,
 * however many entries that has.
 */
export function cacheLimits(budgetMiB = usualCacheMiB): CacheLimits {
  const countOf = (cache: keyof typeof caches) => {
    const { share, bytes } = caches[cache];
    return Math.max(1, Math.floor((budgetMiB * 1024 * 1024 * share) / bytes));
  };
  return {
    commands: countOf('commands'),
    // A set of hashes doubles when it is half full.
    known: { hashes: 2 ** Math.floor(Math.log2(countOf('hashes'))), projects: countOf('knownProjects') },
    states: { folded: countOf('folded'), read: countOf('read'), listed: countOf('listed') },
    rows: countOf('rows'),
    alertEvents: Math.min(countOf('alertsEvaluated'), countOf('alertsQueried')),
  };
}

/** The limits of the usual budget. */
export const usualCacheLimits = cacheLimits();
