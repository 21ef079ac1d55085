import { type Locator } from '@playwright/test';
import { barriersOn, expect, inEveryForm, locales, test } from './browser/test.js';

test.use({ district: 'plan-compare' });

const words = {
  en: {
    paste: 'Paste from a spreadsheet',
    cells: 'Cells, as they are copied',
    replace: 'Replace the draft by these items',
    take: 'Take these items',
    adopt: 'Publish plan',
    adopted: /^Published: version 1\./,
    same: 'Same item',
    undo: 'Undo this answer',
    asked: '1 row has to be answered first.',
    renamed: 'renamed',
    doubted: /^renamed\? 1/,
    gone: /^gone /,
  },
  zh: {
    paste: '从表格粘贴',
    cells: '从 Excel 或 WPS 复制的单元格',
    replace: '用这些部位替换草稿',
    take: '导入这些部位',
    adopt: '发布计划',
    adopted: /^已发布：第 1 版/,
    same: '是同一部位',
    undo: '撤销此答复',
    asked: '还有 1 处要您确认。',
    renamed: '更名',
    doubted: /^更名？ 1/,
    gone: /^取消 /,
  },
} as const;

/** The plan of the example with a renamed item, a new one, and without the outer walls. */
const sheet = [
  '序号\t部位\t权重\t计划开始\t计划完成',
  '1\t土地平整\t5\t2018-03-01\t2018-04-15',
  '2\t主体结构\t35\t2018-03-16\t2018-06-15',
  '2.1\t冲焊车间主体\t1\t\t',
  '2.2\t涂装车间主体\t1\t\t',
  '2.3\t油化库主体\t1\t\t',
  '2.4\t危险废物暂存库主体\t1\t\t',
  '3\t装修\t10\t2018-06-01\t2018-08-31',
  '4\t室外工程\t10\t2018-05-01\t2018-07-31',
  '4.1\t雨水管\t1\t\t',
  '4.2\t污水管\t1\t\t',
  '4.3\t绿化\t1\t\t',
  '4.4\t消防水池\t1\t\t',
  '5\t设备\t15\t\t',
].join('\n');

inEveryForm(
  'a pasted plan is seen beside the plan in force, and waits for the answer to a doubtful row',
  async ({ page, language, size }) => {
    const said = words[language];
    await page.goto('/#/setup/plan/huaao-2');
    await page.getByRole('button', { name: said.paste }).click();
    await page.getByLabel(said.cells).fill(sheet);
    const beside = page.getByRole('region', { name: /^(Plan in force beside|现行计划与)/ });
    await expect(beside.getByRole('button', { name: said.gone })).toBeVisible();
    const replace = page.getByRole('button', { name: said.replace });
    await expect(beside.getByRole('button', { name: said.doubted })).toBeVisible();
    await expect(page.getByText(said.asked)).toBeVisible();
    await expect(replace).toBeDisabled();
    const consequences = page.getByRole('listitem').filter({ hasText: /49\.9 ?%/ });
    await expect(consequences.first()).toBeVisible();
    const before = await consequences.first().textContent();
    await page.screenshot({ path: `.build/page/plan-compare-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const doubtful = beside.locator('tr', { hasText: '危险废物暂存库主体' });
    await doubtful.getByRole('button', { name: said.same }).click();
    await expect(doubtful).toContainText(said.renamed);
    await expect(replace).toBeEnabled();
    await expect.poll(() => consequences.first().textContent()).not.toBe(before);
    await doubtful.getByRole('button', { name: said.undo }).click();
    await expect(replace).toBeDisabled();
    await doubtful.getByRole('button', { name: said.same }).click();
    await replace.click();
    expect(await barriersOn(page)).toEqual([]);
  },
);

for (const language of ['en', 'zh'] as const)
  test.describe(language, () => {
    test.use({ locale: locales[language] });
    const said = words[language];

    test('a plan of twelve rows from a spreadsheet takes few clicks', async ({ page, service }) => {
      const project = `twelve-${language}`;
      const name = { en: 'Twelve', zh: '十二项' };
      await page.request.post(`${service.url}/projects`, { data: { project, name, asOf: '2018-01-01' } });
      let clicks = 0;
      const click = async (target: Locator) => {
        clicks += 1;
        await target.click();
      };
      await page.goto(`/#/setup/plan/${project}`);
      await click(page.getByRole('button', { name: said.paste }));
      const rows = sheet.split('\n').slice(0, 13).join('\n');
      await page.getByLabel(said.cells).fill(rows);
      await click(page.getByRole('button', { name: said.take }));
      // A first plan counts from its own first day.
      await expect(page.locator('form input[type=date]').first()).toHaveValue('2018-03-01');
      await click(page.getByRole('button', { name: said.adopt }));
      await expect(page.getByText(said.adopted)).toBeVisible();
      console.log(
        JSON.stringify({
          figure: `clicks for a plan of twelve rows, and one paste (${language})`,
          value: clicks,
        }),
      );
      expect(clicks).toBeLessThanOrEqual(4);
    });

    test('Tab stops once a row of a plan, and arrow keys reach the rest', async ({ page }) => {
      await page.goto('/#/setup/plan/huaao-2');
      const names = page.locator('[data-control=name]');
      await expect(names.first()).toBeVisible();
      const rows = await names.count();
      const stops = await page
        .locator('[data-line]')
        .evaluateAll(
          (lines) =>
            lines
              .flatMap((line) => [...line.querySelectorAll<HTMLElement>('input, button')])
              .filter((one) => one.tabIndex >= 0).length,
        );
      console.log(
        JSON.stringify({ figure: `tab stops in ${rows} rows of a plan (${language})`, value: stops }),
      );
      expect(stops).toBe(rows);
      await names.first().focus();
      await page.keyboard.press('Tab');
      await expect(names.nth(1)).toBeFocused();
      await page.keyboard.press('ArrowDown');
      await expect(names.nth(2)).toBeFocused();
      await page.keyboard.press('ArrowRight');
      const weight = page.locator('[data-line]').nth(2).locator('input').nth(1);
      await expect(weight).toBeFocused();
      await page.keyboard.press('ArrowDown');
      await expect(page.locator('[data-line]').nth(3).locator('input').nth(1)).toBeFocused();
      await page.keyboard.press('ArrowRight');
      await expect(page.locator('[data-line]').nth(3).locator('[data-control=up]')).toBeFocused();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await expect(page.locator('[data-line]').first().locator('[data-control=up]')).toBeFocused();
      expect(await barriersOn(page)).toEqual([]);
    });
  });
