import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { textsOf } from '../app/access/personal-texts.js';
import type { Roster } from '../app/access/roster.js';
import type { Vault, World } from '../app/ports.js';
import type { Views } from '../app/views/views.js';
import type { EventStore } from '../event-store/event-store.js';

interface ErasureNeeds {
  /** A file that holds how many erasures the caches of this data folder have followed. */
  path: string;
  vault: Pick<Vault, 'forget' | 'isForgotten'>;
  roster: Pick<Roster, 'present' | 'changes$'>;
  views: Pick<Views, 'rebuild'>;
  /** Its cached events are dropped before the rebuild, which would read opened texts from them. */
  store: Pick<EventStore, 'forgetOpened'>;
  world: Pick<World, 'after'>;
  /** Empties the caches in memory that no rebuild of the views empties. */
  forget(): void;
  onFailure: ((error: Error) => void) | undefined;
}

/** What failed is tried again after so many milliseconds. */
const againMs = 5_000;

/**
 * Destroys the keys of people who were erased, and then rebuilds the views, so that nothing of what they wrote is left in a cache: on
 * every replica, once it reads the erasure, and at the next start where the process ended in between. Each may have its own copy of
 * the file of keys.
 */
export class Erasures {
  private cleaning: Promise<void> = Promise.resolve();
  private stop: () => void = () => undefined;

  constructor(private readonly needs: ErasureNeeds) {}

  /** Begins to follow. */
  start(): void {
    this.needs.roster.changes$.subscribe(() => void this.clean());
    void this.clean();
  }

  /** Resolves once nothing of those who are erased now can be read; rejects after a failure, and tries again. */
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
    const { vault, roster, store, views, path, forget } = this.needs;
    const people = Object.values(roster.present().people).filter((one) => one.erased);
    const holders = people.map(({ person }) => textsOf(person));
    const open = holders.filter((holder) => !vault.isForgotten(holder));
    // While there was a key, as in a file that was put back, the caches may have been built with it.
    if (open.length > 0) rmSync(path, { force: true });
    for (const holder of open) vault.forget(holder, true);
    const erased = people.length;
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
