import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readingOf, upcasted } from '../domain/log/upcasting.js';
import { fact } from '../domain/project/facts/fact.js';
import { facts } from '../domain/project/facts/facts.js';
import { CommandRejected } from '../domain/values/rejections.js';
import { typedWith } from './cli/typed.js';
import { type Service, startService } from './http/service.js';

/** Stated by a site manager when a drill was held. */
interface DrillHeld {
  drill: string;
  people?: number;
}

/** A fact that no other file knows. */
const drillHeld = fact<DrillHeld>({
  schema: 2,
  upcasts: { 1: ({ name, ...data }) => ({ ...data, drill: name }) },
  name: { en: 'drill held', zh: '演练' },
  about: 'A drill was held on this day.',
  shape: {
    drill: { kind: 'text', most: 40, about: 'Of what.' },
    people: { kind: 'whole-number', least: 0, most: 10_000, about: 'How many took part.', isOptional: true },
  },
  subject: ({ drill }) => ['drill', drill],
  refuse({ drill }) {
    if (drill === 'nothing')
      throw new CommandRejected('entry-fixed', { member: 'drill', seen: drill, expected: 'a drill' });
  },
  words: ({ drill, people }) => ({
    en: `A ${drill} drill was held${people === undefined ? '' : ` with ${people} people`}.`,
    zh: `举行${drill}演练${people === undefined ? '' : `，${people} 人参加`}。`,
  }),
});
const table = { ...facts, DrillHeld: drillHeld };

const june = '2018-06-30';
const fire = { type: 'DrillHeld', asOf: june, drill: 'fire', people: 40 };
const route = '/projects/hall/entries';
const inEnglish = { 'accept-language': 'en' };
let service: Service;
let url: string;

beforeAll(async () => {
  service = await startService(undefined, table);
  const hall = { project: 'hall', asOf: '2018-01-01', name: { en: 'Hall' } };
  expect((await service.send('POST', '/projects', hall)).status).toBe(201);
  await service.app.listen(0, '127.0.0.1');
  url = await service.app.getUrl();
});
afterAll(() => service.close());

/** The journal of the project in English, the oldest entry first. */
async function journal(): Promise<{ type: string; words: string; data: object }[]> {
  const { body } = await service.get('/projects/hall/journal', inEnglish);
  return (body as unknown as { items: { type: string; words: string; data: object }[] }).items;
}

describe('A fact that one descriptor adds', () => {
  test('is logged over HTTP, once', async () => {
    expect((await service.send('POST', route, fire)).status).toBe(201);
    const again = await service.send('POST', route, fire);
    expect([again.status, again.body.outcome]).toEqual([200, 'already-said']);
  });

  test('is checked member by member, and by its own rule', async () => {
    const wrong = await service.send('POST', route, {
      type: 'DrillHeld',
      asOf: june,
      people: -1,
      helmets: 3,
    });
    const { errors } = wrong.body as unknown as { errors: { member: string; type: string }[] };
    expect([wrong.status, errors.map(({ member }) => member).sort()]).toEqual([
      400,
      ['drill', 'helmets', 'people'],
    ]);
    const refused = await service.send('POST', route, { ...fire, drill: 'nothing' });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([422, expect.stringContaining('a drill')]);
  });

  test('is logged by a line of an import, and replaces an entry', async () => {
    const { lines } = await service.sendLines([{ ...fire, project: 'hall', drill: 'flood', people: 12 }]);
    const [flood] = lines as unknown as { status: number; id: string }[];
    expect(flood?.status).toBe(201);
    const replacement = { ...fire, drill: 'flood', people: 13 };
    const correction = { reason: 'miscounted', replacement };
    expect((await service.send('POST', `${route}/${flood?.id}/withdrawal`, correction)).status).toBe(201);
  });

  test('is listed and told in the journal in both languages', async () => {
    const { body } = await service.get('/entries');
    const listed = (body as unknown as { items: { type: string; data: object }[] }).items;
    expect(listed.filter(({ type }) => type === 'DrillHeld').map(({ data }) => data)).toEqual([
      { drill: 'fire', people: 40 },
      { drill: 'flood', people: 12 },
      { drill: 'flood', people: 13 },
    ]);
    expect((await journal()).map(({ words }) => words)).toContain('A fire drill was held with 40 people.');
    const chinese = await service.get('/projects/hall/journal', { 'accept-language': 'zh' });
    expect(chinese.text).toContain('举行fire演练，40 人参加。');
  });

  test('is read in its newest shape', () => {
    expect(upcasted('DrillHeld', 1, { name: 'fire' }, '2018-07-10T08:00:00.000Z', readingOf(table))).toEqual({
      schema: 2,
      data: { drill: 'fire' },
    });
  });

  test('counts as a report of its project', async () => {
    expect((await service.get('/projects/hall')).body.lastReportOn).toBe(june);
  });

  test('is described in the API document', async () => {
    const document = (await service.get('/openapi.json')).body as unknown as {
      components: { schemas: Record<string, { properties: object }> };
    };
    expect(Object.keys(document.components.schemas.DrillHeld?.properties ?? {})).toEqual(
      expect.arrayContaining(['type', 'drill', 'people', 'asOf', 'source']),
    );
  });

  test('is logged at the terminal, and shown there', async () => {
    const typed = (...args: string[]) => typedWith(table, 'en', ...args, '--url', url);
    const logged = await typed('log', 'hall', '--drill-held', '--drill', 'rescue', '--people', '7');
    expect([logged.code, logged.err]).toEqual([0, '']);
    expect((await typed('journal', 'hall')).out).toContain('A rescue drill was held with 7 people.');
    expect((await typedWith(table, 'en', 'help', 'log')).out).toMatch(
      /--drill-held +A drill was held on this day/,
    );
    const alone = await typed('log', 'hall', '--people', '7');
    expect([alone.code, alone.err]).toEqual([
      2,
      'topout: --people says nothing by itself; expected it beside --drill-held.',
    ]);
  });
});
