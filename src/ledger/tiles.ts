import { hashBytes, nodeHash, rootOf, type Subtrees } from './tree.js';

/** Hashes of a full tile (C2SP tlog-tiles): the hashes of one level of the tree in a row. */
export const tileWidth = 256;
/** Levels of the tree from one level of tiles to the next. */
const levelsATile = 8;
const fullBytes = tileWidth * hashBytes;

/** The place of a tile: its hashes are those of the tree's level `8 * level`, from `256 * n` on. */
export interface TilePlace {
  level: number;
  n: number;
}

/** How many hashes a tile has in a tree of a size. */
export function hashesIn({ level, n }: TilePlace, size: number): number {
  const ofLevel = Math.floor(size / tileWidth ** level);
  return Math.min(tileWidth, Math.max(0, ofLevel - n * tileWidth));
}

/** Reads the tiles of a tree; the last tile of a level may be partial, which is a prefix of the full one. */
export interface Tiles {
  /** The hashes of a tile in a row; undefined if there is no such tile. */
  tile(place: TilePlace): Uint8Array | undefined;
}

/** The hashes of a tree's subtrees, computed from its tiles. */
export class TiledTree implements Subtrees {
  private readonly read = new Map<string, Uint8Array>();

  constructor(private readonly tiles: Tiles) {}

  /** @throws RangeError a tile is missing or too short */
  hashOf(level: number, index: number): Uint8Array {
    const above = level % levelsATile;
    const count = 2 ** above;
    const first = index * count;
    const place = { level: (level - above) / levelsATile, n: Math.floor(first / tileWidth) };
    const from = (first % tileWidth) * hashBytes;
    const tile = this.tileAt(place);
    if (tile.length < from + count * hashBytes)
      throw new RangeError(
        `Tile ${place.n} of level ${place.level} has ${tile.length} bytes; expected at least ${from + count * hashBytes}.`,
      );
    return combined(tile.subarray(from, from + count * hashBytes));
  }

  private tileAt(place: TilePlace): Uint8Array {
    const key = `${place.level}/${place.n}`;
    const known = this.read.get(key);
    if (known) return known;
    const tile = this.tiles.tile(place);
    if (!tile) throw new RangeError(`Tile ${place.n} of level ${place.level} is missing.`);
    this.read.set(key, tile);
    return tile;
  }
}

/** A tile to store: full, or partial until it is replaced by a longer one. */
export interface GrownTile extends TilePlace {
  hashes: Uint8Array;
}

/** A tree that grows by leaves, and the tiles that change with it. */
export class GrowingTiles {
  size = 0;
  /** By level, the tile that is being filled, and its hashes so far. */
  private readonly open: { n: number; bytes: Buffer; count: number }[] = [];
  private full: GrownTile[] = [];

  /**
   * The tree of a size, from its last tiles.
   *
   * @throws RangeError a tile is missing or too short
   */
  static from(tiles: Tiles, size: number): GrowingTiles {
    const growing = new GrowingTiles();
    growing.size = size;
    for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
      const place = { level, n: Math.floor(count / tileWidth) };
      const held = count % tileWidth;
      const tile = held === 0 ? Buffer.alloc(0) : tiles.tile(place);
      if (!tile || tile.length < held * hashBytes)
        throw new RangeError(`Tile ${place.n} of level ${level} has fewer than ${held} hashes.`);
      const bytes = Buffer.alloc(fullBytes);
      bytes.set(tile.subarray(0, held * hashBytes));
      growing.open.push({ n: place.n, bytes, count: held });
    }
    return growing;
  }

  add(leaf: Uint8Array): void {
    this.put(0, leaf);
    this.size += 1;
  }

  /** The root of the tree. */
  root(): Uint8Array {
    return rootOf({ hashOf: (level, index) => this.hashOf(level, index) }, this.size);
  }

  /** The tiles that changed since the last call: those that became full, and the partial ones. */
  takeGrown(): GrownTile[] {
    const partial = this.open.flatMap(({ n, bytes, count }, level) =>
      count === 0 ? [] : [{ level, n, hashes: Buffer.from(bytes.subarray(0, count * hashBytes)) }],
    );
    return [...this.takeFull(), ...partial];
  }

  /** The tiles that became full since the last call. */
  takeFull(): GrownTile[] {
    const { full } = this;
    this.full = [];
    return full;
  }

  private put(level: number, hash: Uint8Array): void {
    this.open[level] ??= { n: 0, bytes: Buffer.alloc(fullBytes), count: 0 };
    const tile = this.open[level];
    tile.bytes.set(hash, tile.count * hashBytes);
    tile.count += 1;
    if (tile.count < tileWidth) return;
    const hashes = Buffer.from(tile.bytes);
    this.full.push({ level, n: tile.n, hashes });
    tile.n += 1;
    tile.count = 0;
    this.put(level + 1, combined(hashes));
  }

  /** Only the hashes on the right edge are needed for the root, which the open tiles hold. */
  private hashOf(level: number, index: number): Uint8Array {
    const above = level % levelsATile;
    const count = 2 ** above;
    const { n, bytes } = this.open[(level - above) / levelsATile] ?? { n: 0, bytes: Buffer.alloc(0) };
    const from = (index * count - n * tileWidth) * hashBytes;
    return combined(bytes.subarray(from, from + count * hashBytes));
  }
}

/** The hash of the subtree over hashes in a row; their number is a power of two. */
function combined(hashes: Uint8Array): Uint8Array {
  if (hashes.length === hashBytes) return hashes;
  const middle = hashes.length / 2;
  return nodeHash(combined(hashes.subarray(0, middle)), combined(hashes.subarray(middle)));
}

/**
 * The path of a tile below `/tile/` (C2SP tlog-tiles): its level and `n` in groups of three digits, such as
 * `0/x001/234`, and for a partial one `.p/` and its width.
 */
export function tilePath({ level, n }: TilePlace, width = tileWidth): string {
  const digits = String(n);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const path = groups.map((group, index) => (index < groups.length - 1 ? `x${group}` : group)).join('/');
  return `${level}/${path}${width === tileWidth ? '' : `.p/${width}`}`;
}

const pathPattern = /^(\d|[1-5]\d|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The tile that a path names, and its width; undefined unless it is the path that `tilePath` writes. */
export function tileNamed(path: string): (TilePlace & { width: number }) | undefined {
  const [, level, groups = '', width] = pathPattern.exec(path) ?? [];
  if (level === undefined) return undefined;
  const named = {
    level: Number(level),
    n: Number(groups.replace(/[x/]/g, '')),
    width: width === undefined ? tileWidth : Number(width),
  };
  return Number.isSafeInteger(named.n) && tilePath(named, named.width) === path ? named : undefined;
}
