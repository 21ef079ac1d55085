import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import writeXlsxFile from 'write-excel-file/node';
import { cellsOf } from '../../../domain/table/cells.js';
import { numberText, shownBy } from '../../../domain/workbook/number-text.js';
import { refusals, WorkbookRefused, workbookLimits } from '../../../domain/workbook/refused.js';
import { isWorkbook, tableText, Workbook } from '../../../domain/workbook/workbook.js';
import { partsOf, zipOf } from './xlsx-file.js';

const rowsOf = async (bytes: Uint8Array, sheet?: string) => (await Workbook.open(bytes)).rows(sheet);
const cell = (xml: string, more: Parameters<typeof partsOf>[1] = {}) =>
  rowsOf(zipOf(partsOf({ Sheet1: `<row r="1">${xml}</row>` }, more)));
const refusal = async (bytes: Uint8Array, sheet?: string) => {
  const error = await rowsOf(bytes, sheet).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WorkbookRefused);
  return (error as WorkbookRefused).words;
};

describe('a workbook is read as its cells show it', () => {
  test('as a program writes it, with texts, numbers, percentages and days', async () => {
    const written = await writeXlsxFile([
      [{ value: '项目名称' }, { value: '占年度计划' }, { value: '完成投资（万元）' }, { value: '预计竣工' }],
      [
        { value: '东城小学 & 幼儿园' },
        { value: 0.623, format: '0%' },
        { value: 0.1 + 0.2 },
        { value: new Date(Date.UTC(2027, 5, 30)), format: 'yyyy/m/d' },
      ],
    ]).toBuffer();
    expect(isWorkbook(new Uint8Array(written))).toBe(true);
    expect(await rowsOf(new Uint8Array(written))).toEqual([
      ['项目名称', '占年度计划', '完成投资（万元）', '预计竣工'],
      ['东城小学 & 幼儿园', '62.3%', '0.3', '2027-06-30'],
    ]);
  });

  test.each([
    [0.62, 9, '62%'],
    [1.005, 10, '100.5%'],
    [0.62, 0, '0.62'],
    [1234567.5, 4, '1234567.5'],
    [0.1 + 0.2, 0, '0.3'],
    [1e21, 0, '1000000000000000000000'],
    [1.5e-7, 0, '0.00000015'],
    [46568, 14, '2027-06-30'],
    [46568.75, 22, '2027-06-30'],
    [46568, 27, '2027-06'],
    [46568, 31, '2027-06-30'],
    [59, 14, '1900-02-28'],
    [61, 14, '1900-03-01'],
  ])('%d in the built-in format %d reads %s', (value, id, text) => {
    expect(numberText(value, shownBy(id, undefined), false)).toBe(text);
  });

  test.each([
    [46568, 'yyyy"年"m"月"d"日"', '2027-06-30'],
    [46568, 'yyyy"年"m"月"', '2027-06'],
    [46568, '[$-804]yyyy\\-mm\\-dd;@', '2027-06-30'],
    [0.5, '0.00%', '50%'],
    [1200, '#,##0.00"万元"', '1200万元'],
    [300, '0"户"', '300户'],
    [12, '"约"0"万元"', '约12万元'],
    [1200, '"¥"#,##0.00', '1200'],
    [1200, '[$¥-804]#,##0.00', '1200'],
    [1200, '[$$-409]#,##0.00', '$1200'],
    [12, '#,##0_);(#,##0)', '12'],
    [12, '[Red]0.0', '12'],
    [0.25, 'h:mm', '0.25'],
    [123456, '0!.0,"万元"', '123456 [0!.0,"万元"]'],
    [1234567, '#,##0.0,', '1234567 [#,##0.0,]'],
  ])('%d in the format %s reads %s', (value, code, text) => {
    expect(numberText(value, shownBy(164, code), false)).toBe(text);
  });

  test('days may count from 1904', async () => {
    expect(await cell('<c r="A1" s="0"><v>45106</v></c>', { formats: [14], is1904: true })).toEqual([
      ['2027-06-30'],
    ]);
  });

  test('texts are shared or inline, plain or rich, and without how they are pronounced', async () => {
    const texts =
      '<si><t>甲</t></si><si><r><rPr><b/></rPr><t>乙</t></r><r><t xml:space="preserve"> 丙</t></r><rPh><t>yi</t></rPh></si><si><t/></si>';
    const xml =
      '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>' +
      '<c r="D1" t="inlineStr"><is><t>丁 &lt;&#x6C49;&#23383;&gt;</t></is></c><c r="E1" t="str"><f>A1&amp;"x"</f><v>甲x</v></c>';
    expect(await cell(xml, { texts })).toEqual([['甲', '乙 丙', '', '丁 <汉字>', '甲x']]);
  });

  test('errors, truth values, formulas and gaps are where they are', async () => {
    const xml =
      '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1" t="b"><v>1</v></c><c r="E1"><f>1+1</f><v>2</v></c>';
    const rows = await rowsOf(
      zipOf(partsOf({ Sheet1: `<row r="2">${xml}</row><row><c><v>7</v></c></row>` })),
    );
    expect(rows).toEqual([
      ['', '', '', '', ''],
      ['', '#DIV/0!', 'TRUE', '', '2'],
      ['7', '', '', '', ''],
    ]);
  });

  test('names of tags may have a prefix, and paths may begin at the top', async () => {
    const parts = partsOf({ Sheet1: '<row><c><v>1</v></c></row>' });
    const prefixed = (xml = '') => xml.replace(/<(\/?)([a-z])/gi, '<$1x:$2').replace('<x:?xml', '<?xml');
    const rels = (parts['xl/_rels/workbook.xml.rels'] ?? '').replace('worksheets', '/xl/worksheets');
    const all = Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, prefixed(xml)]));
    expect(await rowsOf(zipOf({ ...all, 'xl/_rels/workbook.xml.rels': rels }))).toEqual([['1']]);
  });

  test('a sheet is chosen by its name, and the first visible one is read without', async () => {
    const one = (value: number) => `<row><c><v>${value}</v></c></row>`;
    const bytes = zipOf(partsOf({ 草稿: one(1), 六月: one(2), '七&月': one(3) }, { hidden: ['草稿'] }));
    expect((await Workbook.open(bytes)).sheets).toEqual([
      { name: '草稿', isHidden: true },
      { name: '六月', isHidden: false },
      { name: '七&月', isHidden: false },
    ]);
    expect([await rowsOf(bytes), await rowsOf(bytes, '七&月')]).toEqual([[['2']], [['3']]]);
    expect(await refusal(bytes, '八月')).toEqual({
      en: 'No sheet "八月"; expected one of: 草稿, 六月, 七&月.',
      zh: '没有工作表“八月”；应为下列之一：草稿、六月、七&月。',
    });
  });

  test('its text with tabs has the same cells, whatever is in them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.stringMatching(/^[a-z0-9,;"\t\n 汉]{0,6}$/), { minLength: 2, maxLength: 4 }), {
          minLength: 1,
          maxLength: 4,
        }),
        (cells) => {
          const width = Math.max(...cells.map(({ length }) => length));
          const rows = cells.map((row) => [...row, ...new Array<string>(width - row.length).fill('')]);
          while (rows.at(-1)?.every((one) => one.trim() === '')) rows.pop();
          expect(cellsOf(tableText(rows))).toEqual(rows);
        },
      ),
    );
  });
});

