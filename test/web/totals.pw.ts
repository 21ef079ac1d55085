import type { Page } from '@playwright/test';
import { openClocks } from './browser/clocks.js';
import { importLines, linesOfMany } from './browser/many.js';
import { type Running, startBuilt } from './browser/service.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const count = 700;
let many: Running;

test.beforeAll(async () => {
  many = await startBuilt({ TOPOUT_EXAMPLE: 'off', TOPOUT_TODAY: '2018-07-10' });
  await importLines(many.url, linesOfMany(count, 1));
});
test.afterAll(() => many.stop());

/** Lets the first page of rows through and delays the others, like a slow connection. */
async function holdRows(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/projects\?.*cursor=/, async (route) => {
    await held;
    await route.fallback().catch(() => undefined);
  });
  return release;
}

const said = {
  zh: { total: '合计', money: '31.47 亿元', projects: '700 个项目', rows: '列表已加载 60 个，正在加载…' },
  en: { total: 'Total', money: '¥3.15bn', projects: '700 projects', rows: '60 rows here, loading…' },
};

inEveryForm(
  'while rows load the totals are those of the whole district',
  async ({ page, language, size }) => {
    const words = said[language];
    const release = await holdRows(page);
    await page.goto(`${many.url}/#/`);
    const totals = page.getByRole('region', { name: words.total });
    await expect(page.getByText(words.rows)).toBeVisible();
    await expect(totals).toContainText(
      language === 'zh' ? '700 个项目中有计划的 700 个' : '700 of 700 projects',
    );
    await expect(totals).toContainText(words.money);
    await expect(page.getByText(words.projects).first()).toBeVisible();
    await page.screenshot({ path: `.build/page/district-loading-${language}-${size}.png` });
    expect(await barriersOn(page)).toEqual([]);
    const figures = totals.locator('[data-figure]');
    await expect(figures).toHaveCount(4);
    const before = await figures.allTextContents();
    release();
    await expect(page.getByText(words.rows)).toHaveCount(0);
    await openClocks(page);
    // The same figures, now from the rows themselves.
    expect(await figures.allTextContents()).toEqual(before);
  },
);

test('while rows load a filter, groups and a search have complete totals or none, and nothing is exported', async ({
  page,
}) => {
  const release = await holdRows(page);
  await page.goto(`${many.url}/#/?sector=chemicals&group=sector`);
  const totals = page.getByRole('region', { name: 'Total' });
  await expect(totals).toContainText('175 of 175 projects');
  await expect(page.locator('tr[data-kind=group]')).toContainText('chemicals · 175 projects');
  await expect(page.getByRole('button', { name: /CSV/ })).toBeDisabled();
  await page.getByLabel('Search').fill('Project 69');
  await expect(totals).toHaveAttribute('aria-busy', 'true');
  await expect(totals).not.toContainText(/\d/);
  await expect(page.getByText('No project fits')).toHaveCount(0);
  release();
  await expect(totals).toContainText('2 of 2 projects');
  await expect(page.getByRole('button', { name: /CSV/ })).toBeEnabled();
});

test('rows and totals are for one point of the clocks, whatever is recorded while they load', async ({
  page,
}) => {
  // Of a district of this size the page asks for one further page.
  await page.route(/\/projects\?.*cursor=/, (route) =>
    route.fallback({
      url: route
        .request()
        .url()
        .replace(/limit=\d+/, 'limit=300'),
    }),
  );
  const release = await holdRows(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).search));
  await page.goto(`${many.url}/#/`);
  await expect(page.getByText('60 rows here, loading…')).toBeVisible();
  release();
  await expect(page.getByText('60 rows here, loading…')).toHaveCount(0);
  const points = asked
    .filter((search) => /cursor=/.test(search) || /knownAt=/.test(search))
    .map((search) => new URLSearchParams(search).get('knownAt'));
  expect(points.length).toBeGreaterThan(1);
  expect(new Set(points).size).toBe(1);
  expect(points[0]).toMatch(/^\d+$/);
});
