import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { typed } from '../cli/typed.js';
import { type Service, startService } from './service.js';

const items = (finish: string) => [
  { id: 'road', name: { en: 'Road', zh: '路面' }, weight: 1, measure: 'percent', plannedFinish: finish },
];

let service: Service;
let url: string;
beforeAll(async () => {
  service = await startService();
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  url = await service.app.getUrl();
  await service.send('POST', '/projects', { project: 'road', name: { en: 'Road' }, asOf: '2018-01-01' });
});
afterAll(() => service.close());

test('a plan is adopted as a baseline, and the terminal shows the slips against it after a new plan', async () => {
  const plan = (finish: string, more: object) =>
    service.send('PUT', '/projects/road/plan', { items: items(finish), ...more });
  expect((await plan('2018-09-30', { asOf: '2018-01-01', baseline: ' 批复　设计 ' })).status).toBe(201);
  expect((await plan('2018-12-31', { asOf: '2018-05-01' })).status).toBe(201);
  const { body } = await service.get('/projects/road');
  expect((body as unknown as { schedule: object }).schedule).toMatchObject({
    baselines: [
      {
        ...{ name: '批复 设计', version: 1, isInForce: false },
        slips: [
          { target: 'completion', plannedSlipDays: 92 },
          { target: 'road', plannedSlipDays: 92, baselineOn: '2018-09-30', plannedOn: '2018-12-31' },
        ],
      },
    ],
  });
  const { out } = await typed('show', 'road', '--url', url);
  expect(out).toMatch(/Against baselines\n/);
  expect(out).toMatch(/^批复 设计 \(plan 1\) +Road +2018-09-30 +2018-12-31 +\+92 days/m);
  for (const baseline of ['', 'x'.repeat(101), 3])
    expect((await plan('2018-12-31', { asOf: '2018-05-02', baseline })).status).toBe(400);
});
