import type { Page } from '@playwright/test';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

test.use({ district: 'setup' });

const said = {
  zh: {
    setup: '设置',
    register: '登记项目',
    nameZh: '中文名称',
    id: '项目编号',
    taken: '已被使用',
    free: '可以使用',
    noName: '至少要有一种语言的名称',
    sector: ['行业', '公路'],
    stage: '阶段',
    capacity: '设计产能',
    capacityUnit: '产能单位',
    investment: '计划总投资',
    start: '计划开工',
    finish: '计划完工',
    send: '登记，然后编制计划',
    marked: '已填内容不会丢失',
    take: '套用此模板',
    weight: '征地拆迁 的权重',
    share: '占全部 25%',
    effect: '对今天的影响',
    adopt: '发布计划',
    adopted: '已发布：第 1 版。',
    toProject: '查看项目',
    row: '征地拆迁',
    project: '环城东路改扩建工程',
    proposed: 'hcdlgkjgc',
    rules: '规则',
    unreported: '未上报',
    yellow: '黄：达到（天）',
    mistake: '此数字与其他数字不协调',
    run: '开始回测',
    tested: '已对',
    outdated: '请重新检验',
    adoptRules: '启用这些规则',
    who: '由谁负责',
    why: '理由',
    whyMissing: '请写明由谁负责以及理由。',
    done: '已启用为第',
    history: '历史版本',
    backTest: '历史回测',
  },
  en: {
    setup: 'Setup',
    register: 'Register a project',
    nameZh: 'Name in English',
    id: 'Id in addresses',
    taken: 'is taken, by',
    free: 'is free',
    noName: 'has a name in at least one',
    sector: ['Sector', 'Roads'],
    stage: 'Stage',
    capacity: 'Capacity',
    capacityUnit: 'Unit of the capacity',
    investment: 'Planned investment',
    start: 'Planned start',
    finish: 'Planned finish',
    send: 'Register, then write the plan',
    marked: 'Nothing that you entered is lost',
    take: 'Take this template',
    weight: 'Weight of Land and relocation',
    share: '25 % of the whole',
    effect: 'What it changes today',
    adopt: 'Publish plan',
    adopted: 'Published: version 1.',
    toProject: 'See the project',
    row: 'Land and relocation',
    project: 'Eastern ring road, widening',
    proposed: 'eastern-ring-road-widening',
    rules: 'Rules',
    unreported: 'unreported',
    yellow: 'yellow from (days)',
    mistake: 'does not go together',
    run: 'Back-test',
    tested: 'evaluated from',
    outdated: 'try again',
    adoptRules: 'Adopt these rules',
    who: 'Approved by',
    why: 'Why',
    whyMissing: 'Say who approved the rules, and why.',
    done: 'Adopted as version',
    history: 'History',
    backTest: 'Back-test result',
  },
};

inEveryForm('a project is registered, planned and seen', async ({ page, language, size }) => {
  const words = said[language];
  const shoot = (name: string) =>
    page.screenshot({ path: `.build/page/setup-${name}-${language}-${size}.png`, fullPage: true });
  const field = (name: string) => page.getByLabel(name, { exact: true });
  const send = page.getByRole('button', { name: words.send });
  await page.goto('/#/setup');
  await expect(page.getByRole('heading', { name: words.setup, exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: /huaao|华奥/i }).first()).toBeVisible();
  await shoot('ways');
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('link', { name: words.register, exact: true }).click();

  await send.click();
  await expect(page.getByText(words.noName)).toBeVisible();
  await page.getByRole('textbox', { name: words.id }).fill('huaao-2');
  await expect(page.getByText(words.taken)).toBeVisible();
  await page.getByRole('textbox', { name: words.id }).fill('');
  // Every form registers its own project.
  const name = size === 'phone' ? `${words.project} 2` : words.project;
  await field(words.nameZh).fill(name);
  const id = page.getByRole('textbox', { name: words.id });
  await expect(id).toHaveValue(size === 'phone' ? new RegExp(`^${words.proposed}-?2$`) : words.proposed);
  const project = await id.inputValue();
  await expect(page.getByText(words.free)).toBeVisible();
  await field(words.sector[0] as string).fill(words.sector[1] as string);
  await field(words.stage).selectOption('started');
  await field(words.investment).fill('9,500');
  await field(words.start).fill('2018-03-01');
  await field(words.finish).fill('2019-06-30');
  await field(words.capacity).fill('twelve');
  await field(words.capacityUnit).fill('km');
  await send.click();
  await expect(field(words.capacity)).toBeFocused();
  await expect(field(words.capacity)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('alert')).toContainText(words.marked);
  await shoot('register');
  expect(await barriersOn(page)).toEqual([]);
  await page.reload();
  await expect(field(words.investment)).toHaveValue('9,500');
  await field(words.capacity).fill('12');
  await send.click();

  await expect(page).toHaveURL(new RegExp(`#/setup/plan/${project}$`));
  await expect(field(words.start)).toHaveValue('2018-03-01');
  await page.getByRole('button', { name: words.take }).click();
  await field(words.weight).fill('30');
  await expect(page.getByText(words.share)).toBeVisible();
  await expect(page.getByRole('region', { name: words.effect })).toBeVisible();
  await shoot('plan');
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('button', { name: words.adopt }).click();
  await expect(page.getByText(words.adopted)).toBeVisible();
  await page.getByRole('link', { name: words.toProject }).first().click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: words.row })).toContainText(/25 ?%/);
  const answer = await page.request.get(`/projects/${project}`);
  const { stage } = (await answer.json()) as { stage: { stage: string } };
  expect(stage.stage).toBe('started');
});

