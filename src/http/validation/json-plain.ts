import { maxDepth, maxDigits, reserved } from './json-tokens.js';

const quote = 0x22;
const plus = 0x2b;
const minus = 0x2d;
const point = 0x2e;
const colon = 0x3a;
const backslash = 0x5c;

/**
 * True for text of which JSON.parse hides nothing: no member is repeated or reserved, it is not too deep, and all numbers are
 * short. False may mean nothing: then the text has to be looked at token by token.
 *
 * One pass over the characters, without lists of names: as many names have to stand in it as the value has members.
 *
 * @param value what JSON.parse made of the text
 */
export function isPlain(text: string, value: object): boolean {
  let names = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const start = at + 1;
      let hasEscape = false;
      for (at = start; text.charCodeAt(at) !== quote; at++) {
        if (text.charCodeAt(at) !== backslash) continue;
        hasEscape = true;
        at++;
      }
      if (!isBeforeColon(text, at)) continue;
      names++;
      if (hasEscape || isReserved(text, start, at)) return false;
    } else if (isDigit(code) || code === minus) {
      const start = at;
      while (isOfNumber(text.charCodeAt(at + 1))) at++;
      // In so few characters stand no more digits than every reader keeps; an exponent is looked at closely.
      if (at - start >= maxDigits || isExponent(text.charCodeAt(at + 1))) return false;
    } else if (isOpening(code)) {
      depth++;
      if (depth > maxDepth) return false;
    } else if (isOpening(code - 2)) {
      // A closing bracket stands two behind its opening one.
      depth--;
    }
  }
  return names === membersIn(value);
}

function isBeforeColon(text: string, end: number): boolean {
  let at = end + 1;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === colon;
}

function isReserved(text: string, start: number, end: number): boolean {
  const length = end - start;
  // Only names of these lengths are worth a text of their own.
  return (length === 9 || length === 11) && reserved.has(text.slice(start, end));
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isOfNumber(code: number): boolean {
  return isDigit(code) || code === point || code === plus || code === minus;
}

function isExponent(code: number): boolean {
  return code === 0x65 || code === 0x45;
}

function isOpening(code: number): boolean {
  return code === 0x5b || code === 0x7b;
}

/** Members of all objects in a value, at most `maxDepth` levels deep. */
function membersIn(value: object): number {
  let count = 0;
  const isList = Array.isArray(value);
  for (const inner of isList ? value : Object.values(value)) {
    if (!isList) count++;
    if (typeof inner === 'object' && inner !== null) count += membersIn(inner);
  }
  return count;
}
