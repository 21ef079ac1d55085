import type { Page } from '@playwright/test';
import type { PortfolioGroup } from '../../projections/portfolio/portfolio.js';
import { moneyShort, percentWords } from '../../web/shared/figures.js';
import { expect, inEveryForm, locales, sizes, test } from './browser/test.js';

const said = {
  zh: { needs: '3 个项目需要处理', about: '8 个项目 · 截至 2018年7月10日', total: '合计', day: '7月17日' },
  en: {
    needs: '3 projects need action',
    about: '8 projects · as of 10 Jul 2018',
    total: 'Total',
    day: '17 Jul',
  },
};

/** Where the headline and each figure is, and what it says; a fraction of a pixel does not count. */
const drawnFigures = `(() => [...document.querySelectorAll('main h2, main [data-figure], main [data-need], nav a')].map((part) => {
  const { x, y, height } = part.getBoundingClientRect();
  return [part.textContent, Math.round(x), Math.round(y), Math.round(height)].join(' | ');
}))()`;

/** Holds the scripts of the page, as a slow network does. */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  return release;
}

/**
 * Opens a place while scripts are held: what the service has drawn, with its styles. It draws once the alerts are
 * evaluated after its start, and no script asks again.
 */
async function openDrawn(page: Page, place = '/'): Promise<void> {
  await expect(async () => {
    // From a place of the page to another the browser asks for no document.
    await page.goto('about:blank');
    await page.goto(place, { waitUntil: 'commit' });
    await expect(page.locator('#first-answers')).toBeAttached({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  // Until then the browser shows nothing, and what only a phone shows would be found too.
  await page.waitForFunction(allStylesApplied);
}

const allStylesApplied = `(() => {
  const styles = [...document.querySelectorAll('link[rel=stylesheet]')];
  return styles.length > 0 && styles.every((style) => style.sheet);
})()`;

for (const language of ['zh', 'en'] as const)
  for (const size of ['desktop', 'phone'] as const)
    test.describe(`${language}, ${size}, without scripts`, () => {
      test.use({ locale: locales[language], viewport: sizes[size], javaScriptEnabled: false });
      test('the headline and the totals are read before any script runs', async ({ page }) => {
        const words = said[language];
        // Until the alerts are evaluated after the start the headline is not known, and no script asks again.
        await expect(async () => {
          await page.goto('/');
          await expect(page.getByRole('heading', { name: words.needs, level: 2 })).toBeVisible({
            timeout: 100,
          });
        }).toPass({ timeout: 20_000 });
        await expect(page.getByText(words.about)).toBeVisible();
        const { groups } = await (await page.request.get('/portfolio')).json();
        const { completion, investment } = groups[0] as PortfolioGroup;
        const totals = page.getByRole('region', { name: words.total });
        for (const figure of [
          percentWords(completion.percentBasisPoints ?? 0, language),
          ...investment.map((sum) => moneyShort(sum.sinceStartMinor, sum.currency, language)),
          words.day,
        ])
          await expect(totals.getByText(figure, { exact: true })).toBeVisible();
        await page.screenshot({ path: `.build/page/first-html-${language}-${size}.png` });
      });
    });

inEveryForm(
  'the page takes over what was drawn without a jump and in the same words',
  async ({ page, language }) => {
    const release = await holdScripts(page);
    await openDrawn(page);
    await expect(page.getByRole('heading', { name: said[language].needs })).toBeVisible();
    const before = await page.evaluate(drawnFigures);
    expect(before).toHaveLength(
      await page.locator('main h2, main [data-figure], main [data-need], nav a').count(),
    );
    await page.evaluate(() => {
      const page = window as unknown as { seen: string[] };
      page.seen = [];
      new MutationObserver(() => {
        if (!document.querySelector('main h2')) page.seen.push('without a headline');
      }).observe(document.body, { childList: true, subtree: true });
    });
    release();
    await expect(page.locator('tbody tr').first()).toBeVisible();
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
    expect(await page.evaluate(drawnFigures)).toEqual(before);
    expect(await page.evaluate('window.seen')).toEqual([]);
  },
);

test('what is done with the drawn screen is done with the page once it takes over', async ({ page }) => {
  const opened = async (act: () => Promise<void>) => {
    const release = await holdScripts(page);
    await openDrawn(page);
    await expect(page.locator('main h2')).toBeVisible();
    await act();
    release();
    await expect(page.locator('tbody tr').first()).toBeVisible();
  };
  await opened(() => page.getByLabel('Colours').selectOption('dark'));
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark');
  await expect(page.getByLabel('Colours')).toHaveValue('dark');
  await opened(() => page.getByRole('link', { name: 'Audit' }).focus());
  await expect(page.getByRole('link', { name: 'Audit' })).toBeFocused();
  await opened(() => page.getByText('中文', { exact: true }).click());
  await expect(page.getByRole('heading', { name: said.zh.needs })).toBeVisible();
});

test('what was drawn for now is not shown for another day or screen', async ({ page }) => {
  const release = await holdScripts(page);
  for (const place of ['/#/?asOf=2018-05-15', '/#/projects/huaao-2']) {
    await openDrawn(page, place);
    await expect(page.getByText('projects need action')).toBeHidden();
  }
  release();
  await expect(page.getByRole('heading', { name: 'Huaao Automobile, phase II' })).toBeVisible();
});

test('the first HTML speaks the language and has the colours that were chosen on the device', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByText('中文', { exact: true }).click();
  await expect(page.getByRole('heading', { name: said.zh.needs })).toBeVisible();
  await page.getByLabel('配色').selectOption('dark');
  const release = await holdScripts(page);
  await openDrawn(page);
  await expect(page.getByRole('heading', { name: said.zh.needs })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark');
  release();
  await expect(page.locator('tbody tr').first()).toBeVisible();
});
