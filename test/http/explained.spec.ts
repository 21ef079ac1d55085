import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Service, startService } from './service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

interface Register {
  open: number;
  explained: number;
  settled: number;
  items: { id: string; state: string; askedOf?: { by: string }[]; explanation?: { reason: string } }[];
}

const asOf = '2018-06-01';
const reason = 'the suspension was before the register began';

async function projectWithContradiction(project: string): Promise<string> {
  await service.send('POST', '/projects', { project, name: { en: project }, asOf });
  const resumed = { type: 'StageEntered', stage: 'resumed', asOf };
  const { body } = await service.send('POST', `/projects/${project}/entries`, resumed);
  return `resumed-but-not-suspended:${body.id}`;
}
const registerOf = async (project: string, more = '') =>
  (await service.get(`/projects/${project}/contradictions${more}`)).body as unknown as Register;
const explain = (project: string, body: object) =>
  service.send('POST', `/projects/${project}/contradictions/explanations`, body);

test('a contradiction is explained, and was open before that on both clocks', async () => {
  const contradiction = await projectWithContradiction('east-quay');
  expect(await registerOf('east-quay')).toMatchObject({
    open: 1,
    explained: 0,
    items: [{ id: contradiction, state: 'open', askedOf: [{ by: 'anonymous' }] }],
  });
  const answer = await explain('east-quay', { contradiction, reason, asOf: '2018-07-05' });
  expect(answer.status).toBe(201);
  const after = await registerOf('east-quay');
  expect(after).toMatchObject({ open: 0, explained: 1, settled: 0 });
  expect(after.items).toMatchObject([{ state: 'explained', explanation: { reason } }]);
  expect(await registerOf('east-quay', '?asOf=2018-07-04')).toMatchObject({ open: 1, explained: 0 });
  const before = `?knownAt=${Number(answer.body.position) - 1}`;
  expect(await registerOf('east-quay', before)).toMatchObject({ open: 1, explained: 0 });
  const { body: row } = await service.get('/projects');
  expect(row.items).toMatchObject([{ project: 'east-quay', openContradictions: 0 }]);
  const { body: total } = await service.get('/portfolio');
  expect(total).toMatchObject({ total: { openContradictions: 0 } });
});

test('the journal says what was explained and why, and the explanation is withdrawn like any entry', async () => {
  const contradiction = await projectWithContradiction('west-quay');
  const { body } = await explain('west-quay', { contradiction, reason, asOf: '2018-07-05' });
  const { body: journal } = await service.get('/projects/west-quay/journal');
  expect((journal.items as unknown as { words: string }[]).at(-1)?.words).toBe(
    `The contradiction of "Resumed." stays: ${reason}.`,
  );
  await service.send('POST', `/projects/west-quay/entries/${body.id}/withdrawal`, { reason: 'a mistake' });
  expect(await registerOf('west-quay')).toMatchObject({ open: 1, explained: 0 });
});

test('a contradiction that is unknown or settled is not explained', async () => {
  const contradiction = await projectWithContradiction('north-quay');
  const none = await explain('north-quay', { contradiction: 'none', reason, asOf: '2018-07-05' });
  expect([none.status, none.body.type]).toEqual([404, '/problems/contradiction-unknown']);
  const early = await explain('north-quay', { contradiction, reason, asOf: '2018-05-31' });
  expect([early.status, early.body.type]).toEqual([404, '/problems/contradiction-unknown']);
  const suspended = { type: 'StageEntered', stage: 'suspended', asOf: '2018-05-01' };
  await service.send('POST', '/projects/north-quay/entries', suspended);
  const late = await explain('north-quay', { contradiction, reason, asOf: '2018-07-05' });
  expect([late.status, late.body.type]).toEqual([409, '/problems/contradiction-settled']);
  const empty = await explain('north-quay', { contradiction });
  expect([empty.status, empty.body.type]).toEqual([400, '/problems/member-missing']);
});

test('an explanation is imported as a line, alone or together with other entries', async () => {
  const contradiction = await projectWithContradiction('south-quay');
  const line = { type: 'ContradictionExplained', contradiction, reason, asOf: '2018-07-05' };
  const other = { ...line, reason: 'by phone', asOf: '2018-07-06' };
  const { lines } = await service.sendLines([
    { project: 'south-quay', ...line },
    {
      project: 'south-quay',
      entries: [{ type: 'StageEntered', stage: 'started', asOf: '2018-07-06' }, other],
    },
    { project: 'south-quay', ...line, contradiction: 'none' },
  ]);
  expect(lines.map(({ status }) => status)).toEqual([201, 201, 404]);
  const { explained, items } = await registerOf('south-quay');
  expect(explained).toBe(1);
  expect(items[0]?.explanation?.reason).toBe('by phone');
});

test('sending an explanation again under its id adds nothing', async () => {
  const contradiction = await projectWithContradiction('old-quay');
  const key = '019a4c1e-0000-7000-8000-00000000abcd';
  const body = { contradiction, reason, asOf: '2018-07-05' };
  const url = '/projects/old-quay/contradictions/explanations';
  const first = await service.send('POST', url, body, { 'idempotency-key': key });
  const again = await service.send('POST', url, body, { 'idempotency-key': key });
  expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
});
