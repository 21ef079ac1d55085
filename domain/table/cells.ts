/**
 * The cells of a table as copied from a spreadsheet (tabs) or saved as CSV (RFC 4180, with commas or semicolons), row
 * by row.
 *
 * A cell in double quotes may contain line feeds and the separator; every row is padded to the longest.
 */
export function cellsOf(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const separator = separatorOf(plain);
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < plain.length; at++) {
    const character = plain[at] as string;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (plain[at + 1] === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === separator) endCell();
    else if (character === '\n') {
      endCell();
      rows.push([]);
    } else cell += character;
  }
  endCell();
  while (rows.at(-1)?.every((one) => one.trim() === '')) rows.pop();
  const width = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...new Array<string>(width - row.length).fill('')]);
}

const linesSeen = 8;

/** A tab if there is one, because spreadsheets copy with tabs; else the most frequent separator of the first lines. */
function separatorOf(text: string): string {
  if (text.includes('\t')) return '\t';
  // The first line may be a title.
  const lines = text.split('\n', linesSeen).join('\n');
  const count = (character: string) => lines.split(character).length - 1;
  const [first = ','] = [',', ';', '，'].sort((a, b) => count(b) - count(a));
  return first;
}

/** The text of a saved file: UTF-8, else GB 18030, which WPS and Excel in China use for CSV. */
export function textOf(bytes: ArrayBuffer): string {
  const [a, b] = new Uint8Array(bytes);
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
