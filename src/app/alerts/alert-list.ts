import type { Alert } from '../../../domain/alerts/alert.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { Views } from '../views/views.js';
import type { AlertCount, AlertFilter } from './alerts.js';
import { textStored } from './alerts-view.js';
import { compare, fits, indexOf, type Place, rankOf, ranksOf } from './order.js';

/** The columns that order and filter a list; the rest of an alert is looked up for the shown page. */
type Line = Place &
  Pick<Alert, 'project' | 'rule'> & {
    of: Pick<Alert['of'], 'district' | 'sector'>;
  };

/** Alerts read between two turns. */
const batch = 2_000;

const members = 'alert, project, status, severity, raised_at, rule, district, sector';
const presentSql = `SELECT ${members}, rank FROM alert WHERE rank > ? AND rank < ? ORDER BY rank LIMIT ${batch}`;
const presentOfSql = `SELECT ${members}, rank FROM alert
  WHERE project = ? AND rank > ? AND rank < ? ORDER BY rank LIMIT ${batch}`;
/** The last row of some alerts up to a position: SQLite takes the other columns from the row with the maximum. */
const pastSql = `SELECT ${members}, max(position) FROM alert WHERE alert > ? AND position <= ?
  GROUP BY alert ORDER BY alert LIMIT ${batch}`;
const isLaterSql = `SELECT 1 FROM alert_event WHERE position > ? AND type NOT IN ('NoticeSent', 'NoticeFailed') LIMIT 1`;

/**
 * All alerts in order, at any position. Those of the present are read in that order; for an earlier position all are
 * checked, and only the requested page is kept in memory.
 */
export class AlertList {
  /** @param turn yields to other work */
  constructor(
    private readonly views: Views,
    private readonly turn: () => Promise<void>,
  ) {}

  /** Alerts as known at a position, in order, after a place (exclusive), at most `limit`. */
  async page(
    position: number,
    filter: AlertFilter,
    { after, limit }: { after?: Place | undefined; limit: number },
    isReached: (project: string) => boolean,
  ): Promise<Line[]> {
    const isMeant = (line: Line) => fits(line, filter) && isReached(line.project);
    let found: Line[] = [];
    const isPresent = await this.present(position, filter, { after, isMeant }, (lines) => {
      found.push(...lines);
      return found.length < limit;
    });
    if (isPresent) return found.slice(0, limit);
    found = [];
    await this.past(position, isMeant, (lines) => {
      for (const line of lines) {
        if (after && compare(line, after) <= 0) continue;
        const index = indexOf(found, line);
        if (index < limit) found.splice(index, 0, line);
        if (found.length > limit) found.pop();
      }
    });
    return found;
  }

  /** The number of alerts by severity and by rule. */
  async count(
    position: number,
    filter: AlertFilter,
    isReached: (project: string) => boolean,
  ): Promise<Pick<AlertCount, 'bySeverity' | 'byRule'>> {
    const isMeant = (line: Line) => fits(line, filter) && isReached(line.project);
    let counts = none();
    const add = (lines: readonly Line[]) => {
      for (const { severity, rule } of lines) {
        counts.bySeverity[severity] += 1;
        counts.byRule[rule] = (counts.byRule[rule] ?? 0) + 1;
      }
      return true;
    };
    if (await this.present(position, filter, { isMeant }, add)) return counts;
    counts = none();
    await this.past(position, isMeant, add);
    return counts;
  }

  /**
   * Passes matching alerts until no more are wanted; false, and the result is void, if something happened after the
   * position meanwhile.
   */
  private async present(
    position: number,
    filter: AlertFilter,
    { after, isMeant }: { after?: Place | undefined; isMeant(line: Line): boolean },
    take: (lines: readonly Line[]) => boolean,
  ): Promise<boolean> {
    const [from, to] = ranksOf(filter.status);
    const asked = after ? rankOf(after) : from;
    for (let last = asked > from ? asked : from; ; await this.turn()) {
      if (this.views.rows(isLaterSql, position).length > 0) return false;
      const rows =
        filter.project === undefined
          ? this.views.rows(presentSql, last, to)
          : this.views.rows(presentOfSql, filter.project, last, to);
      const isMoreWanted = take(rows.map(lineOf).filter(isMeant));
      if (rows.length < batch || !isMoreWanted) return true;
      last = String(rows.at(-1)?.rank);
    }
  }

  private async past(
    position: number,
    isMeant: (line: Line) => boolean,
    take: (lines: readonly Line[]) => void,
  ): Promise<void> {
    for (let last = ''; ; await this.turn()) {
      const rows = this.views.rows(pastSql, last, position);
      take(rows.map(lineOf).filter(isMeant));
      if (rows.length < batch) return;
      last = String(rows.at(-1)?.alert);
    }
  }
}

const none = (): Pick<AlertCount, 'bySeverity' | 'byRule'> => ({
  bySeverity: { blue: 0, yellow: 0, red: 0 },
  byRule: {},
});

function lineOf(row: ReturnType<Views['rows']>[number]): Line {
  const { alert, project, status, severity, raised_at: raisedAt, rule, district, sector } = row;
  const of = omitUndefined({ district: textStored(district), sector: textStored(sector) });
  return { alert, project, status, severity, raisedAt, rule, of } as Line;
}
