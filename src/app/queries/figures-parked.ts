import { Refused } from '../refusals.js';
import type { Parked } from '../views/parked.js';

/** Refuses figures of a project that cannot be computed from one of its entries on. */
export function figuresParked({ project, since, why }: Parked): Refused {
  const { position, entry } = since;
  return new Refused(
    'figures-parked',
    {
      member: 'project',
      seen: {
        en: `${project}, of which entry ${entry} at position ${position} cannot be computed with (${why})`,
        zh: `${project}，其第 ${position} 条记录（${entry}）无法参与计算（${why}）`,
      },
      expected: {
        en: `a moment before it, such as knownAt=${position - 1}`,
        zh: `该记录之前的时刻，例如 knownAt=${position - 1}`,
      },
    },
    { position, entry },
  );
}
