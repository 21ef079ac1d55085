import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { StoreCorrupt } from '../../src/event-store/errors.js';
import { uuidOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';
import { started } from '../service/child-service.js';
import { Inspectors } from '../service/inspectors.js';
import { type Polls, polled, StreamHeard } from '../service/readers.js';
import { SiteClient } from '../service/site-client.js';
import { factsIn } from '../store/facts-kept.js';
import { alertIn, filledByItself, filledByOthers, longestFile, type Shortage, until } from './shortages.js';
import { limitFiles, SmallDisk } from './small-disk.js';

const fresh = () => ({
  writesAcknowledged: 0,
  writesRefused: 0,
  /** Refusals without 507, its problem, or a Retry-After. */
  otherRefusals: 0,
  unanswered: 0,
  reads: 0,
  readsFailed: 0,
  streamsEnded: 0,
  lostAcknowledged: 0,
  refusedButStored: 0,
  ended: 0,
  notRecovered: 0,
  alertsAsked: 0,
  alertsRecordedWhileFull: 0,
  alertsAnswered: 0,
  rulesAsked: 0,
  rulesAdoptedWhileFull: 0,
  damaged: 0,
});
type Figures = ReturnType<typeof fresh>;

/**
 * On a full disk writes are refused with 507 and nothing of them is stored, reads and streams continue, alerts are
 * still recorded, and writing resumes by itself once there is room.
 *
 * A round is three shortages, as far as this account can cause them: a disk that others fill up to the reserve, and
 * then completely; a disk that the service fills itself; and a file size limit (`ulimit -f`).
 *
 * Broken, the store treats each commit as successful.
 */
export const diskfull: Proof = {
  rounds: { small: 1, full: 10 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const figures = fresh();
    const recoveredMs: number[] = [];
    const ran = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const folder = mkdtempSync(fileURLToPath(new URL('../../diskfull-', import.meta.url)));
      const of = (name: string) => ({ name: `${name} ${seed} ${round}`, isBroken, figures, recoveredMs });
      const disk = SmallDisk.mount(join(folder, 'disk'), 24);
      try {
        if (disk) {
          if (!isBroken) await tried(join(disk.path, 'guarded', 'data'), filledByOthers(disk), of('others'));
          disk.enlarge(24);
          for (const name of ['guarded', 'own'])
            rmSync(join(disk.path, name), { recursive: true, force: true });
          await tried(join(disk.path, 'own', 'data'), filledByItself(disk), of('itself'));
          ran.add('tmpfs');
        }
        if (limitFiles(process.pid, 'unlimited')) {
          await tried(join(folder, 'data'), longestFile, of('longest'));
          ran.add('ulimit -f');
        }
      } finally {
        disk?.unmount();
        rmSync(folder, { recursive: true, force: true });
      }
    }
    if (ran.size === 0)
      return { figures: { run: 'not run: needs the right to mount, or prlimit' }, pass: 'not-run' };
    const { reads, readsFailed } = figures;
    const readsServed = reads === 0 ? 0 : (reads - readsFailed) / reads;
    const isRecovered = figures.notRecovered + figures.ended === 0;
    return {
      figures: {
        ran: [...ran].join(', '),
        ...figures,
        readsServed,
        recoveredWithoutRestart: isRecovered,
        recoveredMsMax: Math.round(Math.max(0, ...recoveredMs)),
      },
      pass:
        isRecovered &&
        figures.writesRefused > 0 &&
        readsServed === 1 &&
        figures.alertsRecordedWhileFull === figures.alertsAsked &&
        figures.alertsAnswered === figures.alertsAsked &&
        figures.rulesAdoptedWhileFull === figures.rulesAsked &&
        figures.otherRefusals + figures.unanswered + figures.streamsEnded + figures.damaged === 0 &&
        figures.lostAcknowledged + figures.refusedButStored === 0,
    };
  },
};

