import type { Parked } from '../../views/parked.js';

/** The projects with entries that are not in their rows yet. */
export class Backlog {
  /** With the position of the first of these entries. */
  private readonly behindByProject = new Map<string, number>();
  /** Those of them whose entries may change their details. */
  private readonly detailsBehind = new Set<string>();
  /** Projects that could not be followed, because of the store, say; each query gets the error. */
  private readonly failed = new Map<string, Error>();
  /** Projects with an entry that no row can be computed with; they have no rows until they are tried again. */
  private readonly parkedByProject = new Map<string, Parked>();
  /** The projects being followed, and the first entry of each that came meanwhile. */
  private readonly underWay = new Map<string, { news?: number; mayChangeDetails?: true }>();

  /** The number of projects. */
  get size(): number {
    return this.behindByProject.size;
  }

  get projects(): string[] {
    return [...this.behindByProject.keys()];
  }

  get errors(): Iterable<Error> {
    return this.failed.values();
  }

  /** True while rows of some projects are missing. */
  get hasFailed(): boolean {
    return this.failed.size + this.parkedByProject.size > 0;
  }

  get parked(): readonly Parked[] {
    return [...this.parkedByProject.values()];
  }

  parkedOf(project: string): Parked | undefined {
    return this.parkedByProject.get(project);
  }

  /** The first position among their entries, or the one after all others. */
  firstOr(next: number): number {
    let first = next;
    for (const position of this.behindByProject.values()) if (position < first) first = position;
    return first;
  }

  isBehind(position: number): boolean {
    for (const first of this.behindByProject.values()) if (first <= position) return true;
    return false;
  }

  /** False when the rows of a project have its present details, although other entries may be missing. */
  isBehindInDetails(project: string): boolean {
    return this.detailsBehind.has(project);
  }

  /** Adds a project with an entry at a position; `keepsDetails` if neither it nor later ones can change the details. */
  fall(project: string, position: number, keepsDetails = false): void {
    if (!keepsDetails) this.detailsBehind.add(project);
    const underWay = this.underWay.get(project);
    if (underWay && !keepsDetails) underWay.mayChangeDetails = true;
    this.failed.delete(project);
    this.parkedByProject.delete(project);
    if (underWay) underWay.news ??= position;
    else if (!this.behindByProject.has(project)) this.behindByProject.set(project, position);
  }

  /** Adds every project that failed, so that it is followed again. */
  retry(): void {
    for (const project of this.failed.keys()) this.fall(project, 0);
  }

  /** Adds every parked project, so that it is tried again. */
  retryParked(): void {
    for (const project of this.parkedByProject.keys()) this.fall(project, 0);
  }

  /** Follows a project from now on; it stays here until it is `done`. */
  begin(project: string): { isCurrent(): boolean } {
    const underWay = {};
    this.underWay.set(project, underWay);
    return { isCurrent: () => this.underWay.get(project) === underWay };
  }

  /** Ends a project that is followed without a result: it stays as it was. */
  leave(project: string): void {
    this.underWay.delete(project);
  }

  /** Ends a project that is followed; it stays if entries came meanwhile. */
  done(project: string, error?: Error | Parked): void {
    const { news, mayChangeDetails } = this.underWay.get(project) ?? {};
    this.underWay.delete(project);
    this.behindByProject.delete(project);
    // After an error the rows are as before.
    if (!mayChangeDetails && !(error instanceof Error)) this.detailsBehind.delete(project);
    if (error instanceof Error) this.failed.set(project, error);
    else if (error) this.parkedByProject.set(project, error);
    if (news !== undefined) this.behindByProject.set(project, news);
  }

  clear(): void {
    this.behindByProject.clear();
    this.detailsBehind.clear();
    this.failed.clear();
    this.parkedByProject.clear();
    this.underWay.clear();
  }
}
