import { clockChip, openClocks } from './browser/clocks.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

inEveryForm(
  'the day of comparison is chosen, stays in the URL, and every change follows it',
  async ({ page, language }) => {
    const words = {
      zh: {
        since: '对比日期',
        changed: '最近变化',
        own: '自选日期',
        day: '对比的日期',
        none: '没有项目的形象进度',
      },
      en: {
        since: 'Compared with',
        changed: 'What changed',
        own: 'a day of your choice',
        day: 'Day of comparison',
        none: 'The completion of no project has changed',
      },
    }[language];
    await page.goto('/');
    const changed = page.getByRole('region', { name: words.changed });
    const choice = page.getByLabel(words.since);
    await expect(choice).toHaveValue('month');
    await expect(changed.locator('[data-changed]')).toHaveCount(5);
    const [now, then] = await Promise.all(
      ['2018-07-10', '2018-06-10'].map(async (asOf) => {
        const { items } = await (await page.request.get(`/projects?asOf=${asOf}`)).json();
        return new Map<string, number>(
          items.map((row: { project: string; completion: { percentBasisPoints: number } }) => [
            row.project,
            row.completion.percentBasisPoints,
          ]),
        );
      }),
    );
    const expected = [...(now ?? [])]
      .map(([project, percent]) => ({ project, by: percent - (then?.get(project) ?? 0) }))
      .sort((a, b) => b.by - a.by)
      .slice(0, 5);
    for (const [index, { project, by }] of expected.entries()) {
      const line = changed.locator('[data-changed]').nth(index);
      await expect(line).toHaveAttribute('data-changed', project);
      await expect(line).toContainText(`+${Number((by / 100).toFixed(1))}`);
    }
    await expect(changed).toContainText(language === 'zh' ? '已投产' : 'in production');
    expect(await barriersOn(page)).toEqual([]);

    await choice.selectOption('week');
    await expect(page).toHaveURL(/since=week/);
    await expect(changed).toContainText(words.none);
    await choice.selectOption('report');
    await expect(changed.locator('[data-changed]')).toHaveCount(5);
    await choice.selectOption({ label: words.own });
    await page.getByLabel(words.day).fill('2018-07-01');
    await expect(page).toHaveURL(/since=2018-07-01/);
    await expect(changed).toContainText(words.none);
    await page.reload();
    await expect(page.getByLabel(words.day)).toHaveValue('2018-07-01');
    await expect(changed).toContainText(words.none);
  },
);

test('a change leads to its project, and each row has its own', async ({ page }) => {
  await page.goto('/#/?sector=chemicals');
  const changed = page.getByRole('region', { name: 'What changed' });
  await expect(changed.locator('[data-changed]')).toHaveCount(2);
  await expect(page.getByRole('row', { name: 'Zhongheng Chemical' })).toContainText('72.8 %+72.8 points');
  await changed.getByRole('link', { name: 'Zhongheng Chemical' }).click();
  await expect(page.getByRole('heading', { name: 'Zhongheng Chemical' })).toBeVisible();
});

test('of a past day the headline counts the lights of that day, and the comparison is with a day before it', async ({
  page,
}) => {
  await page.goto('/#/?asOf=2018-05-15');
  await expect(
    page.getByRole('heading', { name: '8 projects have a red or yellow light', level: 2 }),
  ).toBeVisible();
  await expect(page.getByLabel('Compared with').locator('option:checked')).toHaveText(
    'a month ago: 15 Apr 2018',
  );
  await expect(page.getByText('The completion of no project has changed since 15 Apr 2018.')).toBeVisible();
});

