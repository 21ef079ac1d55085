import type { MomentAsked } from '../../app/queries/asked.js';
import { knownIn } from '../dto/known-at.js';
import { type ChangesQuery, type TotalChangesQuery } from '../dto/moment.js';

type Asked = Partial<ChangesQuery & TotalChangesQuery & { cursor: string }>;

/** The moments of knowledge that a request names, in its query or in its cursor; none for the present one. */
export function replaysAsked(query: unknown): NonNullable<MomentAsked['knownAt']>[] {
  const { knownAt, toKnownAt, clock, from, to, cursor } = (query ?? {}) as Asked;
  const named = [knownAt, toKnownAt, ...(clock === 'knownAt' ? [from, to] : [])];
  const moments = named.flatMap((said) => (typeof said === 'string' ? (knownIn(said) ?? []) : []));
  if (typeof cursor !== 'string') return moments;
  // The cursor of a register holds the moment of its first page.
  const [, position] = /^contradictions:[^.]*\.(\d{1,15})\./.exec(textOf(cursor)) ?? [];
  return position === undefined ? moments : [...moments, { position: Number(position) }];
}

function textOf(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString();
}
