import type { Sealed } from '../../domain/governance/events.js';
import type { Instant } from '../../domain/values/days/calendar.js';
import type { WorkCalendar } from '../../domain/values/days/working-days.js';

/** The ports of the application; `compose.ts` passes them in. */
export interface World {
  /** The current instant, in UTC. */
  now(): Instant;
  /** A new UUID, ordered by time. */
  newId(): string;
  /** A UUID derived from another one and a name; the same input gives the same id. */
  derivedId(id: string, name: string): string;
  /** Calls back once after some milliseconds; the returned function cancels it. */
  after(ms: number, call: () => void): () => void;
  /** A number from 0 (inclusive) to 1 (exclusive), for jitter. */
  random(): number;
}

/**
 * Seals data that the log must not hold in the clear; one key per subscription and per holder of personal data, kept
 * outside the log and the data folder.
 */
export interface Vault {
  /** Reads changes of other processes that share the keys; `open` and `unrecorded` then use them. */
  look(): Promise<void>;
  /** A newly created key counts as unrecorded until `settle`. */
  seal(subscription: string, text: string): Sealed;
  /** Undefined if its key is gone or it was not sealed with it. */
  open(subscription: string, sealed: Sealed): string | undefined;
  /** Reports that the log holds data sealed for a subscription, or that it never will: then a new key is destroyed. */
  settle(subscription: string, isRecorded: boolean): void;
  /** Subscriptions whose key was created and never settled. */
  unrecorded(): string[];
  /**
   * Seals personal data by the key of its holder, which is made with the first; undefined once it was destroyed.
   *
   * @param holder a person and a purpose; see `namesOf` and `textsOf`
   * @param about what the text is bound to; it opens with the same only
   */
  sealFor(holder: string, text: string, about: string): Sealed | undefined;
  /** Undefined if the key is gone or is not in this vault, or it was not sealed for this. */
  openFor(holder: string, sealed: Sealed, about: string): string | undefined;
  /** True of a holder whose key was destroyed here. */
  isForgotten(holder: string): boolean;
  /**
   * Destroys the key of a subscription or a holder: data sealed with it can never be read again.
   *
   * @param isMarked notes it of a holder even where this vault has no key of it
   */
  forget(owner: string, isMarked?: boolean): void;
  /** Random bytes for a new secret, in base64. */
  newSecret(bytes: number): string;
  /** A token that only this installation can create, in base64url. */
  token(subscription: string, purpose: string): string;
  /** The Ed25519 key pair of this installation, raw and in base64; created on first use. */
  signingKey(): KeyPair;
  /**
   * The keys of the ledger, from the first to the one that signs; the first is created on first use.
   *
   * @param since when it is created
   */
  ledgerKeys(since: Instant): readonly LedgerKeyKept[];
  /**
   * Replaces the key that signs the ledger, and removes the private key before from the file.
   *
   * @param handover makes the note by which the key before hands over to the new one
   */
  replaceLedgerKey(
    since: Instant,
    handover: (before: KeyPair, next: KeyPair) => string,
  ): readonly LedgerKeyKept[];
}

/** An Ed25519 key pair, raw and in base64. */
export interface KeyPair {
  privateKey: string;
  publicKey: string;
}

/** A key of the ledger; only the last one has its private key. */
interface LedgerKeyKept extends Partial<KeyPair> {
  publicKey: string;
  since: Instant;
  /** The note by which the key before hands over to it; absent of the first. */
  handover?: string;
}

/** Included working calendars. */
export interface Calendars {
  /** `china`, `every-day`, ...; undefined for an unknown name. */
  calendar(name: string): WorkCalendar | undefined;
  names(): string[];
}
