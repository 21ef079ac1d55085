import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';
import { type ChildService, launch, started } from '../service/child-service.js';
import { type Answered, SiteClient } from '../service/site-client.js';
import { factsIn } from '../store/facts-kept.js';
import { compileShim } from './shim.js';

// Few, so that the k-th flush comes after few facts also for a large k.
const inspectors = 6;
const projects = 24;
/** Time limit for the process to end after a failed flush, in milliseconds; generous for a busy machine. */
const endingMs = 30_000;
/** One in this many rounds fails a flush of the file itself, which happens at a checkpoint of the WAL. */
const checkpointEach = 25;

interface Sent {
  id: string;
  project: string;
  item: string;
  answer?: { revision: number; position: number };
}

const fresh = () => ({
  faults: 0,
  faultsAtStart: 0,
  acknowledged: 0,
  outcomeUnknown: 0,
  unnamed: 0,
  ackedAfterFault: 0,
  otherExitCodes: 0,
});
type Figures = ReturnType<typeof fresh>;

/**
 * After a failed flush nothing is answered 201 any more: waiting clients learn that the outcome is unknown, the process
 * ends with code 74, and after a restart the same ids are recorded once.
 *
 * In round k a shim makes the k-th flush of the store's files fail once, in every other round with the loss of the
 * unflushed data, while 6 inspectors log facts; the first rounds start with an empty folder, so that a flush fails
 * during the creation of the store.
 *
 * Broken, the store continues to write.
 */
