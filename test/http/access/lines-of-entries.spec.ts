import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ClosedService, districtOf, type Somebody } from './closed.js';

let site: ClosedService;
let inspector: Somebody;
let planner: Somebody;
beforeAll(async () => {
  site = await ClosedService.start();
  inspector = await site.person('Lin', ['inspector', districtOf('Harbour')]);
  planner = await site.person('Ma', ['planner', districtOf('Harbour')]);
  const items = [{ id: 'roof', name: { en: 'Roof' }, weight: 1, measure: 'percent' }];
  await site.ask('PUT', '/projects/quay/plan', planner.key, { items, asOf: '2018-01-01' });
});
afterAll(() => site.close());

const percent = (percent: number, asOf = '2018-06-01') => ({
  type: 'ProgressMeasured',
  asOf,
  measure: { kind: 'percent', percent },
});
const amount = { type: 'PlanMoneyStated', asOf: '2018-06-01', plannedInvestment: '3亿元' };

async function sent(key: string, ...lines: object[]): Promise<Record<string, unknown>[]> {
  const body = lines.map((line) => JSON.stringify(line)).join('\n');
  const { text } = await site.ask('POST', '/entries', key, body);
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
const head = () => site.service.composed.store.head();

describe('a line of several entries', () => {
  test('is recorded for the projects where its author may log, and for no other one', async () => {
    const before = await head();
    const [own, other] = await sent(
      inspector.key,
      { project: 'quay', entries: [percent(10), percent(20, '2018-06-02')] },
      { project: 'mill', entries: [percent(10), percent(20, '2018-06-02')] },
    );
    expect(own).toMatchObject({ status: 201, entries: [{ outcome: 'recorded' }, { outcome: 'recorded' }] });
    expect(other).toMatchObject({ status: 404, entry: 1 });
    expect(await head()).toBe(before + 2);
  });

  test('is refused as a whole where its author may not record one of its entries, which it names', async () => {
    const before = await head();
    const lines = await sent(
      inspector.key,
      { project: 'quay', entries: [percent(30, '2018-06-03'), { ...amount }] },
      {
        project: 'quay',
        entries: [percent(30, '2018-06-03'), { type: 'ProjectDescribed', asOf: '2018-06-03', owner: 'Port' }],
      },
      {
        project: 'quay',
        entries: [percent(30, '2018-06-03'), { type: 'PlanAdopted', asOf: '2018-06-03', items: [] }],
      },
    );
    expect(lines.slice(0, 2)).toMatchObject([
      { status: 403, entry: 2, problem: { type: expect.stringContaining('not-permitted') } },
      { status: 403, entry: 2 },
    ]);
    expect(lines.every(({ status }) => Number(status) >= 400)).toBe(true);
    expect(await head()).toBe(before);
  });

  test('of amounts of a plan is recorded for who may set projects up, and their reports are not', async () => {
    const [set, logged] = await sent(
      planner.key,
      { project: 'quay', entries: [amount] },
      { project: 'quay', entries: [amount, percent(40, '2018-06-04')] },
    );
    expect(set).toMatchObject({ status: 201, entries: [{ outcome: 'recorded' }] });
    expect(logged).toMatchObject({ status: 403, entry: 2 });
  });

  test('withdraws the entries of others only for who may', async () => {
    const [mine] = await sent(inspector.key, { project: 'quay', entries: [percent(50, '2018-06-05')] });
    const { id } = (mine as { entries: [{ id: string }] }).entries[0];
    const other = await site.person('He', ['inspector', districtOf('Harbour')]);
    const withdrawal = {
      project: 'quay',
      entries: [{ type: 'EntryWithdrawn', asOf: '2018-06-06', entry: id, reason: 'misread' }],
    };
    const [refused] = await sent(other.key, withdrawal);
    expect(refused).toMatchObject({ status: 403, entry: 1 });
    const [done] = await sent(inspector.key, withdrawal);
    expect(done).toMatchObject({ status: 201 });
  });
});

test('a table names what its reader may not record, except where it is so already', async () => {
  const table = (owner: string, planned: string) => ({
    document: 'June',
    asOf: '2018-06',
    text: `项目名称\t责任单位\t总投资（万元）\t形象进度\nquay\t${owner}\t${planned}\t60%`,
  });
  const read = async (key: string, owner: string, planned: string) => {
    const { body } = await site.ask('POST', '/tables/reading', key, table(owner, planned));
    const [row] = body.rows as { entries: { type: string }[]; unclear: { heading: string }[] }[];
    return [row?.entries.map(({ type }) => type), row?.unclear.map(({ heading }) => heading)];
  };
  expect(await read(inspector.key, 'Port office', '40000')).toEqual([
    ['ProgressMeasured'],
    ['责任单位', '总投资（万元）'],
  ]);
  await sent(planner.key, {
    project: 'quay',
    type: 'ProjectDescribed',
    asOf: '2018-06-01',
    owner: 'Port office',
  });
  expect(await read(inspector.key, 'Port office', '30000')).toEqual([['ProgressMeasured'], []]);
});
