import type { IncrementalRow } from '../../../../projections/rows/incremental-row.js';
import { usualCacheLimits } from '../../cache-limits.js';
import { KeptProjects } from '../../commands/kept-projects.js';
import type { Followed } from '../table/rows-file.js';

/** A cache of incremental rows of busy projects, so that their earlier entries need not be folded again. */
export class IncrementalRows {
  private readonly kept: KeptProjects<{ revision: number; rules: number; walk: IncrementalRow }>;

  constructor(entriesKept = usualCacheLimits.rows) {
    this.kept = new KeptProjects(entriesKept);
  }

  /** True if the incremental row of a project is up to date. */
  has(followed: Followed): boolean {
    return isOf(followed, this.kept.get(followed.project));
  }

  /** Removes and returns the incremental row of a project, if it is up to date. */
  take(followed: Followed): IncrementalRow | undefined {
    const kept = this.kept.take(followed.project);
    return isOf(followed, kept) ? kept?.walk : undefined;
  }

  /** Caches the current incremental row of a project. */
  keep({ project, revision, rules }: Followed, walk: IncrementalRow): void {
    this.kept.keep(project, { revision, rules, walk });
  }

  clear(): void {
    this.kept.forgetAll();
  }
}

function isOf({ revision, rules }: Followed, kept: { revision: number; rules: number } | undefined): boolean {
  return kept?.revision === revision && kept.rules === rules;
}
