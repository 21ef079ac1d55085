import type { Subscribed } from '../../domain/governance/governance.js';
import type { Instant } from '../../domain/values/days/calendar.js';
import { isUuid } from '../../domain/values/uuid.js';

/** What a name was stated for as the author of entries, without a sign-in. */
export interface Stated {
  by: string;
  entries: number;
  projects: number;
  /** Those that an import brought: a program that needs a key. */
  imported: number;
  last: Instant;
}

/** A subscription that nobody will own: its name was stated, or it has none. */
export type Ownerless = Pick<Subscribed, 'subscription' | 'name' | 'status' | 'by'> & {
  channel: Subscribed['channel']['kind'];
};

/** What changes in an installation when it begins to ask for a sign-in. */
export interface Closing {
  /** True once somebody has recorded who may do what: it asks for a sign-in already. */
  isClosed: boolean;
  entries: number;
  /** Most entries first. */
  stated: Stated[];
  /** Those that have not ended. */
  subscriptions: Ownerless[];
}

/** The parts of an entry that say who recorded it. */
interface Authored {
  by: string;
  project: string;
  recordedAt: Instant;
  isImported: boolean;
  isSignedIn: boolean;
}

/** Counts entries by the names that were stated for them. */
export class StatedAuthors {
  private readonly found = new Map<string, Omit<Stated, 'projects'> & { projects: Set<string> }>();
  entries = 0;

  add({ by, project, recordedAt, isImported, isSignedIn }: Authored): void {
    this.entries += 1;
    if (isSignedIn) return;
    const one = this.found.get(by) ?? { by, entries: 0, imported: 0, last: recordedAt, projects: new Set() };
    one.entries += 1;
    if (isImported) one.imported += 1;
    one.projects.add(project);
    if (recordedAt > one.last) one.last = recordedAt;
    this.found.set(by, one);
  }

  list(): Stated[] {
    return [...this.found.values()]
      .map(({ projects, ...rest }) => ({ ...rest, projects: projects.size }))
      .sort((a, b) => b.entries - a.entries || (a.by < b.by ? -1 : 1));
  }
}

/** The subscriptions that have not ended, without those of people who signed in. */
export function ownerless(
  subscriptions: readonly (Pick<Subscribed, 'subscription' | 'name' | 'status' | 'by'> & {
    channel: Pick<Subscribed['channel'], 'kind'>;
  })[],
): Ownerless[] {
  return subscriptions
    .filter(({ status, by }) => status !== 'ended' && !isUuid(by))
    .map(({ subscription, name, status, by, channel: { kind } }) => ({
      subscription,
      name,
      status,
      by,
      channel: kind,
    }));
}
