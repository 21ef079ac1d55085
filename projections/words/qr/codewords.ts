/** Codewords for error correction in each block at level M, by version from 1 on (ISO/IEC 18004, table 9). */
const correctionPerBlock = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
/** Blocks at level M, by version from 1 on. */
const blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5];
/** The largest version here: 213 bytes. */
const largestVersion = correctionPerBlock.length;

/** The codewords of a text, and the version of the symbol that holds them. */
export interface Codewords {
  version: number;
  bytes: Uint8Array;
}

/**
 * A text as codewords with their error correction, in the order in which a symbol holds them.
 *
 * @throws RangeError the text is longer than 213 bytes of UTF-8
 */
export function codewordsOf(text: string): Codewords {
  const content = new TextEncoder().encode(text);
  for (let version = 1; version <= largestVersion; version += 1) {
    const { perBlock, blocks, all } = sizesOf(version);
    const room = all - perBlock * blocks;
    if (bitsOf(content, version) <= room * 8)
      return { version, bytes: interleaved(padded(content, version, room), version) };
  }
  throw new RangeError(
    `a text of ${content.length} bytes is longer than a symbol of version ${largestVersion} holds`,
  );
}

/** Modules of a symbol that hold codewords. */
export function dataModules(version: number): number {
  const alignments = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const withoutAlignment = (16 * version + 128) * version + 64;
  const aligned = alignments === 0 ? 0 : (25 * alignments - 10) * alignments - 55;
  return withoutAlignment - aligned - (version >= 7 ? 36 : 0);
}

function sizesOf(version: number): { perBlock: number; blocks: number; all: number } {
  const [perBlock = 0, blocks = 1] = [correctionPerBlock[version - 1], blockCounts[version - 1]];
  return { perBlock, blocks, all: Math.floor(dataModules(version) / 8) };
}

/** Bits of the length in front of the content. */
const lengthBits = (version: number): number => (version < 10 ? 8 : 16);
const bitsOf = (content: Uint8Array, version: number): number => 4 + lengthBits(version) + 8 * content.length;

/** The mode, the length, the content and the filling. */
function padded(content: Uint8Array, version: number, room: number): Uint8Array {
  const bits: number[] = [];
  const add = (value: number, count: number) => {
    for (let bit = count - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
  };
  add(0b0100, 4);
  add(content.length, lengthBits(version));
  for (const byte of content) add(byte, 8);
  add(0, Math.min(4, room * 8 - bits.length));
  add(0, -bits.length & 7);
  for (let filling = 0xec; bits.length < room * 8; filling ^= 0xec ^ 0x11) add(filling, 8);
  return Uint8Array.from({ length: room }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  );
}

/** The blocks with their error correction, codeword by codeword in turn. */
function interleaved(data: Uint8Array, version: number): Uint8Array {
  const { perBlock, blocks, all } = sizesOf(version);
  const divisor = divisorOf(perBlock);
  const shortLength = Math.floor(all / blocks) - perBlock;
  const longCount = all % blocks;
  let at = 0;
  const split = Array.from({ length: blocks }, (_, block) => {
    const length = shortLength + (block < blocks - longCount ? 0 : 1);
    const part = data.subarray(at, at + length);
    at += length;
    return { part, correction: remainderOf(part, divisor) };
  });
  const bytes: number[] = [];
  for (let index = 0; index <= shortLength; index += 1)
    for (const { part } of split) if (index < part.length) bytes.push(part[index] ?? 0);
  for (let index = 0; index < perBlock; index += 1)
    for (const { correction } of split) bytes.push(correction[index] ?? 0);
  return Uint8Array.from(bytes);
}

/** The generator polynomial of Reed and Solomon, without its leading 1. */
function divisorOf(degree: number): number[] {
  const result = [...Array<number>(degree - 1).fill(0), 1];
  let root = 1;
  for (let step = 0; step < degree; step += 1) {
    for (let at = 0; at < degree; at += 1)
      result[at] = product(result[at] ?? 0, root) ^ (result[at + 1] ?? 0);
    root = product(root, 2);
  }
  return result;
}

function remainderOf(data: Uint8Array, divisor: readonly number[]): number[] {
  const result = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ (result.shift() ?? 0);
    result.push(0);
    for (const [at, coefficient] of divisor.entries())
      result[at] = (result[at] ?? 0) ^ product(coefficient, factor);
  }
  return result;
}

/** A product in the field of 256 elements that the standard names. */
function product(one: number, other: number): number {
  let result = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    result = (result << 1) ^ ((result >> 7) * 0x11d);
    result ^= ((other >> bit) & 1) * one;
  }
  return result;
}
