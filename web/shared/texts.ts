import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { firstLanguage } from './language.js';

/** Texts by name; `{{value}}` stands for a value, and a name may end in `_one` and `_other` for a `count`. */
export type Texts = Readonly<Record<string, string>>;

/** What texts in another language have to name; Chinese knows no `_one`. */
export type SameTexts<English extends Texts> = {
  readonly [Name in keyof English as Name extends `${string}_one` ? never : Name]: string;
};

type NameOf<English extends Texts> = {
  [Name in keyof English & string]: Name extends `${infer Stem}_${'one' | 'other'}` ? Stem : Name;
}[keyof English & string];

/** Says a text of a room in the language of the page. */
export type Say<English extends Texts> = (
  name: NameOf<English>,
  values?: Readonly<Record<string, string | number>>,
) => string;

void i18next.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: false,
  initAsync: false,
  resources: {},
  // React escapes what it shows.
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});
const tell = (language: string) => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
};
tell(i18next.language);
i18next.on('languageChanged', tell);

/**
 * Makes the texts of a room known; answers the hook by which its components say them.
 *
 * @param room its name, which no other room has
 */
export function roomTexts<English extends Texts>(
  room: string,
  texts: { en: English; zh: SameTexts<English> },
): () => Say<English> {
  i18next.addResourceBundle('en', room, texts.en);
  i18next.addResourceBundle('zh', room, texts.zh);
  return () => {
    const { t } = useTranslation(room);
    // The same function as long as the language is, so that what is made of texts can be kept.
    return useCallback((name, values) => t(name as string, { ...values }) as string, [t]);
  };
}
