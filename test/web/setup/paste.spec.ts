import { describe, expect, test } from '@jest/globals';
import { dayIn, numberIn } from '../../../domain/table/cell-values.js';
import { cellsOf, textOf } from '../../../domain/table/cells.js';
import { annualIn, withYears } from '../../../web/office/setup/plan/paste/annual-columns.js';
import { columnsOf } from '../../../web/office/setup/plan/paste/columns.js';
import { sheetPlan } from '../../../web/office/setup/plan/paste/sheet-plan.js';

function read(text: string) {
  const cells = cellsOf(text);
  const { columns, hasHeader } = columnsOf(cells);
  return sheetPlan(cells, columns, hasHeader);
}

test('a table copied from a spreadsheet becomes a tree by its numbers', () => {
  const found = read(
    [
      '序号\t工程名称\t权重（%）\t单位\t工程量\t计划开始\t计划完成\t造价（万元）\t前置任务',
      '1\t主体结构\t60%\t\t\t2018年3月1日\t2018/6/30\t1,200\t',
      '1.1\t宿舍楼封顶\t2\t幢\t5\t2018-03-01\t2018-05-31\t\t',
      '1.2\t办公楼框架\t1\t层\t6\t43160\t2018.6.30\t\t1.1',
      '2\t设备\t40%\t\t\t\t2018-12\t\t1',
      '\t合计\t100%\t\t\t\t\t\t',
    ].join('\n'),
  );
  expect(found.bad).toEqual([]);
  expect(found.skipped).toEqual([{ row: 6, why: 'total' }]);
  expect(found.weightsTimes).toBe(1);
  expect(found.rows.map(({ item, depth }) => ({ ...item, depth }))).toEqual([
    {
      id: 'ztjg',
      name: { zh: '主体结构' },
      weight: 60,
      measure: 'percent',
      plannedStart: '2018-03-01',
      plannedFinish: '2018-06-30',
      plannedCost: { amountMinor: 120_000_000_0, currency: 'CNY', said: { amount: '1200', unit: '万元' } },
      depth: 1,
    },
    {
      id: 'sslfd',
      name: { zh: '宿舍楼封顶' },
      parent: 'ztjg',
      weight: 2,
      measure: 'count',
      of: 5,
      unit: '幢',
      plannedStart: '2018-03-01',
      plannedFinish: '2018-05-31',
      depth: 2,
    },
    {
      id: 'bglkj',
      name: { zh: '办公楼框架' },
      parent: 'ztjg',
      weight: 1,
      measure: 'storeys',
      of: 6,
      plannedStart: '2018-03-01',
      plannedFinish: '2018-06-30',
      after: ['sslfd'],
      depth: 2,
    },
    {
      id: 'sb',
      name: { zh: '设备' },
      weight: 40,
      measure: 'percent',
      plannedFinish: '2018-12-31',
      after: ['ztjg'],
      depth: 1,
    },
  ]);
});

