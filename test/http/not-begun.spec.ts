import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Service, startService } from './service.js';

/** Half past six in the evening in Shanghai, where it is 30 November; on Kiritimati it is 1 December already. */
const evening = '2026-11-30T10:30:00.000Z';
const clock = { at: '2026-11-30T09:00:00.000Z' };
const [today, tomorrow] = ['2026-11-30', '2026-12-01'];

let service: Service;

beforeAll(async () => {
  service = await startService(clock);
  for (const [project, timeZone] of [
    ['shanghai', undefined],
    ['kiritimati', 'Pacific/Kiritimati'],
    ['honolulu', 'Pacific/Honolulu'],
  ])
    await service.send('POST', '/projects', {
      project,
      name: { en: project },
      ...(timeZone ? { timeZone } : {}),
      asOf: '2026-01-02',
    });
});
afterAll(() => service.close());

const measured = (asOf: string, percent = 50) => ({
  type: 'ProgressMeasured',
  item: 'roof',
  measure: { kind: 'percent', percent },
  asOf,
});
const log = (project: string, fact: object, headers?: Record<string, string>) =>
  service.send('POST', `/projects/${project}/entries`, fact, headers);
const notBegun = {
  asOf: tomorrow,
  timeZone: 'Asia/Shanghai',
  words: { en: 'for a day that has not begun there', zh: '所填日期在项目当地尚未开始' },
};

test('an hour earlier, when it is yesterday in Honolulu, today has not begun there and tomorrow nowhere', async () => {
  clock.at = '2026-11-30T09:30:00.000Z';
  expect((await log('honolulu', measured(today))).body).toMatchObject({
    notBegun: { asOf: today, timeZone: 'Pacific/Honolulu' },
  });
  expect(await log('shanghai', measured(tomorrow, 60))).toMatchObject({ status: 422 });
  clock.at = evening;
});

test('an entry for tomorrow is recorded, and the answer says that the day has not begun there', async () => {
  const headers = { 'idempotency-key': '0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b' };
  const first = await log('shanghai', measured(tomorrow), headers);
  expect(first).toMatchObject({ status: 201, body: { notBegun } });
  const again = await log('shanghai', measured(tomorrow), headers);
  expect([again.status, again.text]).toEqual([201, first.text]);
  expect((await log('shanghai', measured(tomorrow))).body).toMatchObject({
    outcome: 'already-said',
    notBegun,
  });
});

test("the day is the project's: begun on Kiritimati, and neither in Shanghai nor in Honolulu", async () => {
  expect((await log('kiritimati', measured(tomorrow))).body).not.toHaveProperty('notBegun');
  expect((await log('shanghai', measured(today, 40))).body).not.toHaveProperty('notBegun');
  expect((await log('honolulu', measured(tomorrow))).body).toMatchObject({
    notBegun: { asOf: tomorrow, timeZone: 'Pacific/Honolulu' },
  });
});

test('a line of an import says so, too, and a correction by what replaces an entry', async () => {
  const { lines } = await service.sendLines([
    { project: 'shanghai', ...measured(tomorrow, 70) },
    { project: 'shanghai', ...measured(today, 71) },
  ]);
  expect(lines).toMatchObject([{ status: 201, notBegun }, { status: 201 }]);
  expect(lines[1]).not.toHaveProperty('notBegun');
  const withdrawn = await service.send('POST', `/projects/shanghai/entries/${lines[1]?.id}/withdrawal`, {
    reason: 'tomorrow, not today',
    replacement: measured(tomorrow, 72),
  });
  expect(withdrawn).toMatchObject({ status: 201, body: { notBegun } });
});

test('the journal says so, and the entry counts from its day on', async () => {
  await log('shanghai', { ...measured(today, 10), item: 'walls' });
  await log('shanghai', { ...measured(tomorrow, 90), item: 'walls' });
  const wallsOn = async (query: string) => {
    const { body } = await service.get(`/projects/shanghai${query}`);
    const { completion } = body as unknown as {
      completion: { items: { item: string; floorBasisPoints: number }[] };
    };
    return completion.items.find(({ item }) => item === 'walls')?.floorBasisPoints;
  };
  expect([await wallsOn(''), await wallsOn(`?asOf=${tomorrow}`)]).toEqual([1000, 9000]);
  const { items } = (await service.get(`/projects/shanghai/journal?asOf=${tomorrow}&order=newest&limit=2`))
    .body as unknown as { items: { words: string; isBeforeItsDay?: true }[] };
  expect(items.map(({ words, isBeforeItsDay = false }) => [words, isBeforeItsDay])).toEqual([
    ['walls: 90 %. (Recorded for a day that had not begun there.)', true],
    ['walls: 10 %.', false],
  ]);
});

test('an entry without a day has that of its project', async () => {
  const asOfIn = async (project: string) =>
    ((await service.get(`/projects/${project}`)).body as unknown as { asOf: string }).asOf;
  expect([await asOfIn('shanghai'), await asOfIn('kiritimati'), await asOfIn('honolulu')]).toEqual([
    today,
    tomorrow,
    today,
  ]);
  await service.send('PATCH', '/projects/kiritimati', { owner: 'Atoll Works' });
  await service.send('POST', '/projects', {
    project: 'line-islands',
    name: { en: 'Line Islands' },
    timeZone: 'Pacific/Kiritimati',
  });
  for (const project of ['kiritimati', 'line-islands']) {
    const { items } = (await service.get(`/projects/${project}/journal?order=newest&limit=1`))
      .body as unknown as { items: { asOf: string; isBeforeItsDay?: true }[] };
    expect(items).toMatchObject([{ asOf: tomorrow }]);
    expect(items[0]).not.toHaveProperty('isBeforeItsDay');
  }
});
