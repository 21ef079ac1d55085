import { statSync } from 'node:fs';
import { expect, sizes, test } from './browser/test.js';

/** Maximum size of a picture, in bytes. */
const most = 200_000;

test('the district, in English', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1060 });
  await page.goto('/#/');
  await expect(page.getByRole('table').getByText('Huaao Automobile, phase II')).toBeVisible();
  await expect(page.getByRole('heading', { name: '3 projects need action' })).toBeVisible();
  await expect(page.locator('rect[data-light]').first()).toBeVisible();
  await expect(page.getByText('+37.9 points').first()).toBeVisible();
  await page.screenshot({ path: 'docs/district.png' });
  expect(statSync('docs/district.png').size).toBeLessThan(most);
});

test.describe('on a phone', () => {
  test.use({ viewport: sizes.phone, locale: 'zh-CN' });

  test('the log, in Chinese', async ({ page }) => {
    await page.goto('/log/#/p/huaao-2');
    await page
      .getByRole('button', { name: /^污水管/ })
      .first()
      .click();
    for (const by of ['+5', '+10']) await page.getByRole('button', { name: `${by} 点`, exact: true }).click();
    await expect(page.getByRole('button', { name: '保存 60%' })).toBeVisible();
    await page.screenshot({ path: 'docs/log.png' });
    expect(statSync('docs/log.png').size).toBeLessThan(most);
  });
});
