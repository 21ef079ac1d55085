import { useEffect, useRef, useState } from 'react';
import type { Day } from '../../../../domain/values/days/calendar.js';
import { useParameters } from '../../../shared/place.js';
import type { TotalChanges } from './total-changes.js';
import type { TwoMoments } from './two-moments.js';

export type Side = 'from' | 'to';

/** A moment as a point of the picture of both clocks. */
export interface Corner {
  asOf: Day;
  position: number;
}

/** Milliseconds a moved corner must rest before it goes into the URL, and the comparison is requested. */
const settledMs = 300;

const knownNames = { from: 'fromKnown', to: 'toKnown' } as const;

/** Both corners, the highest position that is known, and a function that moves one of them. */
export function useCorners(
  { from, to }: TotalChanges,
  moments: TwoMoments,
  today: Day,
): [Record<Side, Corner>, number, (side: Side, corner: Corner) => void] {
  const [, change] = useParameters();
  const [moved, setMoved] = useState<Corner & { side: Side }>();
  const highest = useRef(0);
  highest.current = Math.max(highest.current, from.knownAt.position, to.knownAt.position);
  const head = highest.current;
  // Without a named position the second moment knows everything.
  const isOpen = moments.to.knownAt === '';
  useEffect(() => {
    if (!moved) return;
    const { side, asOf, position } = moved;
    const timer = setTimeout(() => {
      const isAll = side === 'to' && isOpen && position >= head;
      change({ [side]: asOf, [knownNames[side]]: isAll ? undefined : String(position) });
    }, settledMs);
    return () => clearTimeout(timer);
  }, [moved, isOpen, head, change]);
  // An answer for other moments takes the place of the moved corner.
  useEffect(() => setMoved(undefined), [from.asOf, from.knownAt.position, to.asOf, to.knownAt.position]);
  const cornerOf = (side: Side, { asOf, knownAt }: TotalChanges['from']): Corner =>
    moved?.side === side ? moved : { asOf, position: knownAt.position };
  const move = (side: Side, { asOf, position }: Corner) =>
    setMoved({
      side,
      asOf: asOf > today ? today : asOf,
      position: Math.min(head, Math.max(0, position)),
    });
  return [{ from: cornerOf('from', from), to: cornerOf('to', to) }, head, move];
}
