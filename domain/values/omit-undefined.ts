/** The object without its undefined members, so that they are not stored. */
export function omitUndefined<Members extends object>(members: Members): Members {
  const kept = {} as Members;
  for (const name in members) if (members[name] !== undefined) kept[name] = members[name];
  return kept;
}
