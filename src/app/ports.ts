import type { Sealed } from '../../domain/governance/events.js';
import type { Instant } from '../../domain/values/calendar.js';
import type { WorkCalendar } from '../../domain/values/working-days.js';

/** What the application needs of the world around it; `compose.ts` passes it in. */
export interface World {
  /** The present instant, in UTC. */
  now(): Instant;
  /** A new UUID, ordered by time. */
  newId(): string;
  /** The UUID that always follows from another one and a name; the same input gives the same id. */
  derivedId(id: string, name: string): string;
  /** Calls back once after some milliseconds, unless the answer is called before. */
  after(ms: number, call: () => void): () => void;
  /** A number from 0 (inclusive) to 1 (exclusive), for jitter. */
  random(): number;
}

/** Seals what may not stand in the log in the clear; one key a subscription, kept outside the log and the data folder. */
export interface Vault {
  /** Takes in what other processes that share the keys have changed by now; `open` and `unrecorded` then know it. */
  look(): Promise<void>;
  /** A key that is made for it counts as unrecorded until `settle`. */
  seal(subscription: string, text: string): Sealed;
  /** Undefined when its key is gone or it was not sealed by it. */
  open(subscription: string, sealed: Sealed): string | undefined;
  /** Says that the log holds what was sealed for a subscription, or that it never will: then a key that was made for it is destroyed. */
  settle(subscription: string, isRecorded: boolean): void;
  /** Subscriptions whose key was made and never settled. */
  unrecorded(): string[];
  /** Destroys the key: whatever was sealed with it can never be read again. */
  forget(subscription: string): void;
  /** Random bytes for a new secret, in base64. */
  newSecret(bytes: number): string;
  /** A token that only this installation can make, in base64url. */
  token(subscription: string, purpose: string): string;
  /** The Ed25519 key pair of this installation, raw and in base64; made when first asked for. */
  signingKey(): { privateKey: string; publicKey: string };
}

/** Working calendars that come with the installation. */
export interface Calendars {
  /** `china`, `every-day`, ...; undefined when there is none of the name. */
  calendar(name: string): WorkCalendar | undefined;
  names(): string[];
}
