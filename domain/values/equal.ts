/** True if two JSON values are equal: members in any order, an absent member like an undefined one. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(member(a, key), member(b, key)));
}

function member(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/**
 * A hash of a JSON value, 32 bits unsigned: the same for all values that `isSame` finds equal. Others may share it.
 *
 * @param seed what the value belongs to
 */
export function hashOf(value: unknown, seed = 0): number {
  if (typeof value !== 'object' || value === null) return hashOfText(`${value}`, seed);
  let sum = 0;
  for (const key of Object.keys(value)) {
    const one = (value as Record<string, unknown>)[key];
    // A sum, because members may be in any order.
    if (one !== undefined) sum = (sum + hashOf(one, hashOfText(key, seed))) >>> 0;
  }
  return mixed(sum ^ seed);
}

/** A hash of a text, 32 bits unsigned. */
export function hashOfText(text: string, seed = 0): number {
  let hash = seed ^ text.length;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x5bd1e995) ^ (hash >>> 15);
  return mixed(hash);
}

/** The last step of MurmurHash3: every bit of the input changes half of the bits of the result. */
function mixed(bits: number): number {
  let hash = bits ^ (bits >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
