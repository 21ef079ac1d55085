import type { Views } from '../views/views.js';
import type { DueIndex } from './due-index.js';

/** Alert events that are read in one query. */
const rowsAtOnce = 1_000;
const alertEventsSql = `SELECT position, project FROM alert_event WHERE position > ?
  GROUP BY position ORDER BY position LIMIT ?`;

/** Projects with entries or alert events that their last evaluation did not know, in pages, each from one query. */
export function* projectsChanged(views: Views, index: DueIndex): Generator<string[], undefined> {
  const { followedTo } = index;
  for (const page of views.movedAfter(followedTo))
    yield page.flatMap(({ project, position }) => (index.evaluatedUpTo(project) < position ? [project] : []));
  for (let after = followedTo, isMore = true; isMore; ) {
    const rows = views.rows(alertEventsSql, after, rowsAtOnce);
    yield rows.map(({ project }) => String(project));
    after = Number(rows.at(-1)?.position ?? after);
    isMore = rows.length === rowsAtOnce;
  }
}
