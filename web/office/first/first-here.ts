import type { FirstAnswers } from '../../../src/http/page/first-answers.js';

/**
 * The answers that came with the HTML, where the page opens as it was drawn; undefined for another screen, moment or
 * language, as the script in the head of `web/index.html` found.
 */
export function firstHere(): FirstAnswers | undefined {
  const text = document.getElementById('first-answers')?.textContent;
  return text && document.documentElement.dataset.elsewhere === undefined
    ? (JSON.parse(text) as FirstAnswers)
    : undefined;
}
