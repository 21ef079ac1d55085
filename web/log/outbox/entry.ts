import type { Words } from '../../../domain/values/words.js';
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

/** What an entry changes of its project. */
export interface Effect {
  /** Completion of the project without it and with it, in basis points. */
  fromBasisPoints: number;
  toBasisPoints: number;
  /** Computed on the phone from the entries it knows; the service has not recorded the entry yet. */
  isEstimate: boolean;
  /** The contradictions that it opens. */
  contradictions: Words[];
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
  /** It is not sent before this instant, so that it can be undone. */
  heldUntil?: string;
  /** It was sent at least once, and may have arrived. */
  mayHaveArrived?: true;
  effect?: Effect;
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

/** Milliseconds for which a new entry is held: somewhat longer than the page offers to undo it. */
export const heldMs = 6_500;

/** Milliseconds for which an entry is still held; none after the clock of the device was set back. */
export function heldLeftMs({ heldUntil, state }: Entry, nowMs: number): number {
  if (heldUntil === undefined || state.is !== 'waiting') return 0;
  const leftMs = Date.parse(heldUntil) - nowMs;
  return leftMs > 0 && leftMs <= heldMs ? leftMs : 0;
}

/** Converts a stored entry to the current version. */
export function takenOver({ order = 0, state, ...entry }: Kept): Entry {
  if (state.is !== 'refused') return { ...entry, order, state };
  return {
    ...entry,
    order,
    state: { is: 'refused', refusal: { by: 'service', status: 422, ...state.refusal } },
  };
}
