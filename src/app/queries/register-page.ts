import type { Contradiction } from '../../../projections/contradictions/contradiction.js';
import { type Found, worded } from '../../../projections/contradictions/contradictions.js';
import type { ContradictionState } from '../../../projections/contradictions/explained.js';
import { Refused } from '../refusals.js';
import type { Moment, Page } from './asked.js';

/** The number of contradictions by state, and some of them. */
export interface RegisterPage {
  /** The number of those that no entry has settled and nobody has explained. */
  open: number;
  /** The number of those of which somebody said why they stay. */
  explained: number;
  /** The number of settled ones. */
  settled: number;
  /** Open ones before explained ones before settled ones, latest first. */
  items: Contradiction[];
  /** Absent on the last page. */
  next?: string;
}

/** Contradictions shown with a project. */
export const shownWithProject = 100;

/** A page of the findings at a moment; only shown ones are put into words. */
export function registerPage(
  found: readonly Found[],
  { asOf, knownAt }: Moment,
  { from, limit }: { from: number; limit: number },
): RegisterPage {
  const inState = (wanted: ContradictionState) => found.filter(({ state }) => state === wanted);
  const [open, explained, settled] = [inState('open'), inState('explained'), inState('settled')];
  const items = [...open, ...explained, ...settled].slice(from, from + limit).map(worded);
  const end = from + items.length;
  return {
    open: open.length,
    explained: explained.length,
    settled: settled.length,
    items,
    ...(end < found.length ? { next: asCursor(`${asOf}.${knownAt.position}.${end}`) } : {}),
  };
}

/**
 * The place and moment in a cursor: all pages of a list are of one moment, although more is recorded meanwhile.
 *
 * @throws Refused `cursor-invalid`
 */
export function placeOf({ cursor }: Page): { from: number; moment?: Moment } {
  if (cursor === undefined) return { from: 0 };
  const said = Buffer.from(cursor, 'base64url').toString();
  const [, asOf, position, from] =
    /^contradictions:(\d{4}-\d\d-\d\d)\.(\d{1,15})\.(\d{1,9})$/.exec(said) ?? [];
  if (asOf === undefined) throw badCursor();
  return { from: Number(from), moment: { asOf, knownAt: { position: Number(position) } } };
}

/** True if a moment requested beside a cursor is that of its list. */
export function isOf(moment: Moment, asked: Moment): boolean {
  return moment.asOf === asked.asOf && moment.knownAt.position === asked.knownAt.position;
}

function asCursor(key: string): string {
  return Buffer.from(`contradictions:${key}`).toString('base64url');
}

export function badCursor(): Refused {
  return new Refused('cursor-invalid', {
    member: 'cursor',
    seen: { en: 'a cursor that is not of this list', zh: '不属于此列表的游标' },
    expected: { en: 'the "next" of the page before', zh: '上一页的“next”' },
  });
}
