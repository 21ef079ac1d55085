import type { IncrementalRow } from '../../../projections/rows/incremental-row.js';
import { KeptProjects } from '../commands/kept-projects.js';
import type { Followed } from './rows-file.js';

/** Entries of projects whose walks are kept, in all: some 2.4 KB each. */
const entriesKept = 10_000;

/** Walks of projects that are spoken of often, so that their earlier entries need not be folded again. */
export class IncrementalRows {
  private readonly kept = new KeptProjects<{ revision: number; rules: number; walk: IncrementalRow }>(
    entriesKept,
  );

  /** Takes the walk of a project out, if it is as far as the project was followed. */
  take({ project, revision, rules }: Followed): IncrementalRow | undefined {
    const kept = this.kept.take(project);
    return kept?.revision === revision && kept.rules === rules ? kept.walk : undefined;
  }

  /** Keeps the walk of a project as it is now. */
  keep({ project, revision, rules }: Followed, walk: IncrementalRow): void {
    this.kept.keep(project, { revision, rules, walk });
  }

  clear(): void {
    this.kept.forgetAll();
  }
}
