import { useMemo } from 'react';
import { type Day, isDay } from '../../src/domain/calendar.js';
import { useParameters, withParameters } from './place.js';

/** A point of the two clocks as the address names it; what it leaves out is the present. */
export interface MomentShown {
  asOf?: Day;
  /** A position of the log. */
  knownAt?: number;
}

/** The point of the two clocks in some parameters; what is none of its clock counts as absent. */
export function momentIn(parameters: URLSearchParams): MomentShown {
  const asOf = parameters.get('asOf') ?? '';
  const knownAt = parameters.get('knownAt') ?? '';
  return {
    ...(isDay(asOf) ? { asOf } : {}),
    ...(/^\d{1,15}$/.test(knownAt) ? { knownAt: Number(knownAt) } : {}),
  };
}

/** The point of the two clocks that the page shows, and how to go to another one. */
export function useMoment(): [MomentShown, (moment: MomentShown) => void] {
  const [parameters, change] = useParameters();
  const moment = useMemo(() => momentIn(parameters), [parameters]);
  return [moment, (next) => change(momentChanges(next))];
}

/** The place of another screen at the same point of both clocks. */
export function usePlaceOf(): (path: string) => string {
  const [moment] = useMoment();
  return (path) => withParameters(path, momentChanges(moment));
}

function momentChanges({ asOf, knownAt }: MomentShown) {
  return { asOf, knownAt: knownAt === undefined ? undefined : String(knownAt) };
}
