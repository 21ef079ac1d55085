import { useCallback, useState } from 'react';
import { personHere } from '../../shared/self.js';

/** What a person keeps is theirs: another one at this device does not see it. */
function keyOf(name: string): string {
  const { person } = personHere() ?? {};
  return `topout.setup.${person === undefined ? '' : `@${person}/`}${name}`;
}

/** The value stored on this device under a name; undefined if there is none or it cannot be read. */
export function keptUnder<Value>(name: string): Value | undefined {
  try {
    return JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores a value on this device; undefined removes it. */
export function keep(name: string, value: unknown): void {
  if (value === undefined) localStorage.removeItem(keyOf(name));
  else localStorage.setItem(keyOf(name), JSON.stringify(value));
}

/** Like `useState`, persisted on this device. */
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
