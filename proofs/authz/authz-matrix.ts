import { readFileSync } from 'node:fs';

/** The expected answers by row, such as `GET /projects/:project own`, in the order of the columns. */
export type Matrix = ReadonlyMap<string, readonly string[]>;

/** Columns: nobody, and six roles of a district and of the installation. */
const columns = 13;

/** Reads the matrix beside this file. @throws Error a line is no row, or a row is there twice */
export function readMatrix(): Matrix {
  const rows = new Map<string, readonly string[]>();
  for (const line of readFileSync(new URL('authz-matrix.txt', import.meta.url), 'utf8').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [method, address, place, ...cells] = line.split(/[\s|]+/).filter(Boolean);
    const name = `${method} ${address} ${place}`;
    if (cells.length !== columns || !cells.every((cell) => /^(ok|[45]\d\d)$/.test(cell)))
      throw new Error(`The matrix has a line that is no row: ${line}`);
    if (rows.has(name)) throw new Error(`The matrix has a row twice: ${name}`);
    rows.set(name, cells);
  }
  return rows;
}
