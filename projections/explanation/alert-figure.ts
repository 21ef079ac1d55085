import type { Watched } from '../alerts/rules/watched.js';

/** The name by which an alert of a project is explained: `alert:declared-stall/stall/financing`, `alert:behind-plan/project`. */
export function alertFigure({ rule, subject }: Pick<Watched, 'rule' | 'subject'>): string {
  return `alert:${rule}/${subject.kind}${subject.kind === 'project' ? '' : `/${subject.id}`}`;
}
