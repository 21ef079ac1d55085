import type { Names } from '../../../../../domain/project/events.js';
import { initialsOf } from '../../../../shared/initials.js';
import { type Items, withIds } from './tree.js';

const longest = 48;

/** A readable id from a name: its English words, else the pinyin initials of the Chinese ones; may be empty. */
export function idFrom({ en = '', zh = '' }: Names): string {
  const words = en
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-');
  return cut(words) || cut(initialsOf(zh));
}

/** An id that is free, with a number appended if needed. */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

const provisional = /^new-\d+$/;

/** An id for an item that has no name yet. */
export function newId(items: Items): string {
  const numbers = items.map(({ id }) => (provisional.test(id) ? Number(id.slice(4)) : 0));
  return `new-${Math.max(0, ...numbers) + 1}`;
}

/**
 * The items, with ids from their names for manually added ones.
 *
 * @param used ids that refer to other work: a manually added item never gets the entries of a removed one
 */
export function withReadableIds(items: Items, used: ReadonlySet<string>): Items {
  const taken = new Set([...used, ...items.map(({ id }) => id).filter((id) => !provisional.test(id))]);
  const given = new Map<string, string>();
  for (const { id, name } of items) {
    if (!provisional.test(id)) continue;
    const free = freeId(idFrom(name) || 'item', taken);
    taken.add(free);
    given.set(id, free);
  }
  if (given.size === 0) return items;
  return withIds(items, (id) => given.get(id) ?? id);
}

function cut(text: string): string {
  return text.slice(0, longest).replace(/^-+|-+$/g, '');
}
