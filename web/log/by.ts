import { useState } from 'react';
import { caller, nameCaller } from '../shared/caller.js';

/** Who logs on this device, the same as in the office; only what the service takes as a name is kept. */
export function useBy(): [string, (by: string) => void] {
  const [by, setBy] = useState(() => caller().name ?? '');
  return [
    by,
    (next) => {
      const name = next
        .replaceAll(/\s+/g, '-')
        .replaceAll(/[^!-~]/g, '')
        .slice(0, 64);
      nameCaller({ ...caller(), name });
      setBy(name);
    },
  ];
}
