import type { Page } from '@playwright/test';
import { type Closed, startClosed } from './browser/closed.js';
import { openMore, openOutbox } from './browser/phone.js';
import { barriersOn, expect, inEveryForm, sizes, test } from './browser/test.js';

const password = 'four words by the harbour';
const words = {
  zh: {
    title: '登录',
    set: '设置密码',
    newPassword: '新密码',
    repeated: '再次输入新密码',
    confirm: '设置并登录',
    who: '姓名或联系方式',
    password: '密码',
    wrong: '姓名与密码不符。',
    you: '当前用户：',
    out: '退出登录',
    alerts: '预警',
  },
  en: {
    title: 'Sign in',
    set: 'Set your password',
    newPassword: 'New password',
    repeated: 'New password again',
    confirm: 'Set it and sign in',
    who: 'Name or contact',
    password: 'Password',
    wrong: 'The name and the password do not belong together.',
    you: 'You:',
    out: 'Sign out',
    alerts: 'Alerts',
  },
};

let service: Closed;
test.beforeAll(async () => {
  service = await startClosed();
});
test.afterAll(() => service.stop());

/** Signs in on the screen that asks for it. */
async function signIn(
  page: Pick<Page, 'getByLabel' | 'getByRole'>,
  name: string,
  said = password,
  say = words.en,
): Promise<void> {
  await page.getByLabel(say.who).fill(name);
  await page.getByLabel(say.password, { exact: true }).fill(said);
  await page.getByRole('button', { name: say.title, exact: true }).click();
}

/** Saves, also where the page has noticed by itself that the sign-in has ended, and asks for one over the button. */
function save(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Save', exact: true }).dispatchEvent('click');
}

/** Signs out; the page is loaded again. */
async function signOut(page: Page, said = 'Sign out'): Promise<void> {
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: said, exact: true }).click();
  await loaded;
}

/** A person with a password, who is not signed in anywhere. */
async function known(name: string): Promise<{ id: string }> {
  const { id, link } = await service.person(name, 'inspector');
  const answer = await fetch(`${service.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ link, password }),
  });
  expect(answer.status).toBe(201);
  return { id };
}

inEveryForm(
  'a person sets a password by a link, signs out, and signs in where they were',
  async ({ page, language, size }) => {
    const say = words[language];
    const name = `王工 ${language}-${size}`;
    const { link } = await service.person(name, 'inspector');
    const shot = (what: string) =>
      page.screenshot({ path: `.build/page/sign-in-${what}-${language}-${size}.png` });
    await page.goto(`${service.url}/#/link/${link}`);
    await expect(page.getByRole('heading', { name: say.set })).toBeVisible();
    await page.getByLabel(say.newPassword, { exact: true }).fill(password);
    await page.getByLabel(say.repeated).fill(password);
    await shot('link');
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('button', { name: say.confirm }).click();
    await expect(page.getByRole('table')).toBeVisible();
    expect(new URL(page.url()).hash).not.toContain(link);
    await openMore(page);
    await page.getByRole('button', { name }).click();
    await shot('who');
    expect(await barriersOn(page)).toEqual([]);
    await signOut(page, say.out);
    await expect(page.getByRole('heading', { name: say.title })).toBeVisible();
    await page.goto(`${service.url}/#/alerts`);
    await signIn(page, name, 'not the password', say);
    await expect(page.getByRole('alert')).toHaveText(say.wrong);
    await shot('wrong');
    expect(await barriersOn(page)).toEqual([]);
    await signIn(page, name, password, say);
    await expect(page.getByRole('heading', { name: say.alerts }).first()).toBeVisible();
    expect(new URL(page.url()).hash).toBe('#/alerts');
  },
);

