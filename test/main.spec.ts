import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { temporaryFolder } from './support/event-store-ports.js';
import { openFolder } from './support/open-folder.js';

jest.setTimeout(60_000);

const mainPath = join(import.meta.dirname, '..', 'dist', 'src', 'main.js');
const folder = temporaryFolder();
const services: ChildProcess[] = [];
let taken: Server;
let takenPort: string;

beforeAll(async () => {
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  takenPort = String((taken.address() as { port: number }).port);
});
afterEach(() => {
  for (const service of services.splice(0)) service.kill('SIGKILL');
});
afterAll(() => {
  taken.close();
  folder.remove();
});

interface Run {
  child: ChildProcess;
  /** The first line on standard output; undefined if it ended without one. */
  greeting: Promise<string | undefined>;
  ended: Promise<{ code: number | null; out: string; err: string }>;
}

function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [mainPath], {
    stdio: 'pipe',
    env: {
      ...process.env,
      PORT: '0',
      HOST: '',
      TOPOUT_TODAY: '',
      TOPOUT_EXAMPLE: 'off',
      TOPOUT_REQUEST_LOG: 'off',
      ...env,
    },
  });
  services.push(child);
  const text = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (data: string) => (text.out += data));
  child.stderr?.setEncoding('utf8').on('data', (data: string) => (text.err += data));
  const ended = once(child, 'close').then(([code]) => ({ code, ...text }));
  const said = once(child.stdout ?? child, 'data').then(([data]) => String(data).trimEnd());
  return { child, greeting: Promise.race([said, ended.then(() => undefined)]), ended };
}

/** Printed by a service on the loopback until there is an administrator. */
const isOpen =
  'Open: an example, where everybody at this machine may do everything. "topout admin init" makes it ask for a sign-in.';

const dataPath = (name: string) => folder.file(name);
/** A folder on which a service is open to everybody at this machine. */
const openPath = (name: string) => openFolder(dataPath(name));

test('a stalled client does not delay a service that is being stopped', async () => {
  const { child, greeting, ended } = run({ TOPOUT_DATA: dataPath('stalled') });
  const port = Number(/:(\d+) /.exec((await greeting) ?? '')?.[1]);
  const stalled = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(stalled, 'connect');
  stalled.write('POST /entries HTTP/1.1\r\nHost: localhost\r\nContent-Le');
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  // The server itself ends a stalled request only after some 30 s.
}, 20_000);

test('a stopping service answers requests in progress, and refuses later ones', async () => {
  const { child, greeting, ended } = run({ TOPOUT_DATA: openPath('ending') });
  const port = Number(/:(\d+) /.exec((await greeting) ?? '')?.[1]);
  const open = () => connect(port, '127.0.0.1').setEncoding('utf8');
  const [underWay, idle, half] = [open(), open(), open()];
  await Promise.all([underWay, idle, half].map((socket) => once(socket, 'connect')));
  half.write('POST /projects HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n');
  // The project does not exist, so the request waits.
  underWay.write('GET /entries?after=0&wait=yes HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await new Promise((resolve) => setTimeout(resolve, 200));
  child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 100));
  idle.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const late = open();
  late.write('GET /projects HTTP/1.1\r\nHost: localhost\r\n\r\n');
  half.write('Content-Length: 2\r\n\r\n');
  setTimeout(() => half.write('{}'), 50);
  const answers = await Promise.all(
    [underWay, idle, late, half].map(async (socket) => (await socket.toArray()).join('')),
  );
  const told = answers.map((answer) => [
    /^HTTP\/1.1 (\d+)/.exec(answer)?.[1],
    /"type":"\/problems\/([^"]+)"/.exec(answer)?.[1],
    /\r\nconnection: (.*)\r\n/i.exec(answer)?.[1],
    /\r\nretry-after: (.*)\r\n/i.exec(answer)?.[1],
  ]);
  const ending = ['503', 'service-ending', 'close', '5'];
  expect(told).toEqual([['200', undefined, 'close', undefined], ending, ending, ending]);
  expect((await ended).code).toBe(0);
});

describe('a starting service', () => {
  const addresses: [string, RegExp][] = [
    [
      '127.0.0.1',
      /^Topout: http:\/\/127\.0\.0\.1:[1-9]\d* {2}\(0 projects; business day \d{4}-\d\d-\d\d; data in /,
    ],
    ['::1', /^Topout: http:\/\/\[::1\]:[1-9]\d* {2}\(/],
  ];
  test.each(addresses)('on %s prints one line with an address that answers', async (host, expected) => {
    const { child, greeting, ended } = run({ HOST: host, TOPOUT_DATA: openPath('address') });
    const line = await greeting;
    expect(line).toMatch(expected);
    const url = /http:\S+/.exec(line ?? '')?.[0];
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 0, out: `${line}\n`, err: `${isOpen}\n` });
  });

  test('stops cleanly on SIGTERM, also while a client stays connected', async () => {
    const { child, greeting, ended } = run({
      TOPOUT_DATA: openPath('stopped'),
      TOPOUT_TODAY: '2018-07-10',
    });
    const line = await greeting;
    expect(line).toContain('business day 2018-07-10, set;');
    await (await fetch(`${/http:\S+/.exec(line ?? '')?.[0]}/projects`)).text();
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, out: `${line}\n`, err: `${isOpen}\n` });
  });
});

