import type { FactTable } from '../project/facts/fact.js';
import type { Member } from '../project/facts/members.js';

/**
 * The lines for `POST /entries` in a table with a row a fact and a column a member: `project`, `asOf`, `type`, `measure.kind`,
 * `source.document`. Null for a row without anything.
 *
 * An empty cell says nothing. Several choices have semicolons between them.
 */
export function factLines(cells: readonly (readonly string[])[], facts: FactTable): (object | null)[] {
  const [headings = [], ...rows] = cells;
  const paths = headings.map((heading) => heading.trim().split('.'));
  const typeAt = headings.findIndex((heading) => heading.trim() === 'type');
  return rows.map((row) => {
    const shape = facts[(row[typeAt] ?? '').trim()]?.shape ?? {};
    const line: Record<string, unknown> = {};
    for (const [at, path] of paths.entries()) {
      const cell = (row[at] ?? '').trim();
      if (cell !== '') put(line, path, cellValue(cell, path, shape[path[0] ?? '']));
    }
    return Object.keys(line).length === 0 ? null : line;
  });
}

function put(line: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...inner] = path;
  if (inner.length === 0) {
    line[name] = value;
    return;
  }
  const within = (line[name] ?? {}) as Record<string, unknown>;
  line[name] = within;
  put(within, inner, value);
}

const texts = new Set(['said', 'unit', 'word', 'kind', 'document', 'paragraph', 'quote', 'note']);

function cellValue(cell: string, path: readonly string[], member: Member | undefined): unknown {
  const name = path.at(-1) ?? '';
  if (/^is[A-Z]/.test(name)) return cell === 'true' ? true : cell === 'false' ? false : cell;
  if (member?.kind === 'choices') return cell.split(/[;；]/).map((choice) => choice.trim());
  const isNumeric =
    member?.kind === 'percent' ||
    member?.kind === 'whole-number' ||
    (path.length > 1 && member?.kind !== 'money' && !texts.has(name));
  return isNumeric && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
}
