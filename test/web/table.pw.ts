import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

test.use({ district: 'table' });

const said = {
  zh: {
    paste: '从表格复制或存为 CSV 的内容',
    read: '读取表格',
    month: '数据所属月份或日期',
    doubts: ['第 4 行：“某工程”', '第 5 行 zhongheng，形象进度：“主体差不多”'],
    nothing: '尚未记录任何内容。',
    meaning: '累计产值（万元） 的含义',
    meant: '投资，本月',
    leaveOut: '这些行中未能识别的内容不导入',
    take: '导入第 4 行 某工程',
    record: /^记录 \d+ 条$/,
    done: /已记录 \d+ 条，此前已有 0 条，退回 0 条。/,
    again: /已记录 0 条，此前已有 \d+ 条，退回 0 条。/,
  },
  en: {
    paste: 'The table, as it is copied or saved as CSV',
    read: 'Read the table',
    month: 'Month or day of the figures',
    doubts: ['Row 4: “某工程”', 'Row 5, zhongheng, 形象进度: “主体差不多”'],
    nothing: 'Nothing is recorded yet.',
    meaning: 'Meaning of 累计产值（万元）',
    meant: 'investment reported, this month',
    leaveOut: 'Leave out what was not understood of these rows',
    take: 'Take row 4, 某工程',
    record: /^Record \d+ entr(y|ies)$/,
    done: /\d+ recorded, 0 already there, 0 refused\./,
    again: /0 recorded, \d+ already there, 0 refused\./,
  },
};

const table = (month: string) =>
  [
    '项目名称\t累计产值（万元）\t形象进度\t预计竣工',
    `huaao-2\t${month === '2018-06' ? 61 : 51}\t\t2019年6月`,
    `tengjun\t${month === '2018-06' ? 62 : 52}\t\t`,
    '某工程\t5\t\t',
    'zhongheng\t6\t主体差不多\t',
  ].join('\n');

inEveryForm(
  'a monthly table is pasted, looked at and recorded in one go',
  async ({ page, language, size }) => {
    const words = said[language];
    const month = size === 'phone' ? '2018-05' : '2018-06';
    await page.goto('/#/setup/table');
    await page.getByLabel(words.paste).fill(table(month));
    await page.getByLabel(words.month).fill(month);
    await page.getByRole('button', { name: words.read }).click();
    for (const doubt of words.doubts) await expect(page.getByText(doubt)).toBeVisible();
    await expect(page.getByText(words.nothing)).toBeVisible();

    const meaning = page.getByLabel(words.meaning);
    await expect(meaning).toHaveValue('');
    await meaning.selectOption({ label: words.meant });
    const record = page.getByRole('button', { name: words.record });
    await expect(record).toContainText('4');
    await expect(record).toBeDisabled();
    await page.getByLabel(words.take).uncheck();
    await page.getByLabel(words.leaveOut).check();
    await page.screenshot({ path: `.build/page/setup-table-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    await record.click();
    await expect(page.getByText(words.done)).toBeVisible();
    await record.click();
    await expect(page.getByText(words.again)).toBeVisible();
  },
);
