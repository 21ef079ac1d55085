import { useStore } from './use-store.js';

/** The languages of the pages. */
const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

const kept = 'topout.language';
const listeners = new Set<() => void>();
let current: Language | undefined;

/** The language chosen on this device; null if nobody chose. */
export function chosenLanguage(): string | null {
  return localStorage.getItem(kept);
}

/** The language chosen on this device, else the first supported one of the browser, else English. */
function firstLanguage(): Language {
  const chosen = chosenLanguage();
  const wanted = [...(chosen ? [chosen] : []), ...navigator.languages].map((tag) => tag.slice(0, 2));
  return languages.find((language) => language === wanted.find((tag) => /^(zh|en)$/.test(tag))) ?? 'en';
}

/** The current language of the page, outside components. */
export function currentLanguage(): Language {
  current ??= firstLanguage();
  return current;
}

/** The current language of the page. */
export function useLanguage(): Language {
  return useStore(onLanguage, currentLanguage);
}

/** Sets the language of the page, persistently on this device. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(kept, language);
  current = language;
  for (const listener of listeners) listener();
}

/** Calls back when another language is chosen; returns the unsubscribe function. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
