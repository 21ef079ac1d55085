import canonicalize from 'canonicalize';

/** Bytes that one stored event may take at most. */
export const maxBytes = 256 * 1024;

const maxDepth = 20;

/** A value that has no place in the hashed bytes; `member` is the path to what is at fault. */
export class NotCanonical extends TypeError {
  constructor(
    readonly member: string,
    seen: string,
    expected: string,
  ) {
    super(`${member} is ${seen}; expected ${expected}.`);
  }
}

interface Fault {
  path: string;
  seen: string;
  expected: string;
}

/**
 * The RFC 8785 (JCS) text of a value, under a stricter profile: whole numbers within ±(2^53−1), well-formed text, `null`,
 * booleans, arrays and plain objects, at most 20 deep. What other writers of JSON would drop or round is refused.
 *
 * `name` begins the path in errors; `depth` is how deep the value itself will lie.
 *
 * @throws NotCanonical
 */
export function canonicalText(value: unknown, name = 'value', depth = 1): string {
  const fault = faultIn(value, depth);
  if (fault) throw new NotCanonical(name + fault.path, fault.seen, fault.expected);
  return canonicalize(value) as string;
}

/** True for text without half a character: every surrogate stands in a pair. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function faultIn(value: unknown, depth: number): Fault | undefined {
  switch (typeof value) {
    case 'string':
      return isWellFormed(value) ? undefined : fault('text with half a character', 'well-formed Unicode');
    case 'number':
      return Number.isSafeInteger(value) ? undefined : fault(`${value}`, 'a whole number within ±(2^53−1)');
    case 'boolean':
      return undefined;
    case 'object':
      if (value === null) return undefined;
      if (depth > maxDepth) return fault('nested too deep', `at most ${maxDepth} levels`);
      return Array.isArray(value) ? faultInArray(value, depth) : faultInObject(value, depth);
    default:
      return fault(typeof value, 'text, a whole number, true, false, null, an array or a plain object');
  }
}

function faultInArray(value: readonly unknown[], depth: number): Fault | undefined {
  for (let index = 0; index < value.length; index += 1) {
    const found = faultIn(value[index], depth + 1);
    if (found) return { ...found, path: `[${index}]${found.path}` };
  }
  return undefined;
}

function faultInObject(value: object, depth: number): Fault | undefined {
  if (!isPlain(value)) return fault(`a ${value.constructor?.name ?? 'strange'} object`, 'a plain object');
  for (const [key, member] of Object.entries(value)) {
    const found = isWellFormed(key)
      ? faultIn(member, depth + 1)
      : fault('a name with half a character', 'well-formed Unicode');
    if (found) return { ...found, path: `.${key}${found.path}` };
  }
  return undefined;
}

/** Compares the root prototype by its shape, not its identity: each realm has an Object.prototype of its own. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isRoot = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isRoot && Object.getOwnPropertySymbols(value).length === 0;
}

function fault(seen: string, expected: string): Fault {
  return { path: '', seen, expected };
}
