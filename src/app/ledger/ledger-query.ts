import type { BodyAt, Leaves } from '../../event-store/event-store.js';
import { readCheckpoint } from '../../ledger/checkpoint.js';
import { cosignedBy } from '../../ledger/cosignature.js';
import { noteText, signatureLine } from '../../ledger/note.js';
import { policyCosigned } from '../../ledger/policy.js';
import { hashesIn, TiledTree, tileNamed } from '../../ledger/tiles.js';
import { anchorsIn } from '../../ledger/timestamp.js';
import { consistencyProof, hashBytes, inclusionProof, rootOf } from '../../ledger/tree.js';
import { readVerifierKey, type VerifierKey } from '../../ledger/vkey.js';
import type { World } from '../ports.js';
import { Refused } from '../refusals.js';
import { bundleText } from './bundle.js';
import { checkpointInvalid, cosignaturesIn, takenOf } from './cosigning.js';
import type { LedgerKeyRing } from './ledger.js';
import type {
  CosignatureTaken,
  EntryProof,
  GrowthProof,
  LedgerKeys,
  LedgerQueries,
} from './ledger-answers.js';
import type { LedgerFile, SignedAt } from './ledger-file.js';

/** What a ledger answers from its file, up to its latest checkpoint. */
export class LedgerQuery implements LedgerQueries {
  constructor(
    private readonly file: LedgerFile,
    private readonly leaves: Leaves,
    private readonly ring: LedgerKeyRing,
    /** Whose cosignatures are kept. */
    private readonly witnesses: readonly VerifierKey[],
    private readonly world: Pick<World, 'now'>,
  ) {}

  checkpoint(): string {
    return this.latest().note;
  }

  keys(): LedgerKeys {
    const { origin } = readCheckpoint(this.latest().note).checkpoint;
    return { origin, keys: this.ring.keys(origin) };
  }

  proof(entry: string, size?: number): EntryProof {
    const latest = this.latest();
    const covered = this.sizeWithin(latest, 'size', size ?? latest.size);
    const position = this.leaves.positionOf(entry);
    const index = position === undefined ? undefined : this.indexOf(position);
    if (position === undefined) throw leafUnknown(entry);
    if (index === undefined || index >= latest.size) throw behind('the entry');
    if (index >= covered)
      throw sizeInvalid('size', covered, {
        en: `a size from ${index + 1} on, which has the entry`,
        zh: `不小于 ${index + 1}（包含该记录）`,
      });
    const tree = new TiledTree(this.file);
    const checkpoint = this.file.checkpointOf(covered)?.note;
    return {
      origin: readCheckpoint(latest.note).checkpoint.origin,
      entry,
      index,
      size: covered,
      leaf: base64(tree.hashOf(0, index)),
      hashes: inclusionProof(tree, index, covered).map(base64),
      root: base64(rootOf(tree, covered)),
      ...(checkpoint === undefined ? {} : { checkpoint }),
    };
  }

  consistency(from: number, to?: number): GrowthProof {
    const latest = this.latest();
    const covered = this.sizeWithin(latest, 'to', to ?? latest.size);
    if (from > covered)
      throw sizeInvalid('from', from, { en: `at most ${covered}`, zh: `不大于 ${covered}` });
    const tree = new TiledTree(this.file);
    return {
      origin: readCheckpoint(latest.note).checkpoint.origin,
      from,
      to: covered,
      hashes: consistencyProof(tree, from, covered).map(base64),
      roots: { from: base64(rootOf(tree, from)), to: base64(rootOf(tree, covered)) },
    };
  }

  cosign(note: string): CosignatureTaken {
    const latest = this.latest();
    const logs = this.logKeys();
    const now = this.world.now();
    const { signed, cosigned } = cosignaturesIn(note, { logs, witnesses: this.witnesses, now });
    const { size, root } = signed.checkpoint;
    if (size > latest.size || !root.equals(rootOf(new TiledTree(this.file), size)))
      throw checkpointInvalid(
        { en: `${size} entries with another root`, zh: `含 ${size} 条、根散列不同的检查点` },
        {
          en: `a checkpoint of this log, of at most ${latest.size} entries`,
          zh: `本账本的检查点，至多 ${latest.size} 条`,
        },
      );
    const own = signed.note.signatures.filter((line) => logs.some((key) => nameOf(key) === nameOf(line)));
    const checkpoint = { size, at: now, note: noteText({ text: signed.note.text, signatures: own }) };
    this.file.addCosignatures(
      checkpoint,
      cosigned.map(({ line, at }) => ({ vkey: nameOf(line), at, line: `${signatureLine(line)}\n` })),
    );
    return takenOf(signed, cosigned);
  }

