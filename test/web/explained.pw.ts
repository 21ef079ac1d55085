import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const said = {
  zh: { completion: '形象进度', evidence: '数据依据', total: '合计', outdoor: '室外工程', rain: '雨水管' },
  en: {
    completion: 'Completion',
    evidence: 'Evidence',
    total: 'Total',
    outdoor: 'Outdoor works',
    rain: 'Rainwater pipe',
  },
};

inEveryForm('a figure opens what it follows from, beside the page', async ({ page, language, size }) => {
  const words = said[language];
  await page.goto('/#/projects/huaao-2?asOf=2018-06-30');
  await page
    .getByRole('button', { name: /^49\.9 ?%/ })
    .first()
    .click();
  const drawer = page.getByRole('dialog', {
    name: `${words.evidence}${language === 'zh' ? '：' : ': '}${words.completion}`,
  });
  await expect(drawer).toContainText('599/12');
  await expect(drawer).toContainText(words.total);
  const outdoor = drawer.getByRole('button', { name: words.outdoor });
  await expect(outdoor).toHaveAttribute('aria-expanded', 'true');
  await drawer.getByRole('button', { name: words.rain }).click();
  await expect(drawer).toContainText('district-half-year-2018');
  await page.screenshot({ path: `.build/page/explained-${language}-${size}.png` });
  expect(await barriersOn(page)).toEqual([]);
});

test('the drawer is used by keys alone, and the focus returns to the figure', async ({ page }) => {
  await page.goto('/#/projects/huaao-2?asOf=2018-06-30');
  const figure = page.getByRole('button', { name: '49.9 %' }).first();
  await figure.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog');
  const site = drawer.getByRole('button', { name: 'Site levelling' });
  await site.focus();
  await page.keyboard.press('Enter');
  await expect(site).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(figure).toBeFocused();
});

test('entries that do not count are listed with the reason', async ({ page }) => {
  await page.goto('/#/projects/huaao-2?asOf=2018-06-30');
  await page.getByRole('button', { name: '49.9 %' }).first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('2 entries that do not count for it').click();
  await expect(drawer).toContainText('Does not count: It counts for other figures.');
});

inEveryForm('a light opens the alert that sets it, with its days and entries', async ({ page, language }) => {
  await page.goto('/#/projects/huaao-2?asOf=2018-07-10');
  await page
    .getByRole('button', { name: language === 'zh' ? /^红/ : /^red/i })
    .first()
    .click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText(
    language === 'zh' ? '停工 40 天' : 'Declared stalled (works) for 40 days',
  );
  await expect(drawer).toContainText('district-half-year-2018');
});

test('a due alert of a project says why beside the page', async ({ page }) => {
  await page.goto('/#/projects/tengjun?asOf=2018-07-10');
  await page.getByRole('button', { name: /^Why/ }).first().click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('90 to 243 days later');
  await expect(drawer.getByRole('button', { name: 'Red light' })).toHaveAttribute('aria-expanded', 'true');
  await expect(drawer).toContainText('Limit: red from');
});

test('an open alert shows how it was computed, and the focus returns to it', async ({ page }) => {
  await page.goto('/#/alerts');
  const card = page.locator('[data-alert]').filter({ hasText: 'stalled' }).first();
  await card.getByRole('button', { name: 'Details' }).click();
  const how = card.getByRole('button', { name: 'How it was computed' });
  await how.click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('First day of the stall');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(how).toBeFocused();
});
