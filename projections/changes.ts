import type { Day } from '../src/domain/calendar.js';
import { isSame } from '../src/domain/equal.js';
import type { EventType, Names, ProjectDetails } from '../src/domain/events.js';
import { type CompletionView, completionOf, type ItemCompletion, planInForce } from './completion.js';
import { upTo } from './facts.js';
import type { Forecast } from './forecasts.js';
import type { IdentityView } from './identity.js';
import type { Basis, InvestmentView } from './investment.js';
import type { Line } from './journal.js';
import { type ProjectState, type ProjectFigures, figuresAt } from './project.js';
import type { StallEpisode } from './stalls.js';

/** A project as it was known at a point of both clocks. */
export interface Moment {
  state: ProjectState;
  asOf: Day;
}

/** A figure at two moments, in basis points; `by` is the sum of the effects of scope and work. */
export interface FigureChange {
  from: number;
  to: number;
  byBasisPoints: number;
  /** The facts of the first moment under the plan of the second, minus the first figure. */
  scopeBasisPoints: number;
  /** The rest. */
  workBasisPoints: number;
}

/** Why an item moved; `late`: by an entry about a day that had already been looked at. */
export type ItemChangeKind = 'work' | 'scope' | 'correction' | 'late';

export interface ItemChange {
  item: string;
  name: Names;
  isGroup: boolean;
  /** Percent before; null when it was neither planned nor measured. */
  fromBasisPoints: number | null;
  toBasisPoints: number | null;
  saidBefore: ItemCompletion['said'] | null;
  saidAfter: ItemCompletion['said'] | null;
  kind: ItemChangeKind;
  /** The entries that made the difference. */
  entries: string[];
}

export interface EntryChange {
  id: string;
  type: EventType;
  asOf: Day;
  kind: 'new' | 'late' | 'correction' | 'withdrawal';
}

/** What is different between two moments of a project, on either clock. */
export interface Changes {
  completion: { percent: FigureChange; floor: FigureChange; ceiling: FigureChange };
  items: ItemChange[];
  investment: {
    fromMinor: number | null;
    toMinor: number | null;
    /** Null when either is missing, or basis or currency changed between them. */
    byMinor: number | null;
    currency: string | null;
    basis: Basis | null;
    entries: string[];
  } | null;
  stage: { from: IdentityView['stage']; to: IdentityView['stage'] } | null;
  suspension: { from: boolean; to: boolean } | null;
  stallsOpened: StallEpisode[];
  stallsCleared: StallEpisode[];
  /** Promises that only the second moment knows. */
  forecasts: Forecast[];
  plan: { fromVersion: number | null; toVersion: number | null } | null;
  /** Names of the details that differ. */
  details: string[];
  /** Entries that only one of the moments knows. */
  entries: EntryChange[];
}
/** What is different between a first and a second moment; either clock may be the one that moved. */
export function changes(before: Moment, after: Moment): Changes {
  const [first, second] = [figuresAt(before.state, before.asOf), figuresAt(after.state, after.asOf)];
  const facts = upTo(before.state.completion.facts, before.asOf);
  const plan = planInForce(after.state.completion.facts, after.asOf);
  const underNewPlan = completionOf(facts, plan, before.asOf);
  const entries = entryChanges(before, after);
  const known = new Set(first.schedule.forecasts.map((forecast) => forecast.entry));
  return {
    completion: {
      percent: figureChange('percentBasisPoints', first, underNewPlan, second),
      floor: figureChange('floorBasisPoints', first, underNewPlan, second),
      ceiling: figureChange('ceilingBasisPoints', first, underNewPlan, second),
    },
    items: itemChanges(first.completion, underNewPlan, second.completion, entries, after),
    investment: investmentChange(first.investment, second.investment, entries),
    stage: isSame(first.stage, second.stage) ? null : { from: first.stage, to: second.stage },
    suspension:
      first.isSuspended === second.isSuspended ? null : { from: first.isSuspended, to: second.isSuspended },
    ...stallChanges(first.stalls.episodes, second.stalls.episodes),
    forecasts: second.schedule.forecasts.filter((forecast) => !known.has(forecast.entry)),
    plan: planChange(first.completion.plan, second.completion.plan),
    details: changedMembers(first.details, second.details),
    entries: entries.map(({ id, type, entry, kind }) => ({ id, type, asOf: entry.asOf, kind })),
  };
}

type Changed = Line & { kind: EntryChange['kind'] };

/** The entries of the second moment that the first did not know or did not count yet, in log order. */
function entryChanges(before: Moment, after: Moment): Changed[] {
  const counted = new Set(
    before.state.journal.lines.filter((line) => counts(line, before)).map((line) => line.id),
  );
  return after.state.journal.lines
    .filter((line) => counts(line, after) && !counted.has(line.id))
    .map((line) => ({ ...line, kind: kindOf(line, before) }));
}

/** An entry counts from its day on; a withdrawal as soon as it is known, because its entry leaves every day at once. */
function counts(line: Line, { asOf, state }: Moment): boolean {
  if (line.type !== 'EntryWithdrawn') return line.entry.asOf <= asOf;
  return state.journal.lines.some((other) => other.id === line.data.entry && other.entry.asOf <= asOf);
}

function kindOf(line: Line, before: Moment): EntryChange['kind'] {
  if (line.type === 'EntryWithdrawn') return 'withdrawal';
  if (line.entry.corrects !== undefined) return 'correction';
  return line.entry.asOf <= before.asOf ? 'late' : 'new';
}

