import type { APIRequestContext } from '@playwright/test';
import { tabTo } from './browser/keys.js';
import { targetsUnder44, untilKept } from './browser/phone.js';
import { barriersOn, expect, locales, sizes, test } from './browser/test.js';

const words = {
  en: {
    register: 'Contradictions',
    explain: 'Say why it stays',
    why: 'Why it stays',
    save: 'Save the reason',
    reason: 'Both were measured, by different teams',
    state: 'explained',
    open: 'Open contradictions: 1',
    again: 'Say it again',
    network: 'The service does not answer; try again with a network.',
  },
  zh: {
    register: '数据核查',
    explain: '说明原因',
    why: '保留的原因',
    save: '保存原因',
    reason: '两个班组分别测量',
    state: '已说明',
    open: '未解决的矛盾：1',
    again: '重新上报',
    network: '服务没有应答，请在有网络时再试。',
  },
} as const;

const manyStops = 400;

/** The sewer of the example is further along already, so less for a later day contradicts it. */
async function contradict(request: APIRequestContext, url: string): Promise<void> {
  const measure = { kind: 'percent', percent: 30 };
  const data = { type: 'ProgressMeasured', item: 'sewer', measure, asOf: '2018-07-05' };
  expect((await request.post(`${url}/projects/huaao-2/entries`, { data })).status()).toBe(201);
}

async function countsOf(request: APIRequestContext, url: string) {
  const { contradictions } = await (await request.get(`${url}/projects/huaao-2`)).json();
  const { open, explained, settled } = contradictions;
  return { open, explained, settled };
}

for (const language of ['en', 'zh'] as const) {
  const said = words[language];

  test.describe(`the register at the desk, ${language}`, () => {
    test.use({ viewport: sizes.desktop, locale: locales[language] });

    test('an open contradiction is explained by keyboard, and stays in the register', async ({
      page,
      request,
      freshService: { url },
    }) => {
      test.slow();
      await contradict(request, url);
      await page.goto(`${url}/#/projects/huaao-2`);
      const register = page.getByRole('region', { name: said.register, exact: true });
      const explain = register.getByRole('button', { name: said.explain });
      await expect(explain).toBeVisible();
      // Every figure and item above it is a stop of the keyboard.
      await tabTo(page, explain, manyStops);
      await page.keyboard.press('Enter');
      await tabTo(page, register.getByLabel(said.why));
      await page.keyboard.type(said.reason);
      await tabTo(page, register.getByRole('button', { name: said.save }));
      await page.keyboard.press('Enter');
      await expect(register).toContainText(said.reason);
      await expect(register).toContainText(said.state);
      await expect(register.getByRole('button', { name: said.explain })).toHaveCount(0);
      expect(await countsOf(request, url)).toMatchObject({ open: 0, explained: 1, settled: 0 });
      expect(await barriersOn(page)).toEqual([]);
      await page.screenshot({ path: `.build/page/register-${language}-desktop.png`, fullPage: true });
    });
  });

  test.describe(`the register on the phone, ${language}`, () => {
    test.use({ viewport: sizes.phone, hasTouch: true, locale: locales[language] });

    test('an open contradiction is put to the inspector, with the ways to settle it', async ({
      page,
      context,
      request,
      freshService: { url },
    }) => {
      test.slow();
      await contradict(request, url);
      await page.goto(`${url}/log/#/p/huaao-2`);
      await untilKept(page);
      await page.getByText(said.open).tap();
      const register = page.getByRole('group').filter({ hasText: said.open });
      await expect(register.getByRole('link', { name: said.again })).toHaveAttribute(
        'href',
        '#/p/huaao-2/sewer',
      );
      await register.getByRole('button', { name: said.explain }).tap();
      await register.getByLabel(said.why).fill(said.reason);
      expect(await targetsUnder44(page)).toEqual([]);
      expect(await barriersOn(page)).toEqual([]);
      await page.screenshot({ path: `.build/page/register-${language}-phone.png` });
      await context.setOffline(true);
      await register.getByRole('button', { name: said.save }).tap();
      await expect(register.getByRole('alert')).toHaveText(said.network);
      await context.setOffline(false);
      await register.getByRole('button', { name: said.save }).tap();
      await expect(page.getByText(said.open)).toBeHidden();
      expect(await countsOf(request, url)).toMatchObject({ open: 0, explained: 1, settled: 0 });
    });
  });
}
