/** Result codes of SQLite (sqlite.org/rescode.html), the primary ones; `uniqueCode` and `writeCode` are extended. */
export const codes = {
  error: 1,
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  tooBig: 18,
  constraint: 19,
  cannotOpen: 14,
  noDatabase: 26,
};

const uniqueCode = 2067;
const writeCode = 778;

/** The primary result code of an error of `node:sqlite`; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  const code = extendedCode(error);
  return code === undefined ? undefined : code & 0xff;
}

/** True if a unique index refused a row. */
export function isUniqueViolation(error: unknown): boolean {
  return extendedCode(error) === uniqueCode;
}

/** True if the system refused a write of SQLite. */
export function isWriteError(error: unknown): boolean {
  return extendedCode(error) === writeCode;
}

/** SQLite has no code of its own for a format in the header that it does not know. */
const otherFormat = 'unsupported file format';

/** True if the file is damaged, or not an SQLite file. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  if (code === codes.error) return (error as Error).message === otherFormat;
  // No event is nearly as long as SQLite's limit; a damaged length may be.
  return code === codes.corrupt || code === codes.noDatabase || code === codes.tooBig;
}

/** By shape, not by class: an error of a built-in module may come from another realm. */
function extendedCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}
