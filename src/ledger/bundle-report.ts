import type { Words } from '../../domain/values/text.js';
import type { Verdict } from './verdicts.js';

/** What is known of an entry where a fault was found. */
export interface FaultyEntry {
  /** Counted from 1, in the bundle. */
  number: number;
  /** Absent as far as its body could not be read. */
  stream?: string;
  revision?: number;
  id?: string;
}

/** What the verification of a bundle found. */
export interface BundleReport {
  verdict: Verdict;
  /** The fault, or what was verified. */
  words: Words;
  /** The line at which a fault was found, from 1. */
  line?: number;
  entry?: FaultyEntry;
  stream?: string;
  /** Entries verified. */
  entries: number;
  /** SHA-256 of the files of the entries, in hex. */
  files: string[];
  log?: { origin: string; size: number; root: string; key: string; isKeyOfBundle: boolean };
  witnesses: { name: string; key: string; at: string }[];
  /** The size of the earlier checkpoint that this one continues. */
  earlierSize?: number;
}

/** A fault of a bundle: its verdict, and what was seen and expected. */
export class BundleFault extends Error {
  constructor(
    readonly verdict: Verdict,
    readonly words: Words,
    readonly entry?: FaultyEntry,
  ) {
    super(words.en);
  }
}
