import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { chosenLanguage, currentLanguage, onLanguage } from './language.js';

/** Texts by name; `{{value}}` is replaced, and a name may end in `_one` and `_other` for a `count`. */
export type Texts = Readonly<Record<string, string>>;

/** The names that a translation must have; Chinese has no `_one`. */
export type SameTexts<English extends Texts> = {
  readonly [Name in keyof English as Name extends `${string}_one` ? never : Name]: string;
};

type NameOf<English extends Texts> = {
  [Name in keyof English & string]: Name extends `${infer Stem}_${'one' | 'other'}` ? Stem : Name;
}[keyof English & string];

/** Translates a text of a room into the page's language. */
export type Say<English extends Texts> = (
  name: NameOf<English>,
  values?: Readonly<Record<string, string | number>>,
) => string;

void i18next.use(initReactI18next).init({
  lng: currentLanguage(),
  fallbackLng: false,
  initAsync: false,
  resources: {},
  // React escapes what it renders.
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});
const follow = () => {
  document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-CN' : 'en';
  void i18next.changeLanguage(currentLanguage());
  // The service draws the first screen before any script runs (src/http/page/page.ts).
  const chosen = chosenLanguage();
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API.
  if (chosen) document.cookie = `topout-language=${chosen}; path=/; max-age=31536000; samesite=lax`;
};
follow();
onLanguage(follow);

/**
 * Registers the texts of a room; returns its translation hook.
 *
 * @param room its unique name
 */
export function roomTexts<English extends Texts>(
  room: string,
  texts: { en: English; zh: SameTexts<English> },
): () => Say<English> {
  i18next.addResourceBundle('en', room, texts.en);
  i18next.addResourceBundle('zh', room, texts.zh);
  return () => {
    const { t } = useTranslation(room);
    // A stable function per language, so that memoized values stay valid.
    return useCallback((name, values) => t(name as string, { ...values }) as string, [t]);
  };
}
