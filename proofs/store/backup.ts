import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fillStore } from '../../bench/generate.js';
import { storePath } from '../../src/composition/folder/data-paths.js';
import { nextTurn, world } from '../../src/composition/world.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { verifySqliteFile } from '../../src/event-store/sqlite/verify.js';
import { restoreStore } from '../../src/maintenance/data-folder.js';
import { percentile } from '../load/sse-crowd.js';
import type { Finding, Proof } from '../proof.js';
import { askInside } from '../service/asked-inside.js';
import { started } from '../service/child-service.js';
import { Inspectors } from '../service/inspectors.js';
import { SiteClient } from '../service/site-client.js';
import { caughtUp, FreshFold } from '../views/fresh-fold.js';

const eventsEach = 100;

/** A backup made during writes. */
interface Made {
  file: string;
  /** The latest acknowledged position at its start. */
  acknowledged: number;
  begun: number;
  ended: number;
  stallMs: { p99: number; max: number };
}

const fresh = () => ({
  backups: 0,
  verified: 0,
  prefix: 0,
  viewsEqual: 0,
  missesAcknowledged: 0,
  leftoverWal: 0,
});

/**
 * A backup made while 64 inspectors write holds exactly a prefix of the log, including everything acknowledged before
 * its start; it is verified, it restores into an empty folder, and its views equal those of a rebuild. A restore
 * refuses a running store and overwrites nothing.
 *
 * A round is one backup. Broken, the file is copied as it is, without its WAL.
 */
