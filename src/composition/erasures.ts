import { readFileSync, writeFileSync } from 'node:fs';
import type { Roster } from '../app/access/roster.js';
import type { World } from '../app/ports.js';
import type { Views } from '../app/views/views.js';
import type { EventStore } from '../event-store/event-store.js';

interface ErasureNeeds {
  /** A file that holds how many erasures the caches of this data folder have followed. */
  path: string;
  roster: Pick<Roster, 'present' | 'changes$'>;
  views: Pick<Views, 'rebuild'>;
  /** Its cached events are dropped before the rebuild, which would read opened texts from them. */
  store: Pick<EventStore, 'forgetOpened'>;
  world: Pick<World, 'after'>;
  /** Empties the caches in memory that no rebuild of the views empties. */
  forget(): void;
  onFailure: ((error: Error) => void) | undefined;
}

/** A rebuild that failed is tried again after so many milliseconds. */
const againMs = 5_000;

/**
 * Rebuilds the views after people were erased, so that nothing of what they wrote is left in a cache: on every replica, once it reads
 * the erasure, and at the next start where the process ended in between.
 */
export class Erasures {
  private cleaning: Promise<void> = Promise.resolve();
  private stop: () => void = () => undefined;

  constructor(private readonly needs: ErasureNeeds) {}

  /** Begins to follow; the keys of who was erased have to be destroyed before. */
  start(): void {
    this.needs.roster.changes$.subscribe(() => void this.clean());
    void this.clean();
  }

  /** Resolves once nothing of those who are erased now is in a cache; rejects when a rebuild fails, which is tried again. */
  cleaned(): Promise<void> {
    return this.clean();
  }

  async close(): Promise<void> {
    this.stop();
    await this.cleaning.catch(() => undefined);
  }

  private clean(): Promise<void> {
    const next = this.cleaning.catch(() => undefined).then(() => this.cleanNow());
    this.cleaning = next;
    next.catch((error: Error) => {
      this.needs.onFailure?.(error);
      this.stop();
      this.stop = this.needs.world.after(againMs, () => void this.clean());
    });
    return next;
  }

  private async cleanNow(): Promise<void> {
    const { roster, store, views, path, forget } = this.needs;
    const erased = Object.values(roster.present().people).filter((one) => one.erased).length;
    if (erased <= followed(path)) return;
    store.forgetOpened?.();
    await views.rebuild();
    forget();
    writeFileSync(path, `${erased}\n`, { mode: 0o600 });
  }
}

function followed(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8')) || 0;
  } catch {
    return 0;
  }
}