export const fsyncfail: Proof = {
  rounds: { small: 4, full: 200 },
  async run({ seed, rounds: asked, isBroken }): Promise<Finding> {
    // A broken rule is detected immediately, and every round starts a service.
    const rounds = isBroken ? 1 : asked;
    const folder = mkdtempSync(fileURLToPath(new URL('../../fsyncfail-', import.meta.url)));
    const figures = fresh();
    const dice = diceOf(seed);
    try {
      const shim = compileShim('failing-flush', folder);
      if ('why' in shim) return { figures: { run: false, why: shim.why }, pass: 'not-run' };
      const trial = new FailingDisk(folder, shim.path, seed, isBroken, figures, dice);
      await trial.failAtStart(Math.min(6, Math.ceil(rounds / 4)));
      for (let round = 1; round <= rounds; round += 1) await trial.failAt(round);
      const { lost, duplicates, integrity } = await trial.found();
      const { outcomeUnknown, unnamed, ackedAfterFault, otherExitCodes } = figures;
      const isWhole = lost + duplicates + unnamed + ackedAfterFault + otherExitCodes === 0;
      return {
        figures: { compiler: shim.compiler, ...figures, lost, duplicates, integrity },
        pass:
          isWhole &&
          outcomeUnknown > 0 &&
          figures.faultsAtStart > 0 &&
          figures.faults >= rounds &&
          integrity === 'ok',
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** A service on a disk that fails one flush per process. */
class FailingDisk {
  private readonly dataPath: string;
  private readonly mark: string;
  private readonly sent: Sent[] = [];
  private unanswered: Sent[] = [];

  constructor(
    readonly folder: string,
    readonly shim: string,
    readonly seed: number,
    readonly isBroken: boolean,
    readonly figures: Figures,
    readonly dice: Dice,
  ) {
    this.dataPath = join(folder, 'data');
    this.mark = join(folder, 'failed');
  }

  /**
   * A flush fails during the creation of the store: the service ends with code 74, or recovers; either way it starts
   * the next time.
   */
  async failAtStart(count: number): Promise<void> {
    // The fourth is the first of the WAL, with the tables in it.
    for (const at of [4, 1, 5, 2, 3, 6].slice(0, count)) {
      const dataPath = join(this.folder, `empty-${at}`, 'data');
      mkdirSync(dataPath, { recursive: true });
      const service = this.launchFailing(dataPath, at);
      const hasStarted = (await service.url) !== undefined;
      const { code } = await (hasStarted ? service.kill() : service.ended);
      if (Number.isFinite(this.failedMs())) this.figures.faultsAtStart += 1;
      if (!hasStarted && code !== 74) this.figures.otherExitCodes += 1;
      await (await started(dataPath)).kill();
    }
  }

  /** The k-th flush fails while facts are logged. */
  async failAt(k: number): Promise<void> {
    if (k === 1) {
      const service = await started(this.dataPath);
      const client = new SiteClient(service.at);
      for (let number = 0; number < projects; number += 1)
        await client.register(`site-${number}`, uuidOf(`fsyncfail project ${this.seed} ${number}`));
      await client.close();
      await service.kill();
    }
    const isCheckpoint = k % checkpointEach === 0;
    const service = this.launchFailing(this.dataPath, isCheckpoint ? 1 : k, isCheckpoint);
    const url = await service.url;
    if (url === undefined) throw new Error(`The service did not start: ${(await service.ended).err}`);
    const client = new SiteClient(url, inspectors);
    let hasEnded = false;
    void service.ended.then(() => {
      hasEnded = true;
    });
    const queue = this.unanswered.splice(0);
    const inspector = async () => {
      while (!hasEnded && !(this.isBroken && this.failedMs() < Date.now() - 500)) {
        const fact = queue.shift() ?? this.next();
        const begunMs = Date.now();
        const answer = await this.send(client, fact);
        if (answer?.status === 201) {
          // Written before the flush returned, so the disk's time may be a little later than ours.
          if (begunMs > this.failedMs() + 20) this.figures.ackedAfterFault += 1;
        } else {
          this.unanswered.push(fact);
          this.note(answer, fact);
          await pause(20);
        }
      }
    };
    await Promise.all(Array.from({ length: inspectors }, inspector));
    this.unanswered.push(...queue);
    await this.end(service);
    await client.close();
    if (Number.isFinite(this.failedMs())) this.figures.faults += 1;
  }

  /** Resends unanswered facts on a working disk, and compares the stored facts with the answers. */
  async found(): Promise<{ lost: number; duplicates: number; integrity: string }> {
    const service = await started(this.dataPath);
    const client = new SiteClient(service.at, inspectors);
    for (const fact of this.unanswered) await this.send(client, fact);
    await client.close();
    await service.kill();
    const { events, integrity, seqDense, streamsWithGaps } = await factsIn(join(this.dataPath, 'events.db'));
    const places = new Map(events.map((event) => [event.id, event]));
    const answered = this.sent.filter(({ answer }) => answer);
    this.figures.acknowledged = answered.length;
    const facts = events.filter(({ type }) => type === 'MilestoneReached');
    const isWhole = seqDense && streamsWithGaps === 0;
    return {
      lost:
        this.sent.length -
        answered.filter(({ id, answer }) => places.get(id)?.position === answer?.position).length,
      duplicates: facts.length - new Set(facts.map(({ data }) => JSON.stringify(data))).size,
      integrity: isWhole ? integrity : 'there are gaps',
    };
  }

  private launchFailing(dataPath: string, at: number, isCheckpoint = false): ChildService {
    rmSync(this.mark, { force: true });
    return launch(dataPath, {
      before: this.isBroken ? ['crash/writes-on.js'] : [],
      env: {
        LD_PRELOAD: this.shim,
        FAIL_FOLDER: dataPath,
        FAIL_PREFIX: isCheckpoint ? 'events.db' : 'events.',
        ...(isCheckpoint ? { FAIL_EXACTLY: '1' } : {}),
        FAIL_AT: String(at),
        FAIL_MARK: this.mark,
        ...(this.dice.chance(50) ? { FAIL_LOSES: '1' } : {}),
      },
    });
  }

  /** When the flush failed; Infinity until then. */
  private failedMs(): number {
    return existsSync(this.mark) ? statSync(this.mark).birthtimeMs : Number.POSITIVE_INFINITY;
  }

  private next(): Sent {
    const number = this.sent.length;
    const project = `site-${number % projects}`;
    const fact = { id: uuidOf(`fsyncfail ${this.seed} ${number}`), project, item: `work-${number}` };
    this.sent.push(fact);
    return fact;
  }

  private async send(client: SiteClient, fact: Sent): Promise<Answered> {
    const { project, id, item } = fact;
    // Long enough for occasional checkpoints of the WAL.
    const note = 'x'.repeat(1_000);
    const answer = await client.log(project, id, {
      type: 'MilestoneReached',
      ...{ item, asOf: '2018-06-30', note },
    });
    if (answer?.status === 201) {
      const { revision, position } = answer.body;
      fact.answer = { revision: Number(revision), position: Number(position) };
    }
    return answer;
  }

  private note(answer: Answered, { id }: Sent): void {
    if (answer?.status !== 503 || answer.body.type !== '/problems/outcome-unknown') return;
    this.figures.outcomeUnknown += 1;
    if (!(answer.body.ids as string[]).includes(id)) this.figures.unnamed += 1;
  }

  /** Waits for the process to end by itself. */
  private async end(service: ChildService): Promise<void> {
    const ended = await Promise.race([service.ended, pause(this.isBroken ? 1 : endingMs)]);
    if (ended?.code !== 74) this.figures.otherExitCodes += 1;
    if (!ended) await service.kill();
  }
}
