import type { FindProject } from './reading.js';

/** A project with all that it is called. */
export interface CalledProject {
  project: string;
  names: readonly string[];
}

const mostNear = 3;

/**
 * Finds projects by id or by a name or alias, whatever the blanks, the brackets and the width of signs.
 *
 * A name that two projects have finds neither. Near are those that contain the name or lie in it, or share most of its signs.
 */
export function finderOf(projects: readonly CalledProject[]): FindProject {
  const byForm = new Map<string, Set<string>>();
  for (const { project, names } of projects)
    for (const form of new Set([project, ...names].map(formOf)))
      byForm.set(form, (byForm.get(form) ?? new Set()).add(project));
  return (said) => {
    const form = formOf(said);
    const [only, ...others] = byForm.get(form) ?? [];
    if (only !== undefined && others.length === 0) return { project: only };
    const alike = projects
      .map(({ project, names }) => ({
        name: names[0] ?? project,
        likeness: Math.max(...[project, ...names].map((name) => likeness(form, formOf(name)))),
      }))
      .filter(({ likeness }) => likeness >= 0.5)
      .sort((a, b) => b.likeness - a.likeness);
    const near = only === undefined ? alike.slice(0, mostNear).map(({ name }) => name) : [only, ...others];
    return { near };
  };
}

function formOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s"'“”‘’()[\]《》〈〉【】·.,，。、_-]+/g, '');
}

/** The share of signs that both have, of the longer one. */
function likeness(one: string, other: string): number {
  const signs = new Set(one);
  const common = [...new Set(other)].filter((sign) => signs.has(sign)).length;
  return common / Math.max(signs.size, new Set(other).size, 1);
}
