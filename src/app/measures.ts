import { Counter, Histogram, Registry } from 'prom-client';
import type { NewEvent } from '../event-store/event-store.js';
import { refusalOf } from './refusals.js';

/** In seconds: an append or an answer usually takes milliseconds, and no append may take more than 5 s. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** A commit holds at most 2,048 events, unless one request has more. */
const events = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048];

/** Statuses that say who may do what, and how often. */
const ofAccess: ReadonlySet<number> = new Set([401, 403, 429]);

/** What a service measures while it works; `/metrics` prints it. A measurement costs about a microsecond. */
export class Measures {
  readonly registry = new Registry();

  private readonly appendSeconds = new Histogram({
    name: 'topout_append_duration_seconds',
    help: 'From the request of an append until it was durable or refused.',
    buckets: seconds,
    registers: [this.registry],
  });

  private readonly appends = new Counter({
    name: 'topout_appends_total',
    help: 'Appends of this process by their outcome: stored, or why not.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  private readonly recorded = new Counter({
    name: 'topout_events_recorded_total',
    help: 'Events that this process recorded, by their type.',
    labelNames: ['type'],
    registers: [this.registry],
  });

  private readonly notices = new Counter({
    name: 'topout_notices_total',
    help: 'Attempts of this process to deliver a notice: sent, retry (it is tried again), or why it ended.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  private readonly commitEvents = new Histogram({
    name: 'topout_commit_events',
    help: 'Events that shared one commit of the embedded store.',
    buckets: events,
    registers: [this.registry],
  });

  private readonly requests = new Counter({
    name: 'topout_http_requests_total',
    help: 'Answered requests, by route as a template; "-" is no route.',
    labelNames: ['method', 'route', 'status'],
    registers: [this.registry],
  });

  private readonly refusals = new Counter({
    name: 'topout_http_refusals_total',
    help: 'Requests refused for who sent them (401), what they may do (403) or how many they were (429), by route and problem.',
    labelNames: ['route', 'status', 'reason'],
    registers: [this.registry],
  });

  private readonly requestSeconds = new Histogram({
    name: 'topout_http_request_duration_seconds',
    help: 'From the head of a request until its answer was sent, without streams.',
    labelNames: ['route'],
    buckets: seconds,
    registers: [this.registry],
  });

  /** An append was stored. */
  stored(stored: readonly NewEvent[], tookMs: number): void {
    this.appendSeconds.observe(tookMs / 1000);
    this.appends.inc({ outcome: 'stored' });
    for (const { type, data } of stored) {
      this.recorded.inc({ type });
      if (type === 'NoticeSent') this.notices.inc({ outcome: 'sent' });
      if (type === 'NoticeFailed') this.notices.inc({ outcome: (data as { outcome: string }).outcome });
    }
  }

  /** An append was refused, or its outcome is unknown. */
  refused(error: unknown, tookMs: number): void {
    this.appendSeconds.observe(tookMs / 1000);
    this.appends.inc({ outcome: refusalOf(error)?.reason ?? 'failed' });
  }

  /** The embedded store committed some events together. */
  committed(count: number): void {
    this.commitEvents.observe(count);
  }

  /** A request was answered. @param tookMs absent for a stream, which lasts as long as its reader stays */
  answered(
    request: { method: string; route: string; status: number; refusal?: string | undefined },
    tookMs?: number,
  ): void {
    const { method, route, status, refusal } = request;
    this.requests.inc({ method, route, status });
    if (refusal !== undefined && ofAccess.has(status)) this.refusals.inc({ route, status, reason: refusal });
    if (tookMs !== undefined) this.requestSeconds.observe({ route }, tookMs / 1000);
  }
}
