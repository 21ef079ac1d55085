import { timingSafeEqual } from 'node:crypto';

/** True when a given token is the expected one; it takes as long either way. */
export function isToken(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
