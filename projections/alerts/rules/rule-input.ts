import type { Rule } from '../../../domain/governance/rules.js';
import type { Stage } from '../../../domain/project/events.js';
import { type PlanTree, planTree } from '../../../domain/project/plan.js';
import { wholeBasisPoints } from '../../../domain/values/basis-points.js';
import type { Day } from '../../../domain/values/calendar.js';
import { nameWords, type Words } from '../../../domain/values/words.js';
import { type ItemCompletion, planInForce } from '../../completion/completion.js';
import { type Fact, ofType, upTo } from '../../facts/facts.js';
import { reportsUpTo, type Sighting } from '../../facts/identity.js';
import type { ProjectFigures, ProjectState } from '../../project/project.js';
import { PlannedWork } from '../../schedule/planned-work.js';
import type { ScheduleFact } from '../../schedule/schedule.js';
import type { Watched } from '../watched.js';
import type { Limit } from './limits.js';

/** The state of a project on a day: the input of the rules. */
export interface RuleInput {
  on: Day;
  figures: ProjectFigures;
  /** Facts reported by the day, in the order (asOf, place). */
  facts: readonly ScheduleFact[];
  /** The entries that report something, in the same order. */
  reports: readonly Sighting[];
  plan: Fact<'PlanAdopted'> | undefined;
  tree: PlanTree;
  work: PlannedWork;
  items: ReadonlyMap<string, ItemCompletion>;
  /** Every stage ever entered. */
  entered: ReadonlySet<Stage>;
  isComplete: boolean;
}

/** The result of one rule for a project. */
export interface RuleResult {
  watched: Watched[];
  /** Days on which time alone changes the result; earlier and unneeded ones are harmless. */
  changesOn: Day[];
  /** Why the rule cannot be evaluated. */
  why?: Words;
}

export type EvaluateRule = (input: RuleInput, rule: Rule, limits: readonly Limit[]) => RuleResult;

export const nothing: RuleResult = { watched: [], changesOn: [] };

/** Maximum number of entries named by an alert; completion names all of its evidence. */
const mostEvidence = 100;

/** The evidence of completion, after the entries named first; only the latest if there are very many. */
export function evidenceOf({ figures, facts }: RuleInput, first: readonly string[]): string[] {
  const resting = new Set(figures.completion.entries);
  const latest = facts.filter(({ id }) => resting.has(id)).slice(-mostEvidence);
  return [...new Set([...first, ...latest.map(({ id }) => id)])];
}

/** The rule input of a project with these figures. */
export function ruleInputOf(state: ProjectState, figures: ProjectFigures, on: Day): RuleInput {
  const plan = planInForce(state.completion.facts, on);
  const tree = planTree(plan?.data.items ?? []);
  const stages = ofType(upTo(state.identity.facts, on), 'StageEntered');
  const { floorBasisPoints, ceilingBasisPoints } = figures.completion;
  const stage = figures.stage?.stage;
  return {
    on,
    figures,
    facts: upTo(state.schedule.facts, on),
    reports: reportsUpTo(state.identity, on),
    plan,
    tree,
    work: new PlannedWork(tree),
    items: new Map(figures.completion.items.map((item) => [item.item, item])),
    entered: new Set(stages.map((fact) => fact.data.stage)),
    isComplete:
      (floorBasisPoints === wholeBasisPoints && ceilingBasisPoints === wholeBasisPoints) ||
      stage === 'in-production' ||
      stage === 'accepted',
  };
}

/** True if nothing can be late: the project is complete or suspended. */
export function isAtRest({ isComplete, figures }: RuleInput): boolean {
  return isComplete || figures.isSuspended;
}

/** True if a forecast target was reached: `completion`, `production` or an item. */
export function isTargetReached(target: string, { items, tree, entered, isComplete }: RuleInput): boolean {
  if (isComplete) return true;
  if (target === 'completion') return entered.has('built') || entered.has('accepted');
  if (target !== 'production') return items.get(target)?.percentBasisPoints === wholeBasisPoints;
  const last = [...tree.items.values()].filter((item) => item.stage === 'in-production');
  return (
    entered.has('in-production') ||
    (last.length > 0 && last.every(({ id }) => items.get(id)?.percentBasisPoints === wholeBasisPoints))
  );
}

/** A target by its name. */
export function targetWords(target: string, { items }: RuleInput): Words {
  if (target === 'completion') return { en: 'Completion', zh: '完工' };
  if (target === 'production') return { en: 'Production', zh: '投产' };
  return nameWords(items.get(target)?.name, target);
}
