import type { RecordedEvent } from '../../../../domain/project/events.js';
import type { Steps } from '../../../../projections/facts/steps.js';
import type { Views } from '../../views/views.js';

/** Entries of projects that come next, read together. */
export class ReadAhead {
  private entries = new Map<string, RecordedEvent[]>();
  private upTo = 0;

  constructor(private readonly views: Views) {}

  /** Reads what fits into a page of projects without rows. */
  read(projects: readonly string[]): void {
    this.upTo = this.views.position;
    try {
      this.entries = projects.length > 1 ? this.views.wholeProjects(projects, this.upTo) : new Map();
    } catch {
      // Each project is then read by itself, and those that are damaged meet their error.
      this.entries = new Map();
    }
  }

  /** The entries of a project from a revision up to a position (inclusive), oldest first. */
  *take(project: string, upTo: number, from: number): Steps<RecordedEvent[]> {
    const known = from === 0 ? this.entries.get(project) : undefined;
    this.entries.delete(project);
    if (!known) return yield* this.views.entriesInSteps(project, upTo, from);
    if (upTo === this.upTo) return known;
    return [...known, ...(yield* this.views.entriesInSteps(project, upTo, known.length))];
  }
}
