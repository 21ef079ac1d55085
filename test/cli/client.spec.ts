import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Client } from '../../src/cli/client/client.js';
import { Failure } from '../../src/cli/client/failure.js';

interface Seen {
  method?: string;
  url?: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A service that handles requests by a script, and remembers them. */
async function serviceThat(
  ...answers: ((response: ServerResponse) => void)[]
): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push({ method: request.method, url: request.url, headers: request.headers, body });
    answer?.(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const vanish = (response: ServerResponse) => void response.destroy();
const answer = (status: number, type: string, text: string) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': type }).end(text);
const recorded = answer(201, 'application/json; charset=utf-8', '{"position": 79}');
const clientOf = (url: string, by?: string) => new Client(url, { language: 'zh', by }, [1, 1]);
const entry = {
  body: '{"type":"StageEntered"}',
  type: 'application/json',
  key: '0197e7a0-0000-7000-8000-000000000001',
} as const;

async function failureOf(work: Promise<unknown>): Promise<Pick<Failure, 'exitCode' | 'message'>> {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof Failure)) throw new Error('expected a failure', { cause: error });
  return { exitCode: error.exitCode, message: error.message };
}

describe('sending facts', () => {
  test('an entry whose answer is lost is sent again with the same id', async () => {
    const { url, seen } = await serviceThat(vanish, vanish, recorded);
    expect(await clientOf(url).post('projects/a/entries', entry)).toEqual({
      text: '{"position": 79}',
      body: { position: 79 },
      isReplay: false,
    });
    expect(seen.map(({ body, headers }) => [body, headers['idempotency-key']])).toEqual(
      Array(3).fill([entry.body, entry.key]),
    );
  });

  test('a service that cannot answer now is retried', async () => {
    const busy = answer(
      503,
      'application/problem+json',
      '{"type":"/problems/outcome-unknown","title":"Unknown","detail":"Send it again."}',
    );
    const { url, seen } = await serviceThat(busy, recorded);
    expect((await clientOf(url).post('projects/a/entries', entry)).body).toEqual({ position: 79 });
    expect(seen.length).toBe(2);
  });

  test.each([429, 503])('a service that answers %d gets the time that it asks for', async (status) => {
    const asked = (seconds: string) => (response: ServerResponse) =>
      void response
        .writeHead(status, { 'content-type': 'application/problem+json', 'retry-after': seconds })
        .end('{"title":"Later","detail":"Later."}');
    const { url, seen } = await serviceThat(asked('1'), recorded);
    const begunMs = performance.now();
    expect((await clientOf(url).post('projects/a/entries', entry)).body).toEqual({ position: 79 });
    expect(performance.now() - begunMs).toBeGreaterThan(990);
    expect(seen.length).toBe(2);
    const patient = await serviceThat(asked('61'), recorded);
    expect((await failureOf(clientOf(patient.url).post('projects/a/entries', entry))).message).toBe('Later.');
    expect(patient.seen.length).toBe(1);
  });

  test('if it stays away, the id is shown for a safe repetition', async () => {
    const { url } = await serviceThat(vanish);
    const { exitCode, message } = await failureOf(clientOf(url).post('projects/a/entries', entry));
    expect(exitCode).toBe(69);
    expect(message).toContain(
      `it is not known whether this was recorded; once it is back, add --id ${entry.key} to the same command: nothing is doubled.`,
    );
  });

  test('the author is sent, and the language requested', async () => {
    const { url, seen } = await serviceThat(recorded);
    await clientOf(url, 'wang.gong').post('projects/a/entries', entry);
    const headers: IncomingMessage['headers'] = seen[0]?.headers ?? {};
    expect([headers['topout-by'], headers['accept-language'], headers['content-type']]).toEqual([
      'wang.gong',
      'zh',
      'application/json',
    ]);
  });
});

describe('answers', () => {
  test('names in a path and a query may hold any character', async () => {
    const { url, seen } = await serviceThat(recorded);
    await clientOf(url).get(Client.path('projects', 'a/b?c', 'journal'), {
      asOf: '2018-06-30',
      knownAt: undefined,
      cursor: 'x&y',
    });
    expect(seen[0]?.url).toBe('/projects/a%2Fb%3Fc/journal?asOf=2018-06-30&cursor=x%26y');
  });

  test('a service below a path of its host is found', async () => {
    const { url, seen } = await serviceThat(recorded);
    await clientOf(`${url}/topout`).get('projects');
    expect(seen[0]?.url).toBe('/topout/projects');
  });

  test.each([
    [400, 3],
    [404, 4],
    [409, 5],
    [412, 5],
    [413, 3],
    [422, 3],
    [500, 70],
    [503, 75],
    [507, 74],
  ])('a problem with status %d ends with exit code %d and its detail', async (status, exitCode) => {
    const { url } = await serviceThat(
      answer(
        status,
        'application/problem+json',
        '{"title":"Refused","detail":"percent: 110; expected 0 to 100."}',
      ),
    );
    expect(await failureOf(clientOf(url).get('projects'))).toEqual({
      exitCode,
      message: 'percent: 110; expected 0 to 100.',
    });
  });

  test('an answer that is not from Topout is detected', async () => {
    const { url } = await serviceThat(answer(200, 'text/html', '<html>'));
    expect(await failureOf(clientOf(url).get('projects'))).toEqual({
      exitCode: 69,
      message: `${url}/projects answered 200 with text/html; expected JSON from Topout. Is --url right?`,
    });
  });

  test('an unreachable service is one sentence with instructions', async () => {
    const { url } = await serviceThat(recorded);
    for (const close of closing.splice(0)) await close();
    expect(await failureOf(clientOf(url).get('projects'))).toEqual({
      exitCode: 69,
      message: `No Topout service answers at ${url} (ECONNREFUSED); start one with "npm start", or name another address with --url or TOPOUT_URL.`,
    });
  });

  test("an author's name that names nobody is refused", () => {
    expect(() => clientOf('http://127.0.0.1:3000', '王\n工')).toThrow(
      '--by "王\n工": expected a name of 1 to 64 characters, such as wang.gong or 王工.',
    );
  });

  test('an invalid address is refused', () => {
    expect(() => clientOf('localhost:3000')).toThrow(
      '--url "localhost:3000": expected an address such as http://127.0.0.1:3000.',
    );
  });
});
