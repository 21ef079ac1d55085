import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topout } from '../../app/topout.js';
import type { Caller } from '../access/caller.js';
import type { SelfView } from '../access/self.js';
import { type Language, preferredLanguage } from '../answers/accepted-language.js';
import { firstAnswers } from './first-answers.js';
import { firstDrawingIn } from './first-drawing.js';

/** The parts of a request for the page. */
interface Opening {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  caller: Caller;
}

/** Puts what the first screen says into the HTML of the office. */
export type FirstHtml = (html: string, opening: Opening, nonce: string) => Promise<string | undefined>;

/** Where the page begins in its HTML. */
const place = '<div id="office"></div>';
const entry = 'office/district/district.tsx';

/** The files of a part of the page, by its source (`build.manifest` of Vite). */
type Manifest = Readonly<
  Record<string, { file: string; css?: readonly string[]; imports?: readonly string[] }>
>;

/**
 * Draws the first screen into the HTML, by what the caller may see at the present.
 *
 * @param path of the built page; the drawing is beside it
 * @returns undefined where the drawing is not built
 */
export function firstHtmlOf(
  path: string,
  topout: Topout,
  selfView: Pick<SelfView, 'of'>,
): FirstHtml | undefined {
  const drawing = firstDrawingIn(join(path, '..', 'first', 'draw.js'));
  if (!drawing) return undefined;
  const links = linksOf(path);
  return async (html, { headers, caller }, nonce) => {
    const language = languageOf(headers);
    const answers = await firstAnswers(topout, selfView, caller, language, drawing.needsListed);
    if (!answers || !html.includes(place)) return undefined;
    const drawn = drawing.draw(answers, language, nonce);
    const data = `<script type="application/json" id="first-answers">${inScript(answers)}</script>`;
    return html
      .replaceAll(' rel="modulepreload"', ' rel="modulepreload" fetchpriority="low"')
      .replace('<script type="module"', '<script type="module" fetchpriority="low"')
      .replace(/<html lang="[^"]*"/, `<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"`)
      .replace('</head>', () => `${links}</head>`)
      .replace(place, () => `<div id="office">${drawn}</div>${data}${withoutScripts[language]}`);
  };
}

/** The language that somebody chose on the device, else the one that the browser asks for. */
function languageOf({ cookie, ...headers }: Opening['headers']): Language {
  const chosen = /(?:^|; )topout-language=(en|zh)(?:;|$)/.exec(String(cookie))?.[1];
  return chosen === 'en' || chosen === 'zh' ? chosen : preferredLanguage(headers['accept-language']);
}

/** JSON that ends no element, whatever is in its texts. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

const withoutScripts: Readonly<Record<Language, string>> = {
  en: '<noscript><p>This is the state at the time of opening. Everything else on this page needs JavaScript.</p></noscript>',
  zh: '<noscript><p>以上是打开页面时的数据。本页其他功能需要启用 JavaScript。</p></noscript>',
};

/**
 * The styles and scripts that the first screen loads beside those of every screen. Scripts come after the styles:
 * what is drawn is read without them.
 */
function linksOf(path: string): string {
  const file = join(path, '.vite', 'manifest.json');
  if (!existsSync(file)) return '';
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const parts = new Set<string>();
  const take = (name: string) => {
    if (parts.has(name)) return;
    parts.add(name);
    for (const imported of manifest[name]?.imports ?? []) take(imported);
  };
  take('index.html');
  const already = new Set(parts);
  take(entry);
  return [...parts]
    .filter((name) => !already.has(name))
    .flatMap((name) => {
      const { file, css = [] } = manifest[name] ?? {};
      return [
        ...css.map((sheet) => `<link rel="stylesheet" crossorigin href="/${sheet}">`),
        ...(file ? [`<link rel="modulepreload" fetchpriority="low" crossorigin href="/${file}">`] : []),
      ];
    })
    .join('');
}
