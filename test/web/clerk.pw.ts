import type { Page } from '@playwright/test';
import writeXlsxFile from 'write-excel-file/node';
import { countyRows, fifty } from '../domain/table/county-table.js';
import { importLines } from './browser/many.js';
import { type Running, startBuilt } from './browser/service.js';
import { barriersOn, expect, test } from './browser/test.js';

/** Most that the clerk does and waits for in a month, in milliseconds; what they read and think comes on top. */
const fiveMinutes = 5 * 60_000;

let county: Running;
test.beforeAll(async () => {
  county = await startBuilt({ TOPOUT_EXAMPLE: 'off', TOPOUT_TODAY: '2018-07-10' });
  const registered = fifty.map(({ project, zh }) => ({
    project,
    type: 'ProjectRegistered',
    asOf: '2018-01-02',
    name: { zh },
  }));
  await importLines(
    county.url,
    registered.map((line) => JSON.stringify(line)),
  );
});
test.afterAll(() => county.stop());

test.use({ locale: 'zh-CN' });
test.setTimeout(fiveMinutes);

/** Reading or recording a whole table may take as long on a busy machine. */
const slowly = { timeout: 90_000 };

/** The table of a month as this county sends it: with a column that no usual heading says, and two rows to be asked about. */
function rowsOf(month: number, isClear: boolean): string[][] {
  const [title = [], unit = [], heads = [], second = [], ...rest] = countyRows(`2018年${month}月`);
  const added = (row: string[], cell: string) => [...row, cell];
  const rows = rest.map((row, at) => {
    const doubtful = row[1] === fifty[8]?.zh && !isClear ? row.with(6, '主体差不多了') : row;
    return added(doubtful, row[0]?.match(/^\d+$/) ? String(100 * month + at) : '');
  });
  const unknown = ['51', '某招商项目', '', '', '', '', '', '', '', '5'];
  return [
    added(title, ''),
    added(unit, ''),
    added(heads, `${month}月落地资金（万元）`),
    added(second, ''),
    ...rows.slice(0, -1),
    ...(isClear ? [] : [unknown]),
    ...rows.slice(-1),
  ];
}

/** Counts what the clerk does, and the time that the machine takes for it. */
class Clerk {
  readonly done: string[] = [];
  private readonly begun = performance.now();

  async does(what: string, action: () => Promise<unknown>): Promise<void> {
    await action();
    this.done.push(what);
  }

  get ms(): number {
    return Math.round(performance.now() - this.begun);
  }

  print(month: string): void {
    console.log(
      `clerk: ${month}: ${this.done.length} steps (${this.done.join(', ')}), ${this.ms} ms of machine time`,
    );
  }
}

const record = (page: Page) => page.getByRole('button', { name: /^记录 \d+ 条$/ });
const choose = (page: Page, name: string, mimeType: string, buffer: Buffer) =>
  page.getByLabel('或选择文件（.xlsx、.csv）').setInputFiles({ name, mimeType, buffer });

