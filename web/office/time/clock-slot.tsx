import { type ReactNode, useLayoutEffect, useState } from 'react';
import styles from './time-control.module.css';

let slot: HTMLElement | null = null;
const listeners = new Set<() => void>();

/**
 * The place in the frame where a screen with two clocks shows them.
 *
 * @param children what is drawn there before a screen is there
 */
export function ClockSlot({ children }: { children?: ReactNode }) {
  return (
    <div ref={keepSlot} className={`${styles.slot} not-printed`}>
      {children}
    </div>
  );
}

/** That place, once the frame is there; before anything of a screen is seen without it. */
export function useClockSlot(): HTMLElement | null {
  const [known, setKnown] = useState(slot);
  useLayoutEffect(() => {
    const take = () => setKnown(slot);
    take();
    listeners.add(take);
    return () => void listeners.delete(take);
  }, []);
  return known;
}

function keepSlot(element: HTMLElement | null): void {
  slot = element;
  for (const listener of listeners) listener();
}
