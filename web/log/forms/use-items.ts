import { useEffect, useState } from 'react';
import type { ProjectItems } from '../../forms/said/known.js';
import { itemsOf } from './catalog.js';

/** The items of a project; `none` when they are neither cached nor reachable. */
export function useItems(project: string): ProjectItems | 'none' | undefined {
  const [known, setKnown] = useState<ProjectItems | 'none'>();
  useEffect(() => {
    let isCurrent = true;
    void itemsOf(project).then((found) => {
      if (isCurrent) setKnown(found ?? 'none');
    });
    return () => {
      isCurrent = false;
    };
  }, [project]);
  return known;
}
