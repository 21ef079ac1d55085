import { useCallback, useState } from 'react';

const prefix = 'topout.setup.';

/** What was kept on this device under a name; undefined when it is nothing, or cannot be read. */
export function keptUnder<Value>(name: string): Value | undefined {
  try {
    return JSON.parse(localStorage.getItem(prefix + name) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps something on this device until it is kept anew; undefined takes it away. */
export function keep(name: string, value: unknown): void {
  if (value === undefined) localStorage.removeItem(prefix + name);
  else localStorage.setItem(prefix + name, JSON.stringify(value));
}

/** Like `useState`, kept on this device, so that what was typed is there when the page is opened again. */
export function useKept<Value>(name: string, first: Value): [Value, (value: Value) => void, () => void] {
  const [value, setValue] = useState(() => keptUnder<Value>(name) ?? first);
  const set = useCallback(
    (next: Value) => {
      keep(name, next);
      setValue(next);
    },
    [name],
  );
  const forget = useCallback(() => keep(name, undefined), [name]);
  return [value, set, forget];
}
