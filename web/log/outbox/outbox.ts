import { v7 as newId } from 'uuid';
import type { FactSaid } from '../forms/facts.js';

/** Why an entry is set aside until somebody deals with it. */
export interface Refusal {
  /** Who refused it; a gateway is whatever answers in the place of the service, which has then not seen the entry. */
  by: 'service' | 'gateway';
  /** Status of the answer; 0 for a redirect, and where there was none. */
  status: number;
  /** The name of the problem, such as `day-in-future`; of a gateway what it did. */
  problem: string;
  title?: string;
  /** What was said, in the words of who said it; empty where nothing was. */
  detail: string;
  errors: { member: string; seen: string; expected: string }[];
}

/** An entry that does not come through although there is a way to the service: it is tried again, ever later. */
export interface Trouble {
  attempts: number;
  /** What was answered last. */
  last: Refusal;
}

/** What an entry takes back, and why. */
export interface TakenBack {
  entry: string;
  reason: string;
  isReplaced: boolean;
}

/** An entry on this device. Its id goes with it to the service, which records the same id once. */
export interface Entry {
  id: string;
  /** Entries are sent by rising numbers, whatever the clock of the device says; a mended one keeps the number of its place. */
  order: number;
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
    | { is: 'waiting'; trouble?: Trouble }
    /** `notBegun`: for a day that had not begun where the project is. */
    | { is: 'recorded'; position: number; alreadySaid: boolean; notBegun?: true }
    | { is: 'refused'; refusal: Refusal };
}

/** An entry as it is kept. Devices hold some of the first version: without a number, and without who refused it. */
type Refused = Extract<Entry['state'], { is: 'refused' }>;
type OldRefusal = Omit<Refusal, 'by' | 'status'> & Partial<Refusal>;
export type Kept = Omit<Entry, 'order' | 'state'> & {
  order?: number;
  state: Exclude<Entry['state'], Refused> | { is: 'refused'; refusal: OldRefusal };
};

/** Where entries are kept: a store of the browser, or a plain map in a test. */
export interface Shelf {
  all(): Promise<Kept[]>;
  /** Keeps a new entry under the next number, which no other tab gets. */
  append(entry: Omit<Entry, 'order'>): Promise<Entry>;
  put(entry: Entry): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The number behind all that are kept. */
export function nextOrder(kept: readonly Kept[]): number {
  return kept.reduce((most, { order = 0 }) => Math.max(most, order), 0) + 1;
}

/** Recorded entries that stay to be looked at. */
const recordedKept = 50;

/** The entries of this device in the order in which they were made; each is kept before anything is sent. */
export class Outbox {
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly shelf: Shelf,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async entries(): Promise<Entry[]> {
    const all = (await this.shelf.all()).map(takenOver);
    // Those of the first version come before all others, by their ids, which rose with the clock.
    return all.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  /** Keeps a new entry; it is safe on the device when this resolves. */
  async add(
    said: Pick<Entry, 'project' | 'projectName' | 'about' | 'fact' | 'takesBack' | 'by'>,
  ): Promise<Entry> {
    const made = { id: newId(), madeAt: this.now().toISOString(), state: { is: 'waiting' } } as const;
    const entry = await this.shelf.append({ ...said, ...made });
    this.tell();
    return entry;
  }

  /** Notes what became of an entry that is still kept; recorded ones beyond the last few leave. */
  async settle(entry: Entry, state: Entry['state']): Promise<void> {
    const isKept = (await this.shelf.all()).some(({ id }) => id === entry.id);
    if (isKept) await this.shelf.put({ ...entry, state });
    const recorded = (await this.entries()).filter(({ state }) => state.is === 'recorded');
    for (const { id } of recorded.slice(0, -recordedKept)) await this.shelf.remove(id);
    this.tell();
  }

  /** Has entries that were set aside go out again as they are, in their places. */
  async sendAgain(refused: readonly Entry[]): Promise<void> {
    for (const entry of refused) await this.settle(entry, { is: 'waiting' });
  }

  /**
   * Puts a mended entry in the place of a refused one. It has a new id, because it says something else; the old one leaves only
   * once the new one is kept.
   */
  async mend(refused: Entry, fact: FactSaid): Promise<Entry> {
    const made = { id: newId(), madeAt: this.now().toISOString(), state: { is: 'waiting' } } as const;
    const mended: Entry = { ...refused, ...made, fact };
    await this.shelf.put(mended);
    // What takes the refused one back takes the mended one back.
    for (const other of await this.entries())
      if (other.takesBack?.entry === refused.id)
        await this.shelf.put({ ...other, takesBack: { ...other.takesBack, entry: mended.id } });
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

/** A kept entry as this version reads it. */
function takenOver({ order = 0, state, ...entry }: Kept): Entry {
  if (state.is !== 'refused') return { ...entry, order, state };
  return {
    ...entry,
    order,
    state: { is: 'refused', refusal: { by: 'service', status: 422, ...state.refusal } },
  };
}