describe('a file that cannot be read is refused', () => {
  const sheet = partsOf({ Sheet1: '<row><c><v>1</v></c></row>' });
  const compound = (text: string) =>
    new Uint8Array(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from(text, 'utf16le')]));

  test('as the old format, as encrypted, as no workbook', async () => {
    expect(await refusal(compound('Workbook'))).toEqual(refusals.old);
    expect(await refusal(compound('EncryptedPackage'))).toEqual(refusals.encrypted);
    expect(await refusal(zipOf(sheet, { flags: 1 }))).toEqual(refusals.encrypted);
    expect(await refusal(new Uint8Array([1, 2, 3]))).toEqual(refusals.other);
    expect(await refusal(zipOf({ 'word/document.xml': '<w/>' }))).toEqual(refusals.other);
    expect(isWorkbook(new TextEncoder().encode('项目,金额'))).toBe(false);
  });

  test('as too large, before or while it is unpacked, whatever size it declares', async () => {
    const large = new Uint8Array(workbookLimits.file + 1);
    large.set(zipOf(sheet));
    expect(await refusal(large)).toEqual(refusals.large);
    const name = 'xl/worksheets/sheet1.xml';
    const bomb = { ...sheet, [name]: Buffer.alloc(workbookLimits.part + 1, ' ') };
    expect(await refusal(zipOf(bomb))).toEqual(refusals.unpacked);
    expect(await refusal(zipOf(bomb, { declares: { [name]: 100 } }))).toEqual(refusals.unpacked);
    expect(await refusal(zipOf(sheet, { declares: { [name]: 4_000_000_000 } }))).toEqual(refusals.unpacked);
  });

  test('as too long or too wide', async () => {
    const { rows, columns } = workbookLimits;
    expect(await refusal(zipOf(partsOf({ a: `<row r="${rows + 1}"><c><v>1</v></c></row>` })))).toEqual(
      refusals.rows,
    );
    expect(await rowsOf(zipOf(partsOf({ a: `<row r="${rows}"><c><v>1</v></c></row>` })))).toHaveLength(rows);
    expect(
      await refusal(zipOf(partsOf({ a: `<row>${'<c><v>1</v></c>'.repeat(columns + 1)}</row>` }))),
    ).toEqual(refusals.columns);
    expect(await refusal(zipOf(partsOf({ a: '<row r="1"><c r="ZZZ1"><v>1</v></c></row>' })))).toEqual(
      refusals.columns,
    );
  });

  test('as damaged: cut anywhere, or with any bytes changed, it is read or refused, and nothing else', async () => {
    const whole = zipOf(sheet);
    for (let length = 4; length < whole.length; length += 7) await refusal(whole.slice(0, length));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        async (changes) => {
          const bytes = whole.slice();
          for (const [at, byte] of changes) bytes[at] = byte;
          const result = await rowsOf(bytes).catch((error: unknown) => error);
          expect(Array.isArray(result) || result instanceof WorkbookRefused).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
    const entities = `<!DOCTYPE a [<!ENTITY b "c">]>${sheet['xl/worksheets/sheet1.xml']}`;
    expect(await refusal(zipOf({ ...sheet, 'xl/worksheets/sheet1.xml': entities }))).toEqual(
      refusals.damaged,
    );
    const { 'xl/worksheets/sheet1.xml': _, ...without } = sheet;
    expect(await refusal(zipOf(without))).toEqual(refusals.damaged);
  });
});
