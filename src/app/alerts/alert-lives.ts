import { type AlertLife, applyToLife, emptyLife } from '../../../domain/alerts/alert.js';
import type { AlertEvent } from '../../../domain/alerts/events.js';
import { alertsStreamOf, projectOfAlerts } from '../../../domain/alerts/events.js';
import { type AnyRecordedEvent, isOfAlerts } from '../../../domain/log/any-event.js';
import { usualCacheLimits } from '../cache-limits.js';
import { KeptProjects } from '../commands/kept-projects.js';
import type { Views } from '../views/views.js';

/** Maximum number of projects known to have no alerts. */
const withoutKept = 200_000;

/** The alerts of projects as the log has them, own events immediately and those of others as they arrive. */
export class AlertLives {
  private readonly kept: KeptProjects<AlertLife>;
  /** Projects without any alert so far. */
  private readonly without = new Set<string>();

  /** @param eventsKept how many events of alerts are cached; they are large, as they have their evidence in two languages */
  constructor(
    private readonly views: Pick<Views, 'stream' | 'position'>,
    eventsKept = usualCacheLimits.alertEvents,
  ) {
    this.kept = new KeptProjects(eventsKept);
  }

  of(project: string): AlertLife {
    return this.kept.get(project) ?? (this.without.has(project) ? emptyLife(project) : this.folded(project));
  }

  /** The alerts of a project as known at a position, folded from the log. */
  at(project: string, position: number): AlertLife {
    const events = this.views.stream(alertsStreamOf(project), position).filter(isOfAlerts);
    return events.reduce(applyToLife, emptyLife(project));
  }

  /** The alerts of a project right before an event of them. */
  before(project: string, { revision, position }: AlertEvent): AlertLife {
    const kept = this.kept.get(project);
    if (kept?.revision === revision - 1) return kept;
    return revision === 0 ? emptyLife(project) : this.at(project, position - 1);
  }

  /** Caches the current alerts of a project. */
  keep(life: AlertLife): void {
    this.without.delete(life.project);
    this.kept.keep(life.project, life);
  }

  /** Adds an event; false for one that was there already. */
  follow(event: AlertEvent): boolean {
    const project = projectOfAlerts(event);
    const life = this.kept.get(project);
    this.without.delete(project);
    if (life && event.revision <= life.revision) return false;
    if (life?.revision === event.revision - 1) this.kept.keep(project, applyToLife(life, event));
    else this.kept.forget(project);
    return true;
  }

  /** The state after events that were just appended. */
  after(life: AlertLife, events: readonly AnyRecordedEvent[]): AlertLife {
    const next = events.filter(isOfAlerts).reduce(applyToLife, life);
    this.keep(next);
    return next;
  }

  forget(project: string): void {
    this.without.delete(project);
    this.kept.forget(project);
  }

  forgetAll(): void {
    this.without.clear();
    this.kept.forgetAll();
  }

  private folded(project: string): AlertLife {
    const life = this.at(project, this.views.position);
    if (life.revision >= 0) this.kept.keep(project, life);
    else this.noteWithout(project);
    return life;
  }

  private noteWithout(project: string): void {
    if (this.without.size >= withoutKept) this.without.clear();
    this.without.add(project);
  }
}
