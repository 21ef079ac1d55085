import type { Language } from '../answers/accepted-language.js';
import type { Problem } from '../problems/problem.js';
import { html } from './html.js';
import { smallPage } from './small-page.js';

const onward: Readonly<Record<Language, string>> = { en: 'To the projects', zh: '回到项目列表' };

/** The page for somebody whose browser opened an address that is answered with a problem: what happened, and a way on. */
export function problemPage(
  { title, detail }: Pick<Problem, 'title' | 'detail'>,
  language: Language,
): string {
  return smallPage(
    title,
    html`<p>${detail}</p>
<p><a href="/">${onward[language]}</a></p>`,
    language,
  );
}
