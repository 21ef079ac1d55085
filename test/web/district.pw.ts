import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const headings = { zh: '项目总览', en: 'District' };
const names = { zh: '华奥汽车项目二期', en: 'Huaao Automobile, phase II' };

inEveryForm('the district lists its eight projects', async ({ page, language, size }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: headings[language] })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(1 + 8);
  await expect(page.getByRole('row', { name: names[language] })).toBeVisible();
  await page.screenshot({ path: `.build/page/district-${language}-${size}.png` });
  expect(await barriersOn(page)).toEqual([]);
});

test('a program that asks for JSON at the top gets it', async ({ request }) => {
  const answer = await request.get('/', { headers: { accept: 'application/json' } });
  expect((await answer.json()).name).toBe('Topout');
});

test('the language is changed without a new load, and kept', async ({ page }) => {
  await page.goto('/');
  await page.getByText('中文').click();
  await expect(page.getByRole('heading', { name: headings.zh })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.reload();
  await expect(page.getByRole('heading', { name: headings.zh })).toBeVisible();
});

test('the address names the day that is shown', async ({ page }) => {
  await page.goto('/#/?asOf=2018-01-15');
  await expect(page.getByText('As of 15 Jan 2018')).toBeVisible();
});

test('an address of no screen leads to the district', async ({ page }) => {
  await page.goto('/#/nowhere');
  await page.getByRole('link', { name: 'Go to the district' }).click();
  await expect(page.getByRole('heading', { name: headings.en })).toBeVisible();
});

test('a service that cannot be reached is said in words, with a way on', async ({ page }) => {
  await page.route('**/projects?*', (route) => route.abort());
  await page.goto('/');
  await expect(page.getByText('The service cannot be reached.')).toBeVisible();
  await page.unroute('**/projects?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('row')).toHaveCount(1 + 8);
});

test('where access is refused it is asked who one is, and the token is sent from then on', async ({
  page,
}) => {
  const sent: (string | undefined)[] = [];
  await page.route('**/projects?*', async (route) => {
    const { authorization } = route.request().headers();
    sent.push(authorization);
    if (authorization === 'Bearer open-sesame') await route.continue();
    else await route.fulfill({ status: 401, contentType: 'text/plain', body: 'who?' });
  });
  await page.goto('/');
  const dialog = page.getByRole('dialog', { name: 'Who are you?' });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Access token').fill('open-sesame');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByRole('row')).toHaveCount(1 + 8);
  expect(sent.at(-1)).toBe('Bearer open-sesame');
});
