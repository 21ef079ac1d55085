import { useEffect, useState } from 'react';

type InitialsOf = (name: string) => string;

/** How names are told by their initials; loaded once somebody searches for letters, until then undefined. */
export function useInitials(search: string): InitialsOf | undefined {
  const [initialsOf, setInitialsOf] = useState<InitialsOf>();
  const isWanted = /[a-z]/i.test(search);
  useEffect(() => {
    if (isWanted)
      void import('../../shared/initials.js').then((loaded) => setInitialsOf(() => loaded.initialsOf));
  }, [isWanted]);
  return isWanted ? initialsOf : undefined;
}
