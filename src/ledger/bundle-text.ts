import { hash } from 'node:crypto';
import { bundleTitle } from './bundle-format.js';
import { type Policy, policyText } from './policy.js';
import { type InclusionPath, proofHead } from './proof-file.js';
import { leafHash } from './tree.js';

/** What comes before the entries of a bundle. */
export interface BundleHead {
  /** Of `a-z`, `0-9` and `-`. */
  stream: string;
  /** How many entries follow. */
  entries: number;
  policy: Policy;
  /** As published, with its cosignatures. */
  checkpoint: string;
  /** An earlier checkpoint, as published, and the proof that the checkpoint continues it. */
  earlier?: { checkpoint: string; consistency: readonly Uint8Array[] };
}

/** The lines before the entries of a bundle (docs/bundle-format.md). */
export function bundleHeadText({ stream, entries, policy, checkpoint, earlier }: BundleHead): string {
  const head = [
    `${bundleTitle}\nstream ${stream}\nentries ${entries}\n`,
    group('policy', policyText(policy)),
    group('checkpoint', checkpoint),
    ...(earlier === undefined
      ? []
      : [
          group('earlier', earlier.checkpoint),
          group('consistency', earlier.consistency.map((one) => `${base64(one)}\n`).join('')),
        ]),
  ].join('');
  return `${head}head ${hash('sha256', head, 'hex')}\n`;
}

/** The lines of one entry. @param body the stored bytes */
export function bundleEntryText(body: Buffer, path: InclusionPath): string {
  return `entry ${base64(leafHash(body))}\n${body}\n${group('proof', proofHead(path))}`;
}

/** The lines after the entries. */
export function bundleEndText(files: Iterable<string>): string {
  const lines = [...new Set(files)].sort().map((file) => `file ${file}\n`);
  return `${lines.join('')}end\n`;
}

function group(name: string, text: string): string {
  return `${name} ${text.split('\n').length - 1}\n${text}`;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
