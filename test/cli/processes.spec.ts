import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openFolder } from '../support/open-folder.js';
import type { Printed } from './typed.js';

const topoutPath = join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'topout.js');
const projects = ['huaao-2', 'tengjun', 'jiujiuxing', 'xunfa', 'zhuoyi', 'baiyou-2', 'zhongheng', 'yuhong'];
const lineCount = 12_000;
let top: string;
let data: string;
let service: ChildProcess;
let url: string;

/** `topout` in its own process, whose output is not a terminal. */
function started(...args: string[]): ChildProcess {
  return spawn(process.execPath, [topoutPath, ...args], {
    stdio: 'pipe',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
}

async function ended(child: ChildProcess): Promise<Printed> {
  const [out, err] = [child.stdout, child.stderr].map(
    (stream) => stream?.setEncoding('utf8').toArray() ?? [],
  );
  const [code] = await once(child, 'close');
  return { code, out: (await out)?.join('').trimEnd() ?? '', err: (await err)?.join('').trimEnd() ?? '' };
}

const topout = (...args: string[]): Promise<Printed> => ended(started(...args));

/** The output of a process so far, and a wait for a part of it. */
function said(stream: ChildProcess['stdout']): { has(part: string): Promise<void> } {
  let text = '';
  const heard = new EventEmitter();
  stream?.on('data', (piece: string) => {
    text += piece;
    heard.emit('more');
  });
  return {
    async has(part) {
      while (!text.includes(part)) await once(heard, 'more');
    },
  };
}

async function serve(dataPath: string, port = '0'): Promise<{ child: ChildProcess; url: string }> {
  const child = started('serve', '--port', port, '--data', dataPath);
  const [greeting] = await once(child.stdout ?? process.stdin, 'data');
  const address = /http:\/\/\S+/.exec(String(greeting))?.[0];
  if (!address) throw new Error(`expected a greeting with an address, and it says ${greeting}`);
  return { child, url: address };
}

async function stopped(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  return code;
}

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-'));
  data = join(top, 'data');
  ({ child: service, url } = await serve(data));
}, 60_000);
afterAll(() => {
  service.kill('SIGKILL');
  rmSync(top, { recursive: true, force: true });
});

test('a second service and all work on the store are refused while a service holds it', async () => {
  const commands = [['serve', '--port', '0'], ['rebuild'], ['backup', join(top, 'held.topout')], ['doctor']];
  for (const command of commands) {
    const { code, err } = await topout(...command, '--data', data);
    expect([code, err]).toEqual([73, expect.stringContaining('is in use by another Topout process')]);
  }
}, 60_000);

test('an import that is killed in the middle and run again adds nothing twice and misses nothing', async () => {
  const file = join(top, 'long.ndjson');
  const line = (_: unknown, index: number) =>
    JSON.stringify({
      project: projects[index % projects.length],
      type: 'ProgressMeasured',
      item: `import-${index}`,
      asOf: '2018-07-09',
      measure: { kind: 'percent', percent: index % 101 },
    });
  const lines = Array.from({ length: lineCount }, line);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const before = await importedItems();
  // Its input does not end, so that it is killed in the middle on a machine of any speed.
  const killed = started('import', '-', '--url', url);
  killed.stdin?.on('error', () => undefined).write(`${lines.slice(0, lineCount / 2).join('\n')}\n`);
  while ((await importedItems()).length < 200) await new Promise((resolve) => setTimeout(resolve, 20));
  killed.kill('SIGKILL');
  await once(killed, 'close');
  const again = await topout('import', file, '--url', url);
  const [, recorded, there] = /^(\d+) recorded, (\d+) already there, 0 refused\.$/.exec(again.out) ?? [];
  expect([again.code, again.err, Number(recorded) + Number(there)]).toEqual([0, '', lineCount]);
  expect([Number(recorded) >= lineCount / 2, Number(there) >= 200]).toEqual([true, true]);
  const items = await importedItems();
  expect([before.length, items.length, new Set(items).size]).toEqual([0, lineCount, lineCount]);
}, 120_000);

test('an import reads standard input', async () => {
  const child = started('import', '-', '--url', url);
  child.stdin?.end(
    '{"project":"yuhong","type":"StageEntered","stage":"in-production","asOf":"2018-07-10"}\n',
  );
  expect(await ended(child)).toEqual({ code: 0, out: '1 recorded, 0 already there, 0 refused.', err: '' });
});

test('a follower sees events, waits for a service that comes back, and ends with Ctrl-C', async () => {
  const own = join(top, 'watched');
  const first = await serve(own);
  const { port } = new URL(first.url);
  const watching = started('watch', '--after', '0', '--project', 'huaao-2', '--url', first.url);
  const printed = ended(watching);
  const err = said(watching.stderr);
  const out = said(watching.stdout);
  await out.has('Raised: Huaao');
  expect(await stopped(first.child)).toBe(0);
  await err.has('is gone (ECONNREFUSED); waiting until it is back.');
  const second = await serve(own, port);
  await err.has('The service is back; going on after position ');
  await topout('log', 'huaao-2', '--resumed', 'financing', '--url', second.url);
  await out.has('Cleared: Huaao');
  watching.kill('SIGINT');
  const { code, out: lines } = await printed;
  const happened = lines.split('\n').map((line) => / {2}(\w+): Huaao/.exec(line)?.[1]);
  expect([code, happened]).toEqual([0, ['Raised', 'Cleared']]);
  expect(await stopped(second.child)).toBe(0);
}, 120_000);

test('a reader that closes the pipe ends a long table silently', async () => {
  const child = started('journal', 'huaao-2', '--url', url);
  child.stdout?.destroy();
  const err = await child.stderr?.setEncoding('utf8').toArray();
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  expect([code, err]).toEqual([0, []]);
});

test('a backup of a stopped service is a store with the same answers', async () => {
  const present = await topout('portfolio', '--json', '--url', url);
  // A restored store uses the real day, which raises further alerts; earlier answers stay the same.
  const { position } = JSON.parse(present.out).knownAt;
  const asked = ['portfolio', '--as-of', '2018-07-10', '--known-at', String(position), '--json'];
  const before = await topout(...asked, '--url', url);
  expect(await stopped(service)).toBe(0);
  const absent = await topout(...asked, '--url', url);
  expect([absent.code, absent.err.slice(0, 44)]).toEqual([
    69,
    '{"problem":{"type":"about:blank","title":"No',
  ]);
  const [file, restored] = [join(top, 'all.topout'), join(top, 'restored')];
  expect((await topout('backup', file, '--data', data)).code).toBe(0);
  expect((await topout('restore', file, '--data', restored)).code).toBe(0);
  expect(readFileSync(file).length).toBeGreaterThan(100_000);
  const again = await serve(openFolder(restored));
  expect(await topout(...asked, '--url', again.url)).toEqual(before);
  expect(await stopped(again.child)).toBe(0);
  expect((await topout('rebuild', '--data', restored)).code).toBe(0);
}, 60_000);

/** The items that the long import has recorded so far, once for each entry about them. */
async function importedItems(): Promise<string[]> {
  const items: string[] = [];
  for (const project of projects) {
    let cursor = '';
    do {
      const response = await fetch(
        `${url}/projects/${project}/journal?limit=500${cursor && `&cursor=${cursor}`}`,
      );
      const page = (await response.json()) as { items: { data: { item?: string } }[]; next?: string };
      items.push(...page.items.flatMap(({ data: { item } }) => (item?.startsWith('import-') ? [item] : [])));
      cursor = page.next ?? '';
    } while (cursor);
  }
  return items;
}
