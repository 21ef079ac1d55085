import type { Contradiction } from './contradiction.js';
import { moneyRules } from './contradictions-of-money.js';
import { planRules } from './contradictions-of-plan.js';
import { progressRules } from './contradictions-of-progress.js';
import { stageRules } from './contradictions-of-stage.js';
import { stallRules } from './contradictions-of-stalls.js';
import { type Facts, keeping, upTo } from './facts.js';
import type { Projection } from './projection.js';
import { type Scene, type SceneFact, sceneOf } from './scene.js';

export interface ContradictionsView {
  open: Contradiction[];
  settled: Contradiction[];
}

/**
 * The register of entries that cannot all be true; nothing is refused for it, and it stays until an entry settles it.
 *
 * Withdrawing an entry settles what it stood in, if the other side was recorded before; what else settles is said at
 * each rule. Plans and words are read as they stand on the day that is asked for.
 */
export const contradictions: Projection<Facts<SceneFact['type']>, ContradictionsView> = {
  name: 'contradictions',
  scope: 'project',
  ...keeping(
    [
      'PlanAdopted',
      'MilestoneReached',
      'ProgressMeasured',
      'InvestmentReported',
      'StallDeclared',
      'StallCleared',
      'StageEntered',
      'NoChangeReported',
    ],
    { keepWithdrawn: true },
  ),
  view: (state, asOf) => {
    const facts = upTo(state.facts, asOf);
    const found = register(facts.filter((fact) => !fact.withdrawn));
    const known = new Map(found.map((contradiction) => [contradiction.id, contradiction]));
    for (const { id, withdrawn } of facts) {
      if (!withdrawn) continue;
      const then = facts.filter((fact) => wasLiveBefore(fact, withdrawn.position));
      for (const contradiction of register(then)) {
        if (contradiction.settledBy || !contradiction.entries.includes(id) || known.has(contradiction.id))
          continue;
        known.set(contradiction.id, { ...contradiction, settledBy: withdrawn.by });
      }
    }
    const all = [...known.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    return {
      open: all.filter((contradiction) => !contradiction.settledBy),
      settled: all.filter((contradiction) => contradiction.settledBy),
    };
  },
};

const rules: readonly ((scene: Scene) => Contradiction[])[] = [
  ...moneyRules,
  ...progressRules,
  ...planRules,
  ...stageRules,
  ...stallRules,
];

/** Every contradiction among facts that are live together, each once. */
function register(facts: readonly SceneFact[]): Contradiction[] {
  const scene = sceneOf(facts);
  const found = rules.flatMap((rule) => rule(scene));
  return [...new Map(found.reverse().map((contradiction) => [contradiction.id, contradiction])).values()];
}

function wasLiveBefore(fact: SceneFact, position: number): boolean {
  return fact.position < position && (fact.withdrawn === undefined || fact.withdrawn.position >= position);
}

function sortKey({ since, id }: Contradiction): string {
  return `${since} ${id}`;
}
