import type { MomentAsked } from '../../app/queries/asked.js';
import { type ChangesQuery, knownIn } from '../dto/moment.js';

/** The moment of knowledge that a request names, in its query or in its cursor; undefined for the present one. */
export function replayAsked(query: unknown): MomentAsked['knownAt'] {
  const { knownAt, clock, from, cursor } = (query ?? {}) as Partial<ChangesQuery & { cursor: string }>;
  if (typeof knownAt === 'string') return knownIn(knownAt);
  if (clock === 'knownAt' && typeof from === 'string') return knownIn(from);
  if (typeof cursor !== 'string') return undefined;
  // The cursor of a register holds the moment of its first page.
  const [, position] = /^contradictions:[^.]*\.(\d{1,15})\./.exec(textOf(cursor)) ?? [];
  return position === undefined ? undefined : { position: Number(position) };
}

function textOf(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString();
}
