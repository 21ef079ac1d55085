import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { totalEffects } from '../../projections/portfolio/between.js';
import type { AnswerTypes } from '../../src/http/answers/answer-types.js';
import { districtTexts } from '../examples/district.js';
import { type Service, startService } from './service.js';

jest.setTimeout(120_000);

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.sendLines(districtTexts);
});
afterAll(() => service.close());

type Changes = AnswerTypes['TotalChanges'];
const changesOf = async (query: string) =>
  (await service.get(`/portfolio/changes?${query}`)).body as unknown as Changes;
const totalsOf = async (query: string) =>
  (await service.get(`/portfolio?${query}`)).body as unknown as AnswerTypes['Portfolio'];

test.each([
  ['asOf=2018-04-30&knownAt=40', 'asOf=2018-06-30&knownAt=80', ''],
  ['asOf=2018-06-30', 'asOf=2018-01-31', ''],
  ['asOf=2018-05-31', 'asOf=2018-06-30', '&sector=chemicals'],
  ['asOf=2018-03-31', 'asOf=2018-06-30', '&stage=in-production'],
])('the totals at both moments are those of the portfolio: %s, %s%s', async (from, to, filter) => {
  const second = to.replace('asOf', 'toAsOf').replace('knownAt', 'toKnownAt');
  const { completion, lights, items, unchanged } = await changesOf(`${from}&${second}${filter}`);
  const [before, after] = [await totalsOf(from + filter), await totalsOf(to + filter)];
  for (const figure of ['percent', 'floor', 'ceiling'] as const) {
    const change = completion[figure];
    expect([change.from, change.to]).toEqual(
      [before, after].map(({ total }) => total.completion[`${figure}BasisPoints`]),
    );
    if (change.byBasisPoints === null) continue;
    const parts = totalEffects.map((effect) => change[`${effect}BasisPoints`] ?? 0);
    expect(parts.reduce((sum, by) => sum + by, 0)).toBe(change.byBasisPoints);
  }
  expect([lights.from, lights.to]).toEqual([before.total.lights, after.total.lights]);
  expect(items.length + unchanged.length).toBeGreaterThan(0);
});

test('a project is split as by its own route', async () => {
  const { items } = await changesOf('asOf=2018-05-31&toAsOf=2018-06-30');
  expect(items.length).toBeGreaterThan(2);
  for (const { project, completion } of items) {
    const { body } = await service.get(`/projects/${project}/changes?from=2018-05-31&to=2018-06-30`);
    expect(completion).toEqual(body.completion);
  }
});

test('without knownAt the first moment is known as the second, for all projects and for one', async () => {
  const { from, to } = await changesOf('asOf=2018-05-31&toAsOf=2018-06-30&toKnownAt=60');
  expect([from, to]).toMatchObject([
    { asOf: '2018-05-31', knownAt: { position: 60 } },
    { asOf: '2018-06-30', knownAt: { position: 60 } },
  ]);
  const { body } = await service.get('/projects/huaao-2/changes?from=2018-05-31&to=2018-06-30&knownAt=60');
  expect(body).toMatchObject({ from: { knownAt: { position: 60 } }, to: { knownAt: { position: 60 } } });
});

test('a moment beside itself has no difference, and names every project', async () => {
  const { items, unchanged, completion } = await changesOf('asOf=2018-06-30&toAsOf=2018-06-30');
  expect([items.length, unchanged.length, completion.percent.byBasisPoints]).toEqual([0, 8, 0]);
});
