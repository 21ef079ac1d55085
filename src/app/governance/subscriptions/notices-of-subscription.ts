import type { AlertEvent } from '../../../../domain/alerts/events.js';
import type { NoticeOfSubscription } from '../../alerts/alerts.js';
import { noticeIn } from '../../alerts/notice-record.js';
import type { Page, PageOf } from '../../queries/asked.js';
import { Refused } from '../../refusals.js';
import type { Views } from '../../views/views.js';

const sql = `SELECT journal.event FROM told JOIN journal USING (stream, revision)
  WHERE subscription = ? AND told.position < ? ORDER BY told.position DESC LIMIT ?`;

/**
 * The notices of a subscription, latest first; only those of projects within reach.
 *
 * @throws Refused `cursor-invalid`
 */
export function noticesTo(
  views: Pick<Views, 'rows'>,
  subscription: string,
  { cursor, limit }: Page,
  isReached: (project: string) => boolean = () => true,
): PageOf<NoticeOfSubscription> {
  const found: NoticeOfSubscription[] = [];
  for (let before = positionIn(cursor, Number.MAX_SAFE_INTEGER); found.length <= limit; ) {
    const page = views
      .rows(sql, subscription, before, limit + 1)
      .flatMap(({ event }) => noticeIn(JSON.parse(String(event)) as AlertEvent) ?? []);
    found.push(...page.filter(({ project }) => isReached(project)));
    const last = page.at(-1);
    if (!last || page.length <= limit) break;
    before = last.position;
  }
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last ? { next: String(last.position) } : {}) };
}

/** The position in a cursor. @throws Refused `cursor-invalid` */
export function positionIn(cursor: string | undefined, withoutOne: number): number {
  if (cursor === undefined) return withoutOne;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new Refused('cursor-invalid', {
    member: 'cursor',
    seen: cursor,
    expected: { en: 'the "next" of the page before', zh: '上一页的“next”' },
  });
}
