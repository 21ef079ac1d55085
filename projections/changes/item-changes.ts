import type { Names } from '../../domain/project/events.js';
import { isSame } from '../../domain/values/equal.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { CompletionView, ItemCompletion } from '../completion/completion.js';
import type { Changed, Moment } from './changed-entries.js';
import type { Waterfall } from './effects.js';

/** Why an item changed; `late`: by an entry about a day before the first moment's; `lexicon`: it is read by another one. */
type ItemChangeKind = 'work' | 'scope' | 'correction' | 'late' | 'lexicon';

export interface ItemChange {
  item: string;
  name: Names;
  isGroup: boolean;
  /** Percent before; null if it was neither planned nor measured. */
  fromBasisPoints: number | null;
  toBasisPoints: number | null;
  saidBefore: ItemCompletion['said'] | null;
  saidAfter: ItemCompletion['said'] | null;
  kind: ItemChangeKind;
  /** The entries that made the difference. */
  entries: Uuid[];
}

/** The changed items: from the first moment's figures, via the same facts read again and under the new plan, to the second's. */
export function itemChanges(
  { first, reread, underNewPlan, second }: Waterfall,
  entries: readonly Changed[],
  after: Moment,
): ItemChange[] {
  const [before, read, scoped, now] = [first, reread, underNewPlan, second].map(byItem);
  const movedBy = movingEntries(entries);
  const ids = [...new Set([...second.items, ...first.items].map((item) => item.item))];
  return ids.flatMap((id): ItemChange[] => {
    const [from, under, to] = [before?.get(id), scoped?.get(id), now?.get(id)];
    if (from && to && isSame(figuresOf(from), figuresOf(to))) return [];
    const isScope = !isSame(figuresOf(read?.get(id)), figuresOf(under));
    const moved = evidenceMoved(under, to, movedBy, after);
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
        kind: !isSame(figuresOf(under), figuresOf(to)) ? kindOfMove(moved) : isScope ? 'scope' : 'lexicon',
        entries: [...new Set([...plan, ...moved.map((entry) => entry.id)])],
      },
    ];
  });
}

/** The changed entries that an item gained as evidence, and the withdrawals of what it lost. */
function evidenceMoved(
  from: ItemCompletion | undefined,
  to: ItemCompletion | undefined,
  movedBy: ReturnType<typeof movingEntries>,
  after: Moment,
): Changed[] {
  const lost = new Set(from?.entries.filter((id) => !to?.entries.includes(id)));
  const gained = new Set(to?.entries.filter((id) => !from?.entries.includes(id)));
  const moved = movedBy(lost, gained);
  // An older report that counts again was known before; the day alone added or removed it.
  const isRevived = moved.length === 0 && gained.size > 0;
  const revived = isRevived ? after.state.journal.lines.filter((line) => gained.has(line.id)) : [];
  return [...moved, ...revived.map((line) => ({ ...line, kind: 'new' as const }))];
}

/** Finds, among changed entries in log order, the withdrawals of an item's lost evidence and its new evidence. */
function movingEntries(
  entries: readonly Changed[],
): (lost: Iterable<string>, gained: Iterable<string>) => Changed[] {
  const withdrawing = Map.groupBy(entries, ({ type, data }) =>
    type === 'EntryWithdrawn' ? data.entry : undefined,
  );
  const saying = new Map(withdrawing.get(undefined)?.map((entry) => [entry.id, entry]));
  return (lost, gained) =>
    [
      ...[...lost].flatMap((id) => withdrawing.get(id) ?? []),
      ...[...gained].flatMap((id) => saying.get(id) ?? []),
    ].sort((a, b) => a.position - b.position);
}

function kindOfMove(moved: readonly Changed[]): ItemChangeKind {
  if (moved.some((entry) => entry.kind === 'withdrawal' || entry.kind === 'correction')) return 'correction';
  return moved.length > 0 && moved.every((entry) => entry.kind === 'late') ? 'late' : 'work';
}

function byItem(view: CompletionView): ReadonlyMap<string, ItemCompletion> {
  return new Map(view.items.map((item) => [item.item, item]));
}

/** What makes an item differ: its figures and its last report. */
function figuresOf(item: ItemCompletion | undefined) {
  if (!item) return undefined;
  const { floorBasisPoints, percentBasisPoints, said, isPlanned } = item;
  return { floorBasisPoints, percentBasisPoints, said, isPlanned };
}
