import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type Running, startBuilt } from './service.js';

export { expect };

/** The sizes that every screen is looked at in. */
export const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

/** The languages that every screen is looked at in, as a browser asks for them. */
export const locales = { zh: 'zh-CN', en: 'en-GB' } as const;

/**
 * Tests of the page in a browser, against the built service with the example district.
 *
 * `service` is one that many tests read; a file whose tests write to it has one of its own, by naming `district` after itself
 * (`test.use`). `freshService` is for one test alone. What the browser complains of, such as a breach of the content
 * security policy, fails the test.
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
    // A page that is still loading would complain of a service that ends.
    await Promise.all(context.pages().map((page) => page.close()));
    await service.stop();
  },
  baseURL: async ({ service }, use) => use(service.url),
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // An answer with a bad status is told by the page itself.
        if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
          complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** What axe finds against WCAG 2.2 AA on the page as it is now, a line each; none is the aim. */
export async function barriersOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary?.replaceAll(/\s+/g, ' ')}`),
  );
}

/**
 * Runs the same steps in Chinese on a phone and in English at a desk, as a test each, named after them; with `EVERY_FORM` set, in each
 * language and size.
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
