import { type Observable, Subject } from 'rxjs';
import { type AlertLife, applyToLife, emptyLife } from '../../../domain/alerts/alert.js';
import type { AlertEvent } from '../../../domain/alerts/events.js';
import { alertsStreamOf, projectOfAlerts } from '../../../domain/alerts/events.js';
import { isOfAlerts } from '../../../domain/log/any-event.js';
import type { Views } from '../views/views.js';
import type { AlertLives } from './alert-lives.js';
import type { AlertFilter, AlertHappening, AlertNews } from './alerts.js';
import { fits } from './order.js';

/** Alert events read per page. */
const batch = 500;

const unheardSql = `SELECT position, project FROM alert_event WHERE position > ? AND position <= ?
  GROUP BY position ORDER BY position LIMIT ?`;
const askedSql = `SELECT position, project FROM alert_event WHERE position > ? AND position <= ?
  AND type NOT IN ('NoticeSent', 'NoticeFailed') AND coalesce(?, project) = project
  GROUP BY position ORDER BY position LIMIT ?`;

/** Alert events, each with the alert right after it; follows the views, and reads the past on request. */
export class Happenings {
  private readonly news = new Subject<AlertNews>();
  private heard: number;

  constructor(
    private readonly views: Views,
    private readonly lives: AlertLives,
  ) {
    this.heard = views.position;
    views.events$.subscribe((events) => this.hear(events.filter(isOfAlerts)));
    views.swaps$.subscribe(() => this.catchUp());
  }

  /** The position up to which followers were notified. */
  position(): number {
    return this.heard;
  }

  /** What happens from the subscription on. */
  get news$(): Observable<AlertNews> {
    return this.news;
  }

  /** Events after a position (exclusive) and up to another, without notices, oldest first, at most `limit`. */
  between(after: number, upTo: number, filter: AlertFilter, limit: number): AlertHappening[] {
    const found: AlertHappening[] = [];
    for (let from = after; from < upTo && found.length < limit; ) {
      const rows = this.views.rows(askedSql, from, upTo, filter.project ?? null, batch);
      const last = Number(rows.at(-1)?.position ?? upTo);
      const projects = new Set(rows.map(({ project }) => String(project)));
      found.push(
        ...[...projects]
          .flatMap((project) => this.ofProject(project, from, last))
          .filter(({ alert }) => fits(alert, filter))
          .sort((a, b) => a.event.position - b.event.position),
      );
      from = rows.length < batch ? upTo : last;
    }
    return found.slice(0, limit);
  }

  private ofProject(project: string, after: number, upTo: number): AlertHappening[] {
    const found: AlertHappening[] = [];
    let life = emptyLife(project);
    for (const event of this.views.stream(alertsStreamOf(project), upTo).filter(isOfAlerts)) {
      life = applyToLife(life, event);
      if (event.position > after) found.push(...happening(event, life));
    }
    return found;
  }

  /** Notifies followers of the events that were just added to the views. */
  private hear(events: readonly AlertEvent[]): void {
    const news = events.filter(({ position }) => position > this.heard);
    this.heard = Math.max(this.heard, this.views.position);
    this.news.next({ happenings: this.taken(news), position: this.heard });
  }

  /** Notifies followers of all unsent events in the views, whichever way they were added. */
  private catchUp(): void {
    for (const upTo = this.views.position; this.heard < upTo; ) {
      const rows = this.views.rows(unheardSql, this.heard, upTo, batch);
      const last = rows.length < batch ? upTo : Number(rows.at(-1)?.position);
      const projects = new Set(rows.map(({ project }) => String(project)));
      const news = [...projects].flatMap((project) =>
        this.views
          .stream(alertsStreamOf(project), last)
          .filter(isOfAlerts)
          .filter(({ position }) => position > this.heard),
      );
      this.heard = last;
      this.news.next({ happenings: this.taken(news), position: this.heard });
    }
  }

  /** Adds events to the states of their alerts; returns the resulting events in log order. */
  private taken(events: readonly AlertEvent[]): AlertHappening[] {
    const byProject = Map.groupBy(events, projectOfAlerts);
    return [...byProject]
      .flatMap(([project, its]) => this.takenBy(project, its))
      .sort((a, b) => a.event.position - b.event.position);
  }

  private takenBy(project: string, events: readonly AlertEvent[]): AlertHappening[] {
    const found: AlertHappening[] = [];
    try {
      let life = this.lives.before(project, events[0] as AlertEvent);
      for (const event of events) {
        life = applyToLife(life, event);
        found.push(...happening(event, life));
      }
      this.lives.keep(life);
    } catch {
      // A query for this project's alerts gets the error; other projects continue.
      this.lives.forget(project);
      return [];
    }
    return found;
  }
}

function happening(event: AlertEvent, life: AlertLife): AlertHappening[] {
  if (event.type === 'NoticeSent' || event.type === 'NoticeFailed') return [];
  const id = event.data.alert;
  const alert = life.alerts.find((known) => known.alert === id);
  return alert ? [{ event, alert }] : [];
}
