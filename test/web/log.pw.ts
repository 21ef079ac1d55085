import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
import { barriersOn, expect, inEveryForm, sizes, test } from './browser/test.js';

test.use({ district: 'log' });

const names = { zh: '华奥汽车项目二期', en: 'Huaao Automobile, phase II' };
const items = { zh: '装修', en: 'Fit-out' };
const said = {
  zh: { title: '现场记录', done: '已完成', recorded: '已记录', outbox: '发件箱' },
  en: { title: 'Log from the site', done: 'Done', recorded: 'recorded', outbox: 'Outbox' },
};

interface Line {
  id: string;
  type: string;
  by: string;
  asOf: string;
  data: { item?: string; measure?: { basisPoints?: number } };
}

/** What was logged of a project about an item beside what the example says. */
async function linesOf(request: APIRequestContext, url: string, item: string): Promise<Line[]> {
  const answer = await request.get(`${url}/projects/huaao-2/journal?limit=500`);
  const { items: lines } = (await answer.json()) as { items: Line[] };
  return lines.filter(({ data, by }) => data?.item === item && by !== 'example');
}

/** Waits until the page can be opened without a network. */
async function untilKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect
    .poll(() =>
      page.evaluate(async () => (await caches.keys()).some((name) => name.startsWith('topout-log-'))),
    )
    .toBe(true);
}