async function tried(
  dataPath: string,
  shortage: Shortage,
  of: { name: string; isBroken: boolean; figures: Figures; recoveredMs: number[] },
): Promise<void> {
  const { figures, name, isBroken, recoveredMs } = of;
  const service = await started(dataPath, {
    env: { TOPOUT_KEEP_FREE: shortage.keepFree },
    before: isBroken ? ['crash/blind-to-full.js'] : [],
  });
  const client = new SiteClient(service.at, 64, 60_000);
  const inspectors = new Inspectors(client, `diskfull ${name}`);
  let polls: Polls | undefined;
  let stream: StreamHeard | undefined;
  try {
    await inspectors.register();
    await stall(client, name);
    stream = await StreamHeard.open(service.at);
    polls = polled(client, [
      '/projects/site-0',
      '/portfolio',
      '/alerts',
      '/projects/site-1/journal?limit=20',
    ]);
    inspectors.work();
    await shortage.takeAway(service, dataPath);
    const { length } = inspectors.sendings;
    // A store blind to a full disk refuses nothing: then it must have lost some acknowledged writes.
    const isShort = isBroken
      ? () => inspectors.sendings.length > length + 1_000
      : () => inspectors.sendings.some(({ status }) => status === 507);
    await until(isShort, 20_000);
    const answersAsked = (await shortage.meanwhile?.({ url: service.at, client, figures })) ?? 0;
    await pause(500);
    const backAt = performance.now();
    shortage.giveBack(service);
    const after = () => inspectors.sendings.findLast(({ status }) => status === 201)?.at ?? 0;
    if (await until(() => after() > backAt, 20_000)) recoveredMs.push(after() - backAt);
    else figures.notRecovered += 1;
    await pause(300);
    await inspectors.stop();
    // The views may have stalled, and are retried every 5 s.
    const isReady = async () => (await client.get('/health/ready'))?.status === 200;
    if (!(isBroken || (await until(isReady, 20_000)))) figures.notRecovered += 1;
    await until(() => answersIn(stream) === answersAsked, 10_000);
  } finally {
    await inspectors.stop();
    const { asked, failed } = (await polls?.stop()) ?? { asked: 0, failed: 0 };
    figures.reads += asked;
    figures.readsFailed += failed;
    if (stream?.isEnded) figures.streamsEnded += 1;
    figures.alertsAnswered += answersIn(stream);
    stream?.leave();
    if (service.child.exitCode !== null) figures.ended += 1;
    await client.close();
    await service.kill('SIGTERM');
  }
  await checkStore(join(dataPath, 'events.db'), inspectors, figures);
}

/** Declares a stall and waits for its alert, which people then answer. */
async function stall(client: SiteClient, name: string): Promise<void> {
  const said = {
    stall: 'june',
    cause: 'financing',
    blocks: ['works'],
    from: '2018-06-01',
    asOf: '2018-06-01',
  };
  const answer = await client.log('site-0', uuidOf(`stall ${name}`), { type: 'StallDeclared', ...said });
  if (answer?.status !== 201) throw new Error(`No stall was declared: ${JSON.stringify(answer)}`);
  if (!(await until(async () => (await alertIn(client)) !== undefined, 10_000)))
    throw new Error('No alert was raised for a stall.');
}

const answersIn = (stream: StreamHeard | undefined): number =>
  stream?.heard.filter((type) => type === 'AlertAcknowledged').length ?? 0;

async function checkStore(path: string, { sendings }: Inspectors, figures: Figures): Promise<void> {
  const kept = await factsIn(path).catch((error: unknown) => {
    if (error instanceof StoreCorrupt) return undefined;
    throw error;
  });
  if (!kept) {
    figures.damaged += 1;
    return;
  }
  const { events, integrity, seqDense, streamsWithGaps } = kept;
  const places = new Map(events.map(({ id, position }) => [id, position]));
  for (const { id, status, problem, position } of sendings) {
    if (status === 201) {
      figures.writesAcknowledged += 1;
      if (places.get(id) !== position) figures.lostAcknowledged += 1;
      continue;
    }
    // Stored or not, it was not acknowledged.
    if (status === undefined) {
      figures.unanswered += 1;
      continue;
    }
    figures.writesRefused += 1;
    if (status !== 507 || problem !== 'store-full') figures.otherRefusals += 1;
    if (places.has(id)) figures.refusedButStored += 1;
  }
  if (integrity !== 'ok' || !seqDense || streamsWithGaps > 0) figures.damaged += 1;
}
