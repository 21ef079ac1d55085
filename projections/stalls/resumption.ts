import { dayNumber } from '../../domain/values/calendar.js';
import type { Stages } from '../facts/stages.js';
import type { Resumption, Stalls } from './stalls.js';

/** The last day on which works resumed after a suspension, or after a declared stall of theirs. */
export function lastResumption(
  { resumed }: Pick<Stages, 'resumed'>,
  { worksResumed }: Pick<Stalls, 'worksResumed'>,
): Resumption | undefined {
  const stage = resumed && { on: dayNumber(resumed.asOf), entry: resumed.id };
  if (!stage || !worksResumed) return stage ?? worksResumed;
  return worksResumed.on > stage.on ? worksResumed : stage;
}
