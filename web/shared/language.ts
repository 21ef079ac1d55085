import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** The languages of the page. */
const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

const kept = 'topout.language';

/** The language chosen on this device, else the first supported one of the browser, else English. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept);
  const wanted = [...(chosen ? [chosen] : []), ...navigator.languages].map((tag) => tag.slice(0, 2));
  return languages.find((language) => language === wanted.find((tag) => /^(zh|en)$/.test(tag))) ?? 'en';
}

/** The current language of the page. */
export function useLanguage(): Language {
  return useTranslation().i18n.language as Language;
}

/** The current language of the page, outside components. */
export function currentLanguage(): Language {
  return i18next.language as Language;
}

/** Sets the language of the page, persistently on this device. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(kept, language);
  void i18next.changeLanguage(language);
}
