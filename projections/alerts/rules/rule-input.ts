import type { Rule } from '../../../domain/governance/rules.js';
import type { Stage } from '../../../domain/project/events.js';
import { type PlanTree, planTree } from '../../../domain/project/plan.js';
import { wholeBasisPoints } from '../../../domain/values/basis-points.js';
import type { Day } from '../../../domain/values/calendar.js';
import { type ItemCompletion, planInForce } from '../../completion/completion.js';
import { type Fact, ofType, upTo } from '../../facts/facts.js';
import { reportsUpTo, type Sighting } from '../../facts/identity.js';
import type { ProjectFigures, ProjectState } from '../../project/project.js';
import { type WeightedLeaf, weightedLeaves } from '../../schedule/planned.js';
import type { ScheduleFact } from '../../schedule/schedule.js';
import { nameWords, type Words } from '../../words/words.js';
import type { Watched } from '../watched.js';
import type { Limit } from './limits.js';

/** How a project stands on a day: what the rules look at. */
export interface RuleInput {
  on: Day;
  figures: ProjectFigures;
  /** What was said by the day, in the order (asOf, place). */
  facts: readonly ScheduleFact[];
  /** The entries that report something, in the same order. */
  reports: readonly Sighting[];
  plan: Fact<'PlanAdopted'> | undefined;
  tree: PlanTree;
  leaves: readonly WeightedLeaf[];
  items: ReadonlyMap<string, ItemCompletion>;
  /** Every stage that was ever entered. */
  entered: ReadonlySet<Stage>;
  isComplete: boolean;
}

/** What one rule says of a project. */
export interface RuleResult {
  watched: Watched[];
  /** Days on which time alone changes what is watched; earlier and needless ones do no harm. */
  changesOn: Day[];
  /** Why the rule cannot be judged. */
  why?: Words;
}

export type EvaluateRule = (input: RuleInput, rule: Rule, limits: readonly Limit[]) => RuleResult;

export const nothing: RuleResult = { watched: [], changesOn: [] };

/** Entries that one alert names at most; of a large project the completion itself names all it rests on. */
const mostEvidence = 100;

/** The entries that completion rests on, behind those named first: of very many the ones said last. */
export function evidenceOf({ figures, facts }: RuleInput, first: readonly string[]): string[] {
  const resting = new Set(figures.completion.entries);
  const latest = facts.filter(({ id }) => resting.has(id)).slice(-mostEvidence);
  return [...new Set([...first, ...latest.map(({ id }) => id)])];
}

/** How a project with these figures stands. */
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
    leaves: weightedLeaves(tree),
    items: new Map(figures.completion.items.map((item) => [item.item, item])),
    entered: new Set(stages.map((fact) => fact.data.stage)),
    isComplete:
      (floorBasisPoints === wholeBasisPoints && ceilingBasisPoints === wholeBasisPoints) ||
      stage === 'in-production' ||
      stage === 'accepted',
  };
}

/** True when nothing can be late: the project is complete or suspended. */
export function isAtRest({ isComplete, figures }: RuleInput): boolean {
  return isComplete || figures.isSuspended;
}

/** True when a target of promises was reached: `completion`, `production` or an item. */
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
