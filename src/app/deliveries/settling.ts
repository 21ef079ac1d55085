import type { Waiting } from './outbox.js';

/**
 * The pending events that nobody needs because the alert ended before it had settled: raised, escalated or repeated,
 * and cleared within the settling time. The clearing is skipped only together with the raising: a possible
 * recipient of an alert gets its end.
 *
 * Decided by the times of recording, not of sending: a late delivery skips no more than a timely one.
 *
 * @param waiting the pending events of one subscription, oldest first
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
    // A recipient who was notified before it was muted must get its end.
    const isUnmuted = standing[0]?.type === 'AlertMuted';
    const brief = isUnmuted
      ? []
      : standing.filter(
          // An attempted event may have arrived.
          ({ attempts, recordedAt }) => attempts === 0 && endedAtMs - Date.parse(recordedAt) < settlingMs,
        );
    over.push(...brief);
    const isWhole = brief.length > 0 && brief.length === standing.length;
    if (isWhole && brief[0]?.type === 'AlertRaised' && row.attempts === 0) over.push(row);
    standing = [];
  }
  return over;
}

/** The earliest time to send an event recorded at another, in milliseconds; immediately after a clock was set back. */
export function settledAtMs(recordedAtMs: number, settlingMs: number, nowMs: number): number {
  return recordedAtMs > nowMs ? nowMs : recordedAtMs + settlingMs;
}
