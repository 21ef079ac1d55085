import { describe, expect, test } from '@jest/globals';
import { facts } from '../../../domain/project/facts/facts.js';
import { cellsOf, textOf } from '../../../domain/table/cells.js';
import { finderOf } from '../../../domain/table/find-project.js';
import type { Mapping } from '../../../domain/table/meaning.js';
import { type RowRead, readRows } from '../../../domain/table/reading.js';
import { sheetOf } from '../../../domain/table/sheet.js';
import { shippedPhrasebook } from '../../../domain/values/lexicon/phrases.js';
import { countyTable, fifty } from './county-table.js';

const context = { facts, phrasebook: shippedPhrasebook, find: finderOf(fifty) };

function read(text: string, mapping?: Mapping): RowRead[] {
  const sheet = sheetOf(cellsOf(text), facts, mapping);
  if (!sheet) throw new Error('no headings');
  return readRows(sheet, context);
}

const stated = (row: RowRead | undefined) =>
  row?.statements.map(({ type, members }) => ({ type, ...members }));
const unclear = (row: RowRead | undefined) =>
  row?.unclear.map(({ heading, seen, expected }) => [heading, seen, expected.en]);

describe('the monthly table of a county', () => {
  const rows = read(countyTable());

  test('each of its fifty projects is found, and totals and groups state nothing', () => {
    expect(rows.map(({ project }) => project)).toEqual(fifty.map(({ project }) => project));
    expect(rows.flatMap((row) => unclear(row))).toEqual([]);
  });

  test('headings of two lines, a unit above the table and full-width digits are understood', () => {
    expect(rows[0]?.line).toBe(6);
    expect(stated(rows[0])).toEqual(
      expect.arrayContaining([
        {
          type: 'InvestmentReported',
          span: 'month',
          amount: { amount: '1,200.5'.replace(',', ''), unit: '万元' },
        },
        { type: 'ProgressMeasured', measure: { kind: 'percent', percent: 62 } },
        { type: 'ForecastGiven', target: 'completion', when: '2027-06' },
      ]),
    );
    const [year] = (stated(rows[0]) ?? []).filter((one) => (one as { span?: string }).span === 'year');
    expect(year).toMatchObject({ amount: { amount: '8000', unit: '万元' } });
  });

  test('words, ranges and approximations are kept as they were written', () => {
    const measures = rows
      .slice(0, 5)
      .map((row) => stated(row)?.find(({ type }) => type === 'ProgressMeasured'));
    expect(measures.map((one) => (one as { measure?: object } | undefined)?.measure)).toEqual([
      { kind: 'percent', percent: 62 },
      { kind: 'word', said: '基本完成' },
      { kind: 'range', said: '约70%' },
      { kind: 'range', said: '70-80%' },
      { kind: 'word', said: '未开工' },
    ]);
  });

  test('a problem is a stall with its cause, 无 is none, and a blank cell states nothing', () => {
    const stalls = rows.filter((row) => row.statements.some(({ type }) => type === 'StallDeclared'));
    expect(stalls.map(({ line }) => line)).toEqual([8, 18, 28, 38, 48]);
    expect(stated(stalls[0])).toContainEqual({ type: 'StallDeclared', cause: 'financing' });
    expect(rows[3]?.statements.flatMap(({ members }) => (members.span === 'month' ? [members] : []))).toEqual(
      [],
    );
    expect(rows[4]?.statements.some(({ type }) => type === 'ForecastGiven')).toBe(false);
  });

  test('it reads the same with commas, with semicolons, with and without a byte order mark, and in GB 18030', () => {
    for (const separator of [',', ';']) expect(read(countyTable(separator))).toEqual(rows);
    const bytes = new TextEncoder().encode(`\uFEFF${countyTable()}`);
    expect(read(textOf(bytes.buffer as ArrayBuffer))).toEqual(rows);
    const gb = Uint8Array.of(0xcf, 0xee, 0xc4, 0xbf, 0xc3, 0xfb, 0xb3, 0xc6);
    expect(textOf(gb.buffer as ArrayBuffer)).toBe('项目名称');
  });

  test('the month of its title is proposed as the day of the report', () => {
    expect(sheetOf(cellsOf(countyTable()), facts)).toMatchObject({ month: '2026-10', unit: '万元' });
  });
});