inEveryForm('something is logged in three taps', async ({ page, language, size }) => {
  const words = said[language];
  await page.goto('/log/');
  await expect(page.getByRole('heading', { name: words.title })).toBeVisible();
  await page.screenshot({ path: `.build/page/log-projects-${language}-${size}.png` });
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('link', { name: names[language] }).click();
  await expect(page.getByRole('link', { name: items[language] })).toBeVisible();
  await page.screenshot({ path: `.build/page/log-items-${language}-${size}.png`, fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('link', { name: items[language] }).click();
  await expect(page.getByRole('button', { name: words.done })).toBeVisible();
  await page.screenshot({ path: `.build/page/log-say-${language}-${size}.png`, fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('button', { name: words.done }).click();
  await expect(page.getByTestId('entry').first()).toContainText(
    language === 'zh' ? /已记录|此前已有/ : /recorded/,
  );
  await page.screenshot({ path: `.build/page/log-outbox-${language}-${size}.png`, fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ viewport: sizes.phone, hasTouch: true });

  test('twenty entries logged without a network outlive the page, and are recorded once each', async ({
    context,
    freshService,
  }) => {
    const { url } = freshService;
    let page = await context.newPage();
    await page.goto(`${url}/log/`);
    await untilKept(page);
    await page.getByRole('link', { name: names.en }).click();
    await expect(page.getByRole('link', { name: 'Sewer' })).toBeVisible();
    await context.setOffline(true);
    for (let percent = 46; percent < 66; percent += 1) {
      await page.goto(`${url}/log/#/p/huaao-2/sewer`);
      await page.getByRole('button', { name: 'Percent' }).click();
      await page.getByLabel('Percent').fill(String(percent));
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByTestId('open-entries')).toHaveText(String(percent - 45));
    }
    await page.close();
    page = await context.newPage();
    await page.goto(`${url}/log/#/outbox`);
    await expect(page.getByTestId('entry')).toHaveCount(20);
    await expect(page.getByRole('status')).toContainText('No network');
    await context.setOffline(false);
    await expect(page.getByTestId('open-entries')).toHaveText('0', { timeout: 30_000 });
    const lines = await linesOf(context.request, url, 'sewer');
    const percents = lines.map(({ data }) => data.measure?.basisPoints);
    expect(percents).toEqual(Array.from({ length: 20 }, (_, index) => 4600 + 100 * index));
  });

  test('of two tabs and a lost answer one event comes', async ({ context, freshService }) => {
    const { url } = freshService;
    const first = await context.newPage();
    await first.goto(`${url}/log/#/p/huaao-2/greening`);
    await expect(first.getByRole('button', { name: 'Done' })).toBeVisible();
    await untilKept(first);
    const second = await context.newPage();
    await second.goto(`${url}/log/#/outbox`);
    let isLost = true;
    await loseAnswers(context, () => isLost);
    await first.getByRole('button', { name: 'Done' }).click();
    await expect(first.getByRole('status')).toContainText('No network');
    // The service has it; only the answer was lost.
    await expect.poll(async () => (await linesOf(context.request, url, 'greening')).length).toBe(1);
    isLost = false;
    await Promise.all([
      first.getByRole('button', { name: 'Send now' }).click(),
      second.reload().then(() => second.bringToFront()),
    ]);
    await expect(first.getByTestId('entry').first()).toContainText('recorded');
    await expect(second.getByTestId('entry').first()).toContainText('recorded');
    expect(await linesOf(context.request, url, 'greening')).toHaveLength(1);
  });

  test('a refused entry says why, and is mended', async ({ page, freshService }) => {
    await page.goto(`${freshService.url}/log/#/p/huaao-2/Money`);
    await page.getByLabel('Amount').fill('0.001');
    await page.getByRole('button', { name: '元', exact: true }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const entry = page.getByTestId('entry').first();
    await expect(entry).toContainText('refused');
    await expect(entry).toContainText('0.001');
    await page.screenshot({ path: '.build/page/log-refused-en-phone.png' });
    expect(await barriersOn(page)).toEqual([]);
    await entry.getByRole('link', { name: 'Mend' }).click();
    await page.getByLabel('Amount').fill('7200');
    await page.getByRole('button', { name: '万元', exact: true }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByTestId('entry')).toHaveCount(1);
    await expect(page.getByTestId('entry').first()).toContainText('recorded');
  });

  test('another day takes two taps', async ({ page, freshService, request }) => {
    const { url } = freshService;
    await page.goto(`${url}/log/#/p/huaao-2/fit-out`);
    await page.getByRole('button', { name: 'Yesterday' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByTestId('entry').first()).toContainText('recorded');
    const lines = await linesOf(request, url, 'fit-out');
    expect(lines.at(-1)?.asOf).toBe('2018-07-09');
  });

  test('the first load of the log is small', async ({ page, service }) => {
    let bytes = 0;
    page.on('response', async (response) => {
      const length = (await response.allHeaders())['content-length'];
      if (/assets|\/log\/$/.test(response.url())) bytes += Number(length ?? 0);
    });
    await page.goto(`${service.url}/log/`, { waitUntil: 'networkidle' });
    console.log(JSON.stringify({ figure: 'first load of the log, compressed', value: bytes, unit: 'bytes' }));
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(200_000);
  });
});

test('the log is worked with the keyboard alone, and what was wrong is put right and taken back', async ({
  page,
  freshService,
  request,
}) => {
  const { url } = freshService;
  const press = async (role: 'link' | 'button', name: string | RegExp) => {
    await page.getByRole(role, { name }).first().focus();
    await page.keyboard.press('Enter');
  };
  await page.goto(`${url}/log/`);
  await page.getByLabel('Find a project').focus();
  await page.keyboard.type('haqc');
  await expect(page.getByRole('listitem')).toHaveCount(1);
  await press('link', names.en);
  await press('link', 'Greening');
  await press('button', 'Done');
  const first = page.getByTestId('entry').first();
  await expect(first).toContainText('recorded');
  await press('link', 'That was wrong');
  await expect(page.getByRole('heading', { name: 'What was wrong?' })).toBeVisible();
  expect(await barriersOn(page)).toEqual([]);
  await press('button', 'Percent');
  await page.getByLabel('Percent').focus();
  await page.keyboard.type('30');
  await press('button', /^Save$/);
  await expect(first).toContainText('Corrects · Greening: 30 %');
  await expect(first).toContainText('recorded');
  await expect(page.getByTestId('entry').nth(1)).toContainText('corrected');

  await page.goto(`${url}/log/#/p/huaao-2/Stall`);
  await press('button', 'weather');
  await press('button', /^Save$/);
  await expect(first).toContainText('Stands still: weather');
  await expect(first).toContainText('recorded');
  await press('link', 'That was wrong');
  await press('button', 'Take it back');
  await expect(first).toContainText('Takes back · Stands still: weather');
  await expect(first).toContainText('recorded');
  await page.screenshot({ path: '.build/page/log-corrected-en-desktop.png', fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
  const { completion, stalls } = await (await request.get(`${url}/projects/huaao-2`)).json();
  const greening = completion.items.find(({ item }: { item: string }) => item === 'greening');
  expect(greening.percentBasisPoints).toBe(3_000);
  expect(stalls.episodes.filter(({ cause }: { cause: string }) => cause === 'weather')).toEqual([]);
});

/** The service gets what is sent, and nobody gets its answer. */
async function loseAnswers(context: BrowserContext, isLost: () => boolean): Promise<void> {
  await context.route('**/entries', async (route) => {
    if (!isLost()) return route.continue();
    await route.fetch();
    await route.abort();
  });
}