  async bundle(stream: string): Promise<Iterable<string>> {
    const latest = this.latest();
    const covered: (BodyAt & { index: number })[] = [];
    for await (const page of this.leaves.bodies(stream))
      for (const one of page) {
        const index = this.indexOf(one.position);
        if (index !== undefined && index < latest.size) covered.push({ ...one, index });
      }
    const last = covered.at(-1);
    if (!last) throw behind('the entry');
    // A cosigned checkpoint is better evidence, as long as it covers as much of the project.
    const cosigned = this.file.lastCosigned(latest.size, ({ note }) =>
      this.witnesses.some((key) => cosignedBy(note, key) === 'valid'),
    );
    const { note: checkpoint, size } = cosigned && last.index < cosigned.size ? cosigned : latest;
    const policy = policyCosigned(this.logKeys(), readCheckpoint(checkpoint), this.witnesses);
    const tree = new TiledTree(this.file);
    const proofOf = (index: number) => inclusionProof(tree, index, size);
    // The last time stamp is on this checkpoint, or on an earlier one that it continues.
    const anchored = this.file.lastCosigned(size, ({ note }) => anchorsIn(note).length > 0);
    const earlier =
      anchored && anchored.size < size
        ? { checkpoint: anchored.note, consistency: consistencyProof(tree, anchored.size, size) }
        : undefined;
    return bundleText({ stream, checkpoint, earlier, policy, entries: covered, proofOf });
  }

  tile(path: string): Uint8Array {
    const place = tileNamed(path);
    const hashes = place && this.file.tile(place);
    const isCovered = place && place.width <= hashesIn(place, this.latest().size);
    if (!place || !hashes || !isCovered)
      throw new Refused('tile-unknown', {
        seen: path,
        expected: {
          en: 'a tile of the latest checkpoint, such as 0/000 or, with its width, 0/000.p/12',
          zh: '最新检查点范围内的块，如 0/000，或带宽度的 0/000.p/12',
        },
      });
    return hashes.subarray(0, place.width * hashBytes);
  }

  private logKeys(): VerifierKey[] {
    return this.keys().keys.map(({ vkey }) => readVerifierKey(vkey));
  }

  private indexOf(position: number): number | undefined {
    return this.leaves.areDense ? position - 1 : this.file.leafAt(position);
  }

  private latest(): SignedAt {
    const { last } = this.file;
    if (!last) throw behind('anything');
    return last;
  }

  private sizeWithin({ size: most }: SignedAt, member: string, size: number): number {
    if (size <= most) return size;
    throw sizeInvalid(member, size, {
      en: `at most ${most}, the size of the latest checkpoint`,
      zh: `不大于最新检查点的大小 ${most}`,
    });
  }
}

const nameOf = ({ name, keyId }: { name: string; keyId: string }): string => `${name}+${keyId}`;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function sizeInvalid(member: string, size: number, expected: { en: string; zh: string }): Refused {
  return new Refused('ledger-size-invalid', { member, seen: String(size), expected });
}

function leafUnknown(entry: string): Refused {
  return new Refused('leaf-unknown', {
    seen: entry,
    expected: { en: 'the id of a recorded entry', zh: '已记录条目的标识' },
  });
}

function behind(what: 'the entry' | 'anything'): Refused {
  return new Refused('ledger-behind', {
    seen:
      what === 'anything'
        ? { en: 'no checkpoint so far', zh: '尚无检查点' }
        : { en: 'an entry that no checkpoint covers yet', zh: '尚未被检查点覆盖的记录' },
    expected: { en: 'one within two seconds of an entry', zh: '记录后两秒内的检查点' },
  });
}
