import type { Page, Route } from '@playwright/test';
import { importLines } from './browser/many.js';
import { startBuilt } from './browser/service.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const ofApi = /\/(projects|alerts|portfolio|entries|subscriptions)(\/|\?|$)/;
/** The requests by which a page follows what is recorded. */
const ofUpdates = /[?&]wait=|\/alerts\/stream/;

/**
 * Replaces every answer of the API; the page itself is served as usual. The returned function calls with the service
 * back and then ends the replacement; until then no update arrives, because one would repeat the failed request before
 * a person can.
 */
async function answerAll(
  page: Page,
  answer: (route: Route) => Promise<void>,
): Promise<(whileBack?: () => Promise<void>) => Promise<void>> {
  await page.route(ofApi, answer);
  return async (whileBack) => {
    await page.route(ofUpdates, answer);
    await page.unroute(ofApi, answer);
    await whileBack?.();
    await page.unroute(ofUpdates, answer);
  };
}

const say = {
  zh: {
    unreachable: '无法连接服务。',
    again: '重试',
    unknown: '未找到项目',
    toDistrict: '回到全部项目',
    who: '填写您的姓名',
    denied: '以您目前的权限不能这样做',
    cancel: '取消',
    district: '3 个项目需要处理',
  },
  en: {
    unreachable: 'The service cannot be reached.',
    again: 'Try again',
    unknown: 'No such project',
    toDistrict: 'Go to the projects',
    who: 'Who are you?',
    denied: 'You may not do this with the access you have.',
    cancel: 'Cancel',
    district: '3 projects need action',
  },
};

inEveryForm('whatever goes wrong is said in words, with a way on', async ({ page, language }) => {
  const words = say[language];
  const goTo = async (path: string) => {
    await page.goto('about:blank');
    await page.goto(path);
  };

  // The service is away: a screen says so, and continues once it is back.
  const isBack = await answerAll(page, (route) => route.abort());
  for (const path of ['/#/', '/#/projects/huaao-2']) {
    await goTo(path);
    await expect(page.getByText(words.unreachable).first()).toBeVisible();
  }
  expect(await barriersOn(page)).toEqual([]);
  await isBack(async () => {
    await page.getByRole('button', { name: words.again }).first().click();
    await expect(page.getByText(words.unreachable)).toHaveCount(0);
  });

  // The service answers that it cannot.
  const problem = { type: '/problems/store-unavailable', title: 'Not now', detail: 'The store is away.' };
  const canAgain = await answerAll(page, (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
  await goTo('/#/alerts');
  await expect(page.getByRole('alert').filter({ hasText: 'The store is away.' })).toBeVisible();
  await canAgain(async () => {
    await page.getByRole('button', { name: words.again }).first().click();
    await expect(page.locator('li[data-alert]').first()).toBeVisible();
  });

  // Access is refused: the name is requested once, and the screen shows what it lacks.
  const mayAgain = await answerAll(page, (route) =>
    route.fulfill({ status: 403, contentType: 'text/plain', body: 'not you' }),
  );
  await goTo('/#/alerts');
  const dialog = page.getByRole('dialog', { name: words.who });
  await expect(dialog).toContainText(words.denied);
  await dialog.getByRole('button', { name: words.cancel }).last().click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('alert').filter({ hasText: 'not you' })).toBeVisible();
  await mayAgain();

  // The URL names something that does not exist.
  await goTo('/#/projects/nowhere-9');
  await expect(page.getByText(words.unknown).first()).toBeVisible();
  await page.getByRole('link', { name: words.toDistrict }).click();
  await expect(page.getByRole('heading', { name: words.district })).toBeVisible();
});

test('a district starts empty, and continues with one project', async ({ page }) => {
  const service = await startBuilt({ TOPOUT_EXAMPLE: 'off', TOPOUT_TODAY: '2018-07-10' });
  try {
    await page.goto(`${service.url}/#/`);
    await expect(page.getByRole('heading', { name: 'No project is registered yet.' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Register a project' })).toHaveAttribute(
      'href',
      '#/setup/project',
    );
    for (const way of ['Import a file', 'Site log', 'Look at the example'])
      await expect(page.getByRole('heading', { name: way })).toBeVisible();
    expect(await barriersOn(page)).toEqual([]);
    await page.goto(`${service.url}/#/alerts`);
    await expect(page.getByText(/^No alerts/)).toBeVisible();
    await page.goto(`${service.url}/log/`);
    await expect(page.getByText('No project is registered yet.')).toBeVisible();
    const hall = { project: 'hall-7', type: 'ProjectRegistered', asOf: '2018-07-01', name: { en: 'Hall 7' } };
    await importLines(service.url, [JSON.stringify(hall)]);
    await page.goto(`${service.url}/#/`);
    await expect(page.getByRole('row', { name: 'Hall 7' })).toBeVisible();
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('link', { name: 'Hall 7' }).click();
    await expect(page.getByRole('heading', { name: 'Hall 7' })).toBeVisible();
    expect(await barriersOn(page)).toEqual([]);
  } finally {
    await service.stop();
  }
});

test('a further page of rows that is refused is asked for once, until somebody asks again', async ({
  page,
}) => {
  let asked = 0;
  await page.route(/\/projects\?/, async (route) => {
    if (new URL(route.request().url()).searchParams.has('cursor')) {
      asked += 1;
      const problem = { type: '/problems/value-invalid', title: 'Invalid', status: 400, errors: [] };
      await route.fulfill({ status: 400, contentType: 'application/problem+json', json: problem });
      return;
    }
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), next: 'more' } });
  });
  await page.goto('/#/');
  await expect.poll(() => asked).toBe(1);
  // Time for a hundred more.
  await page.waitForTimeout(2_000);
  expect(asked).toBe(1);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => asked).toBe(2);
});
