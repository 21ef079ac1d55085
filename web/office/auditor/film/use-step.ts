import { useEffect, useState } from 'react';
import { useParameters } from '../../../shared/place.js';
import type { Ticking } from '../../../shared/replay/timeline.js';

/** Milliseconds a step must last before it goes into the URL. */
const settledMs = 250;

/** The index of the current entry and its setter; the URL has its position, or none for the last. */
export function useStep(ticking: readonly Ticking[]): [number, (index: number) => void] {
  const [parameters, change] = useParameters();
  const [passing, setPassing] = useState<number>();
  const last = ticking.length - 1;
  useEffect(() => {
    if (passing === undefined) return;
    const timer = setTimeout(() => {
      change({ step: passing >= last ? undefined : String(ticking[passing]?.position) });
      setPassing(undefined);
    }, settledMs);
    return () => clearTimeout(timer);
  }, [passing, last, ticking, change]);
  const named = Number(parameters.get('step') ?? Number.NaN);
  const found = Number.isNaN(named) ? last : ticking.findLastIndex(({ position }) => position <= named);
  return [Math.max(0, Math.min(last, passing ?? found)), setPassing];
}
