import type { WorkItem } from '../../../../domain/project/events.js';
import type { Contradiction } from './conflicts.js';
import { Days } from './days.js';
import { coverageOf, highOf, type Known, lowOf, pointOf } from './figures.js';
import { impliedOf } from './implied.js';
import type { ProgressFact } from './progress-fact.js';
import { within } from './tree.js';

/** The figures of a node in basis points, not rounded, with the entries that set them. */
interface Figure {
  low: number;
  point: number;
  high: number;
  by: { low?: string; point?: string; high?: string };
}

export interface NaiveProgress {
  /** By node: `/` is the project, `item`, `item/step`. */
  nodes: Record<string, Figure>;
  /** 0 to 1. */
  coverage: number;
  contradictions: Contradiction[];
}

/**
 * The progress of a project on a day by the rules R1 to R9, computed again from all live facts.
 *
 * The definition that the projection is compared with: slow, and written from the rules alone.
 */
export function naiveProgress(facts: readonly ProgressFact[], asOf: string): NaiveProgress {
  const days = [...new Set(facts.map((fact) => fact.asOf))].filter((day) => day <= asOf).sort();
  const fold = new Days();
  for (const day of days) {
    const ofDay = facts
      .filter((fact) => fact.asOf === day)
      .sort((a, b) => (a.place ?? a.position) - (b.place ?? b.position));
    fold.take(day, ofDay);
  }
  return figures(fold, fold.items);
}

function figures(fold: Days, items: readonly WorkItem[]): NaiveProgress {
  const stored: Known = fold;
  const known = { ...stored, implied: impliedOf(stored, fold.root, items) };
  const nodes: Record<string, Figure> = {};
  for (const [key, own] of fold.bounds)
    nodes[key] = { low: own.low, point: own.point ?? own.low, high: own.high, by: byOf(own.by) };
  for (const branch of within(fold.root)) {
    const own = fold.bounds.get(branch.key);
    nodes[branch.key] = {
      low: lowOf(known, branch),
      point: pointOf(known, branch),
      high: highOf(known, branch),
      by: own ? byOf(own.by) : {},
    };
  }
  return { nodes, coverage: coverageOf(known, fold.root), contradictions: fold.contradictions };
}

function byOf({ low, point, high }: Figure['by']): Figure['by'] {
  return {
    ...(low === undefined ? {} : { low }),
    ...(point === undefined ? {} : { point }),
    ...(high === undefined ? {} : { high }),
  };
}
