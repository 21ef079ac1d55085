import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  GrowingTiles,
  TiledTree,
  type TilePlace,
  type Tiles,
  tileNamed,
  tilePath,
} from '../../src/ledger/tiles.js';
import {
  consistencyProof,
  emptyRoot,
  Frontier,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  rootOf,
} from '../../src/ledger/tree.js';
import { naiveConsistency, naiveInclusion, naiveLeaf, naiveRoot } from './naive-tree.js';

interface Vector {
  file: string;
  proof: string[] | null;
  wantErr: boolean;
}
interface InclusionVector extends Vector {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
}
interface ConsistencyVector extends Vector {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
}

const vectors = <Kind>(name: string): Kind[] =>
  JSON.parse(readFileSync(new URL(`vectors/${name}.json`, import.meta.url), 'utf8'));
const bytes = (base64: string | undefined): Buffer => Buffer.from(base64 ?? '', 'base64');

describe('the published vectors', () => {
  test('of inclusion agree, all 98', () => {
    const inclusions = vectors<InclusionVector>('inclusion');
    const wrong = inclusions.filter(({ leafIdx, treeSize, root, leafHash, proof, wantErr }) => {
      const claimed = { index: leafIdx, size: treeSize, root: bytes(root), leaf: bytes(leafHash) };
      return isIncluded({ ...claimed, proof: (proof ?? []).map(bytes) }) === wantErr;
    });
    expect(wrong.map(({ file }) => file)).toEqual([]);
    expect(inclusions).toHaveLength(98);
    expect(inclusions.filter(({ wantErr }) => !wantErr).length).toBeGreaterThan(0);
  });

  test('of consistency agree, all 98', () => {
    const consistencies = vectors<ConsistencyVector>('consistency');
    const wrong = consistencies.filter(({ size1, size2, root1, root2, proof, wantErr }) => {
      const [from, to] = [
        { size: size1, root: bytes(root1) },
        { size: size2, root: bytes(root2) },
      ];
      return isConsistent({ from, to, proof: (proof ?? []).map(bytes) }) === wantErr;
    });
    expect(wrong.map(({ file }) => file)).toEqual([]);
    expect(consistencies).toHaveLength(98);
    expect(consistencies.filter(({ wantErr }) => !wantErr).length).toBeGreaterThan(0);
  });
});

/** The tiles of a tree, as they would be stored. */
class HeldTiles implements Tiles {
  private readonly held = new Map<string, Uint8Array>();

  keep(growing: GrowingTiles): void {
    for (const { level, n, hashes } of growing.takeGrown()) this.held.set(`${level}/${n}`, hashes);
  }

  tile({ level, n }: TilePlace): Uint8Array | undefined {
    return this.held.get(`${level}/${n}`);
  }
}

const leaves = Array.from({ length: 1_100 }, (_, index) => naiveLeaf(Buffer.from(`entry ${index}`)));

/** Grows a tree in steps, each from what the one before has stored. */
function grown(size: number, steps: readonly number[] = []): { tree: TiledTree; root: Uint8Array } {
  const tiles = new HeldTiles();
  let growing = new GrowingTiles();
  for (const step of [...steps.filter((step) => step < size).sort((a, b) => a - b), size]) {
    growing = GrowingTiles.from(tiles, growing.size);
    while (growing.size < step) growing.add(leaves[growing.size] as Buffer);
    tiles.keep(growing);
  }
  return { tree: new TiledTree(tiles), root: growing.root() };
}

const size = fc.integer({ min: 1, max: leaves.length });