describe('what is not understood is listed with its row', () => {
  const head = 'Name\tInvested this month (万元)\tProgress\tProblems';

  test('an unknown project, with those that may be meant', () => {
    const [row] = read(`${head}\n东城产业园区\t5\t\t`);
    expect(row?.project).toBeUndefined();
    expect(unclear(row)?.[0]).toEqual([
      undefined,
      '东城产业园区',
      expect.stringContaining('perhaps 东城产业园'),
    ]);
  });

  test('a word that the lexicon does not have, and a problem without a cause, beside what was understood', () => {
    const [row] = read(`${head}\ncounty-1\t5\t主体完成80%\t村民有意见`);
    expect(stated(row)).toEqual([
      { type: 'InvestmentReported', span: 'month', amount: { amount: '5', unit: '万元' } },
    ]);
    expect(unclear(row)?.map(([heading, seen]) => [heading, seen])).toEqual([
      ['Progress', '主体完成80%'],
      ['Problems', '村民有意见'],
    ]);
  });

  test('an amount whose unit nobody named', () => {
    const [row] = read('项目名称\t本月完成投资\t存在问题\ncounty-1\t120\t');
    expect(unclear(row)).toEqual([['本月完成投资', '120', expect.stringContaining('unit is named')]]);
    expect(row?.statements).toEqual([]);
  });

  test('an amount whose span nobody named leaves the column without a meaning', () => {
    const sheet = sheetOf(cellsOf('项目名称\t完成投资\t形象进度\ncounty-1\t120\t50%'), facts);
    expect(sheet?.columns.map(({ meaning }) => meaning?.use)).toEqual(['project', undefined, 'fact']);
  });

  test('a share of 0.62, which may be 62 % or less than one', () => {
    const [row] = read('Project\tShare of the plan\nProject 3\t0.62');
    expect(unclear(row)).toEqual([['Share of the plan', '0.62', 'a percentage such as 62 %']]);
  });

  test('a row without a name continues the project of a merged cell, and none continues a total', () => {
    const rows = read(`${head}\nProject 3\t5\t\t\n\t6\t10%\t\nTotal\t11\t\t\n\t7\t20%\t`);
    expect(rows.map(({ project, said }) => [project, said])).toEqual([
      ['county-3', 'Project 3'],
      ['county-3', 'Project 3'],
      [undefined, ''],
    ]);
  });
});

describe('a mapping is said once', () => {
  const mapping: Mapping = {
    columns: [
      { heading: '项目', meaning: { use: 'project' } },
      {
        heading: '9月产值（万元）',
        meaning: {
          use: 'fact',
          type: 'InvestmentReported',
          gives: ['amount'],
          with: { span: 'month' },
          unit: '万元',
        },
      },
      {
        heading: '情况',
        meaning: {
          use: 'fact',
          type: 'ProgressMeasured',
          gives: ['measure'],
          words: { 收尾中: 'nearly-done' },
        },
      },
    ],
  };

  test('and holds for the table of the next month', () => {
    const [row] = read('项目\t10月产值（万元）\t情况\ncounty-9\t88\t收尾中', mapping);
    expect(stated(row)).toEqual([
      { type: 'InvestmentReported', span: 'month', amount: { amount: '88', unit: '万元' } },
      { type: 'ProgressMeasured', measure: { kind: 'word', said: '收尾中', word: 'nearly-done' } },
    ]);
  });

  test('the unit in the heading of this month counts before the one that was said of the column', () => {
    const [row] = read('项目\t11月产值（亿元）\t情况\ncounty-9\t0.5\t', mapping);
    expect(stated(row)).toEqual([
      { type: 'InvestmentReported', span: 'month', amount: { amount: '0.5', unit: '亿元' } },
    ]);
  });

  test('a meaning that no fact has is listed, and nothing of it is stated', () => {
    const wrong: Mapping = {
      columns: [{ heading: '情况', meaning: { use: 'fact', type: 'Nothing', gives: ['constructor'] } }],
    };
    const [row] = read('项目名称\t形象进度\t情况\ncounty-9\t10%\tx', wrong);
    expect(unclear(row)).toEqual([['情况', 'x', expect.stringContaining('that Topout records')]]);
  });

  test('a new member of a fact needs no code: it is read by its kind', () => {
    const shape = { ...facts.InvestmentReported.shape, spentOn: { kind: 'day', about: 'When.' } as const };
    const more = { ...facts, InvestmentReported: { ...facts.InvestmentReported, shape } };
    const on: Mapping = {
      columns: [
        { heading: '支出日', meaning: { use: 'fact', type: 'InvestmentReported', gives: ['spentOn'] } },
      ],
    };
    const sheet = sheetOf(cellsOf('项目名称\t形象进度\t支出日\ncounty-9\t\t2026年10月5日'), more, on);
    const [row] = sheet ? readRows(sheet, { ...context, facts: more }) : [];
    expect(stated(row)).toEqual([{ type: 'InvestmentReported', spentOn: '2026-10-05' }]);
  });
});
