/**
 * A cache of projects with a maximum total number of entries; random eviction, because an import goes through all
 * projects in turn, where LRU would always evict the next one needed.
 */
export class KeptProjects<Kept extends { revision: number }> {
  private readonly kept = new Map<string, { what: Kept; place: number }>();
  private readonly projects: string[] = [];
  private entries = 0;
  /** The state of a pseudo-random sequence (xorshift). */
  private draw = 2_463_534_242;

  constructor(private readonly most: number) {}

  get(project: string): Kept | undefined {
    return this.kept.get(project)?.what;
  }

  /** Caches a project; it stays, however many entries it has. */
  keep(project: string, what: Kept): void {
    const known = this.kept.get(project);
    if (known) {
      this.entries += entriesOf(what) - entriesOf(known.what);
      known.what = what;
    } else {
      this.kept.set(project, { what, place: this.projects.push(project) - 1 });
      this.entries += entriesOf(what);
    }
    while (this.entries > this.most && this.projects.length > 1) this.forget(this.anyBut(project));
  }

  forget(project: string): void {
    const known = this.kept.get(project);
    if (!known) return;
    this.kept.delete(project);
    this.entries -= entriesOf(known.what);
    const last = this.projects.pop() as string;
    if (last === project) return;
    this.projects[known.place] = last;
    (this.kept.get(last) as { place: number }).place = known.place;
  }

  /** Removes and returns a cached project. */
  take(project: string): Kept | undefined {
    const what = this.get(project);
    this.forget(project);
    return what;
  }

  forgetAll(): void {
    this.kept.clear();
    this.projects.length = 0;
    this.entries = 0;
  }

  private anyBut(project: string): string {
    this.draw ^= this.draw << 13;
    this.draw ^= this.draw >>> 17;
    this.draw ^= this.draw << 5;
    const place = (this.draw >>> 0) % this.projects.length;
    const drawn = this.projects[place] as string;
    return drawn === project ? (this.projects[place === 0 ? 1 : place - 1] as string) : drawn;
  }
}

/** Revisions count from 0. */
function entriesOf({ revision }: { revision: number }): number {
  return revision + 1;
}
