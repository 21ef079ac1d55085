import type { Instant } from '../../../domain/values/days/calendar.js';

/** A key that signs, or signed, checkpoints. */
export interface LedgerKeyShown {
  /** The verifier key, `name+keyid+base64` (C2SP signed-note). */
  vkey: string;
  /** From when on it signs. */
  since: Instant;
  /** By which the key before hands over to this one, as a note that both signed; absent for the first. */
  handover?: string;
}

/** The keys of a ledger, from the first to the one that signs now. */
export interface LedgerKeys {
  /** The name of the ledger in its checkpoints. */
  origin: string;
  keys: LedgerKeyShown[];
}

/** That an entry is in the ledger: the hashes from its leaf up to the root (RFC 6962, 2.1.1). */
export interface EntryProof {
  origin: string;
  entry: string;
  /** The place of the entry in the log, counted from 0. */
  index: number;
  /** The number of entries in the tree of this proof. */
  size: number;
  /** SHA-256 of a zero byte and the stored bytes, in base64. */
  leaf: string;
  /** In base64, from the leaf up. */
  hashes: string[];
  /** In base64. */
  root: string;
  /** The signed checkpoint of this size; absent if it is not kept. */
  checkpoint?: string;
}

/** That a ledger only grew between two sizes (RFC 6962, 2.1.2). */
export interface GrowthProof {
  origin: string;
  from: number;
  to: number;
  /** In base64. */
  hashes: string[];
  /** The root of each size, in base64. */
  roots: { from: string; to: string };
}

/** The cosignatures of a checkpoint that were taken. */
export interface CosignatureTaken {
  origin: string;
  /** Entries that the checkpoint covers. */
  size: number;
  /** By the name and id of the key of each witness, and when it cosigned. */
  witnesses: { witness: string; at: Instant }[];
}

/** What the ledger answers. It knows hashes only, never what an entry says. */
export interface LedgerQueries {
  /** The latest checkpoint. @throws Refused `ledger-behind` there is none yet */
  checkpoint(): string;
  /** @throws Refused `ledger-behind` before its first checkpoint */
  keys(): LedgerKeys;
  /** @param size the latest checkpoint's when absent @throws Refused `leaf-unknown`, `ledger-size-invalid`, `ledger-behind` */
  proof(entry: string, size?: number): EntryProof;
  /** @param to the latest checkpoint's when absent @throws Refused `ledger-size-invalid`, `ledger-behind` */
  consistency(from: number, to?: number): GrowthProof;
  /** The entries of a stream up to the latest checkpoint, with their proofs, as the text of a bundle in parts. @throws Refused `ledger-behind` */
  bundle(stream: string): Promise<Iterable<string>>;
  /**
   * Keeps the cosignatures of witnesses with a checkpoint, which then carries them.
   *
   * @param note the checkpoint as it was answered, with further lines of signature
   * @throws Refused `checkpoint-invalid`, `witness-unknown`, `ledger-behind`
   */
  cosign(note: string): CosignatureTaken;
  /** The bytes of a tile by its path (C2SP tlog-tiles), as far as checkpoints cover it. @throws Refused `tile-unknown` */
  tile(path: string): Uint8Array;
}

/** How far the ledger is. */
export interface LedgerStanding {
  /** Entries that the last checkpoint covers. */
  size: number;
  /** For how long an entry has waited for a checkpoint; 0 when none does. */
  lagSeconds: number;
  /** Why no checkpoint is signed now; absent while they are. */
  why?: string;
}

/** That an entry has waited too long for a checkpoint. */
export interface LedgerLate {
  lagSeconds: number;
  /** The failure that causes it, if it is known. */
  why?: string;
}
