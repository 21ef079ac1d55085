import type { Instant } from '../../domain/values/days/calendar.js';
import type { Figures } from '../app/topout.js';
import type { Views } from '../app/views/views.js';

/** Counts of open alerts and of what still has to be delivered, from the views. */
export function pendingIn(views: Pick<Views, 'rows'>, now: Instant): Pick<Figures, 'alerts' | 'outbox'> {
  const open: Figures['alerts']['open'] = { blue: 0, yellow: 0, red: 0 };
  const ages: Instant[] = [];
  const bySeverity = `SELECT severity, count(*) AS count, min(raised_at) AS oldest FROM alert
    WHERE rank IS NOT NULL AND status = 'open' GROUP BY severity`;
  for (const { severity, count, oldest } of views.rows(bySeverity)) {
    open[severity as keyof typeof open] = Number(count);
    ages.push(String(oldest));
  }
  const pending = `SELECT count(*) AS count, count(failing_since) AS failing, min(recorded_at) AS oldest FROM outbox`;
  const [row] = views.rows(pending);
  const [count, failing] = [Number(row?.count ?? 0), Number(row?.failing ?? 0)];
  return {
    alerts: { open, oldestSeconds: secondsSince(ages, now) },
    outbox: {
      waiting: count - failing,
      failing,
      oldestSeconds: secondsSince(row?.oldest ? [String(row.oldest)] : [], now),
    },
  };
}

/** For how many seconds the earliest of some instants has passed; 0 without one. */
function secondsSince(instants: readonly Instant[], now: Instant): number {
  const [first] = [...instants].sort();
  return first === undefined ? 0 : Math.max(0, (Date.parse(now) - Date.parse(first)) / 1000);
}
