import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RecordedEvent } from '../../domain/project/events.js';
import { fetchAdoptions } from '../../web/shared/adoptions.js';
import { type AskPage, fetchEntries } from '../../web/shared/entries.js';
import { type Adoption, Replay } from '../../web/shared/replay/replay.js';
import { districtTexts } from '../examples/district.js';
import { type Service, startService } from '../http/service.js';
import { ownLexicon } from '../support/own-lexicon.js';

const days = [
  '2017-12-31',
  '2018-01-15',
  '2018-03-31',
  '2018-05-31',
  '2018-06-30',
  '2018-07-10',
  '2019-03-31',
];

let service: Service;
let projects: string[];
let adoptions: Adoption[];
const entries = new Map<string, RecordedEvent[]>();

/** The pages of a journal, small enough that there are many. */
const inSmallPages: AskPage = async (path, { asOf, cursor }) => {
  const query = new URLSearchParams({
    asOf: String(asOf),
    limit: '3',
    ...(cursor ? { cursor: String(cursor) } : {}),
  });
  return (await service.get(`${path}?${query}`)).body as unknown as Awaited<ReturnType<AskPage>>;
};

beforeAll(async () => {
  service = await startService();
  await service.sendLines(districtTexts.slice(0, 75));
  await service.send('PUT', '/lexicon', ownLexicon, { 'if-match': '"1"' });
  await service.sendLines(districtTexts.slice(75));
  adoptions = await fetchAdoptions(async (path) => (await service.get(path)).body as never);
  const { body } = await service.get('/projects');
  projects = (body.items as unknown as { project: string }[]).map(({ project }) => project);
  for (const project of projects) entries.set(project, await fetchEntries(project, inSmallPages));
});
afterAll(() => service.close());

/**
 * The register of a replay as the service returns it with a project: the number of open ones, and the first of them.
 */
function asAnswered(shown: ReturnType<Replay['at']>): object {
  if (!shown) return {};
  const { open, explained, settled } = shown.contradictions;
  const contradictions = {
    open: open.length,
    explained: explained.length,
    settled: settled.length,
    items: [...open, ...explained, ...settled],
  };
  return { ...shown, contradictions };
}

test("a replay equals the service's answers, at every day and every position", async () => {
  const head = await service.head();
  let compared = 0;
  for (const project of projects) {
    const replay = new Replay(entries.get(project) ?? [], adoptions);
    for (const asOf of days)
      for (let position = 0; position <= head; position += 3) {
        const answer = await service.composed.topout
          .project(project, { asOf, knownAt: { position } })
          .catch(() => undefined);
        const { asOf: _, knownAt: __, ...shown } = answer ?? {};
        expect(asAnswered(replay.at(asOf, position))).toEqual(shown);
        compared++;
      }
  }
  expect(projects).toHaveLength(8);
  expect(compared).toBeGreaterThan(1_000);
});

test('without a position a replay shows everything known', () => {
  const replay = new Replay(entries.get('huaao-2') ?? []);
  expect(replay.at('2018-07-10')).toEqual(replay.at('2018-07-10', 1_000_000));
});
