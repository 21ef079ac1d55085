import type { LineWalk } from '../../../projections/line.js';
import type { Followed } from './lines-file.js';

/** Entries of projects whose walks are kept, in all; the project used longest ago leaves first. */
const entriesKept = 20_000;

/** Walks of projects that are spoken of often, so that their earlier entries need not be folded again. */
export class Walks {
  readonly #kept = new Map<string, { revision: number; rules: number; walk: LineWalk }>();
  #entries = 0;

  /** Takes the walk of a project out, if it is as far as the project was followed. */
  take({ project, revision, rules }: Followed): LineWalk | undefined {
    const kept = this.#kept.get(project);
    this.#forget(project);
    return kept?.revision === revision && kept.rules === rules ? kept.walk : undefined;
  }

  /** Keeps the walk of a project as it is now. */
  keep({ project, revision, rules }: Followed, walk: LineWalk): void {
    this.#forget(project);
    this.#kept.set(project, { revision, rules, walk });
    this.#entries += revision + 1;
    for (const oldest of this.#kept.keys()) {
      if (this.#entries <= entriesKept || oldest === project) return;
      this.#forget(oldest);
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#entries = 0;
  }

  #forget(project: string): void {
    const kept = this.#kept.get(project);
    if (!kept) return;
    this.#kept.delete(project);
    this.#entries -= kept.revision + 1;
  }
}
