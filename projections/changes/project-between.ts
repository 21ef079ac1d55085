import type { Severity } from '../../domain/governance/rules.js';
import type { Names } from '../../domain/project/events.js';
import type { FactTable } from '../../domain/project/facts/fact.js';
import { completion } from '../completion/completion.js';
import type { CompletionFigure } from '../completion/figure-evidence.js';
import type { Steps } from '../facts/steps.js';
import type { Moment } from './changed-entries.js';
import { effects } from './effects.js';
import { type EntryBetween, entriesBetween } from './entries-between.js';
import { type ItemChange, itemChanges } from './item-changes.js';
import { type FigureChange, splitInSteps } from './split.js';

/**
 * Whether a project counts for a mean at a moment: `counted`, or why not. `not-chosen`: it does not match the filter;
 * `unregistered`: it was not registered yet; `parked`: one of its entries cannot be computed with.
 */
export type Standing = 'counted' | 'without-plan' | 'cancelled' | 'not-chosen' | 'unregistered' | 'parked';

/** The light of a project at two moments; null where nothing is due or it is not known. */
export interface LightBetween {
  from: Severity | null;
  /** That of the first moment under the rules of the second. */
  underNewRules: Severity | null;
  to: Severity | null;
}

/** An item that changed. */
type ItemBetween = Pick<
  ItemChange,
  'item' | 'name' | 'fromBasisPoints' | 'toBasisPoints' | 'kind' | 'entries'
>;

/** The differences of a project between two moments, without those of its other figures. */
export interface SplitBetween {
  completion: Record<CompletionFigure, FigureChange>;
  plan: { fromVersion: number | null; toVersion: number | null } | null;
  /** The changed items without parts, in the order of the plan. */
  items: ItemBetween[];
  /** The latest 50 of the entries that only the second moment knows or counts, in log order. */
  entries: EntryBetween[];
  entryCount: number;
}

/** A project between two moments. */
export interface ProjectBetween extends SplitBetween {
  project: string;
  name: Names;
  from: Standing;
  to: Standing;
  light: LightBetween;
}

/** The differences of a project between two moments, in steps. */
export function* projectBetween(before: Moment, after: Moment, facts?: FactTable): Steps<SplitBetween> {
  const first = completion.view(before.state.completion, before.asOf);
  yield;
  const second = completion.view(after.state.completion, after.asOf);
  yield;
  const split = yield* splitInSteps(before, after, [first, second]);
  const items = itemChanges(split.fall, split.entries, after).flatMap(
    ({ item, name, isGroup, fromBasisPoints, toBasisPoints, kind, entries }): ItemBetween[] =>
      isGroup ? [] : [{ item, name, fromBasisPoints, toBasisPoints, kind, entries }],
  );
  yield;
  const [fromPlan, toPlan] = [first.plan, second.plan];
  return {
    completion: split.completion,
    plan:
      fromPlan?.entry === toPlan?.entry
        ? null
        : { fromVersion: fromPlan?.version ?? null, toVersion: toPlan?.version ?? null },
    items,
    entries: yield* entriesBetween(split, after, facts),
    entryCount: split.entries.length,
  };
}

/** True if something of a project differs between the moments. */
export function isChanged({
  completion: figures,
  plan,
  items,
  entryCount,
  from,
  to,
  light,
}: ProjectBetween): boolean {
  if (from !== to || plan || items.length > 0 || entryCount > 0) return true;
  if (light.from !== light.to || light.from !== light.underNewRules) return true;
  return Object.values(figures).some(
    (figure) => figure.byBasisPoints !== 0 || effects.some((one) => figure[`${one}BasisPoints`] !== 0),
  );
}
