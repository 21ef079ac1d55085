import { dayWords } from '../../../domain/values/day-words.js';
import { existsOn, type ProjectState } from '../../../projections/project/project.js';
import { takenBack, takenBackWords } from '../../../projections/project/taken-back.js';
import { Refused } from '../refusals.js';
import type { Moment } from './asked.js';

/**
 * Refuses a project of which nothing is shown at a moment.
 *
 * @param what a history is shown of a project that was taken back, figures are not
 * @throws Refused `project-not-found`, `project-taken-back`
 */
export function requireKnown<Folded extends { state: ProjectState }>(
  project: string,
  folded: Folded | undefined,
  { asOf, knownAt }: Moment,
  what: 'figures' | 'history' = 'figures',
): Folded {
  if (folded && existsOn(folded.state, asOf)) return folded;
  const back = folded && takenBack(folded.state);
  if (back && what === 'history') return folded;
  const expected = { en: 'a project known at that moment', zh: '当时已登记的项目' };
  if (back) {
    const { en, zh } = takenBackWords(back);
    const seen = { en: `${project}: ${en}`, zh: `${project}：${zh}` };
    const { by, recordedAt, reason, entry } = back;
    throw new Refused(
      'project-taken-back',
      { member: 'project', seen, expected },
      { by, recordedAt, reason, entry },
    );
  }
  const seen = folded
    ? {
        en: `${project}, of which nothing is said for ${dayWords(asOf).en} or before`,
        zh: `${project}，${dayWords(asOf).zh}及以前没有记录`,
      }
    : {
        en: `${project}, which nobody had registered by position ${knownAt.position}`,
        zh: `${project}，截至第 ${knownAt.position} 条记录尚未登记`,
      };
  throw new Refused('project-not-found', { member: 'project', seen, expected });
}
