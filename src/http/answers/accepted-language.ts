export type Language = 'en' | 'zh';

/** The reader's preferred language of the two, English if neither is named. */
export function preferredLanguage(accepted: string | string[] | undefined): Language {
  const ranked = String(accepted ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.trim().split('-')[0], quality: Number(quality ?? 1) };
    })
    .filter(({ language, quality }) => (language === 'en' || language === 'zh') && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return ranked[0]?.language === 'zh' ? 'zh' : 'en';
}
