import { useEffect, useState } from 'react';
import { part } from '../room.js';

type InitialsOf = (name: string) => string;

/** How names are told by their initials; loaded once somebody searches for letters, until then undefined. */
export function useInitials(search: string): InitialsOf | undefined {
  const [initialsOf, setInitialsOf] = useState<InitialsOf>();
  const isWanted = /[a-z]/i.test(search);
  useEffect(() => {
    if (isWanted)
      part(() => import('../../shared/initials.js')).then(
        (loaded) => setInitialsOf(() => loaded.initialsOf),
        // Names are found by their characters all the same; the next search tries again.
        () => undefined,
      );
  }, [isWanted]);
  return isWanted ? initialsOf : undefined;
}
