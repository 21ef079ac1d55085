import { useSyncExternalStore } from 'react';
import type { AlertShown } from '../alert-answers.js';
import { type HeldAnswer, heldAnswers } from './held-answers.js';

/** The acknowledgements of this page that can still be undone. */
export function useHeld(): HeldAnswer[] {
  const answers = useSyncExternalStore(heldAnswers.subscribe, heldAnswers.current);
  return [...answers.values()].filter(({ state }) => state === 'held');
}

/** What this page said of an alert and the loaded list does not say yet; and why the service refused it. */
export function useHeldOf(alert: AlertShown): { held: HeldAnswer | undefined; error: unknown } {
  const answers = useSyncExternalStore(heldAnswers.subscribe, heldAnswers.current);
  const failures = useSyncExternalStore(heldAnswers.subscribe, heldAnswers.failures);
  const own = answers.get(alert.alert);
  const isListed = own?.position !== undefined && alert.position >= own.position;
  return { held: isListed ? undefined : own, error: failures.get(alert.alert) };
}
