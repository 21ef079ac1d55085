import type { CompletionView } from '../completion/completion.js';
import type { CompletionFigure } from '../completion/figure-evidence.js';
import { upTo } from '../facts/facts.js';
import type { Steps } from '../facts/steps.js';
import { type Changed, changedEntries, type Moment } from './changed-entries.js';
import { type Effects, effectsOn, type Waterfall, waterfallOf } from './effects.js';
import { movedFigures } from './moved-figures.js';

/** A figure at two moments, in basis points; `byBasisPoints` is the sum of the effects. */
export interface FigureChange extends Effects {
  /** Before. */
  from: number;
  /** After. */
  to: number;
  byBasisPoints: number;
  /** Ids of the entries that made the difference, in log order. */
  entries: string[];
}

/** The completion of a project at two moments, and what lies between. */
export interface Split {
  completion: Record<CompletionFigure, FigureChange>;
  fall: Waterfall;
  /** The entries that only the second moment knows or counts, in log order. */
  entries: Changed[];
}

/** Splits the difference of every completion figure of a project by what made it, in steps. */
export function* splitInSteps(
  before: Moment,
  after: Moment,
  views: readonly [CompletionView, CompletionView],
): Steps<Split> {
  const entries = yield* changedEntries(before, after);
  const fall = yield* waterfallOf(before, after, views, entries);
  const { first, second, facts, plan } = fall;
  const moved = movedFigures(
    { facts, plan, asOf: before.asOf },
    { facts: upTo(after.state.completion.facts, after.asOf), plan, asOf: after.asOf },
    entries,
  );
  yield;
  const changed = (figure: CompletionFigure): FigureChange => {
    const effects = effectsOn(figure, fall);
    const ofPlan = effects.scopeBasisPoints === 0 ? [] : planEntries(first.plan, second.plan, entries);
    const [from, to] = [first[`${figure}BasisPoints`], second[`${figure}BasisPoints`]];
    const behind = [...new Set([...ofPlan, ...moved(figure)])];
    return { from, to, byBasisPoints: to - from, ...effects, entries: behind };
  };
  const percent = changed('percent');
  yield;
  const floor = changed('floor');
  yield;
  const ceiling = changed('ceiling');
  yield;
  return { completion: { percent, floor, ceiling }, fall, entries };
}

/** The entries that changed the plan in force: the new plan, or the withdrawal of the old one. */
function planEntries(
  first: CompletionView['plan'],
  second: CompletionView['plan'],
  entries: readonly Changed[],
): string[] {
  const withdrawn = entries.filter(
    (entry) => entry.type === 'EntryWithdrawn' && entry.data.entry === first?.entry,
  );
  return [...(second ? [second.entry] : []), ...withdrawn.map(({ id }) => id)];
}
