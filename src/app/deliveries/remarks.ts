import type { AlertEvent } from '../../../domain/alerts/events.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { dayIn, type Instant } from '../../../domain/values/days/calendar.js';
import type { Words } from '../../../domain/values/words.js';
import type { Waiting } from './outbox.js';

/**
 * A remark that a silence of an alert has ended, once: in the first notice after it to a subscription.
 *
 * @param events all events of the alert, oldest first
 * @param rows the alert's events in the notice
 * @param acceptedBefore ids of its events that the receiver accepted; requested only if a silence has ended
 */
export function endedSilenceRemark(
  events: readonly AlertEvent[],
  rows: readonly Waiting[],
  acceptedBefore: () => ReadonlySet<string>,
): Words | undefined {
  const told = new Set(rows.map(({ event }) => event));
  const first = events.find(({ id }) => told.has(id));
  if (!first || first.type === 'AlertCleared') return undefined;
  const before = events.filter(({ position }) => position < first.position);
  const silence = before.findLast((event) => event.type === 'AlertSilenced');
  if (silence?.type !== 'AlertSilenced' || silence.data.until >= first.entry.asOf) return undefined;
  const accepted = acceptedBefore();
  const { until, reason } = silence.data;
  const isSaid = before.some(({ id, position }) => position > silence.position && accepted.has(id));
  if (isSaid) return undefined;
  return {
    en: `The silence of this alert ended on ${dayWords(until).en}; its reason was: ${reason}`,
    zh: `该预警的暂缓提醒已于 ${dayWords(until).zh}结束，原因：${reason}`,
  };
}

/** A remark that alerts explained by a declared stall are now independent. */
export function unmutedRemark(count: number): Words {
  const alerts = count === 1 ? '1 alert was' : `${count} alerts were`;
  const stay = count === 1 ? 'it is' : 'they are';
  return {
    en: `${alerts} muted by a declared stall that has ended, and ${stay} still open.`,
    zh: `${count} 条预警此前因已申报的停工而未单独通知；现已复工，这些预警仍然成立。`,
  };
}

/** A remark that earlier notices never arrived. */
export function givenUpRemark(count: number, since: Instant, timeZone: string): Words {
  const on = dayWords(dayIn(timeZone, since));
  const notices = count === 1 ? '1 earlier notice was' : `${count} earlier notices were`;
  return {
    en: `${notices} given up since ${on.en} because they could not be delivered; see the list of alerts.`,
    zh: `自 ${on.zh}起有 ${count} 条通知未能送达，已放弃；请查看预警列表。`,
  };
}
