import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
import { openOutbox, saveOnPhone, untilKept } from './browser/phone.js';
import { barriersOn, expect, inEveryForm, sizes, test } from './browser/test.js';

test.use({ district: 'log' });

const names = { zh: '华奥汽车项目二期', en: 'Huaao Automobile, phase II' };
const said = {
  zh: { title: '现场记录', done: '完成', whole: '已完成', project: /项目 [\d.]+ →/ },
  en: { title: 'Site log', done: 'done', whole: 'Done', project: /Project [\d.]+ →/ },
};
/** The tests of the forms share a district: each has its own item, which is open. */
const items = {
  zh: { phone: ['fit-out', '装修'], desktop: ['sewer', '污水管'] },
  en: { phone: ['rain-pipe', 'Rainwater pipe'], desktop: ['greening', 'Greening'] },
} as const;

interface Line {
  id: string;
  type: string;
  by: string;
  asOf: string;
  data: { item?: string; change?: string; measure?: { kind: string; basisPoints?: number } };
}

/** The entries logged for an item of a project in addition to the example's. */
async function linesOf(request: APIRequestContext, url: string, item: string): Promise<Line[]> {
  const answer = await request.get(`${url}/projects/huaao-2/journal?limit=500`);
  const { items: lines } = (await answer.json()) as { items: Line[] };
  return lines.filter(({ data, by }) => data?.item === item && by !== 'example');
}

inEveryForm('an item is done in two taps and an answer', async ({ page, language, size }) => {
  // Five screens are checked.
  test.slow();
  const words = said[language];
  const [item, name] = items[language][size];
  const done = `${name}${language === 'zh' ? '：' : ': '}${words.done}`;
  const shot = (name: string) =>
    page.screenshot({ path: `.build/page/log-${name}-${language}-${size}.png`, fullPage: true });
  await page.goto('/log/');
  await expect(page.getByRole('heading', { name: words.title })).toBeVisible();
  await shot('projects');
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('link', { name: names[language] }).click();
  await expect(page.getByRole('button', { name: done })).toBeVisible();
  await shot('items');
  expect(await barriersOn(page)).toEqual([]);
  await page.goto(`/log/#/p/huaao-2/${item}`);
  await expect(page.getByRole('button', { name: words.whole })).toBeVisible();
  await shot('say');
  expect(await barriersOn(page)).toEqual([]);
  await page.goBack();
  await saveOnPhone(page, () => page.getByRole('button', { name: done }).click());
  await expect(page.getByTestId('saved-bar')).toContainText(words.project);
  await shot('saved');
  expect(await barriersOn(page)).toEqual([]);
  await openOutbox(page);
  await expect(page.getByTestId('entry').first()).toContainText(
    language === 'zh' ? /已记录|此前已有/ : /recorded/,
  );
  await shot('outbox');
  expect(await barriersOn(page)).toEqual([]);
});

/** Presses the save button of the open form. */
async function save(page: Page): Promise<void> {
  await saveOnPhone(page, () => page.getByRole('button', { name: 'Save', exact: true }).click());
}

/** Presses "Send now", unless the outbox has sent everything by itself before; resolves once all is sent. */
async function sendNow(page: Page): Promise<void> {
  const allSent = expect(page.getByRole('status')).toContainText('All is sent.');
  await Promise.any([page.getByRole('button', { name: 'Send now' }).click(), allSent]);
  await allSent;
}