export const backup: Proof = {
  rounds: { small: 2, full: 20 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const folder = mkdtempSync(fileURLToPath(new URL('../../backup-', import.meta.url)));
    const dataPath = join(folder, 'data');
    const before = rounds < 10 ? 5_000 : 100_000;
    const figures = fresh();
    const made: Made[] = [];
    const open = (path: string): SqliteStore => openSqliteStore(storePath(path), { ...world, nextTurn });
    const source = open(dataPath);
    await fillStore(source, { projects: before / eventsEach, eventsEach }).finally(() => source.close());
    const service = await started(dataPath, { before: ['service/inside.js'] });
    const client = new SiteClient(service.at, 64, 60_000);
    const inspectors = new Inspectors(client, `backup ${seed}`);
    let refused = 0;
    try {
      await inspectors.register();
      inspectors.work();
      for (let round = 0; round < rounds; round += 1) {
        await pause(200);
        const file = join(folder, 'backups', `${round}.topout`);
        const acknowledged = Math.max(0, ...inspectors.acknowledged.map(({ position }) => position ?? 0));
        const begun = performance.now();
        const reply = isBroken
          ? copiedAsItLies(dataPath, file)
          : await askInside(service, { do: 'backup', file });
        const stallMs = { p99: Number(reply.stallMsP99), max: Number(reply.stallMsMax) };
        made.push({ file, acknowledged, begun, ended: performance.now(), stallMs });
      }
      refused += await refusals(made[0]?.file ?? '', dataPath);
      await inspectors.stop();
      await service.kill('SIGTERM');
      const restoreMs: number[] = [];
      const log = open(dataPath);
      const fold = new FreshFold(log);
      const prefix = new Prefix(log.database);
      try {
        for (const { file, acknowledged } of made) {
          figures.backups += 1;
          const restored = join(folder, 'restored');
          rmSync(restored, { recursive: true, force: true });
          const begun = performance.now();
          const { problems, head } = await verifiedCopy(file, restored);
          restoreMs.push(performance.now() - begun);
          if (problems.length > 0) continue;
          figures.verified += 1;
          if (head < acknowledged) figures.missesAcknowledged += 1;
          const store = open(restored);
          if (new Prefix(store.database).upTo(head) === prefix.upTo(head)) figures.prefix += 1;
          const views = await caughtUp(restored, store, store.installation);
          await store.close();
          if (views?.position === head && views.digest === (await fold.at(head))) figures.viewsEqual += 1;
          figures.leftoverWal += leftover(dirname(file)) + leftover(restored);
          if (made.at(-1)?.file === file) refused += await refusals(file, restored);
        }
      } finally {
        fold.close();
        await log.close();
      }
      return {
        figures: { ...figures, refused, ...durations(inspectors, made, restoreMs) },
        pass: isKept(figures, refused, rounds),
      };
    } finally {
      await inspectors.stop();
      await service.kill();
      await client.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function isKept(figures: ReturnType<typeof fresh>, refused: number, rounds: number): boolean {
  const { backups, verified, prefix, viewsEqual, missesAcknowledged, leftoverWal } = figures;
  const isWhole = [backups, verified, prefix, viewsEqual].every((count) => count === rounds);
  return isWhole && missesAcknowledged + leftoverWal === 0 && refused === 2;
}

/** Durations; writes during a backup are compared with those between two backups. */
function durations({ acknowledged }: Inspectors, made: readonly Made[], restoreMs: readonly number[]) {
  const isWithin = (at: number) => made.some(({ begun, ended }) => at >= begun && at <= ended);
  const msOf = (isIn: boolean) => acknowledged.filter(({ at }) => isWithin(at) === isIn).map(({ ms }) => ms);
  const whole = (ms: number) => Math.round(ms * 10) / 10;
  const stalls = made.map(({ stallMs }) => stallMs);
  return {
    writes: acknowledged.length,
    writesMeanwhile: msOf(true).length,
    writeMsP99Meanwhile: whole(percentile(msOf(true), 0.99)),
    writeMsP99Otherwise: whole(percentile(msOf(false), 0.99)),
    writeStallMsP99: whole(
      percentile(
        stalls.map(({ p99 }) => p99),
        0.5,
      ),
    ),
    writeStallMsMax: whole(Math.max(...stalls.map(({ max }) => max))),
    backupSeconds: whole(
      percentile(
        made.map(({ begun, ended }) => ended - begun),
        0.5,
      ) / 1000,
    ),
    restoreSeconds: whole(percentile(restoreMs, 0.5) / 1000),
  };
}

/** Restores a backup into an empty folder and verifies the result. */
async function verifiedCopy(file: string, folder: string): Promise<{ problems: string[]; head: number }> {
  try {
    await restoreStore(file, folder, () => undefined);
    return await verifySqliteFile(storePath(folder), { nextTurn });
  } catch (error) {
    return { problems: [(error as Error).message], head: 0 };
  }
}

/** 1 if a restore into a folder with a store is refused and the store is unchanged. */
async function refusals(file: string, dataPath: string): Promise<number> {
  const isRefused = await restoreStore(file, dataPath, () => undefined).then(
    () => false,
    () => true,
  );
  return isRefused && existsSync(storePath(dataPath)) ? 1 : 0;
}

/** SQLite's files beside a finished file, and partial files of a copy. */
function leftover(folder: string): number {
  return readdirSync(folder).filter((name) => /-(wal|journal|shm)$|\.part$/.test(name)).length;
}

function copiedAsItLies(dataPath: string, file: string): Record<string, number> {
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(storePath(dataPath), file);
  return { stallMsP99: 0, stallMsMax: 0 };
}

/** A hash over the rows of a store, up to ascending positions. */
class Prefix {
  private readonly hash = createHash('sha256');
  private at = 0;

  constructor(private readonly database: DatabaseSync) {}

  upTo(head: number): string {
    const rows = this.database.prepare(
      `SELECT seq, name, rev, hex(id), hex(leaf), CAST(body AS TEXT) FROM events JOIN streams ON number = stream
       WHERE seq > ? AND seq <= ? ORDER BY seq`,
    );
    rows.setReturnArrays(true);
    for (const row of rows.iterate(this.at, head)) this.hash.update(`${JSON.stringify(row)}\n`);
    this.at = head;
    return this.hash.copy().digest('hex');
  }
}