describe('planned investment by year', () => {
  const annual = (text: string) => {
    const cells = cellsOf(text);
    const { columns, hasHeader } = columnsOf(cells);
    return annualIn(cells, columns, sheetPlan(cells, columns, hasHeader));
  };
  const heads = '序号\t名称\t2018年计划投资（万元）\t2019年度投资计划(亿元)';

  test('is the sum of its rows, of a group its own amount or that of its parts, and agrees with the total', () => {
    const rows = [
      '1\t主体\t\t1.2',
      '1.1\t一层\t300\t',
      '1.2\t二层\t200.5\t0.2',
      '2\t屋面\t100\t',
      '\t合计\t600.5\t1.2',
    ];
    const without = rows.map((row) => row.replace('\t0.2', '\t'));
    expect(annual([heads, ...without].join('\n'))).toEqual({
      years: [
        { year: '2018', investment: { amount: '600.5', unit: '万元' } },
        { year: '2019', investment: { amount: '12000', unit: '万元' } },
      ],
      left: [],
      bad: [],
    });
  });

  test('of which a cell is not understood, or the sum is another, is listed and not taken', () => {
    const found = annual([heads, '1\t主体\t约多\t1', '2\t屋面\t100\t1', '\t合计\t100\t3'].join('\n'));
    expect(found).toEqual({
      years: [],
      left: ['2018', '2019'],
      bad: [
        { row: 2, column: 2, seen: '约多', expected: 'cost' },
        { row: 4, column: 3, seen: '3', expected: 'sum' },
      ],
    });
  });

  test('of a group that is not the sum of its parts is listed', () => {
    const found = annual([heads, '1\t主体\t500\t', '1.1\t一层\t300\t', '2\t屋面\t-\t'].join('\n'));
    expect(found).toEqual({
      years: [],
      left: ['2018'],
      bad: [{ row: 2, column: 2, seen: '500', expected: 'sum' }],
    });
  });

  test('that only a total states is that total, and a subtotal is none', () => {
    const found = annual([heads, '1\t主体\t\t', '\t小计\t70\t', '\t总计\t90\t'].join('\n'));
    expect(found.years).toEqual([{ year: '2018', investment: { amount: '90', unit: '万元' } }]);
  });

  test('without a year in its header, or in two currencies, is not taken', () => {
    expect(annual('名称\t本年度计划投资\n主体\t5')).toEqual({
      years: [],
      left: [],
      bad: [{ row: 1, column: 1, seen: '本年度计划投资', expected: 'year' }],
    });
    expect(annual('Name\tInvestment 2018\nA\t5 万元\nB\t5 USD').bad).toEqual([
      { row: 3, column: 1, seen: '5 USD', expected: 'currency' },
    ]);
    expect(annual('Name\tInvestment 2018 (USD)\nA\t5\nB\t7.5').years).toEqual([
      { year: '2018', investment: { amount: '12.5', unit: 'USD' } },
    ]);
  });

  test('takes the place of what the draft has for that year, and leaves other years and targets', () => {
    const draft = [
      {
        year: '2018',
        investment: { amount: '1', unit: '亿元' },
        months: [{ month: 1, investment: { amount: '5', unit: '万元' } }],
      },
      { year: '2020', investment: { amount: '2', unit: '亿元' } },
    ];
    const years = [{ year: '2018', investment: { amount: '7', unit: '万元' } }];
    expect(withYears(draft, years)).toEqual([{ ...draft[0], ...years[0] }, draft[1]]);
  });

  test.each([
    ['2018年计划投资', 'annual'],
    ['2018年度投资计划（万元）', 'annual'],
    ['2018年（万元）', 'annual'],
    ['Planned investment 2018', 'annual'],
    ['本年计划投资', 'annual'],
    ['计划投资', 'cost'],
    ['2018年', undefined],
    ['2018年完成时间', undefined],
  ])('"%s" is %s', (head, kind) => {
    expect(columnsOf([['名称', head]]).columns[1]?.kind).toBe(kind);
  });
});

test('each unreadable cell is named with its row and the expected content', () => {
  const found = read(
    [
      'Task,Weight,Qty,Start,Finish,Predecessors',
      'Site,ten,,3/1/2018,2018-02-30,',
      'Roof,5,2.5,2018-05-01,2018-04-01,Cellar',
      ',3,,,,',
    ].join('\n'),
  );
  expect(found.bad).toEqual([
    { row: 2, column: 1, seen: 'ten', expected: 'weight' },
    { row: 2, column: 3, seen: '3/1/2018', expected: 'day' },
    { row: 2, column: 4, seen: '2018-02-30', expected: 'day' },
    { row: 3, column: 2, seen: '2.5', expected: 'quantity' },
    { row: 3, column: 4, seen: '2018-04-01', expected: 'order' },
    { row: 3, column: 5, seen: 'Cellar', expected: 'after' },
    { row: 4, column: 0, seen: '', expected: 'name' },
  ]);
  expect(found.withoutWeight).toBe(1);
  expect(found.rows.map(({ item }) => item.weight)).toEqual([0, 5, 3]);
});

test('nesting also follows levels, indentation, the named group, and Chinese chapters', () => {
  const parents = (text: string) => read(text).rows.map(({ item }) => item.parent);
  expect(parents('Name\tLevel\nA\t1\nB\t2\nC\t3\nD\t2')).toEqual([undefined, 'a', 'b', 'a']);
  expect(parents('Name\tWeight\nA\t1\n  B\t2\n    C\t3\n  D\t2')).toEqual([undefined, 'a', 'b', 'a']);
  expect(parents('Name\tParent\nA\t\nB\tA\nC\tB')).toEqual([undefined, 'a', 'b']);
  expect(parents('序号\t名称\n一\tA\n1\tB\n2\tC\n二\tD\n（一）\tE\n1\tF')).toEqual([
    undefined,
    'a',
    'a',
    undefined,
    'd',
    'e',
  ]);
});

