import type { EventType } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import type { JournalEntry, Line } from '../project/journal.js';

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
  'other-stall': { en: 'It is about another stall.', zh: '记录的是另一停工/受阻。' },
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

/** An entry that does not count, before it is put into words. */
interface Left {
  line: Line;
  why: Why;
}

/**
 * The entries that do not count for a figure, the latest by (asOf, position) first, and how many there are.
 *
 * @param known every entry known at the moment, whatever its day
 * @param later entries that were recorded after it
 * @param whyNot the reason for one that is no different in general; undefined for one that was not looked at
 */
export function leftIn(
  {
    known,
    later,
    asOf,
    used,
  }: {
    known: readonly Line[];
    later: readonly Line[];
    asOf: Day;
    used: ReadonlySet<Uuid>;
  },
  whyNot: (entry: Line) => Why | undefined,
): { left: Left[]; leftCount: number } {
  const fates = fatesIn(known);
  const found: Left[] = [];
  const look = (line: Line, inGeneral: Why | undefined) => {
    if (ofProject.has(line.type)) return;
    const why = whyNot(line);
    if (why) found.push({ line, why: inGeneral ?? why });
  };
  for (const line of known) {
    const isLater = line.entry.asOf > asOf;
    if (!used.has(line.id))
      look(line, fates.get(line.id) ?? (isLater ? { reason: 'after-as-of' } : undefined));
  }
  for (const line of later) look(line, { reason: 'not-yet-known' });
  found.sort((a, b) => inOrder(b.line, a.line));
  return { left: found.slice(0, mostNotUsed), leftCount: found.length };
}

/** Entries that do not count, in words. */
export function notUsedOf(left: readonly Left[], entryOf: ReadonlyMap<Uuid, JournalEntry>): NotUsed[] {
  return left.flatMap(({ line, why: { reason, by } }) => {
    const entry = entryOf.get(line.id);
    const words = notUsedWords({ reason });
    return entry ? [{ entry, reason, words, ...(by === undefined ? {} : { by }) }] : [];
  });
}

/** Entries that are withdrawn or corrected by one of some entries; a correction says more. */
export function fatesIn(lines: readonly Line[]): ReadonlyMap<Uuid, Why> {
  const fates = new Map<Uuid, Why>();
  for (const { id, type, data, entry } of lines) {
    if (entry.corrects !== undefined) fates.set(entry.corrects, { reason: 'corrected', by: id });
    else if (type === 'EntryWithdrawn' && fates.get(data.entry)?.reason !== 'corrected')
      fates.set(data.entry, { reason: 'withdrawn', by: id });
  }
  return fates;
}

function inOrder(a: Line, b: Line): number {
  const [one, other] = [a.entry.asOf, b.entry.asOf];
  return one === other ? a.position - b.position : one < other ? -1 : 1;
}
