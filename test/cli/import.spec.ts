import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { typed, typedIn } from './typed.js';

interface Line {
  item?: string;
  percent?: number;
}

let folder: string;
let close: () => Promise<void>;
let url: string;
/** The items of each request, in order. */
let requests: (string | undefined)[][];
/** The service's result for a line of the request with this number; recorded by default. */
let refusalOf: (line: Line, request: number) => { status: number; problem: object } | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'topout-import-'));
  requests = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const lines = body.trim().split('\n');
    requests.push(lines.map((line) => (JSON.parse(line) as Line).item));
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    for (const [index, line] of lines.entries()) {
      const refused = refusalOf(JSON.parse(line) as Line, requests.length);
      const result = refused ?? { status: 201, id: 'x', position: 1, revision: 1, outcome: 'recorded' };
      response.write(`${JSON.stringify({ line: index + 1, ...result })}\n`);
    }
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});

afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(lines: readonly Line[]): string {
  const file = join(folder, 'lines.ndjson');
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

const tooMuch = (percent: number) => {
  const fault = {
    member: 'measure.percent',
    type: 'out-of-range',
    seen: String(percent),
    expected: 'a number from 0 to 100',
  };
  const detail = `measure.percent: ${percent}; expected a number from 0 to 100.`;
  return {
    status: 422,
    problem: { type: '/problems/out-of-range', title: 'Out of range', status: 422, detail, errors: [fault] },
  };
};
const storeAway = {
  status: 503,
  problem: {
    type: '/problems/store-unavailable',
    title: 'The store cannot be reached',
    status: 503,
    detail: 'The store is unreachable: nothing was recorded.',
  },
};
const unknown = (project: string) => {
  const detail = `project: ${project}, which nobody had registered; expected a registered project.`;
  return {
    status: 404,
    problem: { type: '/problems/project-unknown', title: 'No such project', status: 404, detail },
  };
};

test('equal refusals of an import are one sentence with the first lines, and --json has every line', async () => {
  refusalOf = ({ percent }) => (percent === undefined ? undefined : tooMuch(percent));
  const lines = Array.from({ length: 3_366 }, (_, index) => (index === 1 ? {} : { percent: 130 }));
  const file = fileOf(lines);
  const { code, out, err } = await typed('import', file, '--url', url);
  expect(code).toBe(3);
  expect(out).toBe('1 recorded, 0 already there, 3365 refused.');
  expect(err.split('\n')).toEqual([
    '3,365 lines: measure.percent: 130; expected a number from 0 to 100. (lines 1, 3, 4, 5, 6, ...)',
    'topout: 3365 of 3366 lines were refused; mend them and give the same command again: what is recorded stays as it is.',
  ]);
  const json = await typed('import', file, '--url', url, '--json');
  const results = json.out.split('\n').map((line) => JSON.parse(line) as { line: number; problem?: object });
  expect(results.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
  expect(results.filter(({ problem }) => problem)).toHaveLength(3_365);
}, 30_000);

test('refusals with the same missing entry are one sentence, others have their own, in the language of the terminal', async () => {
  refusalOf = ({ percent, item }) =>
    percent === undefined ? undefined : percent < 0 ? unknown(item ?? '') : tooMuch(percent);
  const file = fileOf([{ percent: 110 }, { percent: -1, item: 'hall-7' }, { percent: 120 }, {}]);
  const { err } = await typed('import', file, '--url', url);
  expect(err.split('\n').slice(0, 2)).toEqual([
    '2 lines: measure.percent: 110; expected a number from 0 to 100. This is line 1; the others are similar. (lines 1, 3)',
    'line 2: project: hall-7, which nobody had registered; expected a registered project.',
  ]);
  const inChinese = await typedIn('zh', 'import', file, '--url', url);
  expect(inChinese.err.split('\n')[1]).toMatch(/^第 2 行：project: hall-7/);
  expect(inChinese.out).toBe('已记录 1 行，此前已有 0 行，退回 3 行。');
});

test('an import waits for a store that is away, and resends lines that depend on the waiting ones', async () => {
  // The registration meets the outage; the entry behind it is refused because of that, and the last one is not.
  refusalOf = ({ item }, request) => {
    if (request > 2) return undefined;
    return item === 'registration' ? storeAway : item === 'entry' ? unknown('hall-7') : undefined;
  };
  const file = fileOf([{ item: 'first' }, { item: 'registration' }, { item: 'entry' }, { item: 'last' }]);
  const { code, out, err } = await typed('import', file, '--url', url);
  expect({ code, out, err }).toEqual({ code: 0, out: '4 recorded, 0 already there, 0 refused.', err: '' });
  expect(requests).toEqual([
    ['first', 'registration', 'entry', 'last'],
    ['registration', 'entry'],
    ['registration', 'entry'],
  ]);
});

test('an import whose store stays away ends, and says how to continue', async () => {
  refusalOf = ({ item }) => (item === 'first' ? undefined : storeAway);
  const file = fileOf([{ item: 'first' }, ...Array.from({ length: 600 }, () => ({ item: 'entry' }))]);
  const { code, err } = await typed('import', file, '--url', url);
  expect(code).toBe(75);
  expect(err).toBe(
    'topout: Line 2 could not be recorded now: The store is unreachable: nothing was recorded. Until then: 1 recorded, 0 already there, 0 refused. Give the same command again to go on; nothing is doubled.',
  );
}, 30_000);
