import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Schema } from '../../src/http/answers/schema.js';
import { countyTable, fifty } from '../domain/table/county-table.js';
import { misfits } from './fits.js';
import { type Service, startService } from './service.js';

interface Row {
  line: number;
  said: string;
  project?: string;
  entries: Record<string, unknown>[];
  sentences: string[];
  unclear: { heading?: string; seen: string; expected: string }[];
}

let service: Service;
beforeAll(async () => {
  service = await startService();
  const registrations = fifty.map(({ project, zh }) => ({
    project,
    type: 'ProjectRegistered',
    asOf: '2018-01-01',
    name: { zh },
  }));
  await service.sendLines(registrations);
  await service.get('/projects');
}, 60_000);
afterAll(() => service.close());

const read = async (body: object, language = 'en') => {
  await service.get('/projects');
  const answer = await service.send('POST', '/tables/reading', body, { 'accept-language': language });
  return { ...answer, rows: (answer.body.rows ?? []) as unknown as Row[] };
};
const county = { text: countyTable(), document: '2018年6月重点项目进度表', asOf: '2018-06' };

describe('the monthly table of a county', () => {
  test('of fifty projects is read without storing anything, recorded once, and shown on each project', async () => {
    const head = await service.head();
    const { status, body, rows } = await read(county);
    const document = (await service.get('/openapi.json')).body as unknown as {
      components: { schemas: Record<string, Schema> };
    };
    const schema = { $ref: '#/components/schemas/TableRead' };
    expect([status, misfits(body, schema, document.components.schemas)]).toEqual([200, []]);
    expect(rows.map(({ project }) => project)).toEqual(fifty.map(({ project }) => project));
    expect(rows.flatMap(({ unclear }) => unclear)).toEqual([]);
    expect(rows.every(({ entries, sentences }) => entries.length === sentences.length)).toBe(true);
    expect(await service.head()).toBe(head);

    const lines = rows.flatMap(({ entries }) => entries);
    const first = await service.sendLines(lines, { 'topout-by': 'clerk' });
    expect(first.lines.filter(({ status }) => status !== 201)).toEqual([]);
    expect(await service.head()).toBe(head + lines.length);
    const again = await service.sendLines((await read(county)).rows.flatMap(({ entries }) => entries));
    expect(again.lines.map(({ id }) => id)).toEqual(first.lines.map(({ id }) => id));
    expect(await service.head()).toBe(head + lines.length);

    const { body: shown } = await service.get('/projects/county-3?asOf=2018-07-01');
    expect(shown.completion).toMatchObject({ floorBasisPoints: 6500, percentBasisPoints: 7000 });
    expect(shown.details).toMatchObject({ owner: '县住建局' });
    expect((shown.stalls as unknown as { episodes: object[] }).episodes).toMatchObject([
      { cause: 'financing' },
    ]);
    const { body: journal } = await service.get('/projects/county-3/journal');
    const { items } = journal as unknown as { items: { source: object }[] };
    expect(items.slice(1).map(({ source }) => source)).toEqual(
      items.slice(1).map(() => ({ kind: 'import', document: county.document, line: 8 })),
    );
  }, 120_000);

  test('names the office in both languages, and the same office the next month adds nothing', async () => {
    const owners = (asOf: string) => ({
      document: `${asOf}.csv`,
      asOf,
      text: '项目名称,责任单位,所属县区,行业\ncounty-50,县住建局 | Housing office,新城区 | Xincheng,住房',
    });
    const { rows } = await read(owners('2018-06'));
    expect(rows[0]?.sentences).toEqual(['Owner: Housing office. District: Xincheng. Sector: 住房.']);
    await service.sendLines(rows[0]?.entries ?? []);
    const { body } = await service.get('/projects/county-50?asOf=2018-07-01');
    expect(body.details).toMatchObject({
      owner: 'Housing office',
      inBoth: { district: { en: 'Xincheng', zh: '新城区' } },
      sector: '住房',
    });
    const head = await service.head();
    const july = (await read(owners('2018-07-05'))).rows[0]?.entries ?? [];
    const { lines } = await service.sendLines(july);
    expect(lines.map(({ outcome }) => outcome)).toEqual(['already-said']);
    expect(await service.head()).toBe(head);
  });

  test('has each statement as a sentence, in the language of the clerk', async () => {
    const english = (await read(county)).rows[0];
    const chinese = (await read(county, 'zh')).rows[0];
    expect(english?.sentences).toContain('The whole project: 62 %.');
    expect(chinese?.sentences).toContain('项目总体：完成 62%。');
  });
});

