import { filesIn } from '../../ledger/bundle-format.js';
import { bundleEndText, bundleEntryText, bundleHeadText } from '../../ledger/bundle-text.js';
import { policyOfLog } from '../../ledger/policy.js';
import { readVerifierKey } from '../../ledger/vkey.js';

/** What a bundle is made of. */
export interface BundleParts {
  stream: string;
  /** The checkpoint, as published. */
  checkpoint: string;
  /** The verifier keys of the ledger. */
  vkeys: readonly string[];
  /** The stored bytes of the entries that the checkpoint covers, by revision. */
  bodies: readonly { position: number; body: Buffer }[];
  proofOf(position: number): { index: number; hashes: readonly Uint8Array[] };
}

/** The text of a bundle, in parts (docs/bundle-format.md). */
export function* bundleText({
  stream,
  checkpoint,
  vkeys,
  bodies,
  proofOf,
}: BundleParts): Generator<string, void> {
  const policy = policyOfLog(...vkeys.map((vkey) => readVerifierKey(vkey)));
  yield bundleHeadText({ stream, entries: bodies.length, policy, checkpoint });
  const files = new Set<string>();
  for (const { position, body } of bodies) {
    for (const file of filesIn(body.toString())) files.add(file);
    const { index, hashes } = proofOf(position);
    yield bundleEntryText(body, { index, hashes: hashes.map((one) => Buffer.from(one)) });
  }
  yield bundleEndText(files);
}