test('a plan is pasted from a spreadsheet and changed by keyboard only; each bad cell is named', async ({
  page,
}) => {
  const project = 'pasted-plan';
  await page.request.post('/projects', { data: { project, name: { en: 'Pasted plan' } } });
  await page.goto(`/#/setup/plan/${project}`);
  await page.getByRole('button', { name: 'Paste from a spreadsheet' }).focus();
  await page.keyboard.press('Enter');
  await page
    .getByLabel('Cells, as they are copied')
    .fill(
      [
        'No.\tTask\tWeight\tQty\tUnit\tStart\tFinish',
        '1\tStructure\t60%\t\t\t2018-03-01\t2018-09-30',
        '1.1\tDormitories\t2\t5\tblocks\tMarch\t2018-08-31',
        '1.2\tOffice\t1\t6\tstoreys\t2018-03-01\t2018-09-30',
        '2\tRoads\t40%\t\t\t2018-09-01\t2018-12-31',
        '\tTotal\t100%\t\t\t\t',
      ].join('\n'),
    );
  await expect(page.getByText('4 items understood.')).toBeVisible();
  await expect(page.getByText('Row 6 is a total and is left out.')).toBeVisible();
  await expect(page.getByText('Row 3, Start: “March”; expected a day such as 2018-03-01')).toBeVisible();
  await page.screenshot({ path: '.build/page/setup-paste-en-desktop.png', fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Take these items' }).focus();
  await page.keyboard.press('Enter');

  const focused = page.locator('[data-control=name]:focus');
  // A person types where the cursor is seen to be.
  const expectNames = (...names: string[]) =>
    expect
      .poll(() =>
        page
          .locator('[data-control=name]')
          .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
      )
      .toEqual(names);
  await expectNames('Structure', 'Dormitories', 'Office', 'Roads');
  await page.getByLabel('Name of Roads').focus();
  await page.keyboard.press('Enter');
  await expect(focused).toHaveValue('');
  await page.keyboard.type('Greening');
  await page.keyboard.press('Alt+ArrowUp');
  await expectNames('Structure', 'Dormitories', 'Office', 'Greening', 'Roads');
  await expect(focused).toHaveValue('Greening');
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect(page.getByRole('listitem', { name: 'Greening, level 2' })).toBeVisible();
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  await expect(page.getByRole('listitem', { name: 'Greening, level 1' })).toBeVisible();
  await expect(page.getByLabel('Name of Greening')).toBeFocused();
  await page.getByRole('button', { name: 'Details of Dormitories' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Planned start').fill('2018-09-30');
  await expect(page.getByText('The planned finish lies before the start.')).toBeVisible();
  await page.getByLabel('Planned start').fill('2018-04-01');
  await page.getByLabel('Add what it comes after').selectOption({ label: 'Greening' });
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Remove Roads' }).focus();
  await page.keyboard.press('Enter');
  await expectNames('Structure', 'Dormitories', 'Office', 'Greening');
  await page.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  await expectNames('Structure', 'Dormitories', 'Office', 'Greening', 'Roads');
  await page.getByRole('button', { name: 'Publish plan' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Published: version 1.')).toBeVisible();
  expect((await planOf(page, project)).items).toEqual([
    {
      id: 'structure',
      name: { en: 'Structure' },
      weight: 60,
      measure: 'percent',
      plannedStart: '2018-03-01',
      plannedFinish: '2018-09-30',
    },
    {
      id: 'dormitories',
      name: { en: 'Dormitories' },
      parent: 'structure',
      weight: 2,
      measure: 'count',
      of: 5,
      unit: 'blocks',
      plannedStart: '2018-04-01',
      plannedFinish: '2018-08-31',
      after: ['greening'],
    },
    {
      id: 'office',
      name: { en: 'Office' },
      parent: 'structure',
      weight: 1,
      measure: 'storeys',
      of: 6,
      plannedStart: '2018-03-01',
      plannedFinish: '2018-09-30',
    },
    { id: 'greening', name: { en: 'Greening' }, weight: 1, measure: 'percent' },
    {
      id: 'roads',
      name: { en: 'Roads' },
      weight: 40,
      measure: 'percent',
      plannedStart: '2018-09-01',
      plannedFinish: '2018-12-31',
    },
  ]);
});

test('a plan pasted again keeps entries with their work, and asks in doubtful cases', async ({ page }) => {
  const project = 'pasted-again';
  const item = (id: string, en: string, parent?: string) => ({
    id,
    name: { en },
    weight: 1,
    measure: 'percent',
    ...(parent ? { parent } : {}),
  });
  await page.request.post('/projects', { data: { project, name: { en: 'Blocks' }, asOf: '2018-01-02' } });
  await page.request.put(`/projects/${project}/plan`, {
    data: {
      asOf: '2018-01-02',
      items: [
        item('block-a', 'Block A'),
        item('roof', 'Roof', 'block-a'),
        item('block-b', 'Block B'),
        item('roof-2', 'Roof', 'block-b'),
      ],
    },
  });
  for (const [id, percent] of [
    ['roof', 100],
    ['roof-2', 20],
  ])
    await page.request.post(`/projects/${project}/entries`, {
      data: {
        type: 'ProgressMeasured',
        item: id,
        measure: { kind: 'percent', percent },
        asOf: '2018-06-01',
      },
    });
  await page.goto(`/#/setup/plan/${project}`);
  await page.getByRole('button', { name: 'Paste from a spreadsheet' }).click();
  const rows = ['1\tBlock Z', '1.1\tRoof', '2\tBlock A', '2.1\tRoof', '3\tBlock Two', '3.1\tRoof'];
  await page.getByLabel('Cells, as they are copied').fill(['No.\tTask', ...rows].join('\n'));
  await expect(page.getByText('2 rows are items of the plan in force')).toBeVisible();
  const replace = page.getByRole('button', { name: 'Replace the draft by these items' });
  await expect(replace).toBeDisabled();
  await page.getByLabel('Row 2: Block Z').selectOption({ label: 'a new item, without entries' });
  await page.getByLabel('Row 3: Roof').selectOption({ label: 'a new item, without entries' });
  await page.getByLabel('Row 6: Block Two').selectOption({ label: 'the same as Block B' });
  expect(await barriersOn(page)).toEqual([]);
  await replace.click();
  await page.getByLabel('Name of Block A').fill('Block One');
  const adopt = page.getByRole('button', { name: 'Publish plan' });
  await expect(adopt).toBeDisabled();
  await page.getByRole('button', { name: 'Block A → Block One Same work' }).click();
  expect(await barriersOn(page)).toEqual([]);
  await adopt.click();
  await expect(page.getByText('Published: version 2.')).toBeVisible();
  const { completion } = await (await page.request.get(`/projects/${project}`)).json();
  const floors = (completion.items as { name: string; floorBasisPoints: number }[]).map(
    ({ name, floorBasisPoints }) => [name, floorBasisPoints / 100],
  );
  expect(floors).toEqual([
    ['Block Z', 0],
    ['Roof', 0],
    ['Block One', 100],
    ['Roof', 100],
    ['Block Two', 20],
    ['Roof', 20],
  ]);
});

test('a concurrent change of a plan is shown, and merged', async ({ page }) => {
  const weights = async () => {
    const { items } = await planOf(page, 'huaao-2');
    return items.filter(({ parent }) => parent === undefined).map(({ weight }) => weight);
  };
  await page.goto('/#/setup/plan/huaao-2');
  await page.getByLabel('Weight of Site levelling').fill('15');
  const effect = page.getByRole('region', { name: 'What it changes today' });
  await expect(effect.getByRole('row', { name: /^Completion/ })).toContainText('49.9 %');
  await expect(effect.getByRole('row', { name: /^Completion/ })).toContainText(/\+4\.5\d points/);

  const { version: _, ...plan } = await planOf(page, 'huaao-2');
  const items = plan.items.map((item) => (item.id === 'fit-out' ? { ...item, weight: 20 } : item));
  const other = await page.request.put('/projects/huaao-2/plan', {
    data: { ...plan, items },
    headers: { 'topout-by': 'li-wei' },
  });
  expect(other.status()).toBe(201);
  await page.getByRole('button', { name: 'Publish plan' }).click();
  const conflict = page.getByRole('alert').filter({ hasText: 'Somebody else has changed the plan' });
  await expect(conflict).toContainText('Version 2, published by li-wei');
  await expect(conflict).toContainText('They changed: Fit-out');
  await page.screenshot({ path: '.build/page/setup-conflict-en-desktop.png', fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
  await conflict.getByRole('button', { name: 'Take up their changes, keep mine' }).click();
  await expect(page.getByLabel('Weight of Fit-out')).toHaveValue('20');
  await page.getByRole('button', { name: 'Publish plan' }).click();
  await expect(page.getByText('Published: version 3.')).toBeVisible();
  expect(await weights()).toEqual([15, 35, 15, 20, 10, 15, 5, 5]);
});

inEveryForm(
  'rules are tried on the past beside their figures, and adopted',
  async ({ page, language, size }) => {
    const words = said[language];
    await page.goto('/#/setup/rules');
    await expect(page.getByRole('heading', { name: words.rules, exact: true })).toBeVisible();
    const yellow = page.getByRole('region', { name: words.unreported }).getByLabel(words.yellow);
    await yellow.fill('9999');
    await expect(page.getByText(words.mistake)).toBeVisible();
    await expect(page.getByRole('button', { name: words.adoptRules })).toBeDisabled();
    // The figure that another form adopted before differs from this one.
    const days = { zh: { desktop: 6, phone: 5 }, en: { desktop: 8, phone: 7 } }[language][size];
    await yellow.fill(String(days - 1));
    await page.getByRole('button', { name: words.run }).click();
    await expect(page.getByText(words.tested)).toBeVisible();
    const tested = page.getByRole('region', { name: words.backTest });
    await expect(tested.getByRole('row', { name: words.unreported })).toBeVisible();
    await page.screenshot({ path: `.build/page/setup-rules-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    await yellow.fill(String(days));
    await expect(page.getByText(words.outdated)).toBeVisible();
    await page.getByRole('button', { name: words.adoptRules }).click();
    await expect(page.getByText(words.whyMissing).first()).toBeVisible();
    await page.getByRole('textbox', { name: words.who }).fill('Li Wei');
    await page.getByRole('textbox', { name: words.why, exact: true }).fill('Too many false alarms');
    await page.getByRole('button', { name: words.adoptRules }).click();
    await expect(page.getByText(words.done)).toBeVisible();
    const history = page.getByRole('region', { name: words.history });
    await expect(history.getByRole('row').nth(1)).toContainText('Li Wei, 2018-07-10: Too many false alarms');
    const { rules } = (await (await page.request.get('/rules')).json()) as {
      rules: { basis: string; rules: { rule: string; yellow?: object }[] };
    };
    expect(rules.rules.find(({ rule }) => rule === 'unreported')?.yellow).toEqual({ days });
  },
);

interface Planned {
  version: number;
  items: { id: string; parent?: string; weight: number }[];
}

/** The plan that was adopted last. */
async function planOf(page: Page, project: string): Promise<Planned> {
  const answer = await page.request.get(`/projects/${project}/journal?limit=500`);
  const { items } = (await answer.json()) as { items: { type: string; data: Planned }[] };
  return items.findLast(({ type }) => type === 'PlanAdopted')?.data as Planned;
}
