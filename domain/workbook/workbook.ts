import { numberText, type Shown, shownBy } from './number-text.js';
import { refusals, WorkbookRefused, workbookLimits } from './refused.js';
import { tokensOf } from './xml.js';
import { Zip } from './zip.js';

/** A sheet of a workbook. */
export interface SheetName {
  name: string;
  isHidden: boolean;
}

const compoundFile = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const zipFile = [0x50, 0x4b, 0x03, 0x04];

/** True for a file that is or was a workbook by its first bytes: .xlsx, .xls or an encrypted one. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return startsWith(bytes, zipFile) || startsWith(bytes, compoundFile);
}

/** A workbook of the format .xlsx, whose sheets are read on demand. */
export class Workbook {
  private constructor(
    private readonly zip: Zip,
    private readonly parts: ReadonlyMap<string, { path: string; isHidden: boolean }>,
    private readonly is1904: boolean,
    private readonly styles: readonly Shown[],
    private readonly texts: readonly string[],
  ) {}

  /** @throws WorkbookRefused an old, encrypted, damaged or too large one, or another file */
  static async open(bytes: Uint8Array): Promise<Workbook> {
    if (startsWith(bytes, compoundFile))
      throw new WorkbookRefused(hasEncrypted(bytes) ? refusals.encrypted : refusals.old);
    if (!startsWith(bytes, zipFile)) throw new WorkbookRefused(refusals.other);
    if (bytes.length > workbookLimits.file) throw new WorkbookRefused(refusals.large);
    const zip = new Zip(bytes);
    if (!zip.has('xl/workbook.xml')) throw new WorkbookRefused(refusals.other);
    const paths = await pathsOf(zip);
    const parts = new Map<string, { path: string; isHidden: boolean }>();
    let is1904 = false;
    for (const token of tokensOf(await zip.text('xl/workbook.xml'))) {
      if (token.kind !== 'open') continue;
      const { name, attributes } = token;
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      const path = paths.get(attributes.id ?? '');
      if (name === 'sheet' && attributes.name !== undefined && path !== undefined)
        parts.set(attributes.name, { path, isHidden: (attributes.state ?? 'visible') !== 'visible' });
    }
    if (parts.size === 0) throw new WorkbookRefused(refusals.damaged);
    const styles = zip.has('xl/styles.xml') ? stylesOf(await zip.text('xl/styles.xml')) : [];
    const strings = 'xl/sharedStrings.xml';
    return new Workbook(zip, parts, is1904, styles, zip.has(strings) ? textsOf(await zip.text(strings)) : []);
  }

  get sheets(): SheetName[] {
    return [...this.parts].map(([name, { isHidden }]) => ({ name, isHidden }));
  }

  /** The cells of a sheet as text, row by row, as the sheet shows them; the first visible one when no name is given. */
  async rows(name?: string): Promise<string[][]> {
    const first = this.sheets.find(({ isHidden }) => !isHidden)?.name ?? this.sheets[0]?.name ?? '';
    const part = this.parts.get(name ?? first);
    if (!part) throw new WorkbookRefused(noSheet(name ?? '', this.sheets));
    return this.cellsOf(await this.zip.text(part.path));
  }

