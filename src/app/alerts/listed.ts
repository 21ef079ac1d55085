import type { Alert, AlertLife } from '../../../projections/alerts/life/life.js';
import type { Views } from '../views.js';
import { compare, indexOf } from './order.js';

/** What a list is ordered and chosen by; the rest of an alert is looked up for the page that shows it. */
export type Line = Pick<Alert, 'alert' | 'project' | 'status' | 'severity' | 'raisedAt' | 'rule' | 'of'>;

/** Projects read at once before others have their turn. */
const batch = 200;

const projectsSql = 'SELECT DISTINCT project FROM alert WHERE project > ? ORDER BY project LIMIT ?';
const changedSql = `SELECT DISTINCT project FROM alert_event WHERE position > ?
  AND type NOT IN ('NoticeSent', 'NoticeFailed')`;
/** Lists of the past kept in memory: the pages of one are asked for one after the other. */
const pastKept = 4;

/** All alerts as lines in their order: the present ones follow the log, those of an earlier position are kept for a while. */
export class Listed {
  private readonly byProject = new Map<string, readonly Line[]>();
  private readonly past = new Map<number, readonly Line[]>();
  private ordered?: Line[];
  private making?: Promise<Line[]>;

  /**
   * @param lifeAt the alerts of a project as they were known at a position
   * @param turn lets others have their turn
   */
  constructor(
    private readonly views: Views,
    private readonly lifeAt: (project: string, position: number) => AlertLife,
    private readonly turn: () => Promise<void>,
  ) {}

  /** Puts the alerts of a project in the place of those that were there, once anybody has asked for a list. */
  put(life: AlertLife): void {
    if (this.ordered || this.making) this.place(life);
  }

  /** All alerts as they were known at a position, in order. */
  async at(position: number): Promise<readonly Line[]> {
    const kept = this.past.get(position);
    if (kept) return kept;
    const present = this.ordered ?? (await this.made());
    const changed = new Set(this.views.rows(changedSql, position).map(({ project }) => String(project)));
    if (changed.size === 0) return present;
    const lines = this.before(present, changed, position);
    this.past.set(position, lines);
    for (const oldest of this.past.keys()) if (this.past.size > pastKept) this.past.delete(oldest);
    return lines;
  }

  private place(life: AlertLife): void {
    const lines = life.alerts.map(lineOf);
    if (this.ordered) {
      for (const line of this.byProject.get(life.project) ?? [])
        this.ordered.splice(indexOf(this.ordered, line), 1);
      for (const line of lines) this.ordered.splice(indexOf(this.ordered, line), 0, line);
    }
    this.byProject.set(life.project, lines);
  }

  private before(present: readonly Line[], changed: ReadonlySet<string>, position: number): Line[] {
    const same = present.filter(({ project }) => !changed.has(project));
    const others = [...changed].flatMap((project) => this.lifeAt(project, position).alerts.map(lineOf));
    return [...same, ...others].sort(compare);
  }

  private made(): Promise<Line[]> {
    this.making ??= this.make().catch((error: Error) => {
      this.making = undefined;
      throw error;
    });
    return this.making;
  }

  private async make(): Promise<Line[]> {
    for (let after = '', isMore = true; isMore; ) {
      const projects = this.views.rows(projectsSql, after, batch).map(({ project }) => String(project));
      for (const project of projects) this.place(this.lifeAt(project, this.views.position));
      after = projects.at(-1) ?? after;
      isMore = projects.length === batch;
      await this.turn();
    }
    this.ordered = [...this.byProject.values()].flat().sort(compare);
    return this.ordered;
  }
}

function lineOf({ alert, project, status, severity, raisedAt, rule, of }: Alert): Line {
  return { alert, project, status, severity, raisedAt, rule, of };
}
