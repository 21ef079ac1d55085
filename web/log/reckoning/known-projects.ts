import { type AdoptedLexicon, defaultLexicon } from '../../../domain/governance/lexicons.js';
import { queryOf } from '../../shared/ask.js';
import { type AskPage, fetchEntries } from '../../shared/entries.js';
import { remembered } from '../../shared/known-answers.js';
import { asked } from '../forms/catalog.js';
import type { KnownProject } from './reckoning.js';

const askPage: AskPage = (path, parameters) => asked(path + queryOf(parameters));

/** The entries of projects as the service last gave them, also without a network. */
class KnownProjects {
  private readonly known = new Map<string, KnownProject>();
  private readonly asking = new Map<string, Promise<KnownProject | undefined>>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get(project: string): KnownProject | undefined {
    return this.known.get(project);
  }

  /** Loads what this phone remembers, then what the service answers; undefined if neither has it. */
  load(project: string): Promise<KnownProject | undefined> {
    const asking = this.asking.get(project) ?? this.loading(project);
    this.asking.set(project, asking);
    return asking.finally(() => this.asking.delete(project));
  }

  /** The same after something was recorded: an answer that was on its way may not have it. */
  async loadAgain(project: string): Promise<KnownProject | undefined> {
    await this.asking.get(project);
    return this.load(project);
  }

  /** Forgets what is in memory: another person reads other projects. */
  forget(): void {
    this.known.clear();
    this.asking.clear();
  }

  private async loading(project: string): Promise<KnownProject | undefined> {
    const name = `entries/${project}`;
    const before = this.known.get(project) ?? (await remembered.get<KnownProject>(name));
    if (before) this.become(project, before);
    try {
      const [entries, lexicon] = await Promise.all([fetchEntries(project, askPage), lexiconInForce()]);
      const known: KnownProject = { entries, lexicon };
      await remembered.set(name, known).catch(() => undefined);
      this.become(project, known);
      return known;
    } catch {
      return before;
    }
  }

  private become(project: string, known: KnownProject): void {
    if (this.known.get(project) === known) return;
    this.known.set(project, known);
    for (const listener of this.listeners) listener();
  }
}

async function lexiconInForce(): Promise<AdoptedLexicon> {
  const { items } = await asked<{ items: { lexicon: AdoptedLexicon }[] }>('/lexicon/versions');
  return items.at(0)?.lexicon ?? defaultLexicon;
}

export const knownProjects = new KnownProjects();

/** Number of projects whose entries are fetched before they are opened: those logged last. */
const fetchedAhead = 8;

/** Caches the entries of projects, most recently logged first. */
export async function fetchEntriesAhead(projects: readonly string[]): Promise<void> {
  for (const project of projects.slice(0, fetchedAhead)) if (!(await knownProjects.load(project))) return;
}
