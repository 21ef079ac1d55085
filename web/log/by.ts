import { useState } from 'react';

const name = 'topout-by';

/** Who logs on this device; only what the service takes as a name is kept: printable Latin characters without spaces. */
export function useBy(): [string, (by: string) => void] {
  const [by, setBy] = useState(() => localStorage.getItem(name) ?? '');
  return [
    by,
    (next) => {
      const taken = next
        .replaceAll(/\s+/g, '-')
        .replaceAll(/[^!-~]/g, '')
        .slice(0, 64);
      localStorage.setItem(name, taken);
      setBy(taken);
    },
  ];
}
