import { dayOf } from '../../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../../domain/values/lexicon.js';
import type { Figure, Origin } from '../../../projections/progress/figures.js';
import type { Found } from '../../../projections/progress/found.js';
import { Progress } from '../../../projections/progress/progress.js';
import { type NaiveProgress, naiveProgress } from './naive/naive.js';
import type { ProgressFact } from './naive/progress-fact.js';
import { treeOf, within } from './naive/tree.js';

/** A way to compute the progress of a project on a day from the facts that were known. */
type Model = (facts: readonly ProgressFact[], asOf: string) => NaiveProgress;

/** The fold of the projection over all facts up to a day, in their order. */
export function progressOf(facts: readonly ProgressFact[], asOf: string): NaiveProgress {
  const progress = new Progress(shippedLexicon);
  const upTo = facts.filter((fact) => fact.asOf <= asOf);
  for (const fact of upTo) progress.add(fact);
  return shown(progress, upTo);
}

/** The figures of a fold in the form of the definition; nodes that no plan names are left out. */
export function shown(progress: Progress, facts: readonly ProgressFact[]): NaiveProgress {
  const plan = facts.findLast((fact) => fact.type === 'PlanAdopted');
  const items = plan?.type === 'PlanAdopted' ? plan.data.items : [];
  const implied = progress.implied(false);
  const nodes = within(treeOf(items)).flatMap(({ key }) => {
    const [item = '', step] = key.split('/');
    const figure = implied.figure({
      ...(item === '' ? {} : { item }),
      ...(item === '' || step === undefined ? {} : { step }),
    });
    return figure ? [[key, figureOf(figure)] as const] : [];
  });
  return {
    nodes: Object.fromEntries(nodes),
    coverage: progress.coverage(),
    contradictions: progress.found.map(contradictionOf),
  };
}

export const models: Readonly<Record<string, Model>> = {
  'by definition': naiveProgress,
  'by the projection': progressOf,
};

function figureOf({
  low,
  point,
  high,
  lowFrom,
  pointFrom,
  highFrom,
}: Figure): NaiveProgress['nodes'][string] {
  const entryOf = (origin: Origin) => (origin && 'entry' in origin ? origin.entry : undefined);
  const by = { low: entryOf(lowFrom), point: entryOf(pointFrom), high: entryOf(highFrom) };
  return { low, point, high, by: JSON.parse(JSON.stringify(by)) };
}

const kinds = {
  fell: 'fell',
  'amount-fell': 'smaller',
  'above-parts': 'above',
  'below-parts': 'below',
} as const;

function contradictionOf({
  kind,
  node,
  day,
  upper,
  lower,
  settledBy,
}: Found): NaiveProgress['contradictions'][number] {
  return {
    kind: kinds[kind],
    node: node === '' ? '/' : node.replace('\n', '/'),
    day: dayOf(day),
    entries: [...upper, ...lower],
    ...(settledBy === null ? {} : { settledBy }),
  };
}
