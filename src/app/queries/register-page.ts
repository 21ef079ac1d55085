import type { Contradiction } from '../../../projections/contradictions/contradiction.js';
import { type Found, worded } from '../../../projections/contradictions/contradictions.js';
import { Refused } from '../refusals.js';
import type { Moment, Page } from './asked.js';

/** How many contradictions there are, and some of them: the open ones before the settled ones, the latest first. */
export interface RegisterPage {
  /** How many are open. */
  open: number;
  /** How many an entry has settled. */
  settled: number;
  /** The open ones before the settled ones, the latest first. */
  items: Contradiction[];
  /** Absent on the last page. */
  next?: string;
}

/** Contradictions shown with a project. */
export const shownWithProject = 100;

/** A page of what was found at a moment; only what it shows is put into words. */
export function registerPage(
  found: readonly Found[],
  { asOf, knownAt }: Moment,
  { from, limit }: { from: number; limit: number },
): RegisterPage {
  const open = found.filter(({ settledBy }) => settledBy === undefined);
  const settled = found.filter(({ settledBy }) => settledBy !== undefined);
  const items = [...open, ...settled].slice(from, from + limit).map(worded);
  const end = from + items.length;
  return {
    open: open.length,
    settled: settled.length,
    items,
    ...(end < found.length ? { next: asCursor(`${asOf}.${knownAt.position}.${end}`) } : {}),
  };
}

/**
 * The place that a cursor stands for, and the moment of the list that it is of: all pages of a list are of one moment, though
 * more is said meanwhile.
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

/** True when a moment that is asked for beside a cursor is that of its list. */
export function isOf(moment: Moment, asked: Moment): boolean {
  return moment.asOf === asked.asOf && moment.knownAt.position === asked.knownAt.position;
}

function asCursor(key: string): string {
  return Buffer.from(`contradictions:${key}`).toString('base64url');
}

export function badCursor(): Refused {
  return new Refused('cursor-invalid', {
    member: 'cursor',
    seen: 'a cursor that is not of this list',
    expected: 'the "next" of the page before',
  });
}
