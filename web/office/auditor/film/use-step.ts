import { useEffect, useState } from 'react';
import { useParameters } from '../../../shared/place.js';
import type { Ticking } from '../../../shared/timeline.js';

/** How long a step has to stay before the address names it, in milliseconds. */
const settledMs = 250;

/** The index of the entry that a film stands at, and how to go to another one; the address names its position, or none for the last. */
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
