/** Repeatable chance: the same seed gives the same throws on every machine. */
export interface Dice {
  /** A whole number from `low` to `high`, both inclusive. */
  int(low: number, high: number): number;
  /** True with a probability of `percent`. */
  chance(percent: number): boolean;
  pick<const T>(from: readonly [T, ...T[]]): T;
}

/** Dice for a 32-bit seed (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const int = (low: number, high: number) => low + Math.floor((next() / 2 ** 32) * (high - low + 1));
  return {
    int,
    chance: (percent) => int(1, 100) <= percent,
    pick: (from) => from[int(0, from.length - 1)] ?? from[0],
  };
}

/** A UUID derived from a text. */
export function uuidOf(text: string): string {
  const words = [0, 1, 2, 3].map((salt) => diceOf(hash(`${salt} ${text}`)).int(0, 0xffffffff));
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
