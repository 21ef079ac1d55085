import { timingSafeEqual } from 'node:crypto';

/** True if a token is the expected one, in constant time. */
export function isToken(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
