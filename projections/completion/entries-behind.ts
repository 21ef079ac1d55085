import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import type { Figure, Origin } from '../progress/figures.js';

/** One of the three bounds of a figure. */
export type Bound = 'low' | 'point' | 'high';

/** Gives the figure of a node by its key; undefined for what the plan does not name. */
export type FigureOf = (key: string) => Figure | undefined;

/**
 * The ids of the entries behind a bound of a node: its own, or those of the nodes that it is the sum of or follows from.
 *
 * Of these nodes, only those count that raise the low above 0, or keep the high below 100 %.
 */
export function entriesBehind(figureOf: FigureOf, node: string, bound: Bound): Set<string> {
  const entries = new Set<string>();
  const seen = new Set<string>();
  const follow = (key: string) => {
    const figure = figureOf(key);
    if (!figure || seen.has(key)) return;
    seen.add(key);
    const origin = originOf(figure, bound);
    if (!origin || !counts(figure, bound)) return;
    if ('entry' in origin) entries.add(origin.entry);
    else for (const other of origin.nodes) follow(other);
  };
  follow(node);
  return entries;
}

/** The entry that sets a bound of a figure itself; undefined if it is the sum of others, or implied. */
export function setBy(figure: Figure | undefined, bound: Bound): string | undefined {
  return entryIn(figure ? originOf(figure, bound) : null);
}

/** The entry that is an origin; undefined for other nodes, or nothing. */
export function entryIn(origin: Origin): string | undefined {
  return origin && 'entry' in origin ? origin.entry : undefined;
}

function originOf(figure: Figure, bound: Bound): Origin {
  return bound === 'low' ? figure.lowFrom : bound === 'point' ? figure.pointFrom : figure.highFrom;
}

function counts({ low, high }: Figure, bound: Bound): boolean {
  if (bound === 'low') return low > 0;
  return bound === 'point' || high < wholeBasisPoints;
}