describe('a line about each request', () => {
  const asking = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n';
  const last = `${asking}Connection: close\r\n\r\n`;

  /** Sends bytes on a separate connection, and counts the answers until it ends. */
  async function answersTo(port: number, bytes: string): Promise<number> {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    socket.write(bytes);
    const text = (await socket.toArray()).join('');
    return text.split('HTTP/1.1 200').length - 1;
  }

  test('follows the line with the address, also for requests during start and stop', async () => {
    const port = await freePort();
    const { child, ended } = run({
      TOPOUT_DATA: dataPath('lines'),
      TOPOUT_REQUEST_LOG: '',
      PORT: String(port),
    });
    await asked(`http://127.0.0.1:${port}/health/live`);
    for (let isReady = false; !isReady; ) isReady = (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok;
    expect(await answersTo(port, `${last}`)).toBe(1);
    child.kill('SIGTERM');
    const { code, out } = await ended;
    const [address, ...lines] = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(address).toMatch(/^Topout: http:/);
    const told = lines.map((line) => JSON.parse(line)).map(({ path, status }) => `${path} ${status}`);
    expect(told[0]).toBe('/health/live 200');
    expect(told.slice(-2)).toEqual(['/health/ready 200', '/health/live 200']);
  });

  test('does not block when nobody reads it, and does not delay the stop', async () => {
    const { child, greeting, ended } = run({ TOPOUT_DATA: dataPath('unread'), TOPOUT_REQUEST_LOG: 'on' });
    const port = Number(/:(\d+) /.exec((await greeting) ?? '')?.[1]);
    child.stdout?.pause();
    for (let round = 0; round < 3; round += 1)
      expect(await answersTo(port, `${asking}\r\n`.repeat(4_000) + last)).toBe(4_001);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    child.stdout?.resume();
    await ended;
  }, 30_000);

  test('is dropped once its reader has left, and the service stays up', async () => {
    const { child, greeting, ended } = run({ TOPOUT_DATA: openPath('left'), TOPOUT_REQUEST_LOG: 'on' });
    const port = Number(/:(\d+) /.exec((await greeting) ?? '')?.[1]);
    child.stdout?.destroy();
    for (let round = 0; round < 3; round += 1) expect(await answersTo(port, last)).toBe(1);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, err: `${isOpen}\n` });
  });
});