test('a clerk takes a monthly table of 50 projects from the file to the figures, and the next month in three steps', async ({
  page,
}) => {
  await page.goto(`${county.url}/#/setup/table`);
  const may = new Clerk();
  const csv = rowsOf(5, false).map((row) =>
    row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(','),
  );
  await may.does('choose the file', () => choose(page, '5月.csv', 'text/csv', Buffer.from(csv.join('\r\n'))));
  await may.does('read it', () => page.getByRole('button', { name: '读取表格' }).click());
  await expect(page.getByText(/^共 51 行，读出 \d+ 条记录。 尚未记录任何内容。$/)).toBeVisible(slowly);
  await expect(page.getByText(/^第 14 行 .*形象进度：“主体差不多了”/)).toBeVisible();
  await expect(page.getByText(/^第 56 行：“某招商项目”；应为：已登记项目的名称或编号/)).toBeVisible();
  const column = page.getByLabel('5月落地资金（万元） 的含义');
  await expect(column).toHaveValue('');
  await may.does('say what a column means', () => column.selectOption({ label: '资金与合同，到位资金' }));
  await expect(record(page)).toBeDisabled();
  await may.does('leave a row out', () => page.getByLabel('导入第 56 行 某招商项目').uncheck());
  await may.does('leave a cell out', () => page.getByLabel('这些行中未能识别的内容不导入').check());
  expect(await barriersOn(page)).toEqual([]);
  await may.does('record', () => record(page).click());
  await expect(page.getByText(/^已记录 \d+ 条，此前已有 0 条，退回 0 条。$/)).toBeVisible(slowly);
  await may.does('look at a project', () => page.goto(`${county.url}/#/projects/county-1`));
  await expect(page.getByRole('heading', { name: fifty[0]?.zh ?? '' })).toBeVisible();
  await expect(page.getByText('项目总体：完成 62%。').first()).toBeVisible();
  may.print('the first month');

  await page.goto(`${county.url}/#/setup/table`);
  const june = new Clerk();
  const sheet = rowsOf(6, true).map((row) => row.map((value) => (value === '' ? null : { value })));
  const xlsx = await writeXlsxFile(sheet).toBuffer();
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await june.does('choose the file', () => choose(page, '6月.xlsx', type, Buffer.from(xlsx)));
  await june.does('read it', () => page.getByRole('button', { name: '读取表格' }).click());
  await expect(page.getByText(/^共 50 行，读出 \d+ 条记录。 尚未记录任何内容。$/)).toBeVisible(slowly);
  await expect(page.getByText(/未能识别：$/)).toHaveCount(0);
  // What was said of the column in May holds in June.
  await expect(page.getByLabel('6月落地资金（万元） 的含义').locator('option:checked')).toHaveText(
    '资金与合同，到位资金',
  );
  await june.does('record', () => record(page).click());
  await expect(page.getByText(/^已记录 \d+ 条，此前已有 \d+ 条，退回 0 条。$/)).toBeVisible(slowly);
  june.print('the next month');
  await page.goto(`${county.url}/#/projects/county-1`);
  await expect(page.getByText(/到位资金 601 万元/).first()).toBeVisible();

  expect([may.done.length, june.done.length]).toEqual([7, 3]);
  expect(may.ms + june.ms).toBeLessThan(fiveMinutes);
});

test('a file that is no table is refused on the page, in the language of the clerk', async ({ page }) => {
  await page.goto(`${county.url}/#/setup/table`);
  const old = Buffer.from('d0cf11e0a1b11ae100000000', 'hex');
  await choose(page, '6月.xls', 'application/vnd.ms-excel', old);
  await expect(page.getByRole('alert')).toHaveText('旧格式 .xls 工作簿；应为 .xlsx：请打开后另存为 .xlsx。');
  await choose(page, '6月.xlsx', 'application/octet-stream', Buffer.alloc(11 * 1024 * 1024, 1));
  await expect(page.getByRole('alert')).toContainText('文件超过 10 MB');
});

test('what columns mean goes to another device as a file', async ({ page, browser }) => {
  const text = `项目名称\t形象进度\t6月落地资金（万元）\n${fifty[1]?.zh}\t\t7`;
  const open = async (on: Page) => {
    await on.goto(`${county.url}/#/setup/table`);
    await on.getByLabel('从表格复制或存为 CSV 的内容').fill(text);
    await on.getByLabel('数据所属月份或日期').fill('2018-06');
    await on.getByRole('button', { name: '读取表格' }).click();
  };
  await open(page);
  await page.getByLabel('6月落地资金（万元） 的含义').selectOption({ label: '资金与合同，到位资金' });
  await page.getByText('该列的更多说明').last().click();
  await page.getByLabel('资金来源：6月落地资金（万元）').selectOption({ label: '债券' });
  await expect(page.getByText(/到位资金 7 万元（债券）/)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '保存各列含义' }).click(),
  ]);
  const path = await download.path();

  const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await open(other);
  await expect(other.getByLabel('6月落地资金（万元） 的含义')).toHaveValue('');
  await other.getByLabel('从文件读取各列含义').setInputFiles(path);
  await expect(other.getByText(/到位资金 7 万元（债券）/)).toBeVisible();
  await other.context().close();
});
