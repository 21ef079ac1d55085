import { useEffect, useState } from 'react';
import { part } from '../room.js';

type InitialsOf = (name: string) => string;

/** A function for the pinyin initials of names; loaded on the first search for letters, undefined until then. */
export function useInitials(search: string): InitialsOf | undefined {
  const [initialsOf, setInitialsOf] = useState<InitialsOf>();
  const isWanted = /[a-z]/i.test(search);
  useEffect(() => {
    if (isWanted)
      part(() => import('../../shared/initials.js')).then(
        (loaded) => setInitialsOf(() => loaded.initialsOf),
        // The search by characters still works; the next search tries again.
        () => undefined,
      );
  }, [isWanted]);
  return isWanted ? initialsOf : undefined;
}
