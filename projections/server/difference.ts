/** The first difference of two JSON values, members in order of their names. */
export interface Difference {
  /** As in JavaScript, from the top: `state.completion.facts[3].asOf`. */
  path: string;
  here: unknown;
  server: unknown;
}

/** The first difference between two JSON values; undefined if they are equal. An absent member equals an undefined one. */
export function difference(here: unknown, server: unknown, path = ''): Difference | undefined {
  if (here === server) return undefined;
  const areObjects = isObject(here) && isObject(server) && Array.isArray(here) === Array.isArray(server);
  if (!areObjects) return { path, here, server };
  const names = [...new Set([...Object.keys(here), ...Object.keys(server)])].sort();
  for (const name of names) {
    const step = Array.isArray(here) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    const found = difference(here[name], server[name], step);
    if (found) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