/** Retries until something listens. */
async function asked(url: string): Promise<Response> {
  for (;;) {
    try {
      return await fetch(url);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

test('a starting service answers immediately that it is starting, long before it is ready', async () => {
  const port = String(await freePort());
  const began = performance.now();
  const { child, greeting, ended } = run({
    PORT: port,
    TOPOUT_DATA: dataPath('early'),
    TOPOUT_EXAMPLE: 'on',
  });
  const url = `http://127.0.0.1:${port}`;
  const first = await asked(`${url}/projects`);
  const firstMs = performance.now() - began;
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await first.json()).toMatchObject({
    type: '/problems/service-starting',
    detail: expect.stringMatching(/^service: it is starting: .+; expected a service that has started/),
  });
  const seen = new Set<number>();
  let ready: { isReady: boolean; reasons: string[] };
  let projects = 0;
  do {
    const answer = await fetch(`${url}/health/ready`);
    ready = (await answer.json()) as typeof ready;
    seen.add(answer.status);
    if (!ready.isReady) expect(ready.reasons.join()).toMatch(/starting|example/);
    else projects = ((await (await fetch(`${url}/projects`)).json()) as { items: unknown[] }).items.length;
  } while (!ready.isReady);
  expect([...seen]).toEqual([503, 200]);
  // Ready means that the example is loaded.
  expect(projects).toBe(8);
  expect((await fetch(`${url}/health/readable`)).status).toBe(200);
  await greeting;
  expect(firstMs).toBeLessThan((performance.now() - began) / 2);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('a service that is stopped during its start stops', async () => {
  const port = String(await freePort());
  const { child, ended } = run({ PORT: port, TOPOUT_DATA: dataPath('hurried'), TOPOUT_EXAMPLE: 'on' });
  await asked(`http://127.0.0.1:${port}/health/live`);
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, out: '', err: '' });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a service that cannot start says why in one sentence', () => {
  const file = dataPath('file');
  writeFileSync(file, '');
  const damaged = temporaryFolder();
  writeFileSync(damaged.file('settings.json'), 'no settings', { mode: 0o600 });
  afterAll(() => damaged.remove());

  test('before it listens, with its own exit code', async () => {
    const settings = damaged.file('settings.json');
    const cases: [Record<string, string>, number, string][] = [
      [
        { PORT: takenPort, TOPOUT_DATA: dataPath('taken') },
        69,
        `Port ${takenPort} on 127.0.0.1 is taken; stop what uses it, or choose another with PORT.`,
      ],
      [
        { HOST: '192.0.2.1', TOPOUT_DATA: dataPath('nowhere') },
        69,
        '192.0.2.1 is not an address of this machine; choose another with HOST.',
      ],
      [{ TOPOUT_DATA: file }, 73, `The data folder ${file} is a file; choose another with TOPOUT_DATA.`],
      [
        { TOPOUT_DATA: '/sys/topout' },
        73,
        'The data folder /sys/topout cannot be written (WHY); give its owner the right to write, or choose another with TOPOUT_DATA.',
      ],
      [
        { TOPOUT_DATA: damaged.path },
        65,
        `${settings} does not hold the settings of a Topout store; put the file back, or remove it to use the real day.`,
      ],
      [
        { TOPOUT_TODAY: '2018-02-30', TOPOUT_DATA: dataPath('day') },
        2,
        'TOPOUT_TODAY is "2018-02-30"; expected a day as YYYY-MM-DD, or "real" for the real one.',
      ],
    ];
    const ends = await Promise.all(cases.map(([env]) => run(env).ended));
    expect(ends.map(({ err, ...end }) => ({ ...end, err: err.replace(/\(E[A-Z]+\)/, '(WHY)') }))).toEqual(
      cases.map(([, code, sentence]) => ({ code, out: '', err: `${sentence}\n` })),
    );
  });

  test('one sentence per invalid setting', async () => {
    const env = { TOPOUT_SMTP_URL: 'smtp://mail.example.org/inbox', TOPOUT_KEEP_FREE: 'all', HOST: '' };
    const sentences = [
      'TOPOUT_KEEP_FREE is "all"; expected a whole number of MiB, or 0 to keep nothing free.',
      'TOPOUT_SMTP_URL is "(not shown)" (there is something after the host and the port); expected smtp:// or smtps:// and a host, such as smtp://user:password@mail.example.org:587.',
    ];
    expect(await run({ ...env, TOPOUT_DATA: dataPath('settings') }).ended).toEqual({
      code: 2,
      out: '',
      err: `${sentences.join('\n')}\n`,
    });
  });

  test('after it has opened its store and its views, and leaves nothing open', async () => {
    const place = { TOPOUT_DATA: dataPath('filled'), TOPOUT_VAULT: dataPath('filled.keys') };
    const filled = run({ ...place, TOPOUT_EXAMPLE: 'on' });
    await filled.greeting;
    filled.child.kill('SIGTERM');
    await filled.ended;
    // Rows and views have much to do in a start without them.
    for (const cache of ['lines.db', 'views.db']) rmSync(join(place.TOPOUT_DATA, cache), { force: true });
    writeFileSync(place.TOPOUT_VAULT, 'no keys', { mode: 0o600 });
    const refused = run(place);
    expect(await refused.ended).toEqual({
      code: 65,
      out: '',
      err: `The key file ${place.TOPOUT_VAULT} cannot be read or is damaged; put the last good copy in its place. It is left as it is.\n`,
    });
    rmSync(place.TOPOUT_VAULT);
    rmSync(join(place.TOPOUT_DATA, 'lines.db'), { force: true });
    mkdirSync(join(place.TOPOUT_DATA, 'lines.db', 'folder'), { recursive: true });
    const hindered = await run(place).ended;
    expect(hindered).toMatchObject({ code: 73, out: '' });
    expect(hindered.err).toMatch(
      /^A file of the data folder \S+ cannot be used \(.*lines\.db.*\); see that .*\n$/,
    );
  });

  test('a second service on the same data', async () => {
    const data = dataPath('shared');
    const { greeting } = run({ TOPOUT_DATA: data });
    await greeting;
    expect(await run({ TOPOUT_DATA: data }).ended).toEqual({
      code: 73,
      out: '',
      err: `${join(data, 'events.db')} is in use by another Topout process; stop that one first, or choose another folder with TOPOUT_DATA.\n`,
    });
  });
});

test('a killed service leaves its data to the next one', async () => {
  const env = { TOPOUT_DATA: dataPath('killed'), TOPOUT_EXAMPLE: 'on' };
  const first = run(env);
  expect(await first.greeting).toContain('(8 projects; business day 2018-07-10, set; data in ');
  first.child.kill('SIGKILL');
  await first.ended;
  const second = run(env);
  expect(await second.greeting).toContain('(8 projects; business day 2018-07-10, set; data in ');
});
