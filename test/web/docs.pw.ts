import { type Closed, startClosed } from './browser/closed.js';
import { signIn } from './browser/people.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const words = {
  zh: {
    title: '接口',
    filter: '筛选接口',
    found: '1 个接口',
    who: '可在该项目填报记录者：巡查员。',
    all: '全部接口 › 记录',
    other: 'English',
    key: '密钥',
    useKey: '改用密钥登录',
    enter: '登录',
  },
  en: {
    title: 'API',
    filter: 'Filter routes',
    found: '1 found',
    who: 'Who may log facts at the project: inspector.',
    all: 'All routes › Entries',
    other: '中文',
    key: 'Key',
    useKey: 'Use a key instead',
    enter: 'Sign in',
  },
};

inEveryForm('the routes of the API can be found, read and linked to', async ({ page, language, size }) => {
  const say = words[language];
  const shot = (what: string) =>
    page.screenshot({ path: `.build/page/docs-${what}-${language}-${size}.png` });
  await page.goto('/docs');
  await expect(page.getByRole('heading', { level: 1, name: say.title })).toBeVisible();
  await shot('list');
  expect(await barriersOn(page)).toEqual([]);
  await page.getByLabel(say.filter).fill('one fact about');
  await expect(page.getByRole('status')).toHaveText(say.found);
  await expect(page.getByRole('link', { name: '/projects/{project}/entries' })).toHaveCount(1);
  await page.getByRole('link', { name: '/projects/{project}/entries' }).click();
  await expect(page).toHaveURL(/\/docs\/log$/);
  await expect(page.getByText(say.who)).toBeVisible();
  await shot('route');
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('link', { name: 'PercentSaid', exact: true }).first().click();
  await expect(page).toHaveURL(/#shape-PercentSaid$/);
  await expect(page.getByRole('heading', { name: 'PercentSaid' })).toBeInViewport();
  await shot('shape');
  await page.getByRole('link', { name: say.all }).click();
  await expect(page).toHaveURL(/\/docs#entries$/);
  // The choice of a language holds for the page after it, and for the office.
  await page.getByRole('link', { name: say.other }).click();
  await page.goto('/docs/log');
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? 'en' : 'zh-CN');
});

test('the API on a narrow phone needs no scrolling aside, with the longest shapes as well', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const place of [
    '/docs',
    '/docs/import',
    '/docs/show',
    '/docs/testRules',
    '/docs/tile',
    '/docs/nothing',
  ]) {
    await page.goto(place);
    expect([place, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([place, 360]);
  }
});

test('the API is printed without its links to other pages, on paper that is light', async ({ page }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.goto('/docs/log');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
  expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(22, 32, 42)');
});

test('no other page may show the service in a frame', async ({ page, service, complaints }) => {
  for (const path of ['/', '/log/', '/docs', '/projects', '/openapi.json', '/nothing-here'])
    await page
      .setContent(`<iframe src="${service.url}${path}"></iframe>`)
      .then(() => page.waitForTimeout(300));
  expect(complaints.filter((complaint) => /frame-ancestors|Framing/.test(complaint)).length).toBeGreaterThan(
    4,
  );
  complaints.length = 0;
});

test.describe('a closed installation', () => {
  let closed: Closed;
  test.beforeAll(async () => {
    closed = await startClosed();
  });
  test.afterAll(() => closed.stop());

  inEveryForm('a stranger who opens an address signs in, and is there', async ({ page, language, size }) => {
    const say = words[language];
    await page.goto(`${closed.url}/docs/log?lang=${language}`);
    await expect(page.getByRole('heading', { name: say.enter })).toBeVisible();
    await page.screenshot({ path: `.build/page/docs-stranger-${language}-${size}.png` });
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('button', { name: say.useKey }).click();
    await page.getByLabel(say.key, { exact: true }).fill(closed.key);
    await page.getByRole('button', { name: say.enter, exact: true }).click();
    await expect(page.getByText(say.who)).toBeVisible();
    expect(page.url()).toBe(`${closed.url}/docs/log?lang=${language}`);
  });

  test('somebody whose session has ended signs in again, and is where they wanted to be', async ({
    page,
  }) => {
    await signIn(page, closed, closed.key);
    await page.goto(`${closed.url}/#/alerts`);
    await expect(page.getByRole('heading', { name: 'Alerts' }).first()).toBeVisible();
    await page.context().clearCookies();
    await page.goto(`${closed.url}/docs`);
    await expect(page.getByRole('heading', { name: 'Your sign-in has ended' })).toBeVisible();
    await page.getByRole('button', { name: 'Use a key instead' }).click();
    await page.getByLabel('Key', { exact: true }).fill(closed.key);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'API' })).toBeVisible();
  });

  test('a link goes nowhere but to this service', async ({ page }) => {
    await signIn(page, closed, closed.key);
    for (const at of [
      'https://evil.example/x',
      '//evil.example/x',
      'javascript:alert(1)',
      '/\\evil.example/x',
    ]) {
      await page.goto(`${closed.url}/verify.html`);
      await page.goto(`${closed.url}/#/open?at=${encodeURIComponent(at)}`);
      await expect(page.getByRole('button', { name: 'You: Ann' })).toBeVisible();
      expect(new URL(page.url()).origin).toBe(closed.url);
    }
  });
});