  private cellsOf(xml: string): string[][] {
    const rows: string[][] = [];
    let row = -1;
    let column = -1;
    let cell: { type: string; style: number; text: string } | undefined;
    // Texts within these count; one that says how a word is pronounced does not.
    let inValue = 0;
    let inPhonetic = 0;
    for (const token of tokensOf(xml)) {
      if (token.kind === 'text') {
        if (cell && inValue > 0 && inPhonetic === 0) cell.text += token.text;
        continue;
      }
      const { kind, name } = token;
      if (name === 'row' && kind === 'open') {
        row = token.attributes.r === undefined ? row + 1 : Number(token.attributes.r) - 1;
        column = -1;
        if (!(row >= 0)) throw new WorkbookRefused(refusals.damaged);
        if (row >= workbookLimits.rows) throw new WorkbookRefused(refusals.rows);
      } else if (name === 'c' && kind === 'open') {
        if (row < 0) throw new WorkbookRefused(refusals.damaged);
        column = columnIn(token.attributes.r) ?? column + 1;
        const { t: type = 'n', s = '' } = token.attributes;
        cell = { type, style: s === '' ? -1 : Number(s), text: '' };
        if (token.isEmpty) cell = undefined;
      } else if (name === 'c' && cell) {
        const text = this.textOf(cell);
        cell = undefined;
        if (text === '') continue;
        if (column >= workbookLimits.columns) throw new WorkbookRefused(refusals.columns);
        while (rows.length <= row) rows.push([]);
        (rows[row] as string[])[column] = text;
      } else if (name === 'v' || name === 't') {
        if (kind === 'close') inValue -= 1;
        else if (!token.isEmpty) inValue += 1;
      } else if (name === 'rPh') {
        if (kind === 'close') inPhonetic -= 1;
        else if (!token.isEmpty) inPhonetic += 1;
      }
    }
    const width = Math.max(0, ...rows.map(({ length }) => length));
    return rows.map((cells) => Array.from({ length: width }, (_, at) => cells[at] ?? ''));
  }

  private textOf({ type, style, text }: { type: string; style: number; text: string }): string {
    switch (type) {
      case 's':
        return this.texts[Number(text)] ?? '';
      case 'b':
        return text === '1' ? 'TRUE' : 'FALSE';
      case 'd':
        return text.slice(0, 10);
      case 'n': {
        const value = Number(text);
        if (text.trim() === '' || !Number.isFinite(value)) return text.trim();
        return numberText(value, this.styles[style] ?? { as: 'number' }, this.is1904);
      }
      default:
        return text;
    }
  }
}

/** The rows as text with tabs, which `cellsOf` reads as the same cells. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map((cells) => cells.map(quoted).join('\t'));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function noSheet(name: string, sheets: readonly SheetName[]) {
  const all = sheets.map((sheet) => sheet.name);
  return {
    en: `No sheet "${name}"; expected one of: ${all.join(', ')}.`,
    zh: `没有工作表“${name}”；应为下列之一：${all.join('、')}。`,
  };
}

/** The paths of parts by their ids in the workbook. */
async function pathsOf(zip: Zip): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  for (const token of tokensOf(await zip.text('xl/_rels/workbook.xml.rels'))) {
    if (token.kind !== 'open' || token.name !== 'Relationship') continue;
    const { Id: id = '', Target: target = '' } = token.attributes;
    paths.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  return paths;
}

/** How cells of each style show numbers. */
function stylesOf(xml: string): Shown[] {
  const codes = new Map<number, string>();
  const styles: Shown[] = [];
  let isInCells = false;
  for (const token of tokensOf(xml)) {
    if (token.kind === 'text') continue;
    if (token.name === 'cellXfs') isInCells = token.kind === 'open';
    if (token.kind !== 'open') continue;
    const { numFmtId: id = '0', formatCode: code = '' } = token.attributes;
    if (token.name === 'numFmt') codes.set(Number(id), code);
    if (token.name === 'xf' && isInCells) styles.push(shownBy(Number(id), codes.get(Number(id))));
  }
  return styles;
}

/** The texts that cells share. */
function textsOf(xml: string): string[] {
  const texts: string[] = [];
  let inText = false;
  let inPhonetic = false;
  for (const token of tokensOf(xml)) {
    if (token.kind === 'text') {
      if (inText && !inPhonetic) texts[texts.length - 1] += token.text;
      continue;
    }
    const isOpen = token.kind === 'open' && !token.isEmpty;
    if (token.name === 'si' && token.kind === 'open') texts.push('');
    else if (token.name === 't') inText = isOpen;
    else if (token.name === 'rPh') inPhonetic = isOpen;
  }
  return texts;
}

/** The column of an address such as `AB12`, from 0. */
function columnIn(address: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(address ?? '')?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** In a compound file an encrypted workbook has a part of this name, in UTF-16. */
function hasEncrypted(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, workbookLimits.file));
  return text.includes([...'EncryptedPackage'].join('\0'));
}

function startsWith(bytes: Uint8Array, first: readonly number[]): boolean {
  return first.every((byte, at) => bytes[at] === byte);
}
