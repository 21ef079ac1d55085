import { useCallback, useMemo } from 'react';
import { isDay } from '../../domain/values/days/calendar.js';
import { goTo, useParameters, withParameters } from './place.js';
import type { MomentShown } from './replay/timeline.js';
import { useStore } from './use-store.js';

export type { MomentShown } from './replay/timeline.js';

/** The point of the two clocks in some parameters; invalid values count as absent. */
export function momentIn(parameters: URLSearchParams): MomentShown {
  const asOf = parameters.get('asOf') ?? '';
  const knownAt = parameters.get('knownAt') ?? '';
  return {
    ...(isDay(asOf) ? { asOf } : {}),
    ...(/^\d{1,15}$/.test(knownAt) ? { knownAt: Number(knownAt) } : {}),
  };
}

/** The point of the two clocks that the page shows: that of the URL, or the one being previewed. */
export function useMoment(): [MomentShown, (moment: MomentShown) => void] {
  const named = useNamedMoment();
  const passing = useStore(subscribe, () => passed);
  return [passing ?? named, goToMoment];
}

/** The point in the URL; during a preview the one before. */
export function useNamedMoment(): MomentShown {
  const [parameters] = useParameters();
  return useMemo(() => momentIn(parameters), [parameters]);
}

/**
 * A link to another screen at the point of both clocks in the URL. A point being previewed follows there by itself once it
 * rests, so that no link is rendered again at each step of the slider.
 */
export function usePlaceOf(): (path: string) => string {
  const moment = useNamedMoment();
  return useCallback((path: string) => withParameters(path, momentChanges(moment)), [moment]);
}

/** Goes to a point of the two clocks on the same screen. */
export function goToMoment(moment: MomentShown): void {
  clearTimeout(settling);
  pass(undefined);
  goTo(withParameters(location.hash.slice(1) || '/', momentChanges(moment)), { replace: true });
}

/** How long a point must rest before it goes into the URL; browsers refuse frequent URL changes. */
const settledMs = 250;

let passed: MomentShown | undefined;
let settling: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Previews a point immediately; the URL gets the one that rests. */
export function passMoment(moment: MomentShown): void {
  pass(moment);
  clearTimeout(settling);
  settling = setTimeout(() => goToMoment(moment), settledMs);
}

function pass(moment: MomentShown | undefined): void {
  if (passed === moment) return;
  passed = moment;
  for (const listener of listeners) listener();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function momentChanges({ asOf, knownAt }: MomentShown) {
  return { asOf, knownAt: knownAt === undefined ? undefined : String(knownAt) };
}
