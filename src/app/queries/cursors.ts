import type { Page } from './asked.js';
import { badCursor } from './register-page.js';

type List = 'projects' | 'journal';

/** The place after an item of a list, as its reader gives it back. */
export function asCursor(list: List, key: string): string {
  return Buffer.from(`${list}:${key}`).toString('base64url');
}

/** The key of the item in a cursor; empty without one. @throws Refused `cursor-unknown` */
export function cursorOf(list: List, page: Page): string {
  if (page.cursor === undefined) return '';
  const [of, key] = Buffer.from(page.cursor, 'base64url').toString().split(':');
  if (of !== list || key === undefined || !/^[a-z0-9-]{1,64}$/.test(key)) throw badCursor();
  return key;
}
