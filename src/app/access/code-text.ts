import { hashOf } from './key-text.js';

/** A code as its reader has it: the part by which it is found, and the part that proves it. */
export interface CodeParts {
  credential: string;
  secret: string;
}

/** Letters and digits that nobody confuses when they are read aloud or typed: no I, O, 0 or 1. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const idLength = 4;
const secretLength = 6;
/** Random bytes of a code. */
export const codeBytes = idLength + secretLength;

const shape = new RegExp(`^[${letters}]{${idLength + secretLength}}$`);

/** A new code: its text as it is shown (`K7PM-3QX-T9W`), what is recorded of it, and the id by which it is found. */
export function newCode(random: string): { text: string; credential: string; hash: string } {
  const typed = [...Buffer.from(random, 'base64').subarray(0, codeBytes)]
    .map((byte) => letters[byte % letters.length])
    .join('');
  const { credential, secret } = partsOf(typed);
  return {
    text: `${typed.slice(0, 4)}-${typed.slice(4, 7)}-${typed.slice(7)}`,
    credential,
    hash: hashOf(secret),
  };
}

/** The parts of a code as somebody typed it, in any case and grouping; undefined for a text that is none. */
export function codeParts(typed: string): CodeParts | undefined {
  const text = typed
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .toUpperCase();
  return shape.test(text) ? partsOf(text) : undefined;
}

function partsOf(text: string): CodeParts {
  return {
    credential: `code-${text.slice(0, idLength).toLowerCase()}`,
    secret: text.slice(idLength),
  };
}
