import { useStore } from './use-store.js';

/** The colours that somebody may choose: those of the device, or one scheme always. */
export const schemeChoices = ['device', 'light', 'dark'] as const;
export type SchemeChoice = (typeof schemeChoices)[number];
export type Scheme = 'light' | 'dark';

const kept = 'topout.scheme';
const listeners = new Set<() => void>();
const device = matchMedia('(prefers-color-scheme: dark)');

/** The choice on this device; that of the device as long as nobody chose. */
function schemeChoice(): SchemeChoice {
  const chosen = localStorage.getItem(kept);
  return schemeChoices.find((known) => known === chosen) ?? 'device';
}

/** The scheme that the page shows now. */
function currentScheme(): Scheme {
  const choice = schemeChoice();
  if (choice !== 'device') return choice;
  return device.matches ? 'dark' : 'light';
}

/** Sets the colours of both pages, persistently on this device. */
export function chooseScheme(choice: SchemeChoice): void {
  localStorage.setItem(kept, choice);
  apply();
}

/** The scheme that the page shows; follows the choice and the device. */
export function useScheme(): Scheme {
  return useStore(onScheme, currentScheme);
}

/** The choice of colours; follows it. */
export function useSchemeChoice(): SchemeChoice {
  return useStore(onScheme, schemeChoice);
}

/** Calls back when the scheme or the choice changes; returns the unsubscribe function. */
function onScheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the styles which scheme is shown. */
function apply(): void {
  document.documentElement.dataset.scheme = currentScheme();
  for (const listener of listeners) listener();
}

apply();
device.addEventListener('change', apply);
// Another page of the same device may choose.
addEventListener('storage', apply);
