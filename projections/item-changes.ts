import { isSame } from '../src/domain/equal.js';
import type { Names } from '../src/domain/events.js';
import type { Changed, Moment } from './changed-entries.js';
import type { CompletionView, ItemCompletion } from './completion.js';

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

/** The items that look different: from the first moment's figures, by way of the same facts under the new plan, to the second's. */
export function itemChanges(
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

function byItem(view: CompletionView): ReadonlyMap<string, ItemCompletion> {
  return new Map(view.items.map((item) => [item.item, item]));
}

/** What makes an item look different: its figures and the last word on it. */
function figuresOf(item: ItemCompletion | undefined) {
  if (!item) return undefined;
  const { floorBasisPoints, percentBasisPoints, said, isPlanned } = item;
  return { floorBasisPoints, percentBasisPoints, said, isPlanned };
}
