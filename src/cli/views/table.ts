import Table from 'cli-table3';

/** A column: its heading and alignment. */
export interface Column {
  head: string;
  align?: 'left' | 'right';
}

/** Rows in aligned columns under a line; wide characters count as two, so Chinese is aligned. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const drawn = new Table({
    head: columns.map((column) => column.head),
    colAligns: columns.map((column) => column.align ?? 'left'),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: frame,
  });
  drawn.push(...rows.map((row) => row.map((cell) => plain(cell))));
  // A cell never breaks, so every second line is a rule; only the one under the headings is kept.
  return trimmed(drawn, (index) => index < 2 || index % 2 === 0);
}

/** Label and value, one line each. */
export function pairs(rows: readonly (readonly [string, string])[]): string {
  const drawn = new Table({
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: bare,
  });
  drawn.push(...rows.map((row) => row.map((cell) => plain(cell))));
  return trimmed(drawn, () => true);
}

/** Text from the log without characters that could control a terminal: control characters, line breaks and bidirectional marks. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu, '\ufffd');
}

function trimmed(drawn: Table.Table, isKept: (index: number) => boolean): string {
  return drawn
    .toString()
    .split('\n')
    .filter((_, index) => isKept(index))
    .map((line) => line.trimEnd())
    .join('\n');
}

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
const frame = { ...bare, mid: '─' };
