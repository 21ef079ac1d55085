import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

test.use({ district: 'plan columns' });

const said = {
  en: {
    from: 'Paste from a spreadsheet',
    read: [
      'Planned for 2018: 600.5 万元.',
      'Row 4, 2019年计划投资（亿元）: “many”; expected an amount such as 1,200 万元',
    ],
    table: 'The table, as it is copied or saved as CSV',
    tableRead: 'Read the table',
    month: 'Month or day of the figures',
    sentence: 'Planned investment: 30,000 万元. Annual plan of 2018: 12,000 万元.',
    record: /^Record \d+ entr(y|ies)$/,
    done: /1 recorded, 0 already there, 0 refused\./,
    meaning: 'amounts of the plan, Planned investment',
  },
  zh: {
    from: '从表格粘贴',
    read: [
      '2018年度计划投资：600.5 万元。',
      '第 4 行，2019年计划投资（亿元）：“many”；应为金额，例如 1,200 万元',
    ],
    table: '从表格复制或存为 CSV 的内容',
    tableRead: '读取表格',
    month: '数据所属月份或日期',
    sentence: '计划总投资：30,000 万元。2018年度计划投资：12,000 万元。',
    record: /^记录 \d+ 条$/,
    done: /已记录 1 条，此前已有 0 条，退回 0 条。/,
    meaning: '计划金额，计划总投资',
  },
};

inEveryForm(
  'what a plan wants of a year is pasted with its items, and is a column of a monthly table',
  async ({ page, language, size }) => {
    const words = said[language];
    const project = `columns-${language}-${size}`;
    await page.request.post('/projects', { data: { project, name: { en: project }, asOf: '2018-01-01' } });
    await page.goto(`/#/setup/plan/${project}`);
    await page.getByRole('button', { name: words.from }).click();
    await page
      .getByRole('textbox')
      .first()
      .fill(
        [
          '序号\t工程名称\t权重\t2018年计划投资（万元）\t2019年计划投资（亿元）',
          '1\t主体\t60\t500.5\t1',
          '2\t屋面\t30\t100\t',
          '3\t道路\t10\t\tmany',
          '\t合计\t100\t600.5\t1',
        ].join('\n'),
      );
    for (const text of words.read) await expect(page.getByText(text)).toBeVisible();
    await expect(page.getByLabel('2018年计划投资（万元）')).toHaveValue('annual');
    await page.screenshot({ path: `.build/page/paste-years-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);

    const items = [{ id: 'roof', name: { en: 'Roof' }, weight: 1, measure: 'percent' }];
    await page.request.put(`/projects/${project}/plan`, { data: { items, asOf: '2018-01-01' } });
    await page.goto('/#/setup/table');
    await page
      .getByLabel(words.table)
      .fill(`项目名称\t总投资（万元）\t2018年度计划投资（万元）\n${project}\t30000\t12,000`);
    await page.getByLabel(words.month).fill('2018-06');
    await page.getByRole('button', { name: words.tableRead }).click();
    await expect(page.getByText(words.sentence)).toBeVisible();
    await expect(page.getByRole('option', { name: words.meaning, exact: true, selected: true })).toHaveCount(
      1,
    );
    await page.screenshot({ path: `.build/page/table-plan-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('button', { name: words.record }).click();
    await expect(page.getByText(words.done)).toBeVisible();
    const { investment } = await (await page.request.get(`/projects/${project}?asOf=2018-07-01`)).json();
    expect([investment.plannedMinor, investment.annualPlanMinor]).toEqual([30_000_000_000, 12_000_000_000]);
  },
);
