/** The entries of one project in a table: a line of several entries for `POST /entries`, stored whole or not at all. */
export interface ProjectLine<Entry> {
  line: { project: string; entries: Omit<Entry, 'project'>[] };
  /** The line of the table that each entry is from. */
  rows: number[];
}

/** The entries of a table by project, in the order of its rows: a project may have several rows. */
export function rowsTogether<Entry extends { project: string }>(
  rows: readonly { line: number; entries: readonly Entry[] }[],
): ProjectLine<Entry>[] {
  const byProject = new Map<string, ProjectLine<Entry>>();
  for (const { line: row, entries } of rows)
    for (const { project, ...entry } of entries) {
      const known = byProject.get(project) ?? { line: { project, entries: [] }, rows: [] };
      byProject.set(project, known);
      known.line.entries.push(entry);
      known.rows.push(row);
    }
  return [...byProject.values()];
}

/** What became of the entries of a table. */
export interface TableOutcome {
  recorded: number;
  /** Entries that had been recorded before. */
  there: number;
  /** Entries that are not recorded, because one of their project was refused. */
  refused: number;
  /** For each such project the row of the refused entry, and why. */
  refusals: { row: number; project: string; detail: string }[];
}

/** Counts the results of `POST /entries`, which are in the order of the lines. */
export function outcomeOf(
  sent: readonly ProjectLine<object>[],
  results: readonly (
    | { problem: { detail: string }; entry?: number }
    | { outcome: string }
    | { entries: readonly { outcome: string }[] }
  )[],
): TableOutcome {
  const outcome: TableOutcome = { recorded: 0, there: 0, refused: 0, refusals: [] };
  for (const [at, { line, rows }] of sent.entries()) {
    const result = results[at];
    if (!result) continue;
    if ('problem' in result) {
      const { problem, entry = 1 } = result;
      outcome.refused += rows.length;
      outcome.refusals.push({ row: rows[entry - 1] ?? 0, project: line.project, detail: problem.detail });
      continue;
    }
    for (const { outcome: is } of 'entries' in result ? result.entries : [result])
      if (is === 'recorded') outcome.recorded += 1;
      else outcome.there += 1;
  }
  return outcome;
}
