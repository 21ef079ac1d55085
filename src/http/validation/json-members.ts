import { refuse } from '../problems/faults.js';

/** Levels of objects and lists in one another. */
const maxDepth = 20;
/** Digits of a number that every reader of JSON keeps. */
const maxDigits = 15;
/** Names that no member may have. */
export const reserved: readonly string[] = ['__proto__', 'constructor', 'prototype'];
/** Up to so many names of one object a list is searched faster than a set. */
const fewNames = 16;

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const colon = 0x3a;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/** An object or list that is open at a place in the text. */
class Open {
  /** What the next value is called in a path. */
  private name = '';
  private index = 0;
  private names: string[] = [];
  private many: Set<string> | undefined;

  constructor(private readonly isList: boolean) {}

  get path(): string {
    return this.isList ? `[${this.index}]` : `.${this.name}`;
  }

  nextValue(): void {
    this.index++;
  }

  /** Notes the name of a member; true when the object has it already. */
  repeats(name: string): boolean {
    this.name = name;
    if (this.many ? this.many.has(name) : this.names.includes(name)) return true;
    if (this.many) this.many.add(name);
    else if (this.names.push(name) > fewNames) this.many = new Set(this.names);
    return false;
  }
}

/**
 * Refuses, by its place, what JSON.parse hides of text that it has parsed: a member twice in one object, reserved member names,
 * more than 20 levels, and numbers that a reader would round.
 *
 * @throws RequestRefused
 */
export function refuseHidden(text: string): void {
  const open: Open[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const start = at;
      at = endOfText(text, start);
      const inner = open.at(-1);
      if (inner && isName(text, at)) enter(inner, nameIn(text, start, at), open);
    } else if (code === openObject || code === openList) {
      if (open.length === maxDepth)
        refuse('body-too-deep', pathOf(open), `more than ${maxDepth} levels`, `at most ${maxDepth}`);
      open.push(new Open(code === openList));
    } else if (code === closeObject || code === closeList) {
      open.pop();
    } else if (code === comma) {
      open.at(-1)?.nextValue();
    } else if (code === minus || isDigit(code)) {
      const start = at;
      while (isOfNumber(text.charCodeAt(at + 1))) at++;
      checkNumber(text.slice(start, at + 1), open);
    }
  }
}

function enter(object: Open, name: string, open: readonly Open[]): void {
  const isRepeated = object.repeats(name);
  if (reserved.includes(name))
    refuse('member-reserved', pathOf(open), `a member "${name}"`, 'no member of this name');
  if (isRepeated) refuse('member-repeated', pathOf(open), `"${name}" a second time`, 'each member once');
}

function checkNumber(number: string, open: readonly Open[]): void {
  if (!isExact(number))
    refuse(
      'number-inexact',
      pathOf(open),
      number.slice(0, 60),
      `a number of at most ${maxDigits} digits, and whole ones within ±${Number.MAX_SAFE_INTEGER}`,
    );
}

/** The index of the quote that ends the text that begins at `start`. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at++;
  }
}

function nameIn(text: string, start: number, end: number): string {
  const name = text.slice(start + 1, end);
  return name.includes('\\') ? JSON.parse(`"${name}"`) : name;
}

function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === colon;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isOfNumber(code: number): boolean {
  return isDigit(code) || '+-.eE'.includes(String.fromCharCode(code));
}

function isExact(number: string): boolean {
  if (number.length <= maxDigits && !/e/i.test(number)) return true;
  if (/^-?\d+$/.test(number)) return Number.isSafeInteger(Number(number));
  const digits = number
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  return digits.length <= maxDigits && Number.isFinite(Number(number));
}

function pathOf(open: readonly Open[]): string {
  const path = open.map((one) => one.path).join('');
  return path.replace(/^\./, '').slice(0, 200) || 'body';
}