test('decimal weights are multiplied by one factor, and missing weights are equal', () => {
  const found = read('名称,权重\n甲,12.5%\n乙,87.5%');
  expect([found.weightsTimes, found.rows.map(({ item }) => item.weight)]).toEqual([10, [125, 875]]);
  expect(read('名称\t开始\n甲\t2018-01\n乙\t').rows.map(({ item }) => item.weight)).toEqual([1, 1]);
});

test('the columns of a table without a header are guessed', () => {
  const cells = cellsOf('1\tSite\t20\n1.1\tFence\t1\n2\tRoof\t80');
  const { columns, hasHeader } = columnsOf(cells);
  expect([hasHeader, columns.map(({ kind }) => kind)]).toEqual([false, ['number', 'name', 'weight']]);
  expect(sheetPlan(cells, columns, hasHeader).rows.map(({ item }) => item.id)).toEqual([
    'site',
    'fence',
    'roof',
  ]);
});

test('quoted cells may contain separators, line feeds and quotes', () => {
  expect(cellsOf('\uFEFFa;"b;""c""\nd"\r\ne;f\r\n\r\n')).toEqual([
    ['a', 'b;"c"\nd'],
    ['e', 'f'],
  ]);
});

test('a file is read as UTF-8, else as the GB 18030 of Chinese spreadsheets', () => {
  const bytes = (...numbers: number[]) => new Uint8Array(numbers).buffer;
  expect(textOf(bytes(0xe5, 0xb1, 0x8b))).toBe('屋');
  expect(textOf(bytes(0xce, 0xdd))).toBe('屋');
});

test('days and numbers are read as typed, and not guessed', () => {
  expect(
    [
      '2018-3-1',
      '2018/03/01',
      '2018年3月1日',
      '20180301',
      '1 Mar 2018',
      'March 1, 2018',
      '43160',
      '２０１８．３．１',
    ].map((cell) => dayIn(cell, 'first')),
  ).toEqual(new Array(8).fill('2018-03-01'));
  expect(dayIn('2018年2月', 'last')).toBe('2018-02-28');
  expect(['3/1/2018', '2018-13-01', '2018', 'soon'].map((cell) => dayIn(cell, 'first'))).toEqual(
    new Array(4).fill(undefined),
  );
  expect(['1,250 m³', '３５％', '1.5', 'ten', '1,2'].map(numberIn)).toEqual([
    { value: 1250, rest: 'm3' },
    { value: 35, rest: '%' },
    { value: 1.5, rest: '' },
    undefined,
    undefined,
  ]);
});

test('a decimal with a unit is an amount, a whole number a count', () => {
  const found = read('名称\t工程量\t单位\n路面\t12.6\t公里\n桩基\t400\t根\n主体\t2.5\t层');
  expect(found.rows.map(({ item: { measure, of, total, unit } }) => ({ measure, of, total, unit }))).toEqual([
    { measure: 'quantity', of: undefined, total: { digits: 126, scale: 1 }, unit: '公里' },
    { measure: 'count', of: 400, total: undefined, unit: '根' },
    { measure: 'storeys', of: undefined, total: undefined, unit: undefined },
  ]);
  expect(found.bad).toEqual([{ row: 4, column: 1, seen: '2.5', expected: 'quantity' }]);
});

test('a column of stages says which stage an item states, and a word that is none is named', () => {
  const found = read('名称\t权重\t阶段\n路面\t80\t\n开放交通\t20\t通车\n移交\t0\t竣工');
  expect(found.rows.map(({ item }) => item.stage)).toEqual([undefined, 'opened-to-traffic', undefined]);
  expect(found.bad).toEqual([{ row: 4, column: 2, seen: '竣工', expected: 'stage' }]);
  const english = read('Name,Weight,Stage\nLines,1,In production\nWard,1,in use');
  expect(english.rows.map(({ item }) => item.stage)).toEqual(['in-production', 'in-use']);
});
