import type { Rule, RuleKind, Where } from '../../../domain/governance/rules.js';
import type { ProjectDetails } from '../../../domain/project/events.js';

/** What selects the rules of a project. */
export type Placed = { project: string | null } & Pick<ProjectDetails, 'district' | 'sector'>;

/** The rule of each kind in force for a project: the narrowest one; none of a kind that is off there. */
export function rulesInForce(rules: readonly Rule[], placed: Placed): Map<RuleKind, Rule> {
  const narrowest = new Map<RuleKind, Rule>();
  for (const rule of rules) {
    if (!holdsAt(rule.where, placed)) continue;
    const other = narrowest.get(rule.rule);
    if (!other || narrowness(rule.where) > narrowness(other.where)) narrowest.set(rule.rule, rule);
  }
  for (const [kind, rule] of narrowest) if (rule.isOff) narrowest.delete(kind);
  return narrowest;
}

function holdsAt(where: Where | undefined, placed: Placed): boolean {
  if (where === undefined) return true;
  return (
    (where.project === undefined || where.project === placed.project) &&
    (where.district === undefined || where.district === placed.district) &&
    (where.sector === undefined || where.sector === placed.sector)
  );
}

/** A project is narrower than a district with a sector, that than a district, and a district than a sector. */
function narrowness(where: Where | undefined): number {
  const { project, district, sector } = where ?? {};
  return (project === undefined ? 0 : 4) + (district === undefined ? 0 : 2) + (sector === undefined ? 0 : 1);
}
