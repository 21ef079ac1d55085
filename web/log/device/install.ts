import { useSyncExternalStore } from 'react';

/** The offer of a browser to put the page on the home screen; not in the types of the DOM. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

let offered: InstallPrompt | undefined;
const listeners = new Set<() => void>();

function become(prompt: InstallPrompt | undefined): void {
  offered = prompt;
  for (const listener of listeners) listener();
}

// The browser offers it once, soon after the page is loaded.
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  become(event as InstallPrompt);
});
addEventListener('appinstalled', () => become(undefined));

/** Puts the page on the home screen, where the browser offers that; undefined elsewhere. */
export function useInstall(): (() => void) | undefined {
  const prompt = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => offered,
  );
  return prompt && (() => void prompt.prompt().finally(() => become(undefined)));
}

/** True for a page that was opened from the home screen. */
export function isInstalled(): boolean {
  return matchMedia('(display-mode: standalone)').matches;
}
