import type { Waiting } from './outbox.js';

/**
 * What nobody needs to hear because it was over before it had settled: what was raised, became more serious or was
 * repeated, and cleared within the settling time. That it was cleared is left out only with the raising itself: who may have
 * been told of an alert hears of its end.
 *
 * Judged by when things were recorded, not by when they are told: a delivery that is late leaves out no more than one in time.
 *
 * @param waiting what waits for one subscription, oldest first
 */
export function overBefore(waiting: readonly Waiting[], settlingMs: number): Waiting[] {
  if (settlingMs <= 0) return [];
  const alerts = Map.groupBy(waiting, ({ alert }) => alert);
  const over = [...alerts.values()].flatMap((rows) => overOf(rows, settlingMs));
  return over.sort((a, b) => a.position - b.position);
}

function overOf(rows: readonly Waiting[], settlingMs: number): Waiting[] {
  const over: Waiting[] = [];
  let standing: Waiting[] = [];
  for (const row of rows) {
    if (row.type !== 'AlertCleared') {
      standing.push(row);
      continue;
    }
    const endedAtMs = Date.parse(row.recordedAt);
    // Who was told of it before it was muted is to hear how it ended.
    const isUnmuted = standing[0]?.type === 'AlertMuted';
    const brief = isUnmuted
      ? []
      : standing.filter(
          // What was tried may have arrived.
          ({ attempts, recordedAt }) => attempts === 0 && endedAtMs - Date.parse(recordedAt) < settlingMs,
        );
    over.push(...brief);
    const isWhole = brief.length > 0 && brief.length === standing.length;
    if (isWhole && brief[0]?.type === 'AlertRaised' && row.attempts === 0) over.push(row);
    standing = [];
  }
  return over;
}

/** Not before this instant, in milliseconds, is something told that was recorded at another; at once after a clock was set back. */
export function settledAtMs(recordedAtMs: number, settlingMs: number, nowMs: number): number {
  return recordedAtMs > nowMs ? nowMs : recordedAtMs + settlingMs;
}