test('a link that was used says so', async ({ page }) => {
  await page.goto(`${service.url}/#/link/tpo_abcdefgh_${'A'.repeat(43)}00000000`);
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('New password again').fill(`${password}.`);
  await page.getByRole('button', { name: 'Set it and sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('The two passwords differ.');
  await page.getByLabel('New password again').fill(password);
  await page.getByRole('button', { name: 'Set it and sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('This link was used already');
});

test('a sign-in that ends asks again, and what was typed is still there', async ({ page }) => {
  const { id } = await known('Typist');
  await page.goto(`${service.url}/#/projects/huaao-2`);
  await signIn(page, 'Typist');
  await expect(page.getByRole('link', { name: 'Log an entry' })).toBeVisible();
  await page.goto(`${service.url}/#/projects/huaao-2/log?what=NoChange`);
  await page.getByLabel('Note').first().fill('half a sentence');
  await service.ask('POST', `/people/${id}/sign-out`);
  await save(page);
  const dialog = page.getByRole('dialog', { name: 'Your sign-in has ended' });
  await expect(dialog).toBeVisible();
  await page.screenshot({ path: '.build/page/sign-in-again-en-desktop.png' });
  expect(await barriersOn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await signIn(page, 'Typist');
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('Note').first()).toHaveValue('half a sentence');
});

test('a screen stays under the sign-in that has ended, with what it shows', async ({ page }) => {
  const { id } = await known('Reader');
  await page.goto(`${service.url}/#/alerts`);
  await signIn(page, 'Reader');
  const search = page.getByRole('searchbox').first();
  await search.fill('half a word');
  await service.ask('POST', `/people/${id}/sign-out`);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  const dialog = page.getByRole('dialog', { name: 'Your sign-in has ended' });
  await expect(dialog).toBeVisible();
  await expect(page.getByText('This is not among what you may do.')).toHaveCount(0);
  await expect(search).toHaveValue('half a word');
  await signIn(page, 'Reader');
  await expect(dialog).toBeHidden();
  await expect(search).toHaveValue('half a word');
});

inEveryForm('who may not log learns on the phone which role that takes', async ({ page, language, size }) => {
  const { link } = await service.person(`Au ${language}-${size}`, 'auditor');
  await page.goto(`${service.url}/#/link/${link}`);
  await page.getByLabel(words[language].newPassword, { exact: true }).fill(password);
  await page.getByLabel(words[language].repeated).fill(password);
  await page.getByRole('button', { name: words[language].confirm }).click();
  await expect(page.getByRole('table')).toBeVisible();
  for (const place of ['/log/', '/log/#/p/huaao-2']) {
    await page.goto(`${service.url}${place}`);
    await expect(page.getByRole('status')).toHaveText(
      language === 'zh'
        ? '您无权填报记录。填报需要巡查员角色；由管理员授予。'
        : 'You may not log facts. That takes the role inspector; an administrator grants it.',
    );
  }
  expect(await barriersOn(page)).toEqual([]);
  await page.screenshot({ path: `.build/page/log-denied-${language}-${size}.png` });
});

test.describe('on a phone', () => {
  test.use({ viewport: sizes.phone, hasTouch: true });

  test('entries wait for the person who made them', async ({ page }) => {
    const { id } = await known('First');
    await known('Second');
    await page.goto(`${service.url}/log/#/p/huaao-2/sewer`);
    await signIn(page, 'First');
    await page.getByLabel('Percent').fill('60');
    await service.ask('POST', `/people/${id}/sign-out`);
    await save(page);
    const dialog = page.getByRole('dialog', { name: 'Your sign-in has ended' });
    // The question about the stall may come before it, over it, or after it: the one on top is answered.
    const tap = (name: string) =>
      page
        .getByRole('button', { name })
        .click({ timeout: 1_000 })
        .catch(() => undefined);
    await expect(async () => {
      await tap('No, still stalled');
      await expect(dialog).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await page.screenshot({ path: '.build/page/sign-in-again-en-phone.png' });
    await expect(async () => {
      await tap('Later');
      await tap('No, still stalled');
      await expect(dialog).toBeHidden({ timeout: 1_000 });
      await expect(page.getByTestId('completion')).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await openOutbox(page);
    await expect(page.getByRole('status')).toContainText('Sign in to send them.');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    // Another person begins with a page of their own.
    const loaded = page.waitForEvent('load');
    await signIn(dialog, 'Second');
    await loaded;
    const entry = page.getByTestId('entry').first();
    await expect(page.getByRole('region', { name: 'Logged by First' })).toBeVisible();
    await expect(entry).toContainText('waits for First to sign in');
    await page.screenshot({ path: '.build/page/sign-in-another-en-phone.png' });
    expect(await barriersOn(page)).toEqual([]);
    await page.goto(`${service.url}/log/#/self`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signOut(page);
    await signIn(page, 'First');
    await page.goto(`${service.url}/log/#/outbox`);
    await expect(entry).toContainText('recorded');
    const { items } = (await service.ask('GET', '/people')) as unknown as { items: { person: string }[] };
    expect(items.map(({ person }) => person)).toContain(id);
  });
});

test('no script of the page can read the sign-in, and signing out empties what the device keeps', async ({
  page,
  context,
}) => {
  await known('Leaver');
  await page.goto(`${service.url}/log/`);
  await signIn(page, 'Leaver');
  await expect(page.getByRole('link', { name: 'Huaao Automobile, phase II' })).toBeVisible();
  const kept = () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open('topout-known');
          opening.onsuccess = () => {
            const counting = opening.result.transaction('answers').objectStore('answers').count();
            counting.onsuccess = () => {
              opening.result.close();
              resolve(counting.result);
            };
          };
        }),
    );
  await expect.poll(kept).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ name: 'topout', httpOnly: true, sameSite: 'Strict', path: '/' });
  await page.goto(`${service.url}/log/#/self`);
  // The first tap says what it ends, the second one does it.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signOut(page);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(await kept()).toBe(0);
  expect(await context.cookies()).toEqual([]);
});
