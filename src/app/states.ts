import { alertsAt } from '../../projections/alerts/alerts-at.js';
import {
  applyToProject,
  existsOn,
  foldProject,
  type ProjectRow,
  type ProjectState,
  projectAt,
  rowOf,
} from '../../projections/project.js';
import { ofProjects } from '../domain/any-event.js';
import type { Day } from '../domain/calendar.js';
import { projectOf, type RecordedEvent } from '../domain/events.js';
import type { AdoptedRules } from '../domain/rules.js';
import type { Moment } from './asked.js';
import { KeptProjects } from './kept-projects.js';
import type { Views } from './views.js';

/** A project folded up to its last entry that the views hold. */
interface Folded {
  state: ProjectState;
  revision: number;
  position: number;
  /** Entries that the views hold since, oldest first: many come while nobody asks, and each costs a copy of the lists. */
  news: RecordedEvent[];
  /** The line of a list that was asked for last; lists of one day are asked for again and again. */
  row?: { asOf: Day; rulesVersion: number; row: ProjectRow };
}

/** The entries of a project up to a position of the log. */
interface ReadEntries {
  entries: readonly RecordedEvent[];
  revision: number;
  upTo: number;
}

/** Entries kept in memory, in all, of folded projects and of those whose past was asked for: some 1.4 and 1 KB each. */
const entriesKept = { folded: 20_000, read: 10_000 };

/** Entries that wait to be added to a folded project; beyond them it is folded anew when somebody asks. */
const newsKept = 1_000;

/** Folded projects: the present ones are kept and follow the log, those of an earlier `knownAt` are folded anew. */
export class States {
  private readonly kept = new KeptProjects<Folded>(entriesKept.folded);
  /** Who replays a project asks for one moment after the other. */
  private readonly read = new KeptProjects<ReadEntries>(entriesKept.read);

  constructor(private readonly views: Views) {
    views.onEvents((events) => {
      for (const event of ofProjects(events)) this.follow(event);
    });
    // The new views may be ahead of the events that were handed over.
    views.onSwap(() => {
      this.kept.forgetAll();
      this.read.forgetAll();
    });
  }

  /** A project as it was known at a position, or undefined when it was not. */
  at(project: string, position: number): Folded | undefined {
    const kept = this.kept.get(project);
    if (kept && kept.position <= position) return this.caughtUp(project, kept, position);
    const folded = foldedFrom(this.entries(project, position));
    if (folded && position >= this.views.position) this.kept.keep(project, folded);
    return folded;
  }

  /** A project as a line of a list, or undefined when nothing was known of it then. */
  rowAt(project: string, { asOf, knownAt }: Moment, rules: AdoptedRules): ProjectRow | undefined {
    const folded = this.at(project, knownAt.position);
    if (!folded || !existsOn(folded.state, asOf)) return undefined;
    const { version } = rules;
    if (folded.row?.asOf !== asOf || folded.row.rulesVersion !== version) {
      const view = projectAt(folded.state, asOf);
      const { light } = alertsAt(folded.state, rules, asOf, view);
      folded.row = { asOf, rulesVersion: version, row: rowOf(view, light) };
    }
    return folded.row.row;
  }

  private entries(project: string, position: number): readonly RecordedEvent[] {
    const known = this.read.get(project) ?? { entries: [], revision: -1, upTo: -1 };
    let { entries } = known;
    if (known.upTo < position) {
      const upTo = this.views.position;
      entries = [...entries, ...this.views.entries(project, upTo, known.revision + 1)];
      this.read.keep(project, { entries, revision: entries.length - 1, upTo });
    } else this.read.keep(project, known);
    const end = entries.findLastIndex((entry) => entry.position <= position) + 1;
    return end === entries.length ? entries : entries.slice(0, end);
  }

  private follow(event: RecordedEvent): void {
    const project = projectOf(event.stream);
    const kept = this.kept.get(project);
    if (!kept || event.position <= (kept.news.at(-1) ?? kept).position) return;
    if (kept.news.length < newsKept) kept.news.push(event);
    else this.kept.forget(project);
  }

  /** A kept project with its news up to a position. */
  private caughtUp(project: string, kept: Folded, position: number): Folded {
    const known = kept.news.findLastIndex((entry) => entry.position <= position) + 1;
    const last = kept.news[known - 1];
    if (!last) return kept;
    // Whoever asks for a project that cannot be folded meets the error, and the next one again.
    this.kept.forget(project);
    const state = kept.news.slice(0, known).reduce(applyToProject, kept.state);
    const folded = { state, revision: last.revision, position: last.position, news: kept.news.slice(known) };
    this.kept.keep(project, folded);
    return folded;
  }
}

function foldedFrom(events: readonly RecordedEvent[]): Folded | undefined {
  const last = events.at(-1);
  return last && { state: foldProject(events), revision: last.revision, position: last.position, news: [] };
}
