import { hash } from 'node:crypto';

/** Bytes of a hash of the tree. */
export const hashBytes = 32;

/** The root of a tree without leaves. */
export const emptyRoot: Buffer = sha256('');

const leafPrefix = Buffer.of(0);
/** A shared buffer for a node before it is hashed: a byte 1 and the hashes of its two children. */
const room = Buffer.alloc(1 + 2 * hashBytes, 1);

/** The hash of a leaf: SHA-256 of a byte 0 and its bytes (RFC 6962, 2.1). */
export function leafHash(bytes: Uint8Array): Buffer {
  return sha256(Buffer.concat([leafPrefix, bytes]));
}

/** The hash of a node: SHA-256 of a byte 1 and the hashes of its two children (RFC 6962, 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  room.set(left, 1);
  room.set(right, 1 + hashBytes);
  return sha256(room);
}

/** By a text: a buffer that Node makes for a digest lies outside of its heap, and takes five times as long. */
function sha256(bytes: string | Uint8Array): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');
}

/** Hashes of the complete subtrees of a tree. */
export interface Subtrees {
  /**
   * The hash of the subtree over the leaves from `index * 2 ** level` to `(index + 1) * 2 ** level` (exclusive), all of
   * which the tree has.
   */
  hashOf(level: number, index: number): Uint8Array;
}

/** The root of a tree that grows leaf by leaf; it holds one hash a level. */
export class Frontier {
  size = 0;
  /** By level, the hash of the complete subtree that waits for its right neighbour. */
  private readonly waiting: (Uint8Array | undefined)[] = [];

  add(leaf: Uint8Array): void {
    let level = 0;
    let node = leaf;
    for (let left = this.waiting[0]; left; left = this.waiting[level]) {
      node = nodeHash(left, node);
      this.waiting[level] = undefined;
      level += 1;
    }
    this.waiting[level] = node;
    this.size += 1;
  }

  root(): Uint8Array {
    let root: Uint8Array | undefined;
    for (const left of this.waiting) if (left) root = root ? nodeHash(left, root) : left;
    return root ?? emptyRoot;
  }
}

/** The root of the first leaves of a tree (RFC 6962, 2.1). */
export function rootOf(tree: Subtrees, size: number): Uint8Array {
  requireSize(size, 0);
  return size === 0 ? emptyRoot : rangeHash(tree, 0, size);
}

/**
 * The proof that a leaf is among the first leaves of a tree (RFC 6962, 2.1.1), from the leaf up.
 *
 * @throws RangeError the tree of this size has no such leaf
 */
export function inclusionProof(tree: Subtrees, index: number, size: number): Uint8Array[] {
  requireSize(size, 1);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError(`The leaf is ${index}; expected one from 0 to ${size - 1}.`);
  return pathOf(tree, index, 0, size);
}

/**
 * The proof that the first leaves of a tree are those of a smaller one (RFC 6962, 2.1.2).
 *
 * @throws RangeError unless 0 < from <= to
 */
export function consistencyProof(tree: Subtrees, from: number, to: number): Uint8Array[] {
  requireSize(from, 1);
  requireSize(to, from);
  return subproofOf(tree, from, 0, to, true);
}

/** What an inclusion proof claims; all hashes have 32 bytes. */
export interface Inclusion {
  leaf: Uint8Array;
  index: number;
  size: number;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}

/** True if the proof shows that the tree of this size and root has the leaf at the index (RFC 9162, 2.1.3.2). */
export function isIncluded({ leaf, index, size, proof, root }: Inclusion): boolean {
  if (!areHashes([leaf, root, ...proof]) || !areSizes(index, size) || index >= size) return false;
  let place = index;
  let last = size - 1;
  let node = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      node = nodeHash(sibling, node);
      for (; !isOdd(place) && place !== 0; last = half(last)) place = half(place);
    } else node = nodeHash(node, sibling);
    place = half(place);
    last = half(last);
  }
  return last === 0 && isSame(node, root);
}

/** What a consistency proof claims. */
export interface Consistency {
  from: { size: number; root: Uint8Array };
  to: { size: number; root: Uint8Array };
  proof: readonly Uint8Array[];
}

/**
 * True if the proof shows that the tree `to` only added leaves to the tree `from` (RFC 9162, 2.1.4.2).
 *
 * False from an empty tree: every tree extends it, so that such a proof shows nothing.
 */
export function isConsistent({ from, to, proof }: Consistency): boolean {
  if (!areSizes(from.size, to.size) || from.size === 0 || from.size > to.size) return false;
  // Nothing is hashed, so that the vectors take roots of any length here; a checkpoint cannot have one.
  if (from.size === to.size) return proof.length === 0 && isSame(from.root, to.root);
  if (!areHashes([from.root, to.root, ...proof])) return false;
  let place = from.size - 1;
  let last = to.size - 1;
  for (; isOdd(place); last = half(last)) place = half(place);
  // A complete smaller tree is itself a node of the larger one, and its hash is not in the proof.
  const [first, ...rest] = place === 0 ? [from.root, ...proof] : proof;
  if (!first || proof.length === 0) return false;
  let before = first;
  let after = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      before = nodeHash(sibling, before);
      after = nodeHash(sibling, after);
      for (; !isOdd(place) && place !== 0; last = half(last)) place = half(place);
    } else after = nodeHash(after, sibling);
    place = half(place);
    last = half(last);
  }
  return last === 0 && isSame(before, from.root) && isSame(after, to.root);
}

/** PATH of RFC 6962 over the leaves from `start` to `end` (exclusive); `index` counts from the first of the tree. */
function pathOf(tree: Subtrees, index: number, start: number, end: number): Uint8Array[] {
  if (end - start === 1) return [];
  const middle = start + leftSize(end - start);
  return index < middle
    ? [...pathOf(tree, index, start, middle), rangeHash(tree, middle, end)]
    : [...pathOf(tree, index, middle, end), rangeHash(tree, start, middle)];
}

/** SUBPROOF of RFC 6962 over the leaves from `start` to `end` (exclusive); the smaller tree ends before the leaf `size`. */
function subproofOf(
  tree: Subtrees,
  size: number,
  start: number,
  end: number,
  isKnown: boolean,
): Uint8Array[] {
  if (size === end) return isKnown ? [] : [rangeHash(tree, start, end)];
  const middle = start + leftSize(end - start);
  return size <= middle
    ? [...subproofOf(tree, size, start, middle, isKnown), rangeHash(tree, middle, end)]
    : [...subproofOf(tree, size, middle, end, false), rangeHash(tree, start, middle)];
}

/** The hash of the leaves from `start` to `end` (exclusive); every range that RFC 6962 splits off starts aligned. */
function rangeHash(tree: Subtrees, start: number, end: number): Uint8Array {
  const count = end - start;
  const left = leftSize(count);
  if (count === 1 || left * 2 === count) return tree.hashOf(Math.log2(count), start / count);
  return nodeHash(tree.hashOf(Math.log2(left), start / left), rangeHash(tree, start + left, end));
}

/** The largest power of two below a number of at least 2; 1 for 1. */
function leftSize(count: number): number {
  let size = 1;
  while (size * 2 < count) size *= 2;
  return size;
}

const isOdd = (value: number): boolean => value % 2 === 1;
const half = (value: number): number => Math.floor(value / 2);

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every(({ length }) => length === hashBytes);
}

function areSizes(...sizes: readonly number[]): boolean {
  return sizes.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function requireSize(size: number, least: number): void {
  if (Number.isSafeInteger(size) && size >= least) return;
  throw new RangeError(`The size is ${size}; expected a whole number from ${least} on.`);
}
