import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Words } from '../../domain/values/words.js';
import type { OnProgress } from '../app/views/make-views.js';
import { storePath } from '../composition/folder/data-paths.js';
import { openToRead } from '../event-store/sqlite/file.js';
import { backupStore, diagnose, rebuildViews, restoreStore } from './data-folder.js';

/** One step of a drill, and how long it took. */
interface DrillStep {
  step: 'backup' | 'restore' | 'verify' | 'rebuild' | 'compare';
  seconds: number;
}

/** What a drill found: that the restored log is the log, and the time that each step would take in earnest. */
export interface Drill {
  events: number;
  head: number;
  /** Of the backup. */
  bytes: number;
  steps: DrillStep[];
  /** The first position at which the restored log differs; null if it is the same to its end. */
  differsFrom: number | null;
  /** What the verification of the restored folder found. */
  problems: Words[];
}

/**
 * Backs up a data folder, restores the backup into another one, verifies that, rebuilds its views and compares it with the
 * original event by event; the copy is removed.
 *
 * @param place where the copy is made; beside the data folder when absent
 */
export async function drillOf(
  dataPath: string,
  place: string | undefined,
  elapsedMs: () => number,
  onProgress: OnProgress,
): Promise<Drill> {
  const folder = mkdtempSync(join(place ?? dirname(resolve(dataPath)), '.topout-drill-'));
  const [file, restored] = [join(folder, 'backup.topout'), join(folder, 'data')];
  const steps: DrillStep[] = [];
  const timed = async <Result>(step: DrillStep['step'], work: () => Promise<Result>): Promise<Result> => {
    const beganMs = elapsedMs();
    const result = await work();
    steps.push({ step, seconds: Math.round((elapsedMs() - beganMs) / 10) / 100 });
    return result;
  };
  try {
    const { events, head } = await timed('backup', () => backupStore(dataPath, file, onProgress));
    await timed('restore', () => restoreStore(file, restored, onProgress));
    const { store } = await timed('verify', () => diagnose(restored, onProgress));
    await timed('rebuild', () => rebuildViews(restored, onProgress));
    const differsFrom = await timed('compare', async () => firstDifference(dataPath, restored));
    const { size: bytes } = statSync(file);
    return { events, head, bytes, steps, differsFrom, problems: store.faults.map(({ words }) => words) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first position whose hash differs, or that only one of two stores has; null if there is none. */
function firstDifference(dataPath: string, restored: string): number | null {
  const [before, after] = [openToRead(storePath(dataPath)), openToRead(storePath(restored))];
  try {
    const leaves = 'SELECT seq, hex(leaf) AS leaf FROM events ORDER BY seq';
    const others = after.prepare(leaves).iterate();
    for (const { seq, leaf } of before.prepare(leaves).iterate()) {
      const other = others.next().value;
      if (other?.seq !== seq || other?.leaf !== leaf) return Number(seq);
    }
    const more = others.next().value;
    return more ? Number(more.seq) : null;
  } finally {
    before.close();
    after.close();
  }
}
