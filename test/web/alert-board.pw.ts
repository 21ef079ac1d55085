import type { Locator, Page } from '@playwright/test';
import { importLines, linesOfStalled } from './browser/many.js';
import { type Running, startBuilt } from './browser/service.js';
import { barriersOn, expect, inEveryForm, locales, sizes, test } from './browser/test.js';

const words = {
  en: {
    acknowledge: 'Acknowledge',
    undo: 'Undo',
    note: 'Note',
    save: 'Save note',
    name: 'Name',
    send: 'Send',
    silence: 'Silence',
    bar: 'Selected alerts',
    justNow: 'Acknowledged just now',
    filters: 'Filters',
    waiting: /^To acknowledge/,
    hand: /^In hand/,
    red: /^red/,
    none: 'No alert fits these filters.',
    all: 'Show all',
  },
  zh: {
    acknowledge: '认领',
    undo: '撤销',
    note: '备注',
    save: '存为说明',
    name: '姓名',
    send: '提交',
    silence: '暂缓提醒',
    bar: '已选预警',
    justNow: '刚刚认领',
    filters: '筛选',
    waiting: /^待认领/,
    hand: /^处理中/,
    red: /^红/,
    none: '没有符合筛选条件的预警。',
    all: '显示全部',
  },
} as const;

const rows = (page: Page) => page.locator('li[data-alert]');
/** Says on the device who uses the page, as the button in the frame does. */
const nameUser = (page: Page, name: string) =>
  page.addInitScript((said) => localStorage.setItem('topout.caller', JSON.stringify({ name: said })), name);
const isInside = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');

/** The alerts of a service that somebody acknowledged. */
async function ownersIn({ url }: Running): Promise<string[]> {
  const answer = await (await fetch(`${url}/alerts?status=open&limit=500`)).json();
  return (answer.items as { acknowledged?: { name: string; note?: string } }[]).flatMap(({ acknowledged }) =>
    acknowledged ? [`${acknowledged.name}: ${acknowledged.note ?? '-'}`] : [],
  );
}

