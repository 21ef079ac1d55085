import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { world } from '../../src/composition/world.js';
import { districtTexts } from '../examples/district.js';
import { diceOf } from '../support/dice.js';
import { type Answer, type Service, startService } from './service.js';

jest.setTimeout(120_000);

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.sendLines(districtTexts);
});
afterAll(() => service.close());

const hourMs = 3_600_000;
const project = '/projects/huaao-2';
const routes: readonly [string, ...string[]] = [
  project,
  '/projects?limit=3',
  '/projects?sector=auto-parts',
  `${project}/journal?limit=20&order=newest&include=alerts`,
  `${project}/series`,
  `${project}/changes?from=2018-01-31`,
  '/portfolio?groupBy=stage',
  '/portfolio/lights?since=2018-03-01',
  '/alerts?status=open&limit=5',
  '/alerts/count',
  '/alerts/needs',
  '/alerts/by-project',
];

/** A path with one more query parameter. */
const withPart = (path: string, part: string) => `${path}${path.includes('?') ? '&' : '?'}${part}`;

/** One more entry, recorded later than all before. */
async function say(index: number): Promise<void> {
  const said = { owner: `owner ${index}`, asOf: '2018-06-20' };
  expect((await service.send('PATCH', project, said)).status).toBe(201);
}

test('an answer is repeated byte for byte under the URL that it names', async () => {
  const log = (await service.get('/entries?limit=500')).body as unknown as {
    head: number;
    items: { recordedAt: string }[];
  };
  const instants = log.items.map(({ recordedAt }) => Date.parse(recordedAt));
  const { int, pick } = diceOf(19);
  const instantNear = () => instants[int(0, instants.length - 1)] ?? 0;
  const moments = () =>
    pick<() => string | undefined>([
      // Nothing, a position, a future one, the instants of entries and those around them, and now.
      () => undefined,
      () => String(int(0, log.head)),
      () => String(log.head + int(1, 1_000)),
      () => new Date(instantNear() + int(-1, 1)).toISOString(),
      () => new Date(Date.parse(world.now()) - int(0, 4)).toISOString(),
    ])();
  const given: { at: string; answer: Answer }[] = [];
  for (let index = 0; index < 300; index++) {
    const known = moments();
    const url = pick(routes);
    const asked = known === undefined ? url : withPart(url, `knownAt=${encodeURIComponent(known)}`);
    const answer = await service.get(asked);
    if (answer.status === 404) continue;
    const at = String(answer.headers['content-location']);
    expect([asked, answer.status, at]).toEqual([asked, 200, expect.stringMatching(/knownAt=\d+/)]);
    given.push({ at, answer });
    if (index % 7 === 0) await say(index);
  }
  expect(given.length).toBeGreaterThan(200);
  await say(300);
  for (const { at, answer } of given) {
    const again = await service.get(at);
    expect([at, again.text]).toEqual([at, answer.text]);
    for (const name of ['etag', 'content-location', 'link'])
      expect([at, again.headers[name]]).toEqual([at, answer.headers[name]]);
  }
});

test('pages that follow the URL of the next one are of one moment, whatever is recorded meanwhile', async () => {
  const before = (await service.get('/projects?limit=2000')).body as unknown as { items: object[] };
  const items: object[] = [];
  for (let url: string | undefined = '/projects?limit=3'; url; ) {
    const { headers, body } = await service.get(url);
    items.push(...(body as unknown as { items: object[] }).items);
    await say(items.length);
    url = /<(.+)>; rel="next"/.exec(String(headers.link ?? ''))?.[1];
  }
  expect(items).toEqual(before.items);
});

test.each([
  '/projects',
  project,
  `${project}/journal`,
  `${project}/series`,
  '/portfolio',
  '/portfolio/lights',
  '/portfolio/changes',
  '/alerts',
  '/alerts/count',
  '/alerts/needs',
  '/alerts/by-project',
])('a future instant of knowledge is not answered: %s', async (path) => {
  const ahead = new Date(Date.parse(world.now()) + hourMs).toISOString();
  const { status, body } = await service.get(withPart(path, `knownAt=${ahead}`));
  expect([status, body]).toEqual([400, expect.objectContaining({ type: '/problems/moment-ahead' })]);
});
