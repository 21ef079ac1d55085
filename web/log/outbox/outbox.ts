import { v7 as newId } from 'uuid';
import type { FactSaid } from '../../forms/said/facts.js';
import { type Effect, type Entry, heldMs, type Kept, type Owner, takenOver } from './entry.js';

/** Where entries are stored: the browser's storage, or a map in tests. */
export interface Shelf {
  all(): Promise<Kept[]>;
  /** Stores a new entry under the next number, which no other tab can get. */
  append(entry: Omit<Entry, 'order'>): Promise<Entry>;
  put(entry: Entry): Promise<void>;
  remove(id: string): Promise<void>;
}

/** One more than the highest number. */
export function nextOrder(kept: readonly Kept[]): number {
  return kept.reduce((most, { order = 0 }) => Math.max(most, order), 0) + 1;
}

/** Recorded entries that stay in the list. */
const recordedKept = 50;

/** The entries of this device in order of creation; each is stored before it is sent. */
export class Outbox {
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly shelf: Shelf,
    private readonly now: () => Date = () => new Date(),
    /** Who is signed in; undefined where nobody does. */
    private readonly owner: () => Owner | undefined = () => undefined,
  ) {}

  async entries(): Promise<Entry[]> {
    const all = (await this.shelf.all()).map(takenOver);
    // First-version entries come first, by their ids, which rose with the clock.
    return all.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  /**
   * Stores a new entry; it is durable on the device when this resolves.
   *
   * @param isHeld it is not sent for some seconds
   */
  async add(
    said: Pick<Entry, 'project' | 'projectName' | 'about' | 'fact' | 'takesBack' | 'by' | 'effect'>,
    { isHeld = false } = {},
  ): Promise<Entry> {
    const now = this.now();
    const made = { id: newId(), madeAt: now.toISOString(), state: { is: 'waiting' } } as const;
    const held = isHeld ? { heldUntil: new Date(now.getTime() + heldMs).toISOString() } : {};
    const owner = this.owner();
    const entry = await this.shelf.append({ ...said, ...made, ...held, ...(owner ? { owner } : {}) });
    this.tell();
    return entry;
  }

  /** Notes that an entry is being sent, and returns it so; undefined if it was removed meanwhile. */
  async begin(entry: Entry): Promise<Entry | undefined> {
    const begun: Entry = { ...entry, mayHaveArrived: true };
    return (await this.replace(begun)) ? begun : undefined;
  }

  /** Notes what an entry changes. */
  async noteEffect(entry: Entry, effect: Effect): Promise<void> {
    await this.replace({ ...entry, effect });
    this.tell();
  }

  /**
   * Undoes an entry: one that was never sent is removed, one that may have arrived is withdrawn.
   *
   * @param reason of the withdrawal
   */
  async undo(entry: Entry, reason: string): Promise<void> {
    const now = (await this.entries()).find(({ id }) => id === entry.id);
    if (!now) return;
    const { id, project, projectName, about, fact, by } = now;
    if (now.state.is === 'refused' || (now.state.is === 'waiting' && !now.mayHaveArrived))
      return this.discard(now);
    const takesBack = { entry: id, reason, isReplaced: false };
    await this.add({ project, projectName, about, fact, takesBack, ...(by === undefined ? {} : { by }) });
  }

  /** Puts an entry back that was discarded. */
  async putBack(entry: Entry): Promise<void> {
    await this.shelf.put(entry);
    this.tell();
  }

  /** Updates the state of an entry that is still stored; only the latest recorded ones are kept. */
  async settle(entry: Entry, state: Entry['state']): Promise<void> {
    await this.replace({ ...entry, state });
    const recorded = (await this.entries()).filter(({ state }) => state.is === 'recorded');
    for (const { id } of recorded.slice(0, -recordedKept)) await this.shelf.remove(id);
    this.tell();
  }

  /** Stores an entry again, unless it was removed meanwhile; returns whether it is stored. */
  private async replace(entry: Entry): Promise<boolean> {
    const isKept = (await this.shelf.all()).some(({ id }) => id === entry.id);
    if (isKept) await this.shelf.put(entry);
    return isKept;
  }

  /** Requeues entries that were set aside, or that somebody else enters now, in their original places. */
  async sendAgain(refused: readonly Entry[]): Promise<void> {
    for (const entry of refused) await this.settle(entry, { is: 'waiting' });
  }

  /**
   * Replaces a refused entry by an edited one. The new entry has a new id, because its content differs; the old one is
   * removed only after the new one is stored.
   */
  async mend(refused: Entry, fact: FactSaid): Promise<Entry> {
    const made = { id: newId(), madeAt: this.now().toISOString(), state: { is: 'waiting' } } as const;
    const { mayHaveArrived: _, heldUntil: __, effect: ___, ...rest } = refused;
    const mended: Entry = { ...rest, ...made, fact };
    await this.shelf.put(mended);
    // Corrections that withdraw the refused entry now withdraw the edited one.
    for (const other of await this.entries())
      if (other.takesBack?.entry === refused.id)
        await this.shelf.put({ ...other, takesBack: { ...other.takesBack, entry: mended.id } });
    await this.shelf.remove(refused.id);
    this.tell();
    return mended;
  }

  /** Removes an entry from the device; a recorded one stays recorded in the service. */
  async discard({ id }: Entry): Promise<void> {
    await this.shelf.remove(id);
    this.tell();
  }

  /** Calls back after every change, in this tab or another; returns the unsubscribe function. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Notifies all listeners. */
  tell(): void {
    for (const listener of this.listeners) listener();
  }
}
