import type { Severity } from '../../domain/governance/rules.js';
import type { Names } from '../../domain/project/events.js';
import { type Effect, effects } from '../changes/effects.js';
import { isChanged, type ProjectBetween, type Standing } from '../changes/project-between.js';
import type { CompletionFigure } from '../completion/figure-evidence.js';

/**
 * What moved a mean over projects: `left` and `joined`, the projects that count at only one of the moments; the others
 * are the effects on the projects that count at both. In the order in which they are taken, each on the mean that the one
 * before left.
 */
export const totalEffects = ['left', 'lexicon', 'scope', 'correction', 'late', 'work', 'joined'] as const;

export type TotalEffect = (typeof totalEffects)[number];

/** A mean on the way from one moment to the other: `sumBasisPoints` is `projects` times the mean, plus the rest. */
interface MeanStep {
  /** The effect that led here; null for the mean of the first moment. */
  after: TotalEffect | null;
  /** Of the figures of the projects that count here. */
  sumBasisPoints: number;
  projects: number;
  /** Rounded half up; null over no project. */
  meanBasisPoints: number | null;
  restBasisPoints: number;
}

/** The mean of a figure at two moments, in basis points; the effects add up to the whole difference. */
export type MeanChange = {
  /** Before; null if no project counts. */
  from: number | null;
  /** After; null if no project counts. */
  to: number | null;
  /** Null, as every effect, if there is no mean at one of the moments. */
  byBasisPoints: number | null;
  /** The means in between, so that every effect can be computed again. */
  steps: MeanStep[];
} & { [One in TotalEffect as `${One}BasisPoints`]: number | null };

type LightCounts = Record<Severity | 'none', number>;

/** A project without any difference between the moments. */
interface Unchanged {
  project: string;
  name: Names;
  standing: Standing;
  percentBasisPoints: number;
}

/** Many projects between two moments. */
export interface Between {
  completion: Record<CompletionFigure, MeanChange>;
  /** The projects that are known and not cancelled, by light; in between those of the first moment under the rules of the second. */
  lights: { from: LightCounts; underNewRules: LightCounts; to: LightCounts };
  /** Projects with a difference, by id. */
  items: ProjectBetween[];
  /** The others, by id. */
  unchanged: Unchanged[];
}

/** The difference of many projects between two moments, by what made it; for the mean and for every project. */
export function between(projects: readonly ProjectBetween[]): Between {
  const changed = projects.filter(isChanged);
  const same = new Set(changed);
  return {
    completion: {
      percent: meanChange(projects, 'percent'),
      floor: meanChange(projects, 'floor'),
      ceiling: meanChange(projects, 'ceiling'),
    },
    lights: {
      from: lightsOf(projects, 'from', 'from'),
      underNewRules: lightsOf(projects, 'from', 'underNewRules'),
      to: lightsOf(projects, 'to', 'to'),
    },
    items: changed,
    unchanged: projects
      .filter((project) => !same.has(project))
      .map(({ project, name, to, completion }) => ({
        project,
        name,
        standing: to,
        percentBasisPoints: completion.percent.to,
      })),
  };
}

function meanChange(projects: readonly ProjectBetween[], figure: CompletionFigure): MeanChange {
  const at = (moment: 'from' | 'to') => projects.filter((project) => project[moment] === 'counted');
  const [before, after] = [at('from'), at('to')];
  const both = before.filter(({ to }) => to === 'counted');
  const sum = (of: readonly ProjectBetween[], part: 'from' | 'to' | `${Effect}BasisPoints`) =>
    of.reduce((total, { completion }) => total + completion[figure][part], 0);
  const steps: MeanStep[] = [stepOf(null, sum(before, 'from'), before.length)];
  let left = sum(both, 'from');
  for (const effect of totalEffects) {
    if (effect !== 'left' && effect !== 'joined') left += sum(both, `${effect}BasisPoints`);
    steps.push(
      effect === 'joined'
        ? stepOf(effect, sum(after, 'to'), after.length)
        : stepOf(effect, left, both.length),
    );
  }
  const [from = null, to = null] = [steps[0], steps.at(-1)].map((step) => step?.meanBasisPoints);
  const isComparable = from !== null && to !== null;
  let known = from;
  const effectOf = (effect: TotalEffect): number | null => {
    if (!isComparable || known === null) return null;
    const mean = steps.find((step) => step.after === effect)?.meanBasisPoints ?? known;
    const by = mean - known;
    known = mean;
    return by;
  };
  const by = Object.fromEntries(totalEffects.map((effect) => [`${effect}BasisPoints`, effectOf(effect)]));
  return {
    from,
    to,
    byBasisPoints: isComparable ? to - from : null,
    ...(by as { [One in TotalEffect as `${One}BasisPoints`]: number | null }),
    steps,
  };
}

function stepOf(after: TotalEffect | null, sumBasisPoints: number, projects: number): MeanStep {
  const meanBasisPoints = projects === 0 ? null : Math.round(sumBasisPoints / projects);
  return {
    after,
    sumBasisPoints,
    projects,
    meanBasisPoints,
    restBasisPoints: sumBasisPoints - (meanBasisPoints ?? 0) * projects,
  };
}

/** Projects that are known and not cancelled at a moment, by one of their lights. */
function lightsOf(
  projects: readonly ProjectBetween[],
  moment: 'from' | 'to',
  light: keyof ProjectBetween['light'],
): LightCounts {
  const counts: LightCounts = { red: 0, yellow: 0, blue: 0, none: 0 };
  for (const project of projects) {
    const standing = project[moment];
    if (standing === 'counted' || standing === 'without-plan') counts[project.light[light] ?? 'none'] += 1;
  }
  return counts;
}

/** In the order in which people ask for them. */
export const shownEffects = [...effects, 'joined', 'left'] as const satisfies readonly TotalEffect[];
