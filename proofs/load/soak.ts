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
/** Of the control: a fourth of what the service holds, kept by 64 KiB of each. */
const leakingRequests = 240;

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
 * Broken, the service keeps 64 KiB of every request; the control goes on with the service of the promise, from what it held
 * at the end, for another 240 requests.
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
    const walPath = join(dataPath, 'events.db-wal');
    return { service, walPath, held: undefined as Held | undefined, close };
  },
  async run({ seed, rounds, isBroken }, world): Promise<Finding> {
    const { service, walPath } = world;
    const load = { requests: 0, failed: 0, entries: 0, streams: 0 };
    const quarterMs = rounds * 1_000 * warmShare;
    // A control that is tried alone has no service of the promise.
    const isFirst = !isBroken || world.held === undefined;
    if (isFirst) await loaded(service, `${seed} first`, load, within(quarterMs));
    const before = isFirst ? await heldBy(service) : (world.held as Held);
    if (isBroken) service.child.send('leak');
    const end = load.requests + leakingRequests;
    const isOver = isBroken ? () => load.requests >= end : within(rounds * 1_000 - quarterMs);
    await loaded(service, `${seed} ${isBroken} second`, load, isOver);
    const after = await heldBy(service, before);
    world.held = after;
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

/** True once so many milliseconds have passed. */
function within(ms: number): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() >= end;
}

async function loaded(
  { at }: { at: string },
  seed: string,
  load: Load,
  isOver: () => boolean,
): Promise<void> {
  const each = Array.from({ length: clients }, (_, number) => client(at, `${seed} ${number}`, load, isOver));
  await Promise.all(each);
}

async function client(at: string, seed: string, load: Load, isOver: () => boolean): Promise<void> {
  const dice = diceOf(Number.parseInt(uuidOf(seed).slice(0, 8), 16));
  const site = new SiteClient(at, 1);
  const settle = (isWell: boolean) => {
    load.requests += 1;
    if (!isWell) load.failed += 1;
  };
  let repeated: (() => Promise<{ status: number } | undefined>) | undefined;
  for (let number = 0; !isOver(); number += 1) {
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

/**
 * What the service holds once its clients have gone: their connections are closed a moment later on its side.
 *
 * @param before what it held before they came: as few open files again are waited for no longer
 */
async function heldBy({ child }: ChildService, before?: Held): Promise<Held> {
  const folder = `/proc/${child.pid}`;
  const open = await steadyFiles(`${folder}/fd`, before);
  const answer = once(child, 'message');
  child.send('held');
  const [{ heldBytes }] = (await answer) as [{ heldBytes: number }];
  const rssKB = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`${folder}/status`, 'utf8'))?.[1]);
  return {
    heldMB: Math.round(heldBytes / 2 ** 10 / 102.4) / 10,
    rssMB: Math.round(rssKB / 1024),
    ...open,
  };
}

type Open = Pick<Held, 'files' | 'sockets'>;

/** The open files: once there are as few as before, within ten seconds; without a before, once they are as many for half a second. */
async function steadyFiles(folder: string, before?: Open): Promise<Open> {
  let open = openIn(folder);
  const isAgain = () => before !== undefined && open.files <= before.files && open.sockets <= before.sockets;
  let steady = 0;
  for (let look = 0; look < 100 && !isAgain() && (before || steady < 5); look += 1) {
    await pause(100);
    const now = openIn(folder);
    steady = now.files === open.files ? steady + 1 : 0;
    open = now;
  }
  return open;
}

function openIn(folder: string): Open {
  const files = readdirSync(folder).map((file) => linkOf(join(folder, file)));
  return { files: files.length, sockets: files.filter((file) => file.startsWith('socket:')).length };
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
