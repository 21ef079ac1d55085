import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Service, startService } from './service.js';

let service: Service;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const item = (id: string, zh: string, parent?: string) => ({
  id,
  name: { zh },
  weight: 1,
  measure: 'percent',
  ...(parent === undefined ? {} : { parent }),
});
const first = { asOf: '2018-01-02', items: [item('1', '甲栋'), item('2', '屋面', '1'), item('3', '乙栋')] };
const second = { asOf: '2018-06-01', items: [item('1', '丙栋'), item('2', '屋面', '1'), item('3', '甲栋')] };
const renames = [
  { id: '1', from: '甲栋', to: '丙栋' },
  { id: '3', from: '乙栋', to: '甲栋' },
];

async function built(project: string) {
  await service.send('POST', '/projects', { project, name: { zh: '宿舍' }, asOf: '2018-01-02' });
  await service.send('PUT', `/projects/${project}/plan`, first);
  for (const done of ['2', '3'])
    await service.send('POST', `/projects/${project}/entries`, {
      type: 'MilestoneReached',
      item: done,
      asOf: '2018-05-01',
    });
}

test('a plan that would move entries is refused with the renames to state, and recorded with them', async () => {
  await built('dorm');
  const refused = await service.send('PUT', '/projects/dorm/plan', second);
  expect(refused).toMatchObject({
    status: 422,
    body: {
      type: '/problems/item-renamed',
      errors: [{ member: 'items[0]', expected: expect.stringContaining(JSON.stringify(renames)) }],
    },
  });
  expect(await service.send('PUT', '/projects/dorm/plan', { ...second, renames })).toMatchObject({
    status: 201,
  });
  const { body } = await service.get('/projects/dorm/journal?order=newest&limit=1', {
    'accept-language': 'zh',
  });
  expect(JSON.stringify(body)).toContain('连同记录更名：甲栋 → 丙栋; 乙栋 → 甲栋');
});

test('a line of an import is refused for the same, and the lines around it are recorded', async () => {
  await built('hall');
  const line = { project: 'hall', type: 'PlanAdopted', ...second };
  const fact = { project: 'hall', type: 'StageEntered', stage: 'built', asOf: '2018-06-30' };
  const { lines } = await service.sendLines([line, fact, { ...line, renames }]);
  expect(lines).toMatchObject([
    { line: 1, status: 422, problem: { type: '/problems/item-renamed' } },
    { line: 2, status: 201 },
    { line: 3, status: 201 },
  ]);
});
