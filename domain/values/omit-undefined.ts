/** The members that were given: those that are undefined are left out, so that they are not stored. */
export function omitUndefined<Members extends object>(members: Members): Members {
  const kept = {} as Record<string, unknown>;
  for (const [name, value] of Object.entries(members)) if (value !== undefined) kept[name] = value;
  return kept as Members;
}
