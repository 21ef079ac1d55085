import type { Decision } from '../../domain/values/decision.js';

/** The events of a decision; none when something already says so. */
export function newEvents<Event>(decision: Decision<Event, unknown>): Event[] {
  return 'append' in decision ? [...decision.append] : [];
}
