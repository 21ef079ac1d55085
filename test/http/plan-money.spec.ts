import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { typed } from '../cli/typed.js';
import { type Service, startService } from './service.js';

let service: Service;
const items = [{ id: 'roof', name: { en: 'Roof' }, weight: 1, measure: 'percent' }];
beforeAll(async () => {
  service = await startService();
  for (const project of ['school', 'road', 'bare']) {
    await service.send('POST', '/projects', { project, name: { en: project }, asOf: '2018-01-01' });
    if (project !== 'bare')
      await service.send('PUT', `/projects/${project}/plan`, { items, asOf: '2018-01-01' });
  }
});
afterAll(() => service.close());

const line = (more: object) => ({ project: 'road', type: 'PlanMoneyStated', asOf: '2018-06', ...more });
const investmentOf = async (project: string, asOf = '2018-06-30') =>
  (await service.get(`/projects/${project}?asOf=${asOf}`)).body.investment as unknown as Record<
    string,
    unknown
  >;

async function rowsOf(text: string) {
  await service.get('/projects');
  const { body } = await service.send('POST', '/tables/reading', { text, document: 'June', asOf: '2018-06' });
  return body.rows as unknown as {
    entries: object[];
    sentences: string[];
    unclear: { heading: string; seen: string; expected: string }[];
  }[];
}

describe('the amounts of plans in a monthly table', () => {
  test('are read, recorded with the items as they are, and shown as the annual plan of the project', async () => {
    const [row] = await rowsOf(
      '单位：万元\n项目名称\t总投资\t2018年度计划投资\t本月计划投资\t本年完成投资\nschool\t30000\t12,000\t1000\t6000',
    );
    expect(row?.unclear).toEqual([]);
    expect(row?.sentences[0]).toBe(
      'Planned investment: 30,000 万元. Annual plan of 2018: 12,000 万元. Target of June 2018: 1,000 万元.',
    );
    const { lines } = await service.sendLines([
      { project: 'school', entries: row?.entries.map((entry) => ({ ...entry, project: undefined })) },
    ]);
    expect(lines).toMatchObject([
      { status: 201, entries: [{ outcome: 'recorded' }, { outcome: 'recorded' }] },
    ]);
    expect(await investmentOf('school')).toMatchObject({
      plannedMinor: 30_000_000_000,
      annualPlan: {
        year: 2018,
        plannedMinor: 12_000_000_000,
        shareBasisPoints: 5000,
        targets: [{ month: '2018-06' }],
      },
    });
    expect((await service.get('/projects/school')).body.completion).toMatchObject({
      plan: { version: 2 },
      plannedItems: 1,
    });
  });

  test('that are so already are recorded no second time', async () => {
    const head = await service.head();
    const [row] = await rowsOf('项目名称\t年度计划投资（亿元）\nschool\t1.2');
    const { lines } = await service.sendLines(row?.entries ?? []);
    expect(lines).toMatchObject([{ status: 200, outcome: 'already-said' }]);
    expect(await service.head()).toBe(head);
  });

  test('of two years in one table are two amounts', async () => {
    const [row] = await rowsOf('项目名称\t2018年计划投资（万元）\t2019年计划投资（万元）\nroad\t100\t200');
    expect(row?.sentences).toEqual(['Annual plan of 2018: 100 万元.', 'Annual plan of 2019: 200 万元.']);
  });

  test('of a project without a plan, or without a unit, are listed and not in the entries', async () => {
    const [bare, road] = await rowsOf('项目名称\t总投资（万元）\t本月计划投资（万元）\nbare\t5\t\nroad\t\t7');
    expect([bare?.entries, road?.entries]).toEqual([[], []]);
    expect(bare?.unclear).toEqual([
      {
        heading: '总投资（万元）',
        seen: '5',
        expected: expect.stringContaining('a project without a plan on 2018-06-30'),
      },
    ]);
    expect(road?.unclear[0]?.expected).toContain('for which nothing is planned');
    const [open] = await rowsOf('项目名称\t总投资\nroad\t5');
    expect(open?.unclear[0]).toMatchObject({ heading: '总投资', seen: '5' });
  });
});

describe('a line with amounts of a plan', () => {
  test('changes the plan in force and says so in the journal', async () => {
    const { lines } = await service.sendLines([line({ annualPlan: '3亿', plannedInvestment: '9亿元' })]);
    expect(lines[0]).toMatchObject({ status: 201, outcome: 'recorded' });
    const { body } = await service.get('/projects/road/journal?order=newest&limit=1');
    const [{ words }] = body.items as unknown as [{ words: string }];
    expect(words).toBe('Plan 2 adopted: 1 work item, planned investment 9 亿元, 3 亿 for 2018.');
    const again = await service.sendLines([line({ annualPlan: '3亿', plannedInvestment: '9亿元' })]);
    expect(again.lines[0]).toMatchObject({ outcome: 'replayed' });
  });

  test.each([
    ['no amount', {}, 'plannedInvestment'],
    ['an amount without a unit', { annualPlan: '12' }, 'annualPlan'],
    ['a negative amount', { annualPlan: '-3亿' }, 'annualPlan'],
    ['a year that is none', { annualPlan: '3亿', year: 18 }, 'year'],
    ['a target in another year', { monthTarget: '3亿', year: 2019 }, 'year'],
    ['a member that it does not have', { annualPlan: '3亿', items: [] }, 'items'],
  ])('with %s is refused and stores nothing', async (_, more, member) => {
    const head = await service.head();
    const { lines } = await service.sendLines([line(more)]);
    const [{ status, problem }] = lines as unknown as [
      { status: number; problem: { errors: { member: string }[] } },
    ];
    expect([status, problem.errors[0]?.member]).toEqual([400, expect.stringContaining(member)]);
    expect(await service.head()).toBe(head);
  });

  test('is a row of CSV at the terminal, with the year of its annual plan', async () => {
    await service.app.listen({ port: 0, host: '127.0.0.1' });
    const folder = mkdtempSync(join(tmpdir(), 'topout-plan-money-'));
    const file = join(folder, 'plans.csv');
    const rows = [
      'project,asOf,type,plannedInvestment,annualPlan,year',
      'road,2018-07-01,PlanMoneyStated,,"1,200万元",2019',
    ];
    writeFileSync(file, rows.join('\n'));
    const { code, err } = await typed('import', file, '--url', await service.app.getUrl());
    rmSync(folder, { recursive: true });
    expect([code, err]).toEqual([0, '']);
    const { body } = await service.get('/projects/road/journal?order=newest&limit=1');
    const [{ data }] = body.items as unknown as [{ data: { annualPlans: { year: number }[] } }];
    expect(data.annualPlans).toMatchObject([
      { year: 2018 },
      { year: 2019, investment: { amountMinor: 1_200_000_000 } },
    ]);
  });

  test('for a project without a plan is refused', async () => {
    const { lines } = await service.sendLines([{ ...line({ annualPlan: '3亿' }), project: 'bare' }]);
    expect(lines[0]).toMatchObject({ status: 422 });
  });
});
