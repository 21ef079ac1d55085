import { v7 as newId } from 'uuid';
import type { FactSaid } from '../../forms/said/facts.js';

/** Why an entry is set aside until the user acts. */
export interface Refusal {
  /** Who refused it; `gateway` is anything that answers instead of the service, which has then not seen the entry. */
  by: 'service' | 'gateway';
  /** Status of the answer; 0 for a redirect, or without an answer. */
  status: number;
  /** The type of the problem, such as `day-in-future`; of a gateway, what it did. */
  problem: string;
  title?: string;
  /** The refusal in the words of the sender; empty if there were none. */
  detail: string;
  errors: { member: string; seen: string; expected: string }[];
}

/** An entry that fails although the service is reachable: it is retried at growing intervals. */
interface Trouble {
  attempts: number;
  /** The last answer. */
  last: Refusal;
}

/** The entry that is withdrawn, and why. */
export interface TakenBack {
  entry: string;
  reason: string;
  isReplaced: boolean;
}

/** The person who made an entry. */
export interface Owner {
  person: string;
  name?: string | undefined;
}

/** An entry on this device. Its id is sent with it, so the service records it once. */
export interface Entry {
  id: string;
  /** Entries are sent in order of their numbers, independent of the device's clock; an edited entry keeps its number. */
  order: number;
  project: string;
  /** Names as displayed, so that the list is readable offline. */
  projectName: string;
  about: string;
  fact: FactSaid;
  /** The recorded entry to withdraw; `fact` is its replacement, or the original fact if there is none. */
  takesBack?: TakenBack;
  /** The name that was typed where nobody signs in. */
  by?: string;
  /** Who was signed in; only they send it. */
  owner?: Owner;
  madeAt: string;
  state:
    | { is: 'waiting'; trouble?: Trouble }
    /** `notBegun`: the entry is for a day that had not begun at the project's location. */
    | { is: 'recorded'; position: number; alreadySaid: boolean; notBegun?: true }
    | { is: 'refused'; refusal: Refusal };
}

/** An entry as stored. Some devices hold entries of the first version: without a number, and without who refused it. */
type Refused = Extract<Entry['state'], { is: 'refused' }>;
type OldRefusal = Omit<Refusal, 'by' | 'status'> & Partial<Refusal>;
export type Kept = Omit<Entry, 'order' | 'state'> & {
  order?: number;
  state: Exclude<Entry['state'], Refused> | { is: 'refused'; refusal: OldRefusal };
};

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

  /** Stores a new entry; it is durable on the device when this resolves. */
  async add(
    said: Pick<Entry, 'project' | 'projectName' | 'about' | 'fact' | 'takesBack' | 'by'>,
  ): Promise<Entry> {
    const made = { id: newId(), madeAt: this.now().toISOString(), state: { is: 'waiting' } } as const;
    const owner = this.owner();
    const entry = await this.shelf.append({ ...said, ...made, ...(owner ? { owner } : {}) });
    this.tell();
    return entry;
  }

  /** Updates the state of an entry that is still stored; only the latest recorded ones are kept. */
  async settle(entry: Entry, state: Entry['state']): Promise<void> {
    const isKept = (await this.shelf.all()).some(({ id }) => id === entry.id);
    if (isKept) await this.shelf.put({ ...entry, state });
    const recorded = (await this.entries()).filter(({ state }) => state.is === 'recorded');
    for (const { id } of recorded.slice(0, -recordedKept)) await this.shelf.remove(id);
    this.tell();
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
    const mended: Entry = { ...refused, ...made, fact };
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

/** Converts a stored entry to the current version. */
function takenOver({ order = 0, state, ...entry }: Kept): Entry {
  if (state.is !== 'refused') return { ...entry, order, state };
  return {
    ...entry,
    order,
    state: { is: 'refused', refusal: { by: 'service', status: 422, ...state.refusal } },
  };
}
