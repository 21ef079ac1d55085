import type { Page } from '@playwright/test';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

test.use({ district: 'project-work' });

const said = {
  zh: {
    started: '填报阶段：已开工',
    day: '进入该阶段的日期',
    record: '记录',
    entered: /已开工.*7月2日/,
    work: '工程部位与进度计划',
    dates: '近期节点',
  },
  en: {
    started: 'Log the stage: started',
    day: 'Day on which it was entered',
    record: 'Record',
    entered: /started.*2 Jul/,
    work: 'Work items and schedule',
    dates: 'Next dates',
  },
};

const items = [
  { id: 'base', plannedStart: '2018-03-01', plannedFinish: '2018-06-30' },
  { id: 'frame', plannedStart: '2018-06-01', plannedFinish: '2018-09-30' },
  { id: 'roof', plannedFinish: '2018-11-30' },
].map((item, index) => ({
  ...item,
  name: { en: ['Base', 'Frame', 'Roof'][index], zh: ['基础', '主体', '屋面'][index] },
  weight: 1,
  measure: 'percent',
}));

async function dated(page: Page, url: string, project: string): Promise<void> {
  const name = { en: 'Dated plan', zh: '有日期的计划' };
  const send = async (path: string, data: object, method: 'post' | 'put' = 'post') => {
    const answer = await page.request[method](`${url}${path}`, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
  };
  await send('/projects', { project, name, asOf: '2018-02-01' });
  await send(`/projects/${project}/plan`, { items, asOf: '2018-02-01' }, 'put');
  const log = (data: object) => send(`/projects/${project}/entries`, data);
  await log({
    type: 'ProgressMeasured',
    item: 'base',
    measure: { kind: 'percent', percent: 80 },
    asOf: '2018-05-20',
  });
  await log({
    type: 'ProgressMeasured',
    item: 'frame',
    measure: { kind: 'percent', percent: 20 },
    asOf: '2018-07-01',
  });
  await log({ type: 'ForecastGiven', target: 'completion', when: '2018-12-20', asOf: '2018-07-01' });
}

inEveryForm(
  'a stage is logged from its step, plan and actual share a bar',
  async ({ page, language, size }) => {
    const words = said[language];
    const project = `dated-${language}-${size}`;
    await page.goto('/');
    await dated(page, new URL(page.url()).origin, project);
    await page.goto(`/#/projects/${project}`);
    const step = page.getByRole('button', { name: words.started });
    await step.click();
    await page.getByLabel(words.day).fill('2018-07-02');
    await page.getByRole('button', { name: words.record, exact: true }).click();
    await expect(page.getByRole('listitem').filter({ hasText: words.entered })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    // An end that the plan does not give is not made up.
    const roof = page
      .getByRole('row', { name: language === 'zh' ? '屋面' : 'Roof' })
      .getByRole('img')
      .last();
    await expect(roof).toHaveAttribute('aria-label', language === 'zh' ? /未列开始日期/ : /no start given/);
    const dates = page.getByRole('region', { name: words.dates });
    await expect(dates.getByRole('listitem').first()).toContainText(language === 'zh' ? '主体' : 'Frame');
    await expect(page.getByRole('region', { name: words.work })).toBeVisible();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `.build/page/dated-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
  },
);

test('a stage that the service refuses is not shown as entered, and the reason is said', async ({ page }) => {
  await page.goto('/#/projects/huaao-2');
  await page.getByRole('button', { name: 'Log the stage: built' }).click();
  await page.route('**/projects/huaao-2/entries', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      json: { type: '/problems/project-cancelled', title: 'The project was cancelled', status: 409 },
    }),
  );
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('The project was cancelled');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Log the stage: built' })).toBeFocused();
});

test('an alert is taken on where it is shown', async ({ page }) => {
  await page.goto('/#/projects/huaao-2');
  const alerts = page.getByRole('region', { name: 'Active alerts' });
  await expect(alerts).toContainText('7 days left');
  await alerts.getByRole('button', { name: 'Acknowledge' }).click();
  await alerts.getByLabel('Name').fill('Li Wei');
  await expect(alerts.getByLabel('By when')).toHaveValue('2018-07-17');
  await alerts.getByRole('button', { name: 'Send' }).click();
  await expect(alerts).toContainText('Taken on by Li Wei, due 17 Jul 2018');
});

test('entries are filtered by their kind', async ({ page }) => {
  await page.goto('/#/projects/huaao-2');
  await page.getByLabel('Kind of entry').selectOption('money');
  await expect(page.getByRole('status').filter({ hasText: /^1 entry$/ })).toBeVisible();
});
