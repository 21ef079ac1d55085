import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { diceOf, uuidOf } from '../../test/support/dice.js';
import { type Finding, onOneWorld, type Proof } from '../proof.js';
import { type ChildService, started } from '../service/child-service.js';
import { SiteClient } from '../service/site-client.js';

const projects = 16;
/** Of the whole time, after which memory is compared: minute 5 of 20. */
const warmShare = 0.25;
const mostGrowth = 1.05;
const clients = 8;

/** What a process holds. */
interface Held {
  heldMB: number;
  rssMB: number;
  files: number;
  sockets: number;
}

/**
 * A service under a day's mixed load does not grow: the memory that it holds at the end is at most 5 % above that at a
 * quarter of the time (minute 5 of 20), and it has no more open files and sockets.
 *
 * A round is a second: eight clients read pages, totals and journals, send entries again, log a new one now and then, and
 * open and leave streams. At the end and at the quarter nobody is connected, and memory is collected first.
 *
 * Broken, the service keeps 64 KiB of every request; the control goes on with the service of the promise, for another half of
 * the time.
 */
export const soak: Proof = onOneWorld({
  rounds: { small: 2, full: 1_200 },
  async open({ seed }) {
    const folder = mkdtempSync(fileURLToPath(new URL('../../soak-', import.meta.url)));
    const dataPath = join(folder, 'data');
    const service = await started(dataPath, { before: ['load/held-memory.js', 'load/leaks.js'] });
    const close = async () => {
      await service.kill();
      rmSync(folder, { recursive: true, force: true });
    };
    const registering = new SiteClient(service.at, 4);
    for (let number = 0; number < projects; number += 1)
      await registering.register(`site-${number}`, uuidOf(`soak ${seed} ${number}`));
    await registering.close();
    return { service, walPath: join(dataPath, 'events.db-wal'), close };
  },
  async run({ seed, rounds, isBroken }, { service, walPath }): Promise<Finding> {
    const load = { requests: 0, failed: 0, entries: 0, streams: 0 };
    const shareMs = rounds * 1_000 * warmShare;
    if (!isBroken) await loaded(service, `${seed} first`, shareMs, load);
    const before = await heldBy(service);
    if (isBroken) service.child.send('leak');
    const restMs = isBroken ? 2 * shareMs : rounds * 1_000 - shareMs;
    await loaded(service, `${seed} ${isBroken} second`, restMs, load);
    const after = await heldBy(service);
    const walMB = Math.ceil(sizeOf(walPath) / 2 ** 20);
    const growth = after.heldMB / before.heldMB;
    const isFlat = after.files <= before.files && after.sockets <= before.sockets;
    return {
      figures: {
        rounds,
        ...load,
        heldMBAtQuarter: before.heldMB,
        heldMB: after.heldMB,
        rssMBAtQuarter: before.rssMB,
        rssMB: after.rssMB,
        filesDelta: after.files - before.files,
        socketsDelta: after.sockets - before.sockets,
        walMB,
      },
      pass: growth <= mostGrowth && isFlat && load.failed === 0 && load.requests > 0 && walMB <= 64,
    };
  },
});

type Load = Record<'requests' | 'failed' | 'entries' | 'streams', number>;

async function loaded({ at }: { at: string }, seed: string, ms: number, load: Load): Promise<void> {
  const end = performance.now() + ms;
  const each = Array.from({ length: clients }, (_, number) => client(at, `${seed} ${number}`, end, load));
  await Promise.all(each);
}

async function client(at: string, seed: string, end: number, load: Load): Promise<void> {
  const dice = diceOf(Number.parseInt(uuidOf(seed).slice(0, 8), 16));
  const site = new SiteClient(at, 1);
  const settle = (isWell: boolean) => {
    load.requests += 1;
    if (!isWell) load.failed += 1;
  };
  let repeated: (() => Promise<{ status: number } | undefined>) | undefined;
  for (let number = 0; performance.now() < end; number += 1) {
    const project = `site-${dice.int(0, projects - 1)}`;
    const asked = dice.int(0, 99);
    if (asked === 0) {
      await streamFor(at, 20);
      load.streams += 1;
    } else if (asked === 1 || !repeated) {
      const fact = { type: 'MilestoneReached', item: `part-${dice.int(0, 40)}`, asOf: '2018-06-30' };
      const id = uuidOf(`${seed} ${number}`);
      repeated = () => site.log(project, id, fact);
      load.entries += 1;
      settle(isGood(await repeated()));
    } else if (asked < 30) settle(isGood(await repeated()));
    else if (asked < 60) settle(isGood(await site.get(`/projects/${project}`)));
    else if (asked < 80) settle(isGood(await site.get(`/projects/${project}/journal?limit=20`)));
    else settle(isGood(await site.get(asked < 90 ? '/portfolio?groupBy=stage' : '/projects?limit=20')));
    await pause(5);
  }
  await site.close();
}

/** Reads the stream of alerts for some time, over a connection of its own that ends with it. */
async function streamFor(at: string, ms: number): Promise<void> {
  const request = get(`${at}/alerts/stream`, { agent: false }).on('error', () => undefined);
  const [answer] = await once(request, 'response');
  answer.on('error', () => undefined).resume();
  await pause(ms);
  request.destroy();
}

const isGood = (answer: { status: number } | undefined) => answer !== undefined && answer.status < 400;

/** What the service holds once its clients have gone: their connections are closed a moment later on its side. */
async function heldBy({ child }: ChildService): Promise<Held> {
  const folder = `/proc/${child.pid}`;
  const files = await steadyFiles(`${folder}/fd`);
  const answer = once(child, 'message');
  child.send('held');
  const [{ heldBytes }] = (await answer) as [{ heldBytes: number }];
  const rssKB = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`${folder}/status`, 'utf8'))?.[1]);
  return {
    heldMB: Math.round(heldBytes / 2 ** 10 / 102.4) / 10,
    rssMB: Math.round(rssKB / 1024),
    files: files.length,
    sockets: files.filter((file) => file.startsWith('socket:')).length,
  };
}

/** The open files once their number has not changed for half a second; those of the last look after ten. */
async function steadyFiles(folder: string): Promise<string[]> {
  let files: string[] = [];
  let steady = 0;
  for (let look = 0; look < 100 && steady < 5; look += 1) {
    await pause(100);
    const now = readdirSync(folder).map((file) => linkOf(join(folder, file)));
    steady = now.length === files.length ? steady + 1 : 0;
    files = now;
  }
  return files;
}

/** What an open file is; it may have been closed meanwhile. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
