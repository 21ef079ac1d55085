import { crc32, deflateRawSync } from 'node:zlib';

/** A zip file of texts; `declares` overrides the size that a part claims to unpack to. */
export function zipOf(
  parts: Readonly<Record<string, string | Buffer>>,
  { declares = {}, flags = 0 }: { declares?: Readonly<Record<string, number>>; flags?: number } = {},
): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const whole = Buffer.from(content);
    const packed = deflateRawSync(whole);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(whole), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(declares[name] ?? whole.length, 8);
    const path = Buffer.from(name);
    const common = Buffer.alloc(10);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(path.length, 0);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, sizes, lengths, path, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([
        Buffer.from('PK\u0001\u0002'),
        Buffer.from([20, 0]),
        common,
        sizes,
        lengths,
        place,
        path,
      ]),
    );
    bodies.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...bodies, entries, Buffer.from('PK\u0005\u0006'), end]));
}

/** The parts of a workbook with the cells of its sheets as XML, and its own number formats, a style each. */
export function partsOf(
  sheets: Readonly<Record<string, string>>,
  {
    formats = [],
    texts = '',
    is1904 = false,
    hidden = [],
  }: {
    formats?: readonly (string | number)[];
    texts?: string;
    is1904?: boolean;
    hidden?: readonly string[];
  } = {},
): Record<string, string> {
  const names = Object.keys(sheets);
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const custom = formats.map((format, at) =>
    typeof format === 'string' ? `<numFmt numFmtId="${164 + at}" formatCode="${escaped(format)}"/>` : '',
  );
  const ids = formats.map((format, at) => (typeof format === 'string' ? 164 + at : format));
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  return {
    'xl/workbook.xml': `${head}<workbook xmlns="x" xmlns:r="y"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${names
      .map(
        (name, at) =>
          `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"${hidden.includes(name) ? ' state="hidden"' : ''}/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships>${names.map((_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml': `${head}<styleSheet><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${ids.map((id) => `<xf numFmtId="${id}" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${head}<sst>${texts}</sst>`,
    ...Object.fromEntries(
      names.map((name, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `${head}<worksheet><sheetData>${sheets[name]}</sheetData></worksheet>`,
      ]),
    ),
  };
}
