import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const said = {
  zh: { title: '审计', completion: '完成度', whole: '全部项目', of: /97 条中的第|条中的第/ },
  en: { title: 'Audit', completion: 'Completion', whole: 'The whole district', of: /^Entry \d+ of \d+$/ },
};

inEveryForm('two moments of a project stand beside each other, and its film below', async ({ page, language, size }) => {
  const words = said[language];
  await page.goto('/#/auditor/huaao-2?clock=asOf&from=2018-06-29&to=2018-07-10');
  await expect(page.getByRole('heading', { name: words.title })).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(`^${words.completion}`) })).toContainText('49.9 %');
  await expect(page.getByText(words.of)).toBeVisible();
  await page.screenshot({ path: `.build/page/auditor-${language}-${size}.png`, fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
});

inEveryForm('the district is replayed entry by entry, with its totals beside each', async ({ page, language, size }) => {
  await page.goto('/#/auditor');
  await expect(page.getByText(said[language].of)).toBeVisible();
  await page.getByRole('slider').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.screenshot({ path: `.build/page/auditor-district-${language}-${size}.png`, fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
});
