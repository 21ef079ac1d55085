import { refuse } from '../problems/faults.js';

/** Levels of objects and lists in one another. */
export const maxDepth = 20;
/** Digits of a number that every reader of JSON keeps. */
export const maxDigits = 15;
/** Names that no member may have. */
export const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** An object or list that is open at a place in the text. */
interface Open {
  /** Member names so far; undefined for a list. */
  names?: Set<string>;
  /** What the next value is called in a path. */
  next: string;
  index: number;
}

const token = /"|[{}[\],]|-?\d[\d.eE+-]*/g;

/**
 * Walks over text that is known to be JSON, without recursion, and refuses what JSON.parse hides, by its place.
 *
 * @throws RequestRefused
 */
export function refuseHidden(text: string): void {
  const open: Open[] = [];
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [seen] = found;
    const inner = open.at(-1);
    if (seen === '"') {
      const end = endOfText(text, found.index);
      token.lastIndex = end;
      if (inner?.names && isName(text, end)) enter(inner, JSON.parse(text.slice(found.index, end)), open);
    } else if (seen === '{' || seen === '[') {
      open.push({ names: seen === '{' ? new Set() : undefined, next: '', index: 0 });
      if (open.length > maxDepth)
        refuse(
          'body-too-deep',
          pathOf(open.slice(0, -1)),
          `more than ${maxDepth} levels`,
          `at most ${maxDepth}`,
        );
    } else if (seen === '}' || seen === ']') {
      open.pop();
    } else if (seen === ',') {
      if (inner) inner.index++;
    } else if (!isExact(seen)) {
      refuse(
        'number-inexact',
        pathOf(open),
        seen.slice(0, 60),
        `a number of at most ${maxDigits} digits, and whole ones within ±${Number.MAX_SAFE_INTEGER}`,
      );
    }
  }
}

function enter(object: Open, name: string, open: readonly Open[]): void {
  object.next = name;
  if (reserved.has(name))
    refuse('member-reserved', pathOf(open), `a member "${name}"`, 'no member of this name');
  if (object.names?.has(name))
    refuse('member-repeated', pathOf(open), `"${name}" a second time`, 'each member once');
  object.names?.add(name);
}

/** The index behind the quote that ends a text. */
function endOfText(text: string, start: number): number {
  for (let index = start + 1; ; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x5c) index++;
    else if (code === 0x22) return index + 1;
  }
}

function isName(text: string, from: number): boolean {
  let index = from;
  while (' \t\r\n'.includes(text[index] ?? 'x')) index++;
  return text[index] === ':';
}

function isExact(number: string): boolean {
  if (/^-?\d+$/.test(number)) return Number.isSafeInteger(Number(number));
  const digits = number
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  return digits.length <= maxDigits && Number.isFinite(Number(number));
}

function pathOf(open: readonly Open[]): string {
  const path = open.map(({ names, next, index }) => (names ? `.${next}` : `[${index}]`)).join('');
  return path.replace(/^\./, '').slice(0, 200) || 'body';
}
