import { openMore, targetsUnder44 } from './browser/phone.js';
import { barriersOn, expect, locales, sizes, test } from './browser/test.js';

const words = {
  en: { places: ['Projects', 'Alerts', 'Log', 'More'], screens: 'Screens', audit: 'Audit' },
  zh: { places: ['项目', '预警', '记录', '更多'], screens: '页面', audit: '审计' },
};

for (const language of ['en', 'zh'] as const)
  test.describe(language, () => {
    test.use({ locale: locales[language], viewport: sizes.phone, hasTouch: true });
    const { places, screens, audit } = words[language];

    test('a phone has one line at the top, and its places in a bar at the foot', async ({ page }) => {
      await page.goto('/');
      const bar = page.getByRole('navigation', { name: screens });
      await expect(page.getByTestId('open-alerts').filter({ visible: true })).toBeVisible();
      await expect(bar.locator('> *')).toHaveText(places.map((name) => new RegExp(`^${name}`)));
      const current = bar.locator('[aria-current]');
      await expect(current).toHaveText(new RegExp(`^${places[0]}`));
      const [top, foot] = [await page.getByRole('banner').boundingBox(), await bar.boundingBox()];
      expect(top?.height).toBeLessThanOrEqual(64);
      expect(Math.round((foot?.y ?? 0) + (foot?.height ?? 0))).toBe(sizes.phone.height);
      expect(await barriersOn(page)).toEqual([]);

      // A screen that belongs to a place marks it too; the list is counted in words as well.
      await bar.getByRole('link', { name: places[1] }).tap();
      await expect(current).toHaveText(new RegExp(`^${places[1]}`));
      await expect(current).toHaveAttribute('aria-current', 'page');
      await page.goto('/#/projects/huaao-2');
      await expect(current).toHaveText(new RegExp(`^${places[0]}`));
      await expect(current).toHaveAttribute('aria-current', 'true');

      // The end of a page is above the bar.
      await expect(page.getByRole('table').first()).toBeVisible();
      await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
      const end = await page.locator('main').evaluate((main) => main.getBoundingClientRect().bottom);
      expect(end).toBeLessThanOrEqual(foot?.y ?? 0);

      await bar.getByRole('link', { name: places[2], exact: true }).tap();
      await expect(page).toHaveURL(/\/log\//);
      await expect(page.getByRole('navigation', { name: screens })).toHaveCount(0);
    });

    test('what the bar has no room for is opened, used and closed by touch and keyboard', async ({
      page,
    }) => {
      await page.goto('/');
      const more = page.getByRole('button', { name: places[3], exact: true });
      const link = page.getByRole('link', { name: audit });
      await expect(link).toBeHidden();
      await more.focus();
      await page.keyboard.press('Enter');
      await expect(more).toHaveAttribute('aria-expanded', 'true');
      await expect(link).toBeFocused();
      expect(await barriersOn(page)).toEqual([]);
      const small = await targetsUnder44(page);
      const inFrame = await page
        .locator('header')
        .locator('a, button, label')
        .filter({ visible: true })
        .allTextContents();
      expect(inFrame.length).toBeGreaterThanOrEqual(6);
      expect(small.filter((one) => inFrame.some((text) => text && one.startsWith(text)))).toEqual([]);
      await page.screenshot({ path: `.build/page/more-${language}.png` });
      await page.keyboard.press('Escape');
      await expect(link).toBeHidden();
      await expect(more).toBeFocused();

      await openMore(page);
      await link.tap();
      await expect(page.getByRole('heading', { name: audit, exact: true })).toBeVisible();
      await expect(link).toBeHidden();
      await expect(more).toHaveAttribute('aria-current', 'true');

      // The other language, in place; then a tap beside it closes it.
      await openMore(page);
      await page.getByText(language === 'en' ? '中文' : 'English', { exact: true }).tap();
      await expect(
        page.getByRole('button', { name: words[language === 'en' ? 'zh' : 'en'].places[3] }),
      ).toBeVisible();
      await page.touchscreen.tap(195, 120);
      await expect(page.getByText('中文', { exact: true })).toBeHidden();
    });
  });
