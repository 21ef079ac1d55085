import { omitUndefined } from '../../domain/values/omit-undefined.js';
import type { PortfolioRows } from '../app/portfolio/portfolio-rows.js';
import type { World } from '../app/ports.js';
import type { Health } from '../app/topout.js';
import type { Views } from '../app/views/views.js';
import type { EventStore } from '../event-store/event-store.js';

/** The state of the store, the views and the service as the health routes answer it. */
export function healthOf(
  store: EventStore,
  views: Views,
  lines: PortfolioRows,
  ports: World,
  held: ReadonlySet<{ reason: string }>,
): Health {
  const { state, head, why, inStepAt, notWriting, spoilt } = store.status();
  return {
    store: {
      state,
      head,
      ...(why === undefined ? {} : { why }),
      ...(inStepAt === undefined ? {} : { inStepAt }),
      ...(notWriting ? { notWriting } : {}),
      ...(spoilt.length > 0 ? { spoilt } : {}),
    },
    views: [
      ...views
        .states()
        .map((view) => omitUndefined({ ...view, state: views.state, progress: views.progress })),
      { ...lines.status, ...(views.state === 'live' ? {} : { state: views.state }) },
    ].map((view) => ({ ...view, lag: Math.max(0, head - view.position) })),
    ...ageOf(store, views, ports),
    ...parkedIn(views, lines),
    ...(held.size > 0 ? { heldBack: [...held].map(({ reason }) => reason) } : {}),
    isReadable: views.isMade,
    isReady: state === 'up' && (views.state === 'live' || views.state === 'rebuilding') && held.size === 0,
  };
}

/** Every project that a view has parked. */
export function parkedIn(views: Views, lines: PortfolioRows): Pick<Health, 'parked'> {
  const parked = [...views.parked, ...lines.parked];
  return parked.length > 0 ? { parked } : {};
}

/** A followed cluster confirms it every 10 s; older data than this are stale, in milliseconds. */
const freshMs = 20_000;

/** Followed views process entries within moments; more lag than this is stale, in milliseconds. */
const lateMs = 1_000;

/** How long the views may have missed entries; undefined while they are up to date. */
export function ageOf(store: EventStore, views: Views, { now }: World): { ageSeconds?: number } {
  const nowMs = Date.parse(now());
  const since = (instant: string) => Math.max(1, nowMs - Date.parse(instant));
  const { state, inStepAt } = store.status();
  const ofViews = views.behindSince === undefined ? 0 : since(views.behindSince);
  const ofStore = inStepAt === undefined ? 0 : since(inStepAt);
  const isFresh = state === 'up' && ofStore <= freshMs;
  const late = views.lateSince === undefined ? 0 : since(views.lateSince);
  const ageMs = Math.max(ofViews, isFresh ? 0 : ofStore, late >= lateMs ? late : 0);
  return ageMs > 0 ? { ageSeconds: Math.ceil(ageMs / 1000) } : {};
}
