import { streamOf } from '../../../../domain/project/events.js';
import type { StoredRow, StoreJournal } from '../../../event-store/event-store.js';
import type { ProjectRead } from './first-rows.js';

/** Projects looked for in one query, which reads as many as fit into it. */
const atOnce = 64;

/**
 * Reads whole projects up to a position (inclusive) as they are stored, some in each step; a long one takes several
 * steps, of which the last one has it. Projects that cannot be read are left out.
 */
export function* storedProjects(
  log: StoreJournal,
  projects: readonly string[],
  upTo: number,
): Generator<ProjectRead[], undefined> {
  for (let from = 0; from < projects.length; ) {
    const some = projects
      .slice(from, from + atOnce)
      .map((project) => ({ project, stream: streamOf(project) }));
    const whole = log.wholeRows(
      some.map(({ stream }) => stream),
      upTo,
    );
    const read = some.flatMap((one) => {
      const rows = whole.get(one.stream);
      return rows ? [{ ...one, rows }] : [];
    });
    // Those after the last one did not fit.
    const count = some.findLastIndex(({ stream }) => whole.has(stream)) + 1;
    from += Math.max(1, count);
    yield count > 0 ? read : yield* longProject(log, some[0] as (typeof some)[0], upTo);
  }
}

/** A project in several pages. */
function* longProject(
  log: StoreJournal,
  one: { project: string; stream: string },
  upTo: number,
): Generator<ProjectRead[], ProjectRead[]> {
  const rows: StoredRow[] = [];
  for (;;) {
    const page = log.pageRows(one.stream, upTo, rows.length);
    if (page.length === 0) return rows.length > 0 ? [{ ...one, rows }] : [];
    for (const row of page) rows.push(row);
    yield [];
  }
}
