/** Something with an id and names. */
export interface Named {
  id: string;
  names: readonly string[];
}

/** Up to five ids, most similar first, whose id or name resembles the typed one. */
export function nearNames(typed: string, known: readonly Named[]): string[] {
  const wanted = typed.toLowerCase();
  return known
    .map((one) => ({
      id: one.id,
      far: Math.min(...[one.id, ...one.names].map((name) => distance(wanted, name.toLowerCase()))),
    }))
    .filter(({ far }) => far <= 0.5)
    .sort((a, b) => a.far - b.far)
    .slice(0, 5)
    .map(({ id }) => id);
}

/** 0 for equal, up to 1 for nothing in common; a substring counts as similar. */
function distance(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length > 1 && (b.includes(a) || (b.length > 1 && a.includes(b)))) return 0.2;
  return edits([...a], [...b]) / Math.max(a.length, b.length, 1);
}

/** Letters to insert, drop or replace (Levenshtein). */
function edits(a: readonly string[], b: readonly string[]): number {
  let row = b.map((_, index) => index + 1);
  for (const [i, letter] of a.entries()) {
    const next: number[] = [];
    for (const [j, other] of b.entries()) {
      const diagonal = j === 0 ? i : (row[j - 1] ?? 0);
      const left = j === 0 ? i + 1 : (next[j - 1] ?? 0);
      next.push(Math.min(diagonal + (letter === other ? 0 : 1), left + 1, (row[j] ?? 0) + 1));
    }
    row = next;
  }
  return b.length === 0 ? a.length : (row.at(-1) ?? 0);
}
