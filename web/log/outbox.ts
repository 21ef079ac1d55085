import { v7 as newId } from 'uuid';
import type { FactSaid } from './facts.js';

/** What the service said against an entry. */
export interface Refusal {
  /** The name of the problem, such as `day-in-future`. */
  problem: string;
  detail: string;
  errors: { member: string; seen: string; expected: string }[];
}

/** What an entry takes back, and why. */
export interface TakenBack {
  entry: string;
  reason: string;
  isReplaced: boolean;
}

/**
 * An entry on this device. Its id goes with it to the service, which records the same id once; ids rise with time, so that their
 * order is the order in which the entries were made.
 */
export interface Entry {
  id: string;
  project: string;
  /** Names as they were shown, so that the list reads well without a network. */
  projectName: string;
  about: string;
  fact: FactSaid;
  /** The recorded entry that is taken back; the fact is what is said in its place, or what it said where nothing is. */
  takesBack?: TakenBack;
  by?: string;
  madeAt: string;
  state:
    | { is: 'waiting' }
    | { is: 'recorded'; position: number; alreadySaid: boolean }
    | { is: 'refused'; refusal: Refusal };
}

/** Where entries are kept: a store of the browser, or a plain map in a test. */
export interface Shelf {
  all(): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Recorded entries that stay to be looked at. */
const recordedKept = 50;

/** The entries of this device, oldest first; each is kept before anything is sent. */
export class Outbox {
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly shelf: Shelf,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async entries(): Promise<Entry[]> {
    const all = await this.shelf.all();
    return all.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Keeps a new entry; it is safe on the device when this resolves. */
  async add(
    said: Pick<Entry, 'project' | 'projectName' | 'about' | 'fact' | 'takesBack' | 'by'>,
  ): Promise<Entry> {
    const entry: Entry = { ...said, id: newId(), madeAt: this.now().toISOString(), state: { is: 'waiting' } };
    await this.shelf.put(entry);
    this.tell();
    return entry;
  }

  /** Notes what became of an entry; recorded ones beyond the last few leave. */
  async settle(entry: Entry, state: Entry['state']): Promise<void> {
    await this.shelf.put({ ...entry, state });
    const recorded = (await this.entries()).filter(({ state }) => state.is === 'recorded');
    for (const { id } of recorded.slice(0, -recordedKept)) await this.shelf.remove(id);
    this.tell();
  }

  /**
   * Puts a mended entry in the place of a refused one. It has a new id, because it says something else; the old one leaves only
   * once the new one is kept.
   */
  async mend(refused: Entry, fact: FactSaid): Promise<Entry> {
    const mended = await this.add({ ...refused, fact });
    await this.shelf.remove(refused.id);
    this.tell();
    return mended;
  }

  /** Takes an entry off the device; what was recorded stays recorded. */
  async discard({ id }: Entry): Promise<void> {
    await this.shelf.remove(id);
    this.tell();
  }

  /** Calls back after every change, here or in another tab; the answer ends it. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Has everybody look again. */
  tell(): void {
    for (const listener of this.listeners) listener();
  }
}
