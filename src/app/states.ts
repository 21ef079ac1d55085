import { applyToProject, foldProject, type ProjectState } from '../../projections/project.js';
import type { RecordedEvent } from '../domain/events.js';
import { projectOf } from '../domain/events.js';
import type { Views } from './views.js';

/** A project folded up to its last entry that the views hold. */
interface Folded {
  state: ProjectState;
  revision: number;
  position: number;
}

/** Entries of folded projects kept in memory, in all; the project used longest ago leaves first. */
const entriesKept = 200_000;

/** Folded projects: the present ones are kept and follow the log, those of an earlier `knownAt` are folded anew. */
export class States {
  private readonly kept = new Map<string, Folded>();
  private entries = 0;

  constructor(private readonly views: Views) {
    views.onEvents((events) => {
      for (const event of events) this.follow(event);
    });
  }

  /** A project as it was known at a position, or undefined when it was not. */
  at(project: string, position: number): Folded | undefined {
    const kept = this.kept.get(project);
    if (kept && kept.position <= position) {
      this.keep(project, kept);
      return kept;
    }
    const folded = foldedFrom(this.views.entries(project, position));
    if (folded && position >= this.views.position) this.keep(project, folded);
    return folded;
  }

  private follow(event: RecordedEvent): void {
    const project = projectOf(event.stream);
    const kept = this.kept.get(project);
    if (!kept || event.position <= kept.position) return;
    const state = applyToProject(kept.state, event);
    this.keep(project, { state, revision: event.revision, position: event.position });
  }

  private keep(project: string, folded: Folded): void {
    this.entries += folded.revision - (this.kept.get(project)?.revision ?? -1);
    this.kept.delete(project);
    this.kept.set(project, folded);
    for (const [oldest, { revision }] of this.kept) {
      if (this.entries <= entriesKept || oldest === project) return;
      this.kept.delete(oldest);
      this.entries -= revision + 1;
    }
  }
}

function foldedFrom(events: readonly RecordedEvent[]): Folded | undefined {
  const last = events.at(-1);
  return last && { state: foldProject(events), revision: last.revision, position: last.position };
}
