import { type PointerEvent, useRef, useState } from 'react';

/** From this part of its width on, letting go of a row means it. */
const meantFrom = 1 / 3;
/** Below this a finger that scrolls is not taken for one that swipes. */
const leastPx = 12;

/**
 * Follows a finger that draws a row to the right; let go past a third it counts, earlier the row springs back. It is an
 * addition: the same is done by a button.
 */
export function useSwipe(onSwiped: () => void) {
  const [by, setBy] = useState(0);
  const from = useRef<{ x: number; y: number; width: number; isSwipe: boolean }>(undefined);
  const end = () => {
    from.current = undefined;
    setBy(0);
  };
  return {
    by,
    isMeant: from.current !== undefined && by >= from.current.width * meantFrom,
    handlers: {
      onPointerDown: ({ pointerType, clientX: x, clientY: y, currentTarget }: PointerEvent<HTMLElement>) => {
        if (pointerType === 'mouse') return;
        from.current = { x, y, width: currentTarget.offsetWidth, isSwipe: false };
      },
      onPointerMove: ({ clientX, clientY, currentTarget, pointerId }: PointerEvent<HTMLElement>) => {
        const { current } = from;
        if (!current) return;
        const [right, down] = [clientX - current.x, Math.abs(clientY - current.y)];
        if (!current.isSwipe && (down > leastPx || right < leastPx)) {
          if (down > leastPx) end();
          return;
        }
        if (!current.isSwipe) currentTarget.setPointerCapture(pointerId);
        current.isSwipe = true;
        setBy(Math.max(0, right));
      },
      onPointerUp: () => {
        const { current } = from;
        const isMeant = current?.isSwipe && by >= current.width * meantFrom;
        end();
        if (isMeant) onSwiped();
      },
      onPointerCancel: end,
    },
  };
}
