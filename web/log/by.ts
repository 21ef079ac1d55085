import { useState } from 'react';
import { caller, nameCaller } from '../shared/caller.js';

/** The name used on this device, shared with the office; only characters that the service accepts are kept. */
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
