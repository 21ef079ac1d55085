import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Alert } from '../../domain/alerts/alert.js';
import type { AlertFacet, AlertsByProject } from '../../src/app/alerts/alerts.js';
import { districtTexts } from '../examples/district.js';
import { linesOfStalled } from '../web/browser/many.js';
import { type Service, startService } from './service.js';

jest.setTimeout(120_000);

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.sendLines(districtTexts);
  await service.sendLines([...linesOfStalled(12)]);
  await service.composed.watch();
  while (new Set((await openAlerts()).map(({ project }) => project)).size < 15) await sleep(50);
});
afterAll(() => service.close());

const ask = async <Body = AlertsByProject>(url: string) => (await service.get(url)).body as unknown as Body;
const listed = (query = '') => ask(`/alerts/by-project?limit=500${query}`);
const facets = ['state', 'due', 'severity', 'rule', 'role'] as const satisfies readonly AlertFacet[];

/** All open alerts of the flat list. */
async function openAlerts(): Promise<Alert[]> {
  return (await ask<{ items: Alert[] }>('/alerts?status=open&limit=500')).items;
}

test('every open alert is listed once under its project, the earliest deadline first', async () => {
  const [open, answer] = [await openAlerts(), await listed()];
  const ids = answer.items.flatMap(({ alerts }) => alerts.map(({ alert }) => alert));
  expect(ids.toSorted()).toEqual(open.map(({ alert }) => alert).toSorted());
  expect([answer.alerts, answer.projects]).toEqual([
    open.length,
    new Set(open.map((one) => one.project)).size,
  ]);
  for (const { project, dueOn, alerts } of answer.items) {
    expect(alerts.every((one) => one.project === project)).toBe(true);
    const days = alerts.map(({ deadline }) => deadline?.dueOn ?? '9999').sort();
    expect(dueOn ?? '9999').toBe(days[0]);
  }
  const days = answer.items.map(({ dueOn }) => dueOn ?? '9999');
  expect(days).toEqual(days.toSorted());
});

test('sections count the rows below them, also where a page holds one of them', async () => {
  const whole = await listed();
  const counted = whole.sections.map(({ due }) => {
    const own = whole.items.filter((item) => item.due === due);
    return { due, projects: own.length, alerts: own.flatMap(({ alerts }) => alerts).length };
  });
  expect(whole.sections).toEqual(counted);
  const first = await ask('/alerts/by-project?limit=1');
  expect([first.sections, first.facets, first.alerts]).toEqual([whole.sections, whole.facets, whole.alerts]);
});

test('pages follow each other without a gap', async () => {
  const whole = (await listed()).items.map(({ project }) => project);
  const paged: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: AlertsByProject = await ask(
      `/alerts/by-project?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    paged.push(...page.items.map(({ project }) => project));
    cursor = page.next;
  }
  expect(paged).toEqual(whole);
  const wrong = await service.get('/alerts/by-project?cursor=abc');
  expect([wrong.status, wrong.body.type]).toEqual([400, '/problems/cursor-invalid']);
});

test.each([
  '',
  '&severity=red',
  '&due=in-14-days&role=supervisor',
  '&rule=declared-stall',
  '&sector=chemicals',
])('the number beside a choice is that of the list after choosing it%s', async (query) => {
  const before = await listed(query);
  let choices = 0;
  for (const facet of facets)
    for (const { key, count } of before.facets[facet]) {
      const others = query.replace(new RegExp(`&${facet}=[^&]*`), '');
      expect([facet, key, (await listed(`${others}&${facet}=${key}`)).alerts]).toEqual([facet, key, count]);
      choices += 1;
    }
  expect(choices).toBeGreaterThan(13);
});

test('an acknowledgement and a silence move an alert from one state to the other', async () => {
  const stateOf = async () =>
    Object.fromEntries((await listed()).facets.state.map(({ key, count }) => [key, count]));
  const before = await stateOf();
  const known = (await listed()).knownAt.position;
  const [one, other] = await openAlerts();
  const answered = await service.send('POST', `/alerts/${one?.alert}/acknowledgement`, {
    name: 'Wang Min',
    dueOn: '2018-07-20',
  });
  const silenced = await service.send('POST', `/alerts/${other?.alert}/silence`, {
    until: '2018-07-31',
    reason: 'The bank decides.',
  });
  expect([answered.status, silenced.status]).toEqual([201, 201]);
  const after = await stateOf();
  expect(after).toEqual({
    waiting: Number(before.waiting) - 2,
    'in-hand': Number(before['in-hand']) + 1,
    quiet: Number(before.quiet) + 1,
  });
  const then = await listed(`&knownAt=${known}`);
  expect(Object.fromEntries(then.facets.state.map(({ key, count }) => [key, count]))).toEqual(before);
  expect(await stateOf()).toEqual(after);
});

test('a search finds project, rule, reason and owner in either language', async () => {
  const found = async (text: string) => (await listed(`&find=${encodeURIComponent(text)}`)).alerts;
  expect(await found('WANG min')).toBe(1);
  expect(await found('停工项目11')).toBe(2);
  expect(await found('stalled works 1')).toBe(6);
  expect(await found('supply')).toBe(2);
  expect(await found('没有这个词')).toBe(0);
});