describe('what cannot be recorded', () => {
  const head = '项目名称\t本月完成投资（万元）\t形象进度\t预计竣工';

  test('is listed with its row and its heading, and what was understood beside it stays', async () => {
    const text = `${head}\ncounty-1\t12\t105%\t2018年5月\n东城产业圆\t3\t基本完\t`;
    const { rows } = await read({ ...county, text }, 'zh');
    expect(rows.map(({ entries }) => entries.map(({ type }) => type))).toEqual([
      ['InvestmentReported', 'ForecastGiven'],
      [],
    ]);
    expect(rows[0]?.unclear).toEqual([
      { heading: '形象进度', seen: expect.stringContaining('105'), expected: expect.any(String) },
    ]);
    expect(rows[1]?.unclear).toEqual([
      { seen: '东城产业圆', expected: expect.stringContaining('是否为 东城产业园') },
      { heading: '形象进度', seen: '基本完', expected: expect.stringContaining('词表') },
    ]);
  });

  test.each([
    ['a text without headings', { text: 'a\tb\n1\t2' }, 'text'],
    ['a table of no day', { text: `${head}\ncounty-1\t1\t\t`, asOf: undefined }, 'asOf'],
    [
      'a column that means something unknown',
      { columns: [{ heading: 'x', meaning: { use: 'magic' } }] },
      'columns[0].meaning.use',
    ],
    ['an empty text', { text: ' ' }, 'text'],
  ])('%s is refused', async (_, change, member) => {
    const { status, body } = await read({ ...county, ...change });
    const [fault] = body.errors as unknown as { member: string }[];
    expect([Math.floor(status / 100), fault?.member]).toEqual([4, member]);
  });
});

test('what a person says of a column holds for the table of the next month', async () => {
  const meaning = {
    use: 'fact',
    type: 'InvestmentReported',
    gives: ['amount'],
    with: { span: 'month' },
    unit: '万元',
  };
  const text = '项目名称\t5月产值\t备注\ncounty-1\t88\t';
  const { body } = await read({ ...county, text, columns: [{ heading: '5月产值', meaning }] });
  const next = { text: text.replace('5月', '6月'), columns: body.columns };
  const { rows } = await read({ ...county, ...next });
  expect(rows[0]?.sentences).toEqual([expect.stringContaining('88 万元')]);
});

test('a column may be about an item, which each project has in its own plan, by id or by name', async () => {
  const item = (id: string, zh: string) => ({ id, name: { zh }, weight: 1, measure: 'percent' });
  for (const [project, id] of [
    ['county-1', 'tower'],
    ['county-2', 'main'],
  ] as const)
    await service.send('PUT', `/projects/${project}/plan`, {
      asOf: '2018-01-02',
      basis: 'stated',
      items: [item(id, '主楼'), item('yard', '室外工程')],
    });
  const meaning = { use: 'fact', type: 'ProgressMeasured', gives: ['measure'], with: { item: '主楼' } };
  const text = '项目名称\t主楼进度\t形象进度\ncounty-1\t40%\t30%\ncounty-2\t55%\t\ncounty-4\t10%\t20%';
  const { rows } = await read({ ...county, text, columns: [{ heading: '主楼进度', meaning }] }, 'zh');
  expect(rows.map(({ entries }) => entries.map(({ item }) => item))).toEqual([
    ['tower', undefined],
    ['main'],
    [undefined],
  ]);
  expect(rows[0]?.sentences[0]).toBe('主楼：完成 40%。');
  expect(rows[2]?.unclear).toEqual([
    { heading: '主楼进度', seen: '主楼', expected: '该项目计划中工程部位的名称或编号' },
  ]);
});
