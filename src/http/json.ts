import { refuse } from './faults.js';

const maxDepth = 20;
const maxDigits = 15;
const reserved = new Set(['__proto__', 'constructor', 'prototype']);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON object as strictly as what is stored from it is written.
 *
 * Refused beside broken JSON: bytes that are no UTF-8, a member twice in one object, reserved member names, more than 20
 * levels, and numbers that a reader would round.
 *
 * @throws RequestRefused
 */
export function readJson(bytes: Buffer): Record<string, unknown> {
  const text = decoded(bytes);
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse('type-wrong', 'body', Array.isArray(value) ? 'a list' : text.slice(0, 60), 'a JSON object');
  }
  checkTokens(text);
  return value as Record<string, unknown>;
}

function decoded(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return refuse('body-invalid', 'body', 'bytes that are no UTF-8', 'JSON in UTF-8');
  }
}

function parsed(text: string): unknown {
  if (text.trim() === '') refuse('body-invalid', 'body', 'nothing', 'a JSON object');
  try {
    return JSON.parse(text);
  } catch (error) {
    const where = (error as Error).message.replaceAll(/\s+/g, ' ').slice(0, 160);
    return refuse('body-invalid', 'body', `broken JSON (${where})`, 'a JSON object');
  }
}

/** An object or list that is open at a place in the text. */
interface Open {
  /** Member names so far; undefined for a list. */
  names?: Set<string>;
  /** What the next value is called in a path. */
  next: string;
  index: number;
}

const token = /"|[{}[\],]|-?\d[\d.eE+-]*/g;

/** Walks over text that is known to be JSON, without recursion, and refuses what JSON.parse hides. */
function checkTokens(text: string): void {
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
