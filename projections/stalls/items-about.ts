import { itemOf, wholeProject } from '../../domain/project/facts/members.js';
import type { PlanTable } from '../plan/plan-table.js';
import type { MoveFact } from './stretches.js';

/**
 * The items that a report is about: its own and those above it in a plan; all works for the stage built, none for other
 * reports on the whole project.
 */
export function itemsAbout(fact: MoveFact, { places, rows }: PlanTable): string[] {
  if (fact.type === 'StageEntered' && fact.data.stage === 'built')
    return rows.flatMap(({ item }) => (item.stage === undefined ? [item.id] : []));
  if (fact.type !== 'MilestoneReached' && fact.type !== 'ProgressMeasured') return [];
  const item = itemOf(fact.data);
  if (item === wholeProject) return [];
  const row = rows[places.get(item) ?? -1];
  return row ? row.line.map((place) => rows[place]?.item.id ?? item) : [item];
}
