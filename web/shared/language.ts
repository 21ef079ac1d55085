import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** The languages of the page. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

const kept = 'topout.language';

/** The language that was chosen on this device, else the first of the browser that the page has, else English. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept);
  const wanted = [...(chosen ? [chosen] : []), ...navigator.languages].map((tag) => tag.slice(0, 2));
  return languages.find((language) => language === wanted.find((tag) => /^(zh|en)$/.test(tag))) ?? 'en';
}

/** The language that the page is in now. */
export function useLanguage(): Language {
  return useTranslation().i18n.language as Language;
}

/** The language that the page is in now, for those who are no component. */
export function currentLanguage(): Language {
  return i18next.language as Language;
}

/** Puts the page into a language, now and when it is opened again on this device. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(kept, language);
  void i18next.changeLanguage(language);
}
