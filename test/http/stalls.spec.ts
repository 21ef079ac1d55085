import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Service, startService } from './service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

interface Seen {
  stalls: { episodes: Record<string, unknown>[]; open: { works: number } };
  completion: { items: { item: string; isCancelled?: true }[] };
  contradictions: { items: { rule: string; words: string }[] };
}

const asOf = '2018-06-01';
const plan = {
  asOf,
  basis: 'stated',
  items: [
    { id: 'north', name: { en: 'North' }, weight: 1, measure: 'percent' },
    { id: 'south', name: { en: 'South' }, weight: 1, measure: 'percent', isCancelled: true },
    { id: 'pier', name: { en: 'Pier' }, weight: 1, measure: 'percent', parent: 'south' },
    { id: 'opening', name: { en: 'Opening' }, weight: 1, measure: 'done', stage: 'opened-to-traffic' },
  ],
};
/** Entered in July: its expected end was ahead when it was said, and has passed. */
const declared = {
  type: 'StallDeclared',
  item: 'north',
  cause: 'unknown',
  asOf,
  expectedEnd: '2018-06-30',
};

const ways: readonly [string, (project: string, facts: readonly object[]) => Promise<number[]>][] = [
  [
    'by requests',
    async (project, facts) => {
      const url = `/projects/${project}`;
      await service.send('POST', '/projects', { project, name: { en: project }, asOf });
      await service.send('PUT', `${url}/plan`, plan);
      const statuses: number[] = [];
      for (const fact of facts) statuses.push((await service.send('POST', `${url}/entries`, fact)).status);
      return statuses;
    },
  ],
  [
    'by lines',
    async (project, facts) => {
      const said = [
        { type: 'ProjectRegistered', name: { en: project }, asOf },
        { type: 'PlanAdopted', ...plan },
        ...facts,
      ];
      const { lines } = await service.sendLines(said.map((line) => ({ project, ...line })));
      return lines.slice(2).map(({ status }) => Number(status));
    },
  ],
];

const seenOf = async (project: string, more = '') =>
  (await service.get(`/projects/${project}${more}`)).body as unknown as Seen;

test.each(ways)(
  'a stall of an item with an expected end is said %s, and read back exactly',
  async (way, say) => {
    const project = way.replaceAll(' ', '-');
    expect(await say(project, [declared])).toEqual([201]);
    const episode = {
      stall: 'north-unknown-2018-06-01',
      item: 'north',
      cause: 'unknown',
      blocks: ['works'],
      from: asOf,
      expectedEnd: '2018-06-30',
      status: 'open',
      entries: [expect.any(String)],
    };
    expect((await seenOf(project)).stalls.episodes).toEqual([{ ...episode, isPastExpectedEnd: true }]);
    expect((await seenOf(project, '?asOf=2018-06-30')).stalls.episodes).toEqual([episode]);
  },
);

test.each(ways)('a last day that had passed makes it an episode of the past, %s', async (way, say) => {
  const project = `past-${way.replaceAll(' ', '-')}`;
  const { expectedEnd: to, ...past } = declared;
  expect(await say(project, [{ ...past, to }])).toEqual([201]);
  const { stalls } = await seenOf(project);
  expect([stalls.open.works, stalls.episodes]).toMatchObject([0, [{ to, status: 'past' }]]);
});

test.each(ways)(
  'a cancelled item is shown so, and its stall and progress are contradictions, %s',
  async (way, say) => {
    const project = `cancelled-${way.replaceAll(' ', '-')}`;
    const facts = [
      { ...declared, item: 'pier' },
      {
        type: 'ProgressMeasured',
        item: 'pier',
        measure: { kind: 'percent', percent: 20 },
        asOf: '2018-06-10',
      },
      {
        type: 'ProgressMeasured',
        item: 'pier',
        measure: { kind: 'percent', percent: 40 },
        asOf: '2018-06-20',
      },
    ];
    expect(await say(project, facts)).toEqual([201, 201, 201]);
    const { completion, contradictions } = await seenOf(project);
    expect(completion.items.filter(({ isCancelled }) => isCancelled).map(({ item }) => item)).toEqual([
      'south',
      'pier',
    ]);
    expect(contradictions.items.map(({ rule }) => rule).toSorted()).toEqual([
      'cancelled-but-moved',
      'no-progress-but-rose',
      'stall-of-cancelled',
    ]);
  },
);

test.each(ways)('a stage of an item of the plan states it done, %s', async (way, say) => {
  const project = `stage-${way.replaceAll(' ', '-')}`;
  expect(
    await say(project, [{ type: 'StageEntered', stage: 'opened-to-traffic', asOf: '2018-06-20' }]),
  ).toEqual([201]);
  const { completion } = await seenOf(project);
  expect(completion.items.find(({ item }) => item === 'opening')).toMatchObject({
    percentBasisPoints: 10_000,
    status: 'stated',
  });
});

test('two ends of one stall are refused in the language of the person', async () => {
  const both = { ...declared, to: '2018-06-20' };
  const url = '/projects/by-requests/entries';
  const details = [];
  for (const language of ['en', 'zh'])
    details.push((await service.send('POST', url, both, { 'accept-language': language })).body.detail);
  expect(details).toEqual([
    'expectedEnd: 2018-06-30 beside 2018-06-20 (to); expected one of the two: to for a stall that is over, expectedEnd for one that is open.',
    'expectedEnd：2018-06-30，同时有 2018-06-20（to）；应为：二者之一：已结束的填 to，尚未结束的填 expectedEnd。',
  ]);
});
