import { filesIn } from '../../ledger/bundle-format.js';
import { type BundleHead, bundleEndText, bundleEntryText, bundleHeadText } from '../../ledger/bundle-text.js';
import type { Policy } from '../../ledger/policy.js';

/** What a bundle is made of. */
export interface BundleParts {
  stream: string;
  /** The checkpoint, as published, with its cosignatures. */
  checkpoint: string;
  /** An earlier checkpoint with a time stamp, and the proof that the checkpoint continues it. */
  earlier?: BundleHead['earlier'] | undefined;
  /** The keys of the ledger, and the witnesses that cosigned. */
  policy: Policy;
  /** The stored bytes of the entries that the checkpoint covers, by revision, and where each is in the log, from 0. */
  entries: readonly { index: number; body: Buffer }[];
  proofOf(index: number): readonly Uint8Array[];
}

/** The text of a bundle, in parts (docs/bundle-format.md). */
export function* bundleText({
  stream,
  checkpoint,
  policy,
  entries,
  earlier,
  proofOf,
}: BundleParts): Generator<string, void> {
  yield bundleHeadText({
    stream,
    entries: entries.length,
    policy,
    checkpoint,
    ...(earlier ? { earlier } : {}),
  });
  const files = new Set<string>();
  for (const { index, body } of entries) {
    for (const file of filesIn(body.toString())) files.add(file);
    yield bundleEntryText(body, { index, hashes: proofOf(index).map((one) => Buffer.from(one)) });
  }
  yield bundleEndText(files);
}
