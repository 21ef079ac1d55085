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
        none: '没有项目的完成度',
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
