import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const said = {
  zh: { title: '审计', compare: '比较两个时点', completion: '完成度', rain: '雨水管' },
  en: { title: 'Audit', compare: 'Compare two moments', completion: 'Completion', rain: 'Rainwater pipe' },
};

inEveryForm('two moments of a project stand beside each other', async ({ page, language, size }) => {
  const words = said[language];
  await page.goto('/#/auditor/huaao-2?clock=asOf&from=2018-06-29&to=2018-07-10');
  await expect(page.getByRole('heading', { name: words.title })).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(`^${words.completion}`) })).toContainText('49.9 %');
  await page.screenshot({ path: `.build/page/auditor-${language}-${size}.png`, fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
});

test('what is compared is what the service says', async ({ page, request }) => {
  const answer = await request.get('/projects/huaao-2/changes?from=2018-06-29&to=2018-07-10');
  const { completion } = (await answer.json()) as {
    completion: { percent: { byBasisPoints: number; workBasisPoints: number } };
  };
  await page.goto('/#/auditor/huaao-2?clock=asOf&from=2018-06-29&to=2018-07-10');
  const row = page.getByRole('row', { name: /^Completion/ });
  await expect(row).toContainText(`+${completion.percent.byBasisPoints / 100} points`);
  await expect(row).toContainText(`+${completion.percent.workBasisPoints / 100} points`);
});

test('on the other clock an entry is told apart as new, and opens', async ({ page }) => {
  await page.goto('/#/auditor');
  await page.getByLabel('Project').selectOption('huaao-2');
  await page.getByText('As known at', { exact: true }).click();
  await expect(page.getByText('late entry').first()).toBeVisible();
  await page.getByRole('button', { name: 'Completion: ' }).click();
  await expect(page.getByRole('dialog')).toContainText('Rainwater pipe: 85 %');
});

test('a replay says the figures right after each entry', async ({ page, request }) => {
  await page.goto('/#/auditor/huaao-2');
  const row = page.getByRole('row', { name: 'Rainwater pipe: 85 %' });
  const position = (await row.getByRole('cell').first().textContent()) ?? '';
  const answer = await request.get(`/projects/huaao-2?knownAt=${position}`);
  const { completion } = (await answer.json()) as { completion: { percentBasisPoints: number } };
  await expect(row).toContainText(`${Math.round(completion.percentBasisPoints / 10) / 10} %`);
});
