import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Alert } from '../../domain/alerts/alert.js';
import { addDays } from '../../domain/values/days/calendar.js';
import type { AlertNeeds } from '../../src/app/alerts/alerts.js';
import type { ProjectsAnswer, WeeklyLightsAnswer } from '../../src/app/topout.js';
import { districtTexts } from '../examples/district.js';
import { type Service, startService } from './service.js';

jest.setTimeout(120_000);

const today = '2018-07-10';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.sendLines(districtTexts);
});
afterAll(() => service.close());

const ask = async <Body>(url: string) => (await service.get(url)).body as unknown as Body;

/** `g2r1` as `['g', 'g', 'r']`. */
function dailyOf(runs = ''): string[] {
  return [...runs.matchAll(/([-gbyr])(\d+)/g)].flatMap(([, letter = '', count]) =>
    Array.from({ length: Number(count) }, () => letter),
  );
}

const letterOf = { none: 'g', blue: 'b', yellow: 'y', red: 'r' };

test.each(['', '&knownAt=40'])('the light of each week is that of the row on its day%s', async (known) => {
  const { days, lights, since, asOf } = await ask<WeeklyLightsAnswer>(
    `/portfolio/lights?since=2018-06-15${known}`,
  );
  expect([asOf, days.length, days.at(-1), days[0]]).toEqual([today, 27, today, addDays(today, -26 * 7)]);
  const rowsAt = async (day: string) =>
    (await ask<ProjectsAnswer>(`/projects?asOf=${day}&limit=500${known}`)).items;
  const expected: Record<string, string[]> = {};
  for (const [index, day] of days.entries())
    for (const { project, light } of await rowsAt(day)) {
      expected[project] ??= Array.from({ length: index }, () => '-');
      expected[project].push(letterOf[light ?? 'none']);
    }
  expect(Object.fromEntries(Object.entries(lights).map(([of, runs]) => [of, dailyOf(runs)]))).toEqual(
    expected,
  );
  const compared = (await rowsAt('2018-06-15')).filter(({ hasPlan }) => hasPlan);
  expect(since).toEqual(
    Object.fromEntries(compared.map((row) => [row.project, row.completion.percentBasisPoints])),
  );
});

test('the lights follow a filter, a day and a number of weeks, which has a bound', async () => {
  const answer = await ask<WeeklyLightsAnswer>('/portfolio/lights?weeks=3&asOf=2018-05-15&sector=chemicals');
  expect(answer.days).toEqual(['2018-05-01', '2018-05-08', '2018-05-15']);
  expect(answer.since).toBeUndefined();
  const { items } = await ask<ProjectsAnswer>('/projects?sector=chemicals&asOf=2018-05-15');
  expect(Object.keys(answer.lights).sort()).toEqual(items.map(({ project }) => project).sort());
  const refused = await service.get('/portfolio/lights?weeks=105');
  expect([refused.status, refused.body]).toEqual([
    400,
    expect.objectContaining({ type: '/problems/value-out-of-range' }),
  ]);
});

/** By the alerts of the list, without the code under test. */
async function neededBy(): Promise<string[]> {
  const { items } = await ask<{ items: Alert[] }>('/alerts?status=open&limit=500');
  const asking = items.filter(
    ({ severity, mutedBy, silenced, acknowledged }) =>
      severity !== 'blue' &&
      !mutedBy &&
      !(silenced && silenced.until >= today) &&
      !(acknowledged && acknowledged.dueOn >= today),
  );
  return [...new Set(asking.map(({ project }) => project))].sort();
}

test('projects need action until somebody has acknowledged or silenced each of their alerts', async () => {
  await service.composed.watch();
  // The alerts are seen a moment after they were raised.
  for (let wait = 0; wait < 200 && (await neededBy()).length < 3; wait++) await sleep(50);
  const before = await ask<AlertNeeds>('/alerts/needs');
  expect([before.projects, before.items.map(({ project }) => project).sort()]).toEqual([3, await neededBy()]);
  expect(before.items.map(({ severity, dueOn }) => [severity, dueOn])).toEqual([
    ['red', '2018-07-17'],
    ['red', '2018-07-17'],
    ['yellow', '2018-07-24'],
  ]);
  expect(before.due).toEqual([
    { on: '2018-07-17', projects: 2, severity: 'red' },
    { on: '2018-07-24', projects: 1, severity: 'yellow' },
  ]);
  const huaao = before.items.find(({ project }) => project === 'huaao-2');
  const said = { name: 'Li Wei', dueOn: '2018-07-20' };
  const url = `/alerts/${huaao?.first.alert}`;
  expect((await service.send('POST', `${url}/acknowledgement`, said)).status).toBe(201);
  const after = await ask<AlertNeeds>('/alerts/needs?limit=1');
  expect([after.projects, after.items.length]).toEqual([2, 1]);
  // The days are those of all, also where fewer are listed.
  expect(after.due.map(({ on, projects }) => [on, projects])).toEqual([
    ['2018-07-17', 1],
    ['2018-07-24', 1],
  ]);
  expect((await ask<AlertNeeds>('/alerts/needs')).items.map(({ project }) => project).sort()).toEqual(
    await neededBy(),
  );
  // What was known before is answered as before.
  const then = await ask<AlertNeeds>(`/alerts/needs?knownAt=${before.knownAt.position}`);
  expect(then.projects).toBe(3);
  const tengjun = after.items[0];
  const silenced = { until: '2018-07-31', reason: 'the licence is with the ministry' };
  expect((await service.send('POST', `/alerts/${tengjun?.first.alert}/silence`, silenced)).status).toBe(201);
  const rest = await ask<AlertNeeds>('/alerts/needs');
  expect(rest.items.map(({ project }) => project).sort()).toEqual(await neededBy());
  expect((await ask<AlertNeeds>('/alerts/needs?sector=no-such-sector')).projects).toBe(0);
});