test.describe('on a phone', () => {
  test.use({ viewport: sizes.phone, hasTouch: true });

  test('twenty entries logged offline survive a reload, and are recorded once each', async ({
    context,
    freshService,
  }) => {
    // Each entry is held for some seconds before it is sent.
    test.slow();
    const { url } = freshService;
    let page = await context.newPage();
    await page.goto(`${url}/log/`);
    await untilKept(page);
    await page.getByRole('link', { name: names.en }).click();
    await expect(page.getByRole('button', { name: /^Sewer/ }).first()).toBeVisible();
    await context.setOffline(true);
    for (let percent = 46; percent < 66; percent += 1) {
      await page.goto(`${url}/log/#/p/huaao-2/sewer`);
      await page.getByRole('button', { name: 'Percent' }).click();
      await page.getByLabel('Percent').fill(String(percent));
      await save(page);
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

  test('two tabs and a lost answer cause one event', async ({ context, freshService }) => {
    const { url } = freshService;
    const first = await context.newPage();
    await first.goto(`${url}/log/#/p/huaao-2/greening`);
    await expect(first.getByRole('button', { name: 'Done' })).toBeVisible();
    await untilKept(first);
    const second = await context.newPage();
    await second.goto(`${url}/log/#/outbox`);
    let isLost = true;
    await loseAnswers(context, () => isLost);
    await saveOnPhone(first, () => first.getByRole('button', { name: 'Done' }).click());
    await openOutbox(first);
    await expect(first.getByRole('status')).toContainText('does not come through yet');
    // The service has it; only the answer was lost.
    await expect.poll(async () => (await linesOf(context.request, url, 'greening')).length).toBe(1);
    isLost = false;
    await Promise.all([
      first.evaluate(() => dispatchEvent(new Event('online'))),
      second.reload().then(() => second.bringToFront()),
    ]);
    await expect(first.getByTestId('entry').first()).toContainText('recorded');
    await expect(second.getByTestId('entry').first()).toContainText('recorded');
    expect(await linesOf(context.request, url, 'greening')).toHaveLength(1);
  });

  test('a refused entry shows why, and is edited', async ({ page, freshService }) => {
    // Each entry is held for some seconds before it is sent.
    test.slow();
    await page.goto(`${freshService.url}/log/#/p/huaao-2/sewer`);
    await page.getByRole('button', { name: 'In words', exact: true }).click();
    await page.getByLabel('Or in your own words').fill('zebra');
    await save(page);
    await openOutbox(page);
    const entry = page.getByTestId('entry').first();
    await expect(page.getByRole('status')).toContainText('1 to be looked at');
    await expect(entry).toContainText('"zebra"; expected');
    await page.screenshot({ path: '.build/page/log-refused-en-phone.png' });
    expect(await barriersOn(page)).toEqual([]);
    await entry.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Or in your own words').fill('over half');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByTestId('entry')).toHaveCount(1);
    await expect(page.getByTestId('entry').first()).toContainText('recorded');
  });

  test('money with its basis, a stall of an item and its correction, and a forecast of a start are said', async ({
    page,
    freshService,
    request,
  }) => {
    // Each entry is held for some seconds before it is sent.
    test.slow();
    const { url } = freshService;
    const tap = (name: string | RegExp) =>
      page.getByRole('button', { name, exact: typeof name === 'string' }).click();
    const form = (what: string) => page.goto(`${url}/log/#/p/huaao-2/${what}`);
    const saveAndLook = async () => {
      await save(page);
      await openOutbox(page);
    };
    const first = page.getByTestId('entry').first();
    await form('Money');
    await page.getByLabel('Amount', { exact: true }).fill('0.001');
    await tap('元');
    await tap('Save');
    await expect(page.getByRole('alert')).toHaveText('Amount · 0.001 元; expected at most 2 decimals in 元');
    await page.getByLabel('Amount', { exact: true }).fill('7200');
    await tap('万元');
    await tap('by physical progress');
    await page.screenshot({ path: '.build/page/log-money-en-phone.png', fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    await saveAndLook();
    await expect(first).toContainText('Money: 7200万元, since the start, by physical progress');
    await form('Stall');
    await tap('cause not stated');
    await page.getByLabel('What is stalled').selectOption({ label: 'Fit-out' });
    await page.getByLabel('Expected until').fill('2018-08-31');
    await page.screenshot({ path: '.build/page/log-stall-en-phone.png', fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    await saveAndLook();
    await expect(first).toContainText('Stalled · Fit-out: cause not stated, expected until 31 Aug 2018');
    await expect(first).toContainText('recorded');
    await first.getByRole('link', { name: 'That was wrong' }).click();
    await expect(page.getByLabel('Expected until')).toHaveValue('2018-08-31');
    await tap('labour');
    await page.getByLabel('Expected until').fill('2018-09-30');
    await tap('Save');
    await expect(first).toContainText('Corrects · Stalled · Fit-out: labour');
    await form('Forecast');
    await page.getByLabel('Or of an item').selectOption({ label: 'Fit-out' });
    await tap('its start');
    await tap('around');
    await page.getByLabel('Month', { exact: true }).fill('2018-09');
    await page.screenshot({ path: '.build/page/log-forecast-en-phone.png', fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    await saveAndLook();
    await expect(page.getByTestId('entry')).toHaveCount(4);
    await expect(first).toContainText('recorded');
    const { investment, stalls, schedule } = await (await request.get(`${url}/projects/huaao-2`)).json();
    expect(investment.basis).toBe('physical');
    expect(stalls.episodes.filter(({ item }: { item?: string }) => item === 'fit-out')).toEqual([
      expect.objectContaining({ cause: 'labour', expectedEnd: '2018-09-30', status: 'open' }),
    ]);
    expect(schedule.forecasts).toContainEqual(
      expect.objectContaining({
        target: 'fit-out',
        what: 'start',
        isApproximate: true,
        earliest: '2018-09-01',
      }),
    );
  });

  test('a group is logged as one, and a lower figure asks why it is lower', async ({
    page,
    freshService,
    request,
  }) => {
    const { url } = freshService;
    await page.goto(`${url}/log/#/p/huaao-2`);
    await page.getByRole('link', { name: /^Outdoor works/ }).click();
    await expect(page.getByRole('button', { name: 'Done every item of it' })).toBeVisible();
    await page.getByRole('button', { name: 'Percent' }).click();
    await page.getByLabel('Percent').fill('70');
    await expect(page.getByText(/Why is it less/)).toBeHidden();
    await page.getByLabel('Percent').fill('30');
    await expect(page.getByText('Before, 61.7 % was reported. Why is it less?')).toBeVisible();
    await page.getByRole('button', { name: 'measured again' }).click();
    await save(page);
    await openOutbox(page);
    await expect(page.getByTestId('entry').first()).toContainText('recorded');
    const [line] = await linesOf(request, url, 'outdoor');
    expect([line?.data.change, line?.data.measure?.basisPoints]).toEqual(['re-measured', 3000]);
  });

  test('a form that is opened while an entry is saved stays open', async ({
    page,
    freshService,
    request,
  }) => {
    const { url } = freshService;
    await page.goto(`${url}/log/#/p/huaao-2/sewer`);
    await page.getByLabel('Percent').fill('50');
    await save(page);
    await page.goto(`${url}/log/#/p/huaao-2/sewer`);
    await page.getByLabel('Percent').fill('60');
    await page.getByLabel('Note').fill('quick');
    const button = page.getByRole('button', { name: 'Save', exact: true });
    await button.evaluate((button) => {
      (button as HTMLElement).click();
      window.location.hash = '#/p/huaao-2/greening';
    });
    await expect.poll(async () => (await linesOf(request, url, 'sewer')).length).toBe(2);
    expect(new URL(page.url()).hash).toBe('#/p/huaao-2/greening');
    await page.getByLabel('Percent').fill('70');
  });

  test.describe('when something else answers on the way', () => {
    // A service worker may send requests past the routes of these tests.
    test.use({ serviceWorkers: 'block' });

    test('an entry that a gateway refuses is set aside with the answer, and the others are sent', async ({
      page,
      freshService,
      request,
    }) => {
      // Each entry is held for some seconds before it is sent.
      test.slow();
      const { url } = freshService;
      const answers = [
        { status: 403, contentType: 'text/html', body: '<title>Blocked by policy</title>' },
        { status: 413, contentType: 'text/html', body: '<title>Request Entity Too Large</title>' },
        { status: 200, contentType: 'text/html', body: '<title>Sign in</title>' },
        { status: 302, headers: { location: '/login' } },
      ];
      let answer: (typeof answers)[number] | undefined;
      await page.route('**/entries', (route) =>
        answer && route.request().postData()?.includes('blocked') ? route.fulfill(answer) : route.continue(),
      );
      const log = async (item: string, percent: number, note: string) => {
        await page.goto(`${url}/log/#/p/huaao-2/${item}`);
        await page.getByRole('button', { name: 'Percent' }).click();
        await page.getByLabel('Percent').fill(String(percent));
        await page.getByLabel('Note').fill(note);
        await save(page);
        await openOutbox(page);
      };
      for (const [index, one] of answers.entries()) {
        answer = one;
        await log('sewer', 60 + index, `blocked ${index}`);
        const aside = page.getByTestId('entry').first();
        await expect(aside).toContainText('Not delivered');
        await log('greening', 60 + index, `passes ${index}`);
        await expect(page.getByRole('status')).toContainText(`${index + 1} to be looked at`);
        await expect.poll(async () => (await linesOf(request, url, 'greening')).length).toBe(index + 1);
      }
      const refused = page.getByRole('region', { name: 'Needs you' }).getByTestId('entry');
      await expect(refused).toHaveCount(4);
      await expect(refused.nth(3)).toContainText('refused by a gateway on the way (403)');
      await refused.nth(3).getByText('Details for the administrator').click();
      await expect(refused.nth(3)).toContainText('403 · Blocked by policy');
      await expect(refused.nth(2)).toContainText('too large for a gateway on the way (413)');
      await expect(refused.nth(0)).toContainText('probably a login');
      await page.screenshot({ path: '.build/page/log-aside-en-phone.png', fullPage: true });
      expect(await barriersOn(page)).toEqual([]);

      await refused.nth(0).getByRole('button', { name: 'Discard' }).click();
      await expect(refused).toHaveCount(3);
      await page.getByTestId('saved-bar').getByRole('button', { name: 'Undo' }).click();
      await expect(refused).toHaveCount(4);
      await refused.nth(0).getByRole('button', { name: 'Discard' }).click();
      await expect(refused).toHaveCount(3);
      answer = undefined;
      await page.getByRole('button', { name: 'Send all of these again' }).click();
      await expect(page.getByRole('status')).toContainText('All is sent.');
      expect(await linesOf(request, url, 'sewer')).toHaveLength(3);
    });

    test('an entry that fails on the way is retried, and those about other subjects are sent', async ({
      page,
      freshService,
      request,
    }) => {
      const { url } = freshService;
      let isFailing = true;
      await page.route('**/entries', (route) =>
        isFailing && route.request().postData()?.includes('fails')
          ? route.fulfill({ status: 500, contentType: 'text/html', body: '<title>Oops</title>' })
          : route.continue(),
      );
      for (const [item, note] of [
        ['sewer', 'fails'],
        ['greening', 'passes'],
      ]) {
        await page.goto(`${url}/log/#/p/huaao-2/${item}`);
        await page.getByLabel('Percent').fill('60');
        await page.getByLabel('Note').fill(note as string);
        await save(page);
      }
      await openOutbox(page);
      await expect.poll(async () => (await linesOf(request, url, 'greening')).length).toBe(1);
      await expect(page.getByRole('status')).toContainText('1 waiting to be sent');
      const waiting = page.getByRole('region', { name: 'Waiting' }).getByTestId('entry');
      await expect(waiting).toContainText('the way to the service fails (500)');
      await page.screenshot({ path: '.build/page/log-trouble-en-phone.png', fullPage: true });
      isFailing = false;
      await sendNow(page);
      expect(await linesOf(request, url, 'sewer')).toHaveLength(1);
    });

    test('behind a login nothing is lost: everything waits, the page says so, and it is sent afterwards', async ({
      page,
      freshService,
      request,
    }) => {
      const { url } = freshService;
      await page.goto(`${url}/log/#/p/huaao-2/sewer`);
      await expect(page.getByRole('button', { name: 'Done' })).toBeVisible();
      let isLoggedIn = false;
      const login = { status: 200, contentType: 'text/html', body: '<title>Sign in</title>' };
      await page.route(/\/projects/, (route) => (isLoggedIn ? route.continue() : route.fulfill(login)));
      await saveOnPhone(page, () => page.getByRole('button', { name: 'Done' }).click());
      await openOutbox(page);
      await expect(page.getByText(/data from/)).toBeVisible();
      await expect(page.getByRole('status')).toContainText('perhaps a login');
      await expect(page.getByRole('link', { name: 'Open the office to sign in' })).toBeVisible();
      await page.screenshot({ path: '.build/page/log-login-en-phone.png', fullPage: true });
      expect(await barriersOn(page)).toEqual([]);
      isLoggedIn = true;
      await sendNow(page);
      expect(await linesOf(request, url, 'sewer')).toHaveLength(1);
    });
  });

  test('an outbox left on the phone by the first version is sent', async ({
    page,
    freshService,
    request,
  }) => {
    const { url } = freshService;
    await page.goto(`${url}/log/`);
    await expect(page.getByRole('heading', { name: said.en.title })).toBeVisible();
    await page.evaluate(async () => {
      const open = indexedDB.open('topout-outbox');
      const database = await new Promise<IDBDatabase>((resolve) => {
        open.onsuccess = () => resolve(open.result);
      });
      const entries = database.transaction('entries', 'readwrite').objectStore('entries');
      for (const [last, percent] of [
        ['1', 50],
        ['2', 55],
      ] as const) {
        const id = `0197e7a0-0000-7000-8000-00000000000${last}`;
        const measure = { kind: 'percent', percent };
        const fact = { type: 'ProgressMeasured', item: 'sewer', asOf: '2018-07-09', measure };
        const names = { projectName: 'Huaao', about: 'Sewer', madeAt: '2018-07-09T08:00:00Z' };
        entries.put({ id, project: 'huaao-2', ...names, fact, state: { is: 'waiting' } }, id);
      }
      await new Promise((resolve) => {
        entries.transaction.oncomplete = resolve;
      });
      database.close();
    });
    await page.goto('about:blank');
    await page.goto(`${url}/log/#/outbox`);
    await expect(page.getByRole('status')).toContainText('All is sent.');
    const lines = await linesOf(request, url, 'sewer');
    expect(lines.map(({ data }) => data.measure?.basisPoints)).toEqual([5000, 5500]);
  });

  test('typed text survives a reload, separately for each project, and is removed when it is saved', async ({
    page,
    freshService,
  }) => {
    const { url } = freshService;
    const form = `${url}/log/#/p/huaao-2/sewer`;
    await page.goto(form);
    await page.getByRole('button', { name: 'Percent' }).click();
    await page.getByLabel('Percent').fill('62');
    await page.getByLabel('Note').fill('seen from the road');
    await page.getByRole('button', { name: 'Yesterday' }).click();
    await page.reload();
    await expect(page.getByLabel('Percent')).toHaveValue('62');
    await expect(page.getByLabel('Note')).toHaveValue('seen from the road');
    await expect(page.getByRole('button', { name: 'Yesterday' })).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByText('Not saved yet')).toBeVisible();
    await page.screenshot({ path: '.build/page/log-draft-en-phone.png', fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    // Another project has none of it, and the list of this one shows where there is a draft.
    await page.goto(`${url}/log/#/p/tengjun/outdoor`);
    await expect(page.getByRole('button', { name: 'Done' })).toBeVisible();
    await expect(page.getByText('Not saved yet')).toBeHidden();
    await page.goto(`${url}/log/#/p/huaao-2`);
    await expect(page.getByRole('button', { name: /Sewer.*not saved yet/ })).toBeVisible();
    await page.goto(form);
    await save(page);
    await openOutbox(page);
    await expect(page.getByTestId('entry').first()).toContainText('Sewer: 62 %');
    await page.goto(form);
    await expect(page.getByLabel('Note')).toHaveValue('');
    await page.getByLabel('Note').fill('again');
    await page.reload();
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect(page.getByLabel('Note')).toHaveValue('');
    await page.reload();
    await expect(page.getByText('Not saved yet')).toBeHidden();
  });

  test('a percentage beyond 100 is requested again in the form', async ({ page, service }) => {
    await page.goto(`${service.url}/log/#/p/huaao-2/sewer`);
    await page.getByLabel('Percent').fill('130');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('from 0 to 100');
  });

  test('amounts, ranges, storeys below ground, own words and the whole project can be said', async ({
    page,
    freshService,
    request,
  }) => {
    // Each entry is held for some seconds before it is sent.
    test.slow();
    const { url } = freshService;
    const pressSave = page.getByRole('button', { name: 'Save', exact: true });
    const way = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const measuresOf = async (item: string) =>
      (await linesOf(request, url, item)).map(({ data }) => data.measure);
    await page.goto(`${url}/log/#/p/huaao-2/sewer`);
    await way('Amount');
    await page.getByLabel('How much is done').fill('7.4');
    await page.getByLabel('Of how much in all').fill('12.6');
    await pressSave.click();
    await expect(page.getByRole('alert')).toContainText('a unit beside an amount with decimals');
    await page.getByLabel('Unit').fill('km');
    await save(page);
    await expect
      .poll(() => measuresOf('sewer'))
      .toEqual([
        { kind: 'quantity', done: { digits: 74, scale: 1 }, of: { digits: 126, scale: 1 }, unit: 'km' },
      ]);
    await page.goto(`${url}/log/#/p/huaao-2/greening`);
    await way('Percent');
    await page.getByLabel('Percent', { exact: true }).fill('70');
    await page.getByLabel('Up to').fill('60');
    await pressSave.click();
    await expect(page.getByRole('alert')).toContainText('a percentage from 70 to 100');
    await page.getByLabel('Up to').fill('80');
    await way('measured again');
    await save(page);
    await expect
      .poll(() => measuresOf('greening'))
      .toEqual([{ kind: 'range', lowBasisPoints: 7_000, highBasisPoints: 8_000 }]);
    await page.goto(`${url}/log/#/p/huaao-2/fit-out`);
    await way('Storeys');
    await page.getByLabel('Storey reached').fill('-1');
    await page.getByLabel('Storeys below ground').fill('2');
    await page.getByLabel('Storeys above ground').fill('18');
    await way('this storey is under way');
    await save(page);
    await expect
      .poll(() => measuresOf('fit-out'))
      .toEqual([{ kind: 'storeys', reached: -1, of: 18, below: 2, isUnderWay: true }]);
    await page.goto(`${url}/log/#/p/huaao-2`);
    await page.getByText('More about the project').click();
    await page.getByRole('link', { name: 'Progress' }).click();
    await expect(page.getByRole('button', { name: 'Done', exact: true })).toHaveCount(0);
    await way('In words');
    await page.getByLabel('Or in your own words').fill('主体封顶');
    await page.screenshot({ path: '.build/page/log-words-en-phone.png', fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    await save(page);
    const ofProject = async () => {
      const { items } = await (await request.get(`${url}/projects/huaao-2/journal?limit=500`)).json();
      const own = (items as Line[]).filter(({ by, data }) => by !== 'example' && data.item === undefined);
      return own.map(({ data }) => data.measure);
    };
    await expect.poll(ofProject).toEqual([expect.objectContaining({ kind: 'word', said: '主体封顶' })]);
    expect((await linesOf(request, url, 'greening'))[0]?.data.change).toBe('re-measured');
  });

  test('another day takes two taps', async ({ page, freshService, request }) => {
    const { url } = freshService;
    await page.goto(`${url}/log/#/p/huaao-2/fit-out`);
    await page.getByRole('button', { name: 'Yesterday' }).click();
    await saveOnPhone(page, () => page.getByRole('button', { name: 'Done' }).click());
    await openOutbox(page);
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

test('the log works by keyboard only, and a wrong entry is corrected and withdrawn', async ({
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
  await saveOnPhone(page, () => press('button', 'Greening: done'));
  await press('link', /Outbox/);
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
  await saveOnPhone(page, () => press('button', /^Save$/));
  await press('link', /Outbox/);
  await expect(first).toContainText('Stalled: weather');
  await expect(first).toContainText('recorded');
  await press('link', 'That was wrong');
  await press('button', 'Withdraw');
  await expect(first).toContainText('Takes back · Stalled: weather');
  await expect(first).toContainText('recorded');
  await page.screenshot({ path: '.build/page/log-corrected-en-desktop.png', fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
  const { completion, stalls } = await (await request.get(`${url}/projects/huaao-2`)).json();
  const greening = completion.items.find(({ item }: { item: string }) => item === 'greening');
  expect(greening.percentBasisPoints).toBe(3_000);
  expect(stalls.episodes.filter(({ cause }: { cause: string }) => cause === 'weather')).toEqual([]);
});

/** The service gets the requests, and nobody gets its answers. */
async function loseAnswers(context: BrowserContext, isLost: () => boolean): Promise<void> {
  await context.route('**/entries', async (route) => {
    if (!isLost()) return route.continue();
    await route.fetch();
    await route.abort();
  });
}
