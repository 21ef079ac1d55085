import { test as base, expect, type Page } from '@playwright/test';
import axe from 'axe-core';
import { type Running, startBuilt } from './service.js';

export { expect };

/** The sizes in which every screen is tested. */
export const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

/** The languages in which every screen is tested, as a browser requests them. */
export const locales = { zh: 'zh-CN', en: 'en-GB' } as const;

/**
 * Tests of the page in a browser, against the built service with the example district.
 *
 * `service` is shared by many tests; a file whose tests write has its own, by naming `district` after itself
 * (`test.use`). `freshService` is for one test only. Complaints of the browser, such as a violation of the content
 * security policy, fail the test.
 */
export const test = base.extend<
  { complaints: string[]; freshService: Running },
  { district: string; service: Running }
>({
  district: ['only read', { option: true, scope: 'worker' }],
  service: [
    async ({ district: _ }, use) => {
      const service = await startBuilt();
      await use(service);
      await service.stop();
    },
    { scope: 'worker' },
  ],
  freshService: async ({ context }, use) => {
    const service = await startBuilt();
    await use(service);
    // A loading page would complain about a service that stops.
    await Promise.all(context.pages().map((page) => page.close()));
    await service.stop();
  },
  baseURL: async ({ service }, use) => use(service.url),
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // The page itself reports an error status.
        if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
          complaints.push(message.text());
      });
      await use(complaints);
      // An answer that a test was still changing is of no interest any more.
      const routers = [page.context(), ...page.context().pages()];
      await Promise.all(routers.map((router) => router.unrouteAll({ behavior: 'ignoreErrors' })));
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** The violations of WCAG 2.2 AA that axe finds on the current page, one per line; the aim is none. */
export async function barriersOn(page: Page): Promise<string[]> {
  // What the bar at the top covers while the page is scrolled is reached by scrolling.
  await page.evaluate('scrollTo(0, 0)');
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = await violationsOn(page, { type: 'tag', values: wcag });
  found.push(...(await page.evaluate<string[]>(tooSmall)));
  // Only the colours differ in the other scheme.
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(endTransitions);
  const inTheDark = await violationsOn(page, { type: 'rule', values: ['color-contrast'] });
  found.push(...inTheDark.map((violation) => `in the dark scheme: ${violation}`));
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/**
 * Takes what fades from one colour to another to its end, as on a busy machine it is looked at in between; runs in the
 * browser. The scheme is noticed in one frame, and drawn in the next.
 */
const endTransitions = `(async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  for (const fading of document.getAnimations()) if (fading instanceof CSSTransition) fading.finish();
})()`;

/** What axe finds, which is in the page already: its package for this runner opens a page for each look. */
async function violationsOn(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  const options: axe.RunOptions = { runOnly, resultTypes: ['violations'] };
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary?.replaceAll(/\s+/g, ' ')}`),
  );
}

/** Collects the texts of the page below 12 px; runs in the browser. The API document is not of this project. */
const tooSmall = `(() => {
  if (!document.documentElement.dataset.scheme) return [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (!text.textContent.trim() || parent.getClientRects().length === 0) continue;
    const size = Number.parseFloat(getComputedStyle(parent).fontSize);
    if (size < 12) found.push('text of ' + size + ' px: ' + text.textContent.trim().slice(0, 40));
  }
  return found;
})()`;

/**
 * Runs the same steps in Chinese on a phone and in English on a desktop, as separate tests; with `EVERY_FORM` set, in
 * each language and size.
 */
export function inEveryForm(
  title: string,
  steps: (form: { page: Page; language: 'zh' | 'en'; size: 'desktop' | 'phone' }) => Promise<void>,
): void {
  for (const language of ['zh', 'en'] as const)
    for (const size of formsOf[language])
      test.describe(`${language}, ${size}`, () => {
        test.use({ locale: locales[language], viewport: sizes[size] });
        test(title, ({ page }) => steps({ page, language, size }));
      });
}

const isEvery = Boolean(process.env.EVERY_FORM);

const formsOf = {
  zh: isEvery ? (['desktop', 'phone'] as const) : (['phone'] as const),
  en: isEvery ? (['desktop', 'phone'] as const) : (['desktop'] as const),
};
