import { useState } from 'react';
import { caller, nameCaller } from '../shared/caller.js';

/** The name typed on this device, in any script, shared with the office. */
export function useBy(): [string, (by: string) => void] {
  const [by, setBy] = useState(() => caller().name ?? '');
  return [
    by,
    (name) => {
      nameCaller({ ...caller(), name });
      setBy(name);
    },
  ];
}
