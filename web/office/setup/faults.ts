import { Problem } from '../../shared/problem.js';

export type Fault = Problem['faults'][number];

/** The problems that the service found, member by member. */
export function faultsIn(error: unknown): readonly Fault[] {
  return error instanceof Problem ? error.faults : [];
}

/**
 * True for a member that equals one of the given ones or is inside one: `capacity.amount` in `capacity`,
 * `items[3].weight` in `items[3]`.
 */
export function liesIn(member: string, places: readonly string[]): boolean {
  return places.some(
    (place) => member === place || member.startsWith(`${place}.`) || member.startsWith(`${place}[`),
  );
}
