import type { ProjectEvent } from '../../../domain/project/events.js';
import { isLive, type Project, timeZoneAt } from '../../../domain/project/project.js';
import { sayingHash } from '../../../domain/project/same-again.js';
import { hashOfText } from '../../../domain/values/equal.js';
import { usualCacheLimits } from '../cache-limits.js';
import { HashSet } from './hash-set.js';

/** A live project of which the hash of every entry is there. */
export interface KnownProject {
  readonly seed: number;
  /** Of the last entry that is recorded, or was sent to the store. */
  revision: number;
  /** Of its days. */
  readonly timeZone: string;
}

/**
 * What the entries of projects say, by hashes: enough to see that a fact says something new (docs/decisions/0113).
 *
 * A fact may seem to be there that is not, and never the other way round: a project is known from when all its entries were
 * added, and each later one is added before it is sent to the store.
 */
export class KnownProjects {
  private readonly hashes = new HashSet();
  private readonly projects = new Map<string, KnownProject>();

  constructor(private readonly limits = usualCacheLimits.known) {}

  of(project: string): KnownProject | undefined {
    return this.projects.get(project);
  }

  /** Adds what an event says about a known project; false if an entry may say it already. */
  add(event: ProjectEvent, { seed }: KnownProject): boolean {
    return this.hashes.add(sayingHash(event, seed));
  }

  /** Knows a project with all its entries, the last of which may just have been sent; one that was taken back is not known. */
  know(name: string, project: Project): void {
    if (!isLive(project)) {
      this.forget(name);
      return;
    }
    const { revision, said } = project;
    const isFull = this.hashes.size >= this.limits.hashes || this.projects.size >= this.limits.projects;
    if (isFull) this.forgetAll();
    const known = this.projects.get(name);
    const seed = known?.seed ?? hashOfText(name);
    for (const entry of said.from(known ? known.revision + 1 : 0)) this.hashes.add(sayingHash(entry, seed));
    this.projects.set(name, { seed, revision, timeZone: timeZoneAt(project, revision) });
  }

  forget(project: string): void {
    this.projects.delete(project);
  }

  private forgetAll(): void {
    this.hashes.clear();
    this.projects.clear();
  }
}
