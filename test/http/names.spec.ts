import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { world } from '../../src/composition/world.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { seenOn } from '../support/given.js';
import { type Service, startService } from './service.js';

/** One district as people type and paste it, and as other programs send it. */
const spellings = ['港区', '港区 ', '港区\u00a0', '\u3000港区', '港\u200b区'];

let service: Service;

beforeAll(async () => {
  service = await startService();
  for (const [index, district] of spellings.entries()) await recordedEarlier(`port-${index}`, district);
});
afterAll(() => service.close());

/** A project with a stall, as an older version recorded it: with unnormalized texts. */
async function recordedEarlier(project: string, district: string) {
  const events = [
    {
      type: 'ProjectRegistered',
      data: { name: { zh: '码头' }, district: { zh: district } },
      entry: seenOn('2018-01-02'),
    },
    {
      type: 'StallDeclared',
      data: { stall: 'loan', cause: 'financing', blocks: ['works'], from: '2018-03-01' },
      entry: seenOn('2018-06-30'),
    },
  ].map((event) => ({ ...event, id: world.newId(), by: 'office' }) as unknown as NewEvent);
  await service.composed.store.append(`project-${project}`, events, 'no-stream');
}

const registration = (project: string, members: object = {}) => ({
  project,
  name: { zh: '码头' },
  asOf: '2018-01-02',
  ...members,
});
const asLine = ({ project, ...said }: ReturnType<typeof registration>) => ({
  project,
  type: 'ProjectRegistered',
  ...said,
});

test('a district recorded in five spellings is one group and one filter', async () => {
  const { groups } = (await service.get('/portfolio?groupBy=district')).body as unknown as {
    groups: { key: string; projects: number }[];
  };
  expect(groups.map(({ key }) => key)).toEqual(['港区']);
  for (const asked of spellings.slice(0, 4)) {
    const { body } = await service.get(`/projects?district=${encodeURIComponent(asked)}`);
    const { items } = body as unknown as { items: unknown[] };
    expect(items).toHaveLength(spellings.length);
  }
});

test('the alerts of a district are those of all its spellings', async () => {
  await service.composed.watch();
  const { items } = (await service.get(`/alerts?district=${encodeURIComponent('港区')}`)).body as unknown as {
    items: { project: string }[];
  };
  expect(items.map(({ project }) => project).sort()).toEqual(spellings.map((_, index) => `port-${index}`));
});

test('names are recorded trimmed and with single blanks', async () => {
  const said = registration('quay', {
    name: { en: ' North\u00a0\u3000 Quay ', zh: '\u3000北 码头' },
    district: '港区\u2028',
    owner: 'Port\u2003Authority',
    aliases: ['Quay  1'],
  });
  expect(await service.send('POST', '/projects', said)).toMatchObject({ status: 201 });
  expect((await service.get('/projects/quay')).body).toMatchObject({
    details: {
      name: 'North Quay',
      district: '港区',
      owner: 'Port Authority',
      aliases: ['Quay 1'],
    },
  });
});

test.each([
  ['no width', '港\u200b区', 'U+200B'],
  ['a byte order mark', '\ufeff港区', 'U+FEFF'],
  ['a word joiner', '港\u2060区', 'U+2060'],
  ['a turn of direction', 'abc\u202edef', 'U+202E'],
  ['a joiner between Chinese characters', '港\u200d区', 'U+200D'],
  ['a filler', '\u3164', 'U+3164'],
])('a name with %s is refused, and the character is named', async (_, district, seen) => {
  const answer = await service.send('POST', '/projects', registration('odd', { district }));
  expect(answer).toMatchObject({
    status: 400,
    body: {
      type: expect.stringMatching(/text-invalid$/),
      detail: expect.stringMatching(`^district: .*${seen.replace('+', '\\+')}`),
    },
  });
});

test('a hundred and fifty marks on one letter are refused', async () => {
  const answer = await service.send(
    'POST',
    '/projects',
    registration('odd', { owner: `a${'\u0301'.repeat(150)}` }),
  );
  expect(answer).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('at most 8 marks') },
  });
});

test('joiners inside a word and an emoji stay', async () => {
  const owner = 'می‌خواهم 👩‍🏭';
  await service.send('POST', '/projects', registration('joined', { owner }));
  expect((await service.get('/projects/joined')).body).toMatchObject({ details: { owner } });
});

test('two spellings of one name in a list are a duplicate', async () => {
  const answer = await service.send(
    'POST',
    '/projects',
    registration('twice', { aliases: ['Quay', ' Quay'] }),
  );
  expect(answer).toMatchObject({
    status: 400,
    body: { detail: expect.stringMatching(/^aliases\[1\]: .*each once/) },
  });
});

test('a line keeps the id of its content as sent, and adds nothing when it is sent again', async () => {
  const lines = ['港区', '港区 '].map((district) => asLine(registration('again', { district })));
  const { lines: first } = await service.sendLines([lines[1]]);
  const { lines: second } = await service.sendLines(lines.toReversed());
  expect(second).toMatchObject([
    { id: first[0]?.id, outcome: 'replayed', status: 201 },
    { id: first[0]?.id, outcome: 'already-said', status: 200 },
  ]);
});

test('a line that an older version recorded with its blanks is still the same line', async () => {
  const said = { ...registration('older', { district: '港区 ' }) };
  const id = world.newId();
  const event = {
    id,
    by: 'office',
    type: 'ProjectRegistered',
    data: { name: { zh: '码头' }, district: { zh: '港区 ' } },
    entry: seenOn('2018-01-02'),
  } as unknown as NewEvent;
  await service.composed.store.append('project-older', [event], 'no-stream');
  const { lines } = await service.sendLines([{ ...asLine(said), id }]);
  expect(lines).toMatchObject([{ id, outcome: 'replayed' }]);
});
