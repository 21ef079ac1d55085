import type { Words } from './text.js';

type Language = keyof Words;

/** A name and what it has: `Completion: 57 %`, `形象进度：57%`. */
export function labelled(name: string, text: string, language: Language): string {
  return language === 'zh' ? `${name}：${text}` : `${name}: ${text}`;
}

/** A text with another one in brackets: `Roof (huaao-2)`, `屋面（huaao-2）`. */
export function bracketed(text: string, beside: string, language: Language): string {
  return language === 'zh' ? `${text}（${beside}）` : `${text} (${beside})`;
}

/** Things in a row: `Roof, Sewer`, `屋面、污水管`. */
export function listed(parts: readonly string[], language: Language): string {
  return parts.join(language === 'zh' ? '、' : ', ');
}

/** Sentences without a stop in a row: `red; 3 of 8 reported`, `红灯；8 项中已报 3 项`. */
export function inRow(parts: readonly string[], language: Language): string {
  return parts.join(language === 'zh' ? '；' : '; ');
}

/** A number in percent, as the texts of facts have it: `57.4 %`, `57.4%`. */
export function inPercent(number: string, language: Language): string {
  return language === 'zh' ? `${number}%` : `${number} %`;
}
