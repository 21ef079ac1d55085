/**
 * The normalized form in which texts for people are stored, compared and shown.
 *
 * The expressions name characters by their UTF-16 code units, without property escapes and lookbehind: the engine of an
 * EventStoreDB server reads events by them too, and supports only ES2015.
 */

/** Unicode white space except the layout of notes (line feeds and tabs), and the blank of Braille. */
const spaces = ' \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u2800\\u3000';
const blanks = new RegExp(`[\\v\\f\\r\\x85${spaces}]+`, 'g');
const plainBlanks = new RegExp(`[${spaces}]+`, 'g');

/** Control characters other than white space. */
const control = '\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f';
const controls = new RegExp(`[${control}]`, 'g');

/** Invisible characters: Default_Ignorable_Code_Point, with bidi controls, and annotation marks. */
const unseenCharacters =
  '\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164' +
  '\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb';
const unseenPairs = '\\udb40[\\udc00-\\udfff]|\\ud834[\\udd73-\\udd7a]|\\ud82f[\\udca0-\\udca3]';
const unseen = new RegExp(`[${unseenCharacters}]|${unseenPairs}`, 'g');

/** Combining marks of any script, in a number beyond any script's use on one letter. */
const mark = '[\\u0300-\\u036f\\u0483-\\u0489\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f]';
const manyMarks = new RegExp(`(${mark}{8})${mark}+`, 'g');

/** Characters that `plainText` may change, or their neighbours. */
const oddCharacters = new RegExp(
  `[\\v\\f\\r${control}\\x85${spaces.slice(1)}${unseenCharacters}\\udb40\\ud834\\ud82f${mark.slice(1)}`,
);

/** The characters of nearly all texts; checked first, because few ranges take a tenth of the time of many. */
const unusual = /[^ -~\xa1-\xac\xae-\u02ff\u2010-\u2027\u3001-\u3163\u4e00-\u9fff\uff01-\uff9f]/;

/** Letters and signs of Europe and East Asia, and blanks: a joiner has no effect on them. */
const unjoined =
  /[\0-\u058f\u1100-\u11ff\u2000-\u206f\u2800\u2e80-\ua4cf\uac00-\ud7ff\ud840-\ud88d\uf900-\ufaff\ufe30-\ufe4f\ufeff-\uffef]/;

/** Replaces a text of which nothing is left. */
const nothingLeft = '\ufffd';

/**
 * A normalized text: runs of blanks are one blank, none at the ends of a line, and invisible characters are removed.
 *
 * Joiners inside words and emoji, and selectors after what they select, stay. A normalized text is returned unchanged.
 */
export function plainText(text: string): string {
  if (!mayBeOdd(text)) return text;
  const printed = text.replace(controls, '');
  const plain = printed
    .replace(unseen, (found: string, at: number) => (showsAt(printed, at, found) ? found : ''))
    .replace(manyMarks, '$1')
    .replace(blanks, ' ');
  return trimmed(plain) || nothingLeft;
}

function trimmed(text: string): string {
  return text.replace(/ ?\n ?/g, '\n').replace(/^[ \n]+|[ \n]+$/g, '');
}

/** A text as recorded: in NFC, its runs of blanks one blank, none at the ends of a line. Refused characters stay. */
export function singleSpaced(text: string): string {
  const composed = text.normalize('NFC');
  return mayBeOdd(composed) ? trimmed(composed.replace(plainBlanks, ' ')) : composed;
}

/** The first character of a text that is invisible in its place, or undefined. */
export function unseenIn(text: string): string | undefined {
  let first: string | undefined;
  text.replace(unseen, (found: string, at: number) => {
    if (!showsAt(text, at, found)) first = first === undefined ? found : first;
    return found;
  });
  return first;
}

/** True for a canonical JSON text in which `withPlainTexts` may change something; false for nearly all. */
export function mayHaveOddTexts(json: string): boolean {
  return hasOddCharacters(json) || json.includes(' "') || json.includes('" ') || json.includes('\\');
}

/** True for a text that `plainText` may change. */
function mayBeOdd(text: string): boolean {
  const [first, last] = [text.charAt(0), text.charAt(text.length - 1)];
  return hasOddCharacters(text) || first === ' ' || last === ' ' || text.includes('\n');
}

function hasOddCharacters(text: string): boolean {
  return text.includes('  ') || (unusual.test(text) && oddCharacters.test(text));
}

/** A JSON value with all texts normalized; the value itself if they are. */
export function withPlainTexts<Value>(value: Value): Value {
  if (typeof value === 'string') return plainText(value) as Value & string;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const plain = value.map(withPlainTexts);
    return plain.every((one, index) => one === value[index]) ? value : (plain as Value & unknown[]);
  }
  let changed: Record<string, unknown> | undefined;
  for (const name of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[name];
    const plain = withPlainTexts(member);
    if (plain === member) continue;
    if (!changed) changed = Object.assign({}, value) as Record<string, unknown>;
    changed[name] = plain;
  }
  return changed === undefined ? value : (changed as Value & object);
}

/** True for a joiner or a selector with an effect on the previous character. */
function showsAt(text: string, at: number, found: string): boolean {
  const before = text.slice(Math.max(0, at - 16), at);
  const after = text.slice(at + found.length);
  if (found === '\u200c' || found === '\u200d') return isJoined(before, after);
  if (found === '\ufe0e' || found === '\ufe0f') {
    if (/[#*0-9]$/.test(before)) return after.charAt(0) === '\u20e3';
    return /[\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299]$|[\ud83c-\ud83e][\udc00-\udfff]$/.test(
      before,
    );
  }
  if (/^[\u180b-\u180d\u180f]$/.test(found)) return /[\u1820-\u18aa]$/.test(before);
  // The letters of a region behind a black flag, and the variants of one Han character.
  if (/^\udb40[\udc20-\udc7f]$/.test(found)) return /\ud83c\udff4(\udb40[\udc20-\udc7e])*$/.test(before);
  if (/^\udb40[\udd00-\uddef]$/.test(found))
    return /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]$|[\ud840-\ud88d][\udc00-\udfff]$/.test(before);
  return false;
}

function isJoined(before: string, after: string): boolean {
  const left = before.charAt(before.length - 1);
  const right = after.charAt(0);
  if (left === '' || right === '' || isBlank(left) || isBlank(right)) return false;
  const isHan = /[\ud840-\ud88d][\udc00-\udfff]$/.test(before);
  return (!unjoined.test(left) && !isHan) || !unjoined.test(right);
}

function isBlank(character: string): boolean {
  return /[\s\u200b-\u200f\u2028-\u202f\u2060-\u206f\u2800]/.test(character);
}
