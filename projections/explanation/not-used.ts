import type { EventType } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import type { JournalEntry } from '../project/journal.js';

/** Why an entry does not count for a figure. */
const reasonWords = {
  withdrawn: { en: 'It was withdrawn.', zh: '已撤回。' },
  corrected: { en: 'Another entry corrects it.', zh: '已被另一记录更正。' },
  'after-as-of': { en: 'It is about a later day.', zh: '记录的是之后的日期。' },
  'not-yet-known': { en: 'It was recorded later.', zh: '在该时刻之后才登记。' },
  superseded: { en: 'A later entry on the same takes its place.', zh: '已由同一对象的更新记录代替。' },
  wider: {
    en: 'Other entries say as much or more on the same.',
    zh: '其他记录对同一对象已说明得同样多或更多。',
  },
  unplanned: { en: 'The plan in force does not name its item.', zh: '现行计划中没有该部位。' },
  weightless: { en: 'Its item has no weight, or is cancelled.', zh: '该部位权重为 0 或已取消。' },
  'other-figure': { en: 'It counts for other figures.', zh: '计入其他指标。' },
  'other-item': { en: 'It is about another item.', zh: '记录的是另一部位。' },
  'other-kind': { en: 'It is money of another kind.', zh: '属于其他类别的资金。' },
  'other-basis': { en: 'It is on another basis.', zh: '口径不同。' },
  'other-unit': { en: 'It is in another currency.', zh: '币种不同。' },
  'other-stall': { en: 'It is about another stall.', zh: '记录的是另一停滞。' },
  'other-span': { en: 'It is about another span.', zh: '统计期间不同。' },
} as const satisfies Record<string, Words>;

type NotUsedReason = keyof typeof reasonWords;

/** An entry that does not count for a figure, with the reason. */
export interface NotUsedOf<Entry> {
  entry: Entry;
  reason: NotUsedReason;
  words: Words;
  /** The entry that takes its place. */
  by?: Uuid;
}

type NotUsed = NotUsedOf<JournalEntry>;

/** How many of them an explanation lists. */
const mostNotUsed = 200;

/** A reason without words. */
export type Why = Pick<NotUsed, 'reason' | 'by'>;

/** Entries that are about the project rather than about a figure of it. */
const ofProject: ReadonlySet<EventType> = new Set([
  'ProjectRegistered',
  'ProjectDescribed',
  'EntryWithdrawn',
  'ContradictionExplained',
]);

/** The words of a reason. */
export function notUsedWords({ reason }: Why): Words {
  return reasonWords[reason];
}

/**
 * The entries that do not count for a figure, the latest by (asOf, position) first.
 *
 * @param known every entry known at the moment, whatever its day
 * @param later entries that were recorded after it
 * @param why the reason for one that is no different in general; undefined for one that was not looked at
 */
export function notUsedIn(
  {
    known,
    later,
    asOf,
    used,
  }: {
    known: readonly JournalEntry[];
    later: readonly JournalEntry[];
    asOf: Day;
    used: ReadonlySet<Uuid>;
  },
  why: (entry: JournalEntry) => Why | undefined,
): { notUsed: NotUsed[]; notUsedCount: number } {
  const found: NotUsed[] = [];
  const add = (entry: JournalEntry, { reason, by }: Why) =>
    found.push({ entry, reason, words: notUsedWords({ reason }), ...(by === undefined ? {} : { by }) });
  for (const entry of known) {
    if (used.has(entry.id) || ofProject.has(entry.type)) continue;
    const reason = why(entry);
    if (reason) add(entry, generally(entry, asOf) ?? reason);
  }
  for (const entry of later)
    if (!ofProject.has(entry.type) && why(entry)) add(entry, { reason: 'not-yet-known' });
  found.sort((a, b) => inOrder(b.entry, a.entry));
  return { notUsed: found.slice(0, mostNotUsed), notUsedCount: found.length };
}

function generally({ withdrawn, correctedBy, asOf }: JournalEntry, until: Day): Why | undefined {
  if (correctedBy !== undefined) return { reason: 'corrected', by: correctedBy };
  if (withdrawn) return { reason: 'withdrawn', by: withdrawn.by };
  return asOf > until ? { reason: 'after-as-of' } : undefined;
}

function inOrder(a: JournalEntry, b: JournalEntry): number {
  return a.asOf === b.asOf ? a.position - b.position : a.asOf < b.asOf ? -1 : 1;
}