describe('a tree of any size', () => {
  test('has the root of the definition, however it was grown', () => {
    fc.assert(
      fc.property(size, fc.array(size, { maxLength: 4 }), (size, steps) => {
        const { tree, root } = grown(size, steps);
        const frontier = new Frontier();
        for (const leaf of leaves.slice(0, size)) frontier.add(leaf);
        const expected = naiveRoot(leaves.slice(0, size)).toString('hex');
        const found = [root, rootOf(tree, size), frontier.root()];
        expect(found.map((hash) => Buffer.from(hash).toString('hex'))).toEqual([
          expected,
          expected,
          expected,
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test('proves each entry as the definition does, and no other entry', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (size, nth, other) => {
        const index = nth % size;
        const { tree, root } = grown(leaves.length);
        const proof = inclusionProof(tree, index, size);
        expect(proof.map((hash) => Buffer.from(hash))).toEqual(naiveInclusion(index, leaves.slice(0, size)));
        const claimed = { leaf: leaves[index] as Buffer, index, size, proof, root: rootOf(tree, size) };
        expect(isIncluded(claimed)).toBe(true);
        const elsewhere = other % leaves.length;
        if (elsewhere !== index) {
          expect(isIncluded({ ...claimed, leaf: leaves[elsewhere] as Buffer })).toBe(false);
          expect(isIncluded({ ...claimed, index: elsewhere })).toBe(false);
        }
        if (size < leaves.length) expect(isIncluded({ ...claimed, root })).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test('proves that it only grew as the definition does, and refuses every flipped bit', () => {
    fc.assert(
      fc.property(size, size, fc.nat(), (one, other, flip) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const { tree } = grown(to);
        const proof = consistencyProof(tree, from, to);
        expect(proof.map((hash) => Buffer.from(hash))).toEqual(naiveConsistency(from, leaves.slice(0, to)));
        const claimed = {
          from: { size: from, root: naiveRoot(leaves.slice(0, from)) },
          to: { size: to, root: naiveRoot(leaves.slice(0, to)) },
          proof,
        };
        expect(isConsistent(claimed)).toBe(true);
        const flipped = Buffer.concat([claimed.from.root, claimed.to.root, ...proof]);
        const bit = flip % (flipped.length * 8);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const [before, after, ...path] = Array.from({ length: flipped.length / 32 }, (_, index) =>
          flipped.subarray(index * 32, (index + 1) * 32),
        ) as [Buffer, Buffer, ...Buffer[]];
        expect(
          isConsistent({ from: { size: from, root: before }, to: { size: to, root: after }, proof: path }),
        ).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});

test('the root of no entries is the hash of nothing, and a leaf is the hash of a zero byte and its bytes', () => {
  expect(emptyRoot).toEqual(naiveRoot([]));
  expect(new Frontier().root()).toEqual(emptyRoot);
  expect(new GrowingTiles().root()).toEqual(emptyRoot);
  expect(leafHash(Buffer.from('roof capped'))).toEqual(naiveLeaf(Buffer.from('roof capped')));
});

test('a proof from an empty tree, or with a hash that is not 32 bytes, is refused', () => {
  const root = naiveRoot(leaves.slice(0, 3));
  const whole = { size: 3, root };
  expect(isConsistent({ from: { size: 0, root: emptyRoot }, to: whole, proof: [] })).toBe(false);
  expect(isConsistent({ from: whole, to: whole, proof: [] })).toBe(true);
  const two = { size: 2, root: naiveRoot(leaves.slice(0, 2)) };
  const proof = naiveConsistency(2, leaves.slice(0, 3));
  expect(isConsistent({ from: two, to: whole, proof })).toBe(true);
  for (const cut of [0, 1, 31])
    expect(isConsistent({ from: two, to: whole, proof: proof.map((hash) => hash.subarray(cut + 1)) })).toBe(
      false,
    );
  expect(isConsistent({ from: { ...two, root: two.root.subarray(1) }, to: whole, proof })).toBe(false);
  const one = { leaf: root, index: 0, size: 1, proof: [], root };
  expect(isIncluded(one)).toBe(true);
  expect(isIncluded({ ...one, leaf: root.subarray(1), root: root.subarray(1) })).toBe(false);
  expect(() => consistencyProof(grown(3).tree, 0, 3)).toThrow(
    'The size is 0; expected a whole number from 1 on.',
  );
  expect(() => inclusionProof(grown(3).tree, 3, 3)).toThrow('The leaf is 3; expected one from 0 to 2.');
});

test('a tree whose tiles lack a hash says which tile', () => {
  const none: Tiles = { tile: () => undefined };
  expect(() => rootOf(new TiledTree(none), 2)).toThrow('Tile 0 of level 0 is missing.');
  expect(() => GrowingTiles.from(none, 300)).toThrow('Tile 1 of level 0 has fewer than 44 hashes.');
});

test('a tile has the path of its level, its number and its width, and only that path names it', () => {
  expect(tilePath({ level: 0, n: 1_234_067 })).toBe('0/x001/x234/067');
  expect(tilePath({ level: 2, n: 5 }, 17)).toBe('2/005.p/17');
  fc.assert(
    fc.property(
      fc.record({ level: fc.nat(63), n: fc.nat(), width: fc.integer({ min: 1, max: 256 }) }),
      (tile) => {
        expect(tileNamed(tilePath(tile, tile.width))).toEqual(tile);
      },
    ),
  );
  for (const other of [
    '0/1',
    '0/x000/001',
    '64/001',
    '0/001.p/256',
    '0/001.p/0',
    '00/001',
    '0/001/',
    '0/0x1',
  ])
    expect(tileNamed(other)).toBeUndefined();
});