function figureChange(
  figure: 'floorBasisPoints' | 'percentBasisPoints' | 'ceilingBasisPoints',
  first: ProjectFigures,
  underNewPlan: CompletionView,
  second: ProjectFigures,
): FigureChange {
  const [from, scoped, to] = [first.completion[figure], underNewPlan[figure], second.completion[figure]];
  return {
    from,
    to,
    byBasisPoints: to - from,
    scopeBasisPoints: scoped - from,
    workBasisPoints: to - scoped,
  };
}

function itemChanges(
  first: CompletionView,
  underNewPlan: CompletionView,
  second: CompletionView,
  entries: readonly Changed[],
  after: Moment,
): ItemChange[] {
  const [before, scoped, now] = [first, underNewPlan, second].map(byItem);
  const ids = [...new Set([...second.items, ...first.items].map((item) => item.item))];
  return ids.flatMap((id): ItemChange[] => {
    const [from, under, to] = [before?.get(id), scoped?.get(id), now?.get(id)];
    if (from && to && isSame(figuresOf(from), figuresOf(to))) return [];
    const isScope = !isSame(figuresOf(from), figuresOf(under));
    const moved = evidenceMoved(under, to, entries, after);
    const plan = isScope && second.plan ? [second.plan.entry] : [];
    return [
      {
        item: id,
        name: to?.name ?? from?.name ?? {},
        isGroup: (to ?? from)?.isGroup ?? false,
        fromBasisPoints: from?.percentBasisPoints ?? null,
        toBasisPoints: to?.percentBasisPoints ?? null,
        saidBefore: from?.said ?? null,
        saidAfter: to?.said ?? null,
        kind: isSame(figuresOf(under), figuresOf(to)) ? 'scope' : kindOfMove(moved),
        entries: [...new Set([...plan, ...moved.map((entry) => entry.id)])],
      },
    ];
  });
}

/** The changed entries that an item gained as evidence, and the withdrawals of what it lost. */
function evidenceMoved(
  from: ItemCompletion | undefined,
  to: ItemCompletion | undefined,
  entries: readonly Changed[],
  after: Moment,
): Changed[] {
  const lost = new Set(from?.entries.filter((id) => !to?.entries.includes(id)));
  const gained = new Set(to?.entries.filter((id) => !from?.entries.includes(id)));
  const moved = entries.filter((entry) =>
    entry.type === 'EntryWithdrawn' ? lost.has(entry.data.entry) : gained.has(entry.id),
  );
  // An older word that counts again was known before; the day alone brought or took it.
  const revived = after.state.journal.lines.filter((line) => moved.length === 0 && gained.has(line.id));
  return [...moved, ...revived.map((line) => ({ ...line, kind: 'new' as const }))];
}

function kindOfMove(moved: readonly Changed[]): ItemChangeKind {
  if (moved.some((entry) => entry.kind === 'withdrawal' || entry.kind === 'correction')) return 'correction';
  return moved.length > 0 && moved.every((entry) => entry.kind === 'late') ? 'late' : 'work';
}

function investmentChange(
  first: InvestmentView,
  second: InvestmentView,
  entries: readonly Changed[],
): Changes['investment'] {
  const { currency, basis } = second;
  const isLike = first.currency === currency && first.basis === basis;
  const [fromMinor, toMinor] = [first.sinceStartMinor, second.sinceStartMinor];
  if (fromMinor === toMinor && isLike) return null;
  const withdrawn = entries.filter(
    (entry) => entry.type === 'EntryWithdrawn' && entry.data.entry === first.entry,
  );
  return {
    fromMinor,
    toMinor,
    byMinor: fromMinor === null || toMinor === null || !isLike ? null : toMinor - fromMinor,
    currency,
    basis,
    entries: [...withdrawn.map((entry) => entry.id), ...(second.entry === null ? [] : [second.entry])],
  };
}

function stallChanges(
  before: readonly StallEpisode[],
  after: readonly StallEpisode[],
): Pick<Changes, 'stallsOpened' | 'stallsCleared'> {
  const earlier = new Map(before.map((episode) => [episode.entries[0], episode]));
  return {
    stallsOpened: after.filter((episode) => !earlier.has(episode.entries[0])),
    stallsCleared: after.filter(
      (episode) => episode.status === 'cleared' && earlier.get(episode.entries[0])?.status !== 'cleared',
    ),
  };
}

function planChange(before: CompletionView['plan'], after: CompletionView['plan']): Changes['plan'] {
  if (before?.entry === after?.entry) return null;
  return { fromVersion: before?.version ?? null, toVersion: after?.version ?? null };
}

function changedMembers(before: ProjectDetails, after: ProjectDetails): string[] {
  const members = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof ProjectDetails)[]);
  return [...members].filter((member) => !isSame(before[member], after[member]));
}

function byItem(view: CompletionView): ReadonlyMap<string, ItemCompletion> {
  return new Map(view.items.map((item) => [item.item, item]));
}

/** What makes an item look different: its figures and the last word on it. */
function figuresOf(item: ItemCompletion | undefined) {
  if (!item) return undefined;
  const { floorBasisPoints, percentBasisPoints, said, isPlanned } = item;
  return { floorBasisPoints, percentBasisPoints, said, isPlanned };
}
