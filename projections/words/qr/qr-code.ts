import { codewordsOf } from './codewords.js';
import { maskCount, QrSymbol } from './symbol.js';

/**
 * A text as a QR code (ISO/IEC 18004, model 2, bytes at error correction level M): rows of modules, dark when true,
 * without the light border of four modules that a reader needs.
 *
 * @throws RangeError the text is longer than 213 bytes of UTF-8
 */
export function qrCode(text: string): boolean[][] {
  const codewords = codewordsOf(text);
  const symbol = new QrSymbol(codewords.version);
  symbol.drawCodewords(codewords);
  let best = symbol.masked(0);
  for (let mask = 1; mask < maskCount; mask += 1) {
    const other = symbol.masked(mask);
    if (penaltyOf(other) < penaltyOf(best)) best = other;
  }
  return best;
}

/** How hard a symbol is to read: by its runs, blocks, likenesses to a finder, and share of dark modules. */
function penaltyOf(rows: readonly (readonly boolean[])[]): number {
  const columns = rows.map((_, x) => rows.map((row) => row[x] ?? false));
  const lines = [...rows, ...columns];
  const ofLines = lines.reduce((sum, line) => sum + runsIn(line) + findersIn(line), 0);
  return ofLines + blocksIn(rows) + imbalanceOf(rows);
}

function runsIn(line: readonly boolean[]): number {
  let [penalty, length] = [0, 0];
  for (const [at, isDark] of line.entries()) {
    length = at > 0 && line[at - 1] === isDark ? length + 1 : 1;
    if (length === 5) penalty += 3;
    else if (length > 5) penalty += 1;
  }
  return penalty;
}

const likeFinder = /(?=10111010000|00001011101)/g;

/** The light border counts as a part of the line. */
function findersIn(line: readonly boolean[]): number {
  const text = `0000${line.map((isDark) => (isDark ? '1' : '0')).join('')}0000`;
  return 40 * [...text.matchAll(likeFinder)].length;
}

function blocksIn(rows: readonly (readonly boolean[])[]): number {
  let count = 0;
  for (let y = 1; y < rows.length; y += 1)
    for (let x = 1; x < rows.length; x += 1) {
      const isDark = rows[y]?.[x];
      const others = [rows[y]?.[x - 1], rows[y - 1]?.[x], rows[y - 1]?.[x - 1]];
      if (others.every((other) => other === isDark)) count += 1;
    }
  return 3 * count;
}

function imbalanceOf(rows: readonly (readonly boolean[])[]): number {
  const all = rows.length ** 2;
  const dark = rows.flat().filter(Boolean).length;
  return 10 * Math.max(0, Math.ceil(Math.abs(dark * 20 - all * 10) / all) - 1);
}
