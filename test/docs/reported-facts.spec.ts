import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { typed } from '../cli/typed.js';
import { type Service, startService } from '../http/service.js';

const asOf = '2018-06-30';
const text = readFileSync(join(import.meta.dirname, '../../docs/reported-facts.md'), 'utf8');
/** Kind, body, options of the terminal, members of a row of CSV, and the words that all are read back as. */
const rows = [
  ...text.matchAll(/^\| ([^|]+) \| `(\{[^`]+\})` \| `([^`]+)` \| `([^`]+)` \| [^|]+ \| `([^`]+)` \|$/gm),
].map(([, kind = '', body = '', options = '', members = '', words = '']) => ({
  ...{ kind, body, options, members, words },
}));
const items = [
  { id: 'paving', name: { en: 'Paving' }, weight: 4, measure: 'quantity', of: 12, unit: '公里' },
  { id: 'dormitories', name: { en: 'Dormitories' }, weight: 2, measure: 'count', of: 5 },
  { id: 'tower', name: { en: 'Tower' }, weight: 2, measure: 'storeys', of: 16, below: 2 },
  { id: 'households', name: { en: 'Households' }, weight: 1, measure: 'count', of: 160, unit: '户' },
  { id: 'demolition', name: { en: 'Demolition' }, weight: 1, measure: 'quantity', of: 6, unit: '万平方米' },
  { id: 'land', name: { en: 'Land' }, weight: 0, measure: 'quantity', of: 400, unit: '亩' },
  { id: 'construction-permit', name: { en: 'Construction permit' }, weight: 0, measure: 'done' },
];

const folder = mkdtempSync(join(tmpdir(), 'topout-csv-'));
let service: Service;
let url: string;
beforeAll(async () => {
  service = await startService();
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  url = await service.app.getUrl();
  for (const project of ['over-http', 'typed-in', 'in-csv', 'in-a-table']) {
    await service.send('POST', '/projects', { project, name: { en: 'Works' }, asOf: '2018-01-01' });
    await service.send('PUT', `/projects/${project}/plan`, { items, asOf: '2018-01-01' });
  }
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

/** A file with one row. */
function csvOf(members: string): string {
  const pairs = members.split(' · ').map((member) => member.split(/=(.*)/s).slice(0, 2));
  const quoted = (text = '') => `"${text.replaceAll('"', '""')}"`;
  const file = join(folder, 'facts.csv');
  writeFileSync(file, [0, 1].map((at) => pairs.map((pair) => quoted(pair[at])).join(',')).join('\n'));
  return file;
}

/** The last entry of a project as its journal shows it. */
async function lastOf(project: string) {
  const { body } = await service.get(`/projects/${project}/journal?order=newest&limit=1`);
  const [{ words, type, data } = {}] = body.items as unknown as {
    words: string;
    type: string;
    data: object;
  }[];
  return { words, type, data };
}

test('the table has the kinds of facts of reports', () => {
  expect(rows.length).toBeGreaterThanOrEqual(20);
});

test.each(rows)(
  '$kind is said over HTTP, at the terminal and in CSV, and reads "$words"',
  async ({ body, options, members, words }) => {
    const sent = await service.send('POST', '/projects/over-http/entries', { ...JSON.parse(body), asOf });
    expect([sent.status, sent.body.outcome]).toEqual([201, 'recorded']);
    const over = await lastOf('over-http');
    const args = [...options.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    const { code, err } = await typed('log', 'typed-in', ...args, '--as-of', asOf, '--url', url);
    expect([code, err]).toEqual([0, '']);
    expect(await lastOf('typed-in')).toEqual(over);
    const imported = await typed('import', csvOf(`project=in-csv · asOf=${asOf} · ${members}`), '--url', url);
    expect([imported.code, imported.err]).toEqual([0, '']);
    expect(await lastOf('in-csv')).toEqual(over);
    expect(over.words).toBe(words);
  },
);

describe('a column of a monthly table', () => {
  const columns = [...text.matchAll(/^\| `([^`{]+)` \| `([^`]+)` \| `([^`]+)` \|$/gm)].map(
    ([, heading = '', cell = '', words = '']) => ({ heading, cell, words }),
  );

  test('is shown for each kind', () => {
    expect(columns.length).toBeGreaterThanOrEqual(20);
  });

  test.each(columns)('headed $heading takes $cell and reads "$words"', async ({ heading, cell, words }) => {
    const said = {
      text: `项目名称\t${heading}\nin-a-table\t${cell}`,
      document: `${heading}.csv`,
      asOf,
    };
    const { body } = await service.send('POST', '/tables/reading', said);
    const [row] = body.rows as unknown as {
      entries: Record<string, unknown>[];
      sentences: string[];
      unclear: object[];
    }[];
    expect([row?.unclear, row?.sentences]).toEqual([[], [words]]);
    const entries = row?.entries.map(({ project: _, ...entry }) => entry);
    const { lines } = await service.sendLines([{ project: 'in-a-table', entries }]);
    expect(lines).toMatchObject([{ status: 201, entries: [{ outcome: 'recorded' }] }]);
    expect((await lastOf('in-a-table')).words).toBe(words);
  });
});
