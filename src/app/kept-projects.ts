/** What is remembered of projects, up to so many entries in all; the project used longest ago leaves first. */
export class KeptProjects<Kept extends { revision: number }> {
  private readonly kept = new Map<string, Kept>();
  private entries = 0;

  constructor(private readonly most: number) {}

  get(project: string): Kept | undefined {
    return this.kept.get(project);
  }

  /** Remembers a project as the one used last; it stays, however many entries it has. */
  keep(project: string, kept: Kept): void {
    this.forget(project);
    this.kept.set(project, kept);
    this.entries += entriesOf(kept);
    for (const oldest of this.kept.keys()) {
      if (this.entries <= this.most || oldest === project) return;
      this.forget(oldest);
    }
  }

  forget(project: string): void {
    const kept = this.kept.get(project);
    if (!kept) return;
    this.kept.delete(project);
    this.entries -= entriesOf(kept);
  }

  forgetAll(): void {
    this.kept.clear();
    this.entries = 0;
  }
}

/** Revisions count from 0. */
function entriesOf({ revision }: { revision: number }): number {
  return revision + 1;
}