test.describe('acknowledged in the row', () => {
  for (const language of ['en', 'zh'] as const)
    test.describe(language, () => {
      test.use({ locale: locales[language] });
      const said = words[language];

      test('an alert shows its owner where it stands, is undone, and sent with a note', async ({
        page,
        freshService,
      }) => {
        await nameUser(page, '李伟');
        await page.goto(`${freshService.url}/#/alerts`);
        const row = rows(page).nth(1);
        const id = await row.getAttribute('data-alert');
        await row.getByRole('button', { name: said.acknowledge, exact: true }).click();
        await expect(row).toContainText('李伟');
        await expect(row).toHaveAttribute('data-alert', id ?? '');
        await expect(row.getByRole('button', { name: said.undo })).toBeFocused();
        await page.screenshot({ path: `.build/page/alert-taken-${language}.png` });
        expect(await barriersOn(page)).toEqual([]);
        await row.getByRole('button', { name: said.undo }).click();
        await expect(row).not.toContainText('李伟');
        expect(await ownersIn(freshService)).toEqual([]);
        await row.getByRole('button', { name: said.acknowledge, exact: true }).click();
        await row.getByRole('textbox', { name: said.note }).fill('已约企业面谈');
        expect(await ownersIn(freshService)).toEqual([]);
        await row.getByRole('button', { name: said.save }).click();
        await expect.poll(() => ownersIn(freshService)).toEqual(['李伟: 已约企业面谈']);
        await expect(row).toHaveAttribute('data-alert', id ?? '');
        await expect(row).toContainText('李伟');
        await expect(page.getByRole('button', { name: said.hand })).toContainText('1');
        await page.reload();
        await expect(rows(page).nth(1)).toContainText('李伟');
      });

      test('one that the service refuses returns to what it was, with the reason', async ({
        page,
        freshService,
      }) => {
        await nameUser(page, 'Li Wei');
        await page.route('**/acknowledgement', (route) => route.abort());
        await page.goto(`${freshService.url}/#/alerts`);
        const row = rows(page).first();
        await row.getByRole('button', { name: said.acknowledge, exact: true }).click();
        await row.getByRole('textbox', { name: said.note }).fill('?');
        await row.getByRole('button', { name: said.save }).click();
        await expect(row.getByRole('alert')).toBeVisible();
        await expect(row).not.toContainText('Li Wei');
        await page.unroute('**/acknowledgement');
        await row.getByRole('button', { name: said.acknowledge, exact: true }).click();
        await expect(row.getByRole('alert')).toBeHidden();
        await expect(row).toContainText('Li Wei');
      });

      test('several are selected, named by their number, and answered together', async ({
        page,
        freshService,
      }) => {
        await nameUser(page, 'Wang Min');
        await page.goto(`${freshService.url}/#/alerts`);
        const all = page.locator('li[data-project=tengjun]').getByRole('checkbox');
        const bar = page.getByRole('region', { name: said.bar });
        await all.first().check();
        await expect(bar).toContainText('2');
        await page.screenshot({ path: `.build/page/alert-bulk-${language}.png` });
        expect(await barriersOn(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await expect(bar).toBeHidden();
        await all.first().check();
        await bar.getByRole('button', { name: /^(Acknowledge 2|认领 2 条)$/ }).click();
        const undo = page.getByRole('region', { name: said.justNow });
        await undo.getByRole('button', { name: said.undo }).click();
        await expect(rows(page).filter({ hasText: 'Wang Min' })).toHaveCount(0);
        await all.first().check();
        await bar.getByRole('button', { name: /^(Assign to…|指派给…)$/ }).click();
        await bar.getByRole('textbox', { name: /^(Owner|责任人)/ }).fill('陈洁');
        await bar.getByRole('button', { name: /^(Assign 2 alerts|指派 2 条)$/ }).click();
        await expect(bar).toBeHidden();
        for (const one of [0, 1])
          await expect(page.locator('li[data-project=tengjun] li[data-alert]').nth(one)).toContainText(
            '陈洁',
          );
        // What is left is sent all the same.
        await page.goto(`${freshService.url}/health/live`);
        await expect.poll(() => ownersIn(freshService)).toEqual(['陈洁: -', '陈洁: -']);
      });

      test('without a name the row asks for it; a silence needs a reason', async ({ page, freshService }) => {
        await page.goto(`${freshService.url}/#/alerts`);
        const row = rows(page).first();
        await row.getByRole('button', { name: said.acknowledge, exact: true }).click();
        await row.getByRole('textbox', { name: said.name }).fill('Li Wei');
        await page.keyboard.press('Enter');
        await expect(row).toContainText('Li Wei');
        await row.getByRole('button', { name: said.silence }).click();
        const form = row.locator('form');
        await form.locator('input[type=date]').fill('2018-07-31');
        await form.locator('textarea').fill('The bank decides on the 30th.');
        await form.getByRole('button', { name: said.send }).click();
        await expect(row).toContainText('The bank decides on the 30th.');
      });
    });
});

inEveryForm(
  'choices count within each other, a zero stays, and all is in the URL',
  async ({ page, language, size }) => {
    const said = words[language];
    const choice = (name: RegExp) => page.getByRole('button', { name });
    await page.goto('/#/alerts');
    await expect(rows(page)).toHaveCount(4);
    if (size === 'phone') await page.locator('summary').filter({ hasText: said.filters }).click();
    await expect(choice(said.hand)).toContainText('0');
    await expect(choice(said.hand)).toBeVisible();
    await choice(said.red).click();
    await expect(rows(page)).toHaveCount(2);
    expect(new URL(page.url()).hash).toBe('#/alerts?severity=red');
    await expect(choice(said.waiting)).toContainText('2');
    await choice(said.hand).click();
    await expect(page.getByText(said.none)).toBeVisible();
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('button', { name: said.all }).click();
    await expect(rows(page)).toHaveCount(4);
    await page.getByRole('searchbox').fill('tengjun');
    await expect(rows(page)).toHaveCount(2);
    await expect(page).toHaveURL(/find=tengjun/);
    expect(await isInside(page)).toBe(true);
  },
);

test('keys move, select, acknowledge and search, and can be turned off', async ({ page, freshService }) => {
  await nameUser(page, 'Li Wei');
  await page.goto(`${freshService.url}/#/alerts`);
  await expect(rows(page)).toHaveCount(4);
  for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('x');
  await expect(rows(page).nth(1)).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('Escape');
  await rows(page).nth(1).focus();
  await page.keyboard.press('e');
  await expect(rows(page).nth(1)).toContainText('Li Wei');
  await page.keyboard.press('m');
  await expect(rows(page).nth(1).locator('textarea')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Keys on' }).focus();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.getByRole('checkbox', { name: 'Keys on' }).uncheck();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).not.toBeFocused();
});

test.describe('two thousand projects with alerts', () => {
  let service: Running;
  test.beforeAll(async () => {
    service = await startBuilt();
    await importLines(service.url, linesOfStalled(2_000));
    await expect
      .poll(async () => (await (await fetch(`${service.url}/alerts/by-project?limit=1`)).json()).projects, {
        timeout: 100_000,
      })
      .toBe(2_003);
  });
  test.afterAll(() => service.stop());

  for (const language of ['en', 'zh'] as const)
    for (const size of ['desktop', 'phone'] as const)
      for (const scheme of ['light', 'dark'] as const)
        test.describe(`${language}, ${size}, ${scheme}`, () => {
          test.use({ locale: locales[language], viewport: sizes[size], colorScheme: scheme });
          test('numbers are right before the rows are loaded, and the scrollbar stands for all', async ({
            page,
          }) => {
            await page.goto(`${service.url}/#/alerts`);
            await expect(page.getByText('2,003').first()).toBeVisible();
            const answer = await (await fetch(`${service.url}/alerts/by-project?limit=1`)).json();
            const heads = page.locator('li[data-due]');
            const [first] = answer.sections as { projects: number; alerts: number }[];
            await expect(heads.first()).toContainText(first?.projects.toLocaleString('en-GB') ?? '-');
            await expect(heads.first()).toContainText(first?.alerts.toLocaleString('en-GB') ?? '-');
            const loaded = await page.locator('li[data-project]').count();
            expect(loaded).toBeLessThan(200);
            expect(await page.evaluate('document.documentElement.scrollHeight')).toBeGreaterThan(2_003 * 40);
            await page.screenshot({ path: `.build/page/alerts-2000-${language}-${size}-${scheme}.png` });
            expect(await barriersOn(page)).toEqual([]);
            expect(await isInside(page)).toBe(true);
            await page.evaluate('scrollTo(0, 9000)');
            await expect.poll(() => page.locator('li[data-project]').count()).toBeGreaterThan(loaded);
          });
        });

  test('what happens while somebody reads further down waits behind its number', async ({ page }) => {
    await page.goto(`${service.url}/#/alerts`);
    await expect(page.locator('li[data-project]').first()).toBeVisible();
    await page.mouse.wheel(0, 900);
    await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(300);
    const before = await page.locator('li[data-project]').first().getAttribute('data-project');
    const name = { en: 'Newly stalled', zh: '新停工' };
    const lines = [
      { project: 'a-new-one', type: 'ProjectRegistered', asOf: '2018-07-01', name },
      {
        ...{ project: 'a-new-one', type: 'StallDeclared', asOf: '2018-07-09' },
        ...{ stall: 'land', cause: 'land', blocks: ['works'] },
      },
    ];
    await importLines(
      service.url,
      lines.map((line) => JSON.stringify(line)),
    );
    const news = page.getByRole('button', { name: '1 new' });
    await expect(news).toBeVisible();
    // No toast covers the list.
    await expect(page.getByRole('region', { name: 'News of alerts' })).toHaveClass(/visually-hidden/);
    expect(await page.locator('li[data-project]').first().getAttribute('data-project')).toBe(before);
    await expect(page.locator('li[data-project=a-new-one]')).toHaveCount(0);
    await news.click();
    await expect(page.locator('li[data-project=a-new-one]')).toBeVisible();
    await expect.poll(() => page.evaluate('scrollY')).toBe(0);
  });
});

test('long names, emoji and 360 px overflow nothing; without alerts it says what was checked', async ({
  page,
}) => {
  const service = await startBuilt({ TOPOUT_EXAMPLE: 'off', TOPOUT_TODAY: '2018-07-10' });
  try {
    await page.setViewportSize({ width: 360, height: 740 });
    const name = `🏗️${'Verylongunbrokenname'.repeat(6)}👷‍♀️`;
    const lines = [...linesOfStalled(1)].map((line) => {
      const said = JSON.parse(line);
      const registered = { ...said, asOf: '2018-07-09', name: { en: name, zh: name } };
      return JSON.stringify(said.name ? registered : said);
    });
    await page.goto(`${service.url}/#/alerts`);
    await importLines(service.url, lines.slice(0, 1));
    await page.reload();
    await expect(page.getByText(/^No alerts: 1 project checked on/)).toBeVisible();
    await importLines(service.url, lines.slice(1));
    await expect(rows(page).first()).toBeVisible();
    expect(await isInside(page)).toBe(true);
    await checkTargets(page.locator('[data-act]'));
    await page.screenshot({ path: '.build/page/alerts-long-360.png', fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
  } finally {
    await service.stop();
  }
});

/** What is tapped is at least 44 px high. */
async function checkTargets(all: Locator): Promise<void> {
  for (const one of await all.all()) expect((await one.boundingBox())?.height).toBeGreaterThanOrEqual(44);
}

test('cleared alerts are chosen by severity and reason, each with its number, and days are written in words', async ({
  page,
  freshService,
}) => {
  const { url } = freshService;
  for (const [project, stall] of [
    ['huaao-2', 'financing'],
    ['baiyou-2', 'skilled-labour'],
  ] as const) {
    const said = { type: 'StallCleared', stall, asOf: '2018-07-09' };
    const answer = await page.request.post(`${url}/projects/${project}/entries`, { data: said });
    expect(answer.status()).toBe(201);
  }
  await page.goto(`${url}/#/alerts`);
  await page.getByRole('button', { name: /^Cleared/ }).click();
  const choice = (name: RegExp) => page.getByRole('button', { name });
  await expect(rows(page)).toHaveCount(2);
  await expect(page.locator('main')).not.toContainText(/\d{4}-\d{2}-\d{2}/);
  await expect(rows(page).first()).toContainText(/since 1 (Jan|Jun) 2018/);
  await expect(choice(/^Cleared 2$/)).toBeVisible();
  await expect(choice(/^red 1$/)).toBeVisible();
  await expect(choice(/^stalled 2$/)).toBeVisible();
  await choice(/^yellow 1$/).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(choice(/^stalled 1$/)).toBeVisible();
  await expect(choice(/^red 1$/)).toBeVisible();
  await expect(choice(/^Cleared 1$/)).toBeVisible();
  await expect(page).toHaveURL(/severity=yellow/);
  await expect(page.locator('fieldset', { hasText: 'Whose duty' })).toHaveCount(0);
  expect(await barriersOn(page)).toEqual([]);
});
