import { singleSpaced, unseenIn } from './plain-text.js';

/** The longest name of an author, in characters. */
export const longestAuthor = 64;

/** The longest name of somebody for whom an office enters, in characters. */
export const longestOnBehalfOf = 100;

/** Marks a header value whose text is in percent-encoded UTF-8 (RFC 8187). */
const encoded = "UTF-8''";

/** The name of an author in any script as it is recorded, or undefined for a text that names nobody. */
export function authorIn(text: string): string | undefined {
  if (/[\p{Cs}]|[^\P{Cc}\t]|\p{M}{9}/u.test(text) || unseenIn(text) !== undefined) return undefined;
  const name = singleSpaced(text.replaceAll('\t', ' '));
  return name !== '' && [...name].length <= longestAuthor ? name : undefined;
}

/** A name in the form that a header can carry: as it is in ASCII, else percent-encoded behind `UTF-8''`. */
export function authorHeader(name: string): string {
  return /^[ -~]*$/.test(name) && !name.startsWith(encoded) ? name : encoded + encodeURIComponent(name);
}

/**
 * The author that a header names, or undefined for one that names nobody.
 *
 * @param value each character one byte: percent-encoded behind `UTF-8''`, plain UTF-8, or else Latin-1
 */
export function authorOfHeader(value: string): string | undefined {
  if (!value.toUpperCase().startsWith(encoded)) return authorIn(utf8In(value) ?? value);
  const text = decoded(value.slice(encoded.length));
  return text === undefined ? undefined : authorIn(text);
}

/** Bytes read as UTF-8; undefined if they are none. */
function utf8In(bytes: string): string | undefined {
  const hex = (byte: string) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return /^[\0-\xff]*$/.test(bytes) ? decoded(bytes.replaceAll(/[%\x80-\xff]/g, hex)) : bytes;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