inEveryForm(
  'four tiles say how the district is as pictures, with the change, and lead to what they are about',
  async ({ page, language, size }) => {
    const words = {
      zh: {
        total: '合计',
        red: '红 2',
        by: ['红 +2', '+55.4 点', '+13.56 亿元'],
        parts: /腾骏汽车项目 9.68 亿元/,
        due: '近期到期',
        days: '7月17日：2 个项目、7月24日：1 个项目',
      },
      en: {
        total: 'Total',
        red: 'red 2',
        by: ['red +2', '+55.4 points', '+¥1.36bn'],
        parts: /Tengjun Automobile ¥968/,
        due: 'Next dates due',
        days: '17 Jul: 2 projects, 24 Jul: 1 project',
      },
    }[language];
    await page.goto('/');
    const tiles = page.getByRole('region', { name: words.total });
    const { total } = await (await page.request.get('/portfolio')).json();
    const before = (await (await page.request.get('/portfolio?asOf=2018-06-10')).json()).total;
    expect(total.lights.red - before.lights.red).toBe(2);
    for (const by of words.by) await expect(tiles).toContainText(by);
    await expect(tiles.locator('i[data-light=red]').first()).toBeAttached();
    await expect(tiles.getByRole('img', { name: words.parts })).toBeVisible();
    await expect(tiles.getByRole('img', { name: words.days })).toBeAttached();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    if (size === 'phone') {
      // The next tile is seen at the edge, and the last one is reached by a swipe.
      const [first, second] = await Promise.all(
        [0, 1].map((index) => tiles.locator('> div').nth(index).boundingBox()),
      );
      expect([first?.y, (second?.x ?? 390) < 390]).toEqual([second?.y, true]);
      await tiles.getByRole('link', { name: words.due }).scrollIntoViewIfNeeded();
      await expect(tiles.getByRole('link', { name: words.due })).toBeInViewport();
    }
    await page.screenshot({ path: `.build/page/tiles-${language}-${size}.png` });
    expect(await barriersOn(page)).toEqual([]);
    await tiles.getByRole('link', { name: words.red }).click();
    await expect(page).toHaveURL(/light=red/);
    await expect(page.locator('tbody tr')).toHaveCount(2);
    await tiles.getByRole('link', { name: words.due }).click();
    await expect(page).toHaveURL(/#\/alerts/);
  },
);

test('in the past the fourth tile counts what was stalled, because no deadline is ahead', async ({
  page,
}) => {
  await page.goto('/#/?asOf=2018-06-30&since=half-year');
  const tiles = page.getByRole('region', { name: 'Total' });
  await expect(tiles).toContainText('works 1, production 1, staffing 1');
  await expect(tiles.getByRole('link', { name: 'Next dates due' })).toHaveCount(0);
  await expect(tiles).toContainText('since 30 Dec 2017');
});

test('a cell of the strip leads to the project on its day, by pointer and by keyboard', async ({ page }) => {
  await page.goto('/');
  const row = page.locator('tbody tr', { has: page.locator('#name-huaao-2') });
  const strip = row.getByRole('link', { name: 'red for 2 weeks' });
  await expect(strip).toBeVisible();
  await row.locator('rect[data-week="10"]').hover();
  await expect(strip).toHaveAttribute('title', '20 Mar 2018: yellow');
  await row.locator('rect[data-week="10"]').click();
  await expect(page).toHaveURL(/#\/projects\/huaao-2\?asOf=2018-03-20/);
  await expect(page.getByRole('heading', { name: 'Huaao Automobile, phase II' })).toBeVisible();
  await page.goBack();
  await strip.focus();
  for (let week = 0; week < 2; week++) await page.keyboard.press('ArrowLeft');
  await expect(row.getByRole('link', { name: '26 Jun 2018: yellow' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/projects\/huaao-2\?asOf=2018-06-26/);
});

test('the chip of the clocks opens and closes the replay bar, which stays open while the page is used', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByRole('slider')).toHaveCount(0);
  await expect(page.getByTestId('past')).toHaveCount(0);
  await openClocks(page);
  await page.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(clockChip(page)).toHaveAttribute('data-past', 'true');
  await expect(page.getByTestId('past')).toBeVisible();
  await page.getByRole('button', { name: 'Completion', exact: true }).click();
  await expect(page.getByRole('slider')).toBeVisible();
  await page.getByRole('button', { name: 'Back to today' }).click();
  await expect(clockChip(page)).toHaveText(/As of 10 Jul 2018 · latest/);
  await clockChip(page).click();
  await expect(page.getByRole('slider')).toHaveCount(0);
});

test('what the service computes for a while after the start is asked for until it is there', async ({
  page,
}) => {
  const problem = { type: '/problems/view-behind', title: 'Not yet', detail: 'The rows are computed.' };
  const isOfComparison = (url: URL) =>
    url.pathname === '/portfolio/lights' && url.searchParams.get('weeks') === '1';
  let refused = 0;
  await page.route(isOfComparison, (route) => {
    refused += 1;
    // More often than a request that failed is repeated.
    if (refused > 4) return route.continue();
    return route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify(problem),
    });
  });
  await page.goto('/');
  const changed = page.getByRole('region', { name: 'What changed' });
  await expect(changed).toHaveAttribute('aria-busy', 'true');
  await expect(changed.locator('[data-changed]')).toHaveCount(5, { timeout: 40_000 });
  expect(refused).toBe(5);
});
