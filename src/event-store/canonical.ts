/** Maximum size of a stored event, in bytes. */
export const maxBytes = 256 * 1024;

const maxDepth = 20;

/** A value that cannot be stored; `member` is its path. */
export class NotCanonical extends TypeError {
  constructor(
    readonly member: string,
    seen: string,
    expected: string,
  ) {
    super(`${member} is ${seen}; expected ${expected}.`);
  }
}

/** The fault of a value, thrown where it was found; each enclosing level prepends its step to the path. */
class Fault {
  constructor(
    readonly path: string,
    readonly seen: string,
    readonly expected: string,
  ) {}
}

/**
 * The RFC 8785 (JCS) text of a value, under a stricter profile: integers within ±(2^53−1), well-formed text, `null`,
 * booleans, arrays and plain objects, at most 20 deep. Values that other JSON writers drop or round are refused.
 *
 * `name` is the start of the path in errors; `depth` is the depth of the value itself.
 *
 * @throws NotCanonical
 */
export function canonicalText(value: unknown, name = 'value', depth = 1): string {
  try {
    return textOf(value, depth);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw new NotCanonical(name + fault.path, fault.seen, fault.expected);
  }
}

/** Checks and writes a value in one pass, for speed: two passes took twice as long. */
function textOf(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (Number.isSafeInteger(value)) return `${value}`;
      throw new Fault('', `${value}`, 'a whole number within ±(2^53−1)');
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth > maxDepth) throw new Fault('', 'nested too deep', `at most ${maxDepth} levels`);
      return Array.isArray(value) ? textOfArray(value, depth) : textOfObject(value, depth);
    default:
      throw new Fault(
        '',
        typeof value,
        'text, a whole number, true, false, null, an array or a plain object',
      );
  }
}

function textOfArray(value: readonly unknown[], depth: number): string {
  let text = '[';
  for (let index = 0; index < value.length; index += 1) {
    try {
      text += `${index === 0 ? '' : ','}${textOf(value[index], depth + 1)}`;
    } catch (fault) {
      throw within(fault, `[${index}]`);
    }
  }
  return `${text}]`;
}

function textOfObject(value: object, depth: number): string {
  if (!isPlain(value))
    throw new Fault('', `a ${value.constructor?.name ?? 'strange'} object`, 'a plain object');
  let text = '{';
  for (const key of inOrder(Object.keys(value))) {
    try {
      const member = textOf((value as Record<string, unknown>)[key], depth + 1);
      text += `${text.length === 1 ? '' : ','}${quotedName(key)}:${member}`;
    } catch (fault) {
      throw within(fault, `.${key}`);
    }
  }
  return `${text}}`;
}

function within(fault: unknown, step: string): unknown {
  return fault instanceof Fault ? new Fault(step + fault.path, fault.seen, fault.expected) : fault;
}

/** A quoted text; very few need escapes. */
function quoted(text: string): string {
  if (isAsItStands(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new Fault('', 'text with half a character', 'well-formed Unicode');
  return JSON.stringify(text);
}

function quotedName(key: string): string {
  if (isAsItStands(key)) return `"${key}"`;
  if (!key.isWellFormed()) throw new Fault('', 'a name with half a character', 'well-formed Unicode');
  return JSON.stringify(key);
}

/** True for text without control characters, quotes, backslashes and surrogates. */
function isAsItStands(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || (unit >= 0xd800 && unit <= 0xdfff)) return false;
  }
  return true;
}

/** Names in the order of their UTF-16 code units; for a few, insertion sort is faster than `sort`. */
function inOrder(names: string[]): string[] {
  if (names.length > 32) return names.sort();
  for (let from = 1; from < names.length; from += 1) {
    const name = names[from] as string;
    let to = from;
    for (; to > 0 && (names[to - 1] as string) > name; to -= 1) names[to] = names[to - 1] as string;
    names[to] = name;
  }
  return names;
}

/** Compares the prototype by its shape, because another realm has an Object.prototype of its own. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isRoot =
    prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
  return isRoot && Object.getOwnPropertySymbols(value).length === 0;
}
