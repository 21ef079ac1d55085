import type { Alert, AlertLife } from '../../../projections/alerts/life/life.js';
import type { Views } from '../views.js';
import { compare, indexOf } from './order.js';

/** What a list is ordered and chosen by; the rest of an alert is looked up for the page that shows it. */
export type Line = Pick<Alert, 'alert' | 'project' | 'status' | 'severity' | 'raisedAt' | 'rule'> & {
  of: Pick<Alert['of'], 'district' | 'sector'>;
};

/** Alerts read at once before others have their turn. */
const batch = 1_000;

/** Of some alerts the last row up to a position: SQLite takes the other columns from the row with the maximum. */
const linesSql = `SELECT alert, project, status, severity, raised_at, rule, district, sector, max(position)
  FROM alert WHERE alert > ? AND position <= ? GROUP BY alert ORDER BY alert LIMIT ${batch}`;
const isLaterSql = `SELECT 1 FROM alert_event WHERE position > ? AND type NOT IN ('NoticeSent', 'NoticeFailed') LIMIT 1`;
/** Lists of the past kept in memory: the pages of one are asked for one after the other. */
const pastKept = 4;

/** All alerts as lines in their order: the present ones follow the log, those of an earlier position are kept for a while. */
export class Listed {
  /** The present ones, of each project. */
  private readonly byProject = new Map<string, readonly Line[]>();
  private readonly past = new Map<number, Promise<readonly Line[]>>();
  private ordered?: Line[];
  private making?: Promise<Line[]>;

  /** @param turn lets others have their turn */
  constructor(
    private readonly views: Views,
    private readonly turn: () => Promise<void>,
  ) {}

  /** Puts the alerts of a project in the place of those that were there, once anybody has asked for a list. */
  put({ project, alerts }: AlertLife): void {
    if (!this.ordered && !this.making) return;
    const lines = alerts.map(lineOf);
    if (this.ordered) {
      for (const line of this.byProject.get(project) ?? [])
        this.ordered.splice(indexOf(this.ordered, line), 1);
      for (const line of lines) this.ordered.splice(indexOf(this.ordered, line), 0, line);
    }
    this.byProject.set(project, lines);
  }

  /** All alerts as they were known at a position, in order. */
  async at(position: number): Promise<readonly Line[]> {
    const kept = this.past.get(position);
    if (kept) return kept;
    const present = this.ordered ?? (await this.made());
    if (this.views.rows(isLaterSql, position).length === 0) return present;
    const lines = this.read(position).then((read) => read.sort(compare));
    this.past.set(position, lines);
    lines.catch(() => this.past.delete(position));
    for (const oldest of this.past.keys()) if (this.past.size > pastKept) this.past.delete(oldest);
    return lines;
  }

  private made(): Promise<Line[]> {
    this.making ??= this.make().finally(() => {
      this.making = undefined;
    });
    return this.making;
  }

  private async make(): Promise<Line[]> {
    this.byProject.clear();
    const read = await this.read(this.views.position);
    // What was put meanwhile is later than what was read.
    for (const [project, lines] of Map.groupBy(read, (line) => line.project))
      if (!this.byProject.has(project)) this.byProject.set(project, lines);
    this.ordered = [...this.byProject.values()].flat().sort(compare);
    return this.ordered;
  }

  /** All alerts as they were known at a position, in the order of their ids. */
  private async read(position: number): Promise<Line[]> {
    const found: Line[] = [];
    // Many alerts share their texts.
    const texts = new Map<unknown, unknown>();
    const shared = <Text>(text: Text): Text => {
      if (!texts.has(text)) texts.set(text, text);
      return texts.get(text) as Text;
    };
    for (;;) {
      const rows = this.views.rows(linesSql, found.at(-1)?.alert ?? '', position);
      for (const { alert, project, status, severity, raised_at, rule, district, sector } of rows) {
        const of = {
          ...(district === null ? {} : { district: shared(district) }),
          ...(sector === null ? {} : { sector: shared(sector) }),
        };
        found.push({
          alert,
          project: shared(project),
          status: shared(status),
          severity: shared(severity),
          raisedAt: shared(raised_at),
          rule: shared(rule),
          of,
        } as Line);
      }
      if (rows.length < batch) return found;
      await this.turn();
    }
  }
}

function lineOf({ alert, project, status, severity, raisedAt, rule, of }: Alert): Line {
  return { alert, project, status, severity, raisedAt, rule, of };
}
