import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Service, startService } from './service.js';

const declared = { type: 'StallDeclared', cause: 'financing', from: '2018-06-01', to: '2018-06-20' };
const stall = 'financing-2018-06-01';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.send('POST', '/projects', { project: 'works', name: { en: 'Works' }, asOf: '2018-01-01' });
});
afterAll(() => service.close());

test('a stall without an id and a first day is recorded once, however often it is sent', async () => {
  const sent = { type: 'StallDeclared', cause: 'weather', asOf: '2018-06-20' };
  const headers = { 'idempotency-key': '3b6f1c1e-7a55-4d0e-9d5c-0a60a3a1e001' };
  const first = await service.send('POST', '/projects/works/entries', sent, headers);
  const again = await service.send('POST', '/projects/works/entries', sent, headers);
  expect([first.status, again.status, again.headers['idempotent-replayed']]).toEqual([201, 201, 'true']);
  const other = await service.send('POST', '/projects/works/entries', sent);
  expect([other.status, other.body.outcome]).toEqual([200, 'already-said']);
  await service.send('POST', `/projects/works/entries/${first.body.id}/withdrawal`, { reason: 'no rain' });
});

test('a stall whose cause is corrected keeps its id, what it blocks, its days and its end', async () => {
  const wrong = await service.send('POST', '/projects/works/entries', { ...declared, asOf: '2018-06-20' });
  const clearing = { type: 'StallCleared', stall, asOf: '2018-06-25' };
  expect((await service.send('POST', '/projects/works/entries', clearing)).status).toBe(201);
  const corrected = (replacement: object) =>
    service.send('POST', `/projects/works/entries/${wrong.body.id}/withdrawal`, {
      reason: 'it was the licence',
      replacement: { type: 'StallDeclared', cause: 'licence', asOf: '2018-06-30', ...replacement },
    });
  const refused = await corrected({ stall: 'licence-2018-06-01' });
  expect([refused.status, refused.body.type]).toEqual([422, '/problems/stall-id-fixed']);
  expect((await corrected({})).status).toBe(201);
  const { body } = await service.get('/projects/works');
  expect((body as unknown as { stalls: { episodes: object[] } }).stalls.episodes).toMatchObject([
    {
      ...{ stall, cause: 'licence', blocks: ['works'], from: '2018-06-01', to: '2018-06-20' },
      ...{ status: 'cleared', clearedOn: '2018-06-25' },
    },
  ]);
});
