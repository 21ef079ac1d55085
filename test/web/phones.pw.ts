import type { Browser, Page } from '@playwright/test';
import { type Closed, startClosed } from './browser/closed.js';
import { saveOnPhone, targetsUnder44, untilKept } from './browser/phone.js';
import { barriersOn, expect, locales, test } from './browser/test.js';

const narrow = { width: 360, height: 740 };
const words = {
  en: {
    project: 'Huaao Automobile, phase II',
    item: 'Sewer',
    logsAs: (name: string) => `This phone logs as ${name}`,
    useCode: 'Enrol this phone by a code',
    enrol: 'Enrol',
    code: 'Code',
    percent: 'Percent',
    save: 'Save',
    out: 'This phone is signed out',
    later: 'Later',
    nobody: 'Nobody is signed in on this phone',
    signInFirst: 'Sign in, and the projects are here.',
    waitHere: 'Entries that wait on this phone: 3. None is lost.',
    saveFile: 'Save as a file',
    enterFor: 'Enter for Lin',
    start: 'Start logging',
  },
  zh: {
    project: '华奥汽车项目二期',
    item: '污水管',
    logsAs: (name: string) => `本机以${name}的名义记录`,
    useCode: '用代码绑定本机',
    enrol: '绑定',
    code: '代码',
    percent: '百分比',
    save: '保存',
    out: '本机登录已失效',
    later: '稍后',
    nobody: '本机尚未登录',
    signInFirst: '登录后即可看到项目。',
    waitHere: '本机有 3 条记录待处理，不会丢失。',
    saveFile: '存为文件',
    enterFor: '代Lin填报',
    start: '开始记录',
  },
} as const;

// biome-ignore lint/suspicious/noExplicitAny: a body is whatever was answered.
type Answer = any;

let service: Closed;
test.beforeEach(async () => {
  service = await startClosed();
});
test.afterEach(() => service.stop());

/** The phones of a person that are in force. */
async function devicesOf(person: string): Promise<string[]> {
  const { credentials }: Answer = await service.ask('GET', `/people/${person}`);
  return credentials
    .filter(({ kind, revoked }: { kind: string; revoked?: object }) => kind === 'device' && !revoked)
    .map(({ credential }: { credential: string }) => credential);
}

async function phone(browser: Browser, language: 'en' | 'zh', colorScheme: 'light' | 'dark' = 'light') {
  return browser.newContext({ locale: locales[language], viewport: narrow, hasTouch: true, colorScheme });
}

async function log(page: Page, url: string, percent: number, said: { percent: string; save: string }) {
  await page.goto(`${url}/log/#/p/huaao-2/sewer`);
  await page.getByRole('button', { name: said.percent, exact: true }).click();
  await page.getByLabel(said.percent).first().fill(String(percent));
  await saveOnPhone(page, () => page.getByRole('button', { name: said.save, exact: true }).click());
}

for (const language of ['en', 'zh'] as const) {
  const said = words[language];

  test(`an inspector enrols a phone, logs offline, is revoked, and hands over what waits (${language})`, async ({
    browser,
  }) => {
    // Two enrolments, a start without a network and two people.
    test.slow();
    const { url } = service;
    const lin = (await service.person('Lin', 'inspector')).id;
    const context = await phone(browser, language, language === 'zh' ? 'dark' : 'light');
    const shot = (name: string, page: Page) =>
      page.screenshot({ path: `.build/page/phone-${name}-${language}.png`, fullPage: true });
    let page = await context.newPage();

    // A stranger's phone shows nothing of any project.
    await page.goto(`${url}/log/`);
    await page.getByRole('button', { name: said.useCode }).click();
    await expect(page.getByRole('button', { name: said.enrol, exact: true })).toBeVisible();
    await shot('enrol', page);
    expect(await barriersOn(page)).toEqual([]);

    // Typed: a wrong code is refused in words, the right one enrols.
    await page.getByLabel(said.code, { exact: true }).fill('ZZZZ-ZZZ-ZZZ');
    await page.getByRole('button', { name: said.enrol, exact: true }).click();
    await expect(page.getByRole('alert')).not.toBeEmpty();
    await shot('wrong-code', page);
    expect(await barriersOn(page)).toEqual([]);
    const { code } = await service.ask('POST', `/people/${lin}/enrolments`);
    await page.getByLabel(said.code, { exact: true }).fill(code.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: said.enrol, exact: true }).click();
    await expect(page.getByRole('heading', { name: said.logsAs('Lin') })).toBeVisible();
    await shot('enrolled', page);
    expect(await barriersOn(page)).toEqual([]);
    expect(await targetsUnder44(page)).toEqual([]);
    await page.getByRole('link', { name: said.start }).click();
    await expect(page.getByRole('link', { name: said.project })).toBeVisible();
    await untilKept(page);
    await page.getByRole('link', { name: said.project }).click();
    await expect(page.getByRole('button', { name: said.item }).first()).toBeVisible();

    // Logged without a network, it is sent as Lin's.
    await context.setOffline(true);
    await log(page, url, 46, said);
    await expect(page.getByTestId('open-entries')).toHaveText('1');
    await context.setOffline(false);
    await expect(page.getByTestId('open-entries')).toHaveText('0', { timeout: 30_000 });
    expect(await authorsOf()).toEqual([{ by: lin, verification: 'signed-in' }]);

    // Three wait while the phone is revoked.
    await context.setOffline(true);
    for (const percent of [47, 48, 49]) await log(page, url, percent, said);
    await expect(page.getByTestId('open-entries')).toHaveText('3');
    const [device] = await devicesOf(lin);
    await service.ask('DELETE', `/people/${lin}/keys/${device}`);
    await page.close();
    page = await context.newPage();
    await page.goto(`${url}/log/#/outbox`);
    await context.setOffline(false);
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('heading', { name: said.out })).toBeVisible({ timeout: 30_000 });
    await shot('signed-out', page);
    expect(await barriersOn(page)).toEqual([]);
    await dialog.getByRole('button', { name: said.later }).click();
    await expect(page.getByRole('region', { name: /Lin/ })).toBeVisible();
    await expect(page.getByTestId('entry')).toHaveCount(3);
    await shot('revoked', page);
    expect(await barriersOn(page)).toEqual([]);
    expect(await authorsOf()).toHaveLength(1);

    // What was remembered for reading offline is gone.
    await page.goto(`${url}/log/#/`);
    await expect(page.getByRole('link', { name: said.nobody })).toBeVisible();
    await expect(page.getByRole('link', { name: said.project })).toHaveCount(0);
    await expect(page.getByText(said.signInFirst)).toBeVisible();
    await page.getByRole('link', { name: said.nobody }).click();
    await expect(page.getByText(said.waitHere)).toBeVisible();

    // As a file, which an import takes.
    await page.goto(`${url}/log/#/outbox`);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: said.saveFile }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^topout-Lin-\d{4}-\d\d-\d\d\.ndjson$/);
    const { readFileSync } = await import('node:fs');
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).measure.percent)).toEqual([47, 48, 49]);

    // Another person does not send them, and enters them explicitly.
    const mei = (await service.person('Mei', 'inspector')).id;
    const { address } = await service.ask('POST', `/people/${mei}/enrolments`);
    await page.goto(new URL(address, url).href);
    await page.reload();
    await page.getByRole('button', { name: said.enrol, exact: true }).click();
    await expect(page.getByRole('heading', { name: said.logsAs('Mei') })).toBeVisible();
    await expect(page).toHaveURL(/#\/self$/);
    await page.goto(`${url}/log/#/outbox`);
    await expect(page.getByTestId('entry')).toHaveCount(3);
    await shot('other-person', page);
    expect(await barriersOn(page)).toEqual([]);
    expect(await authorsOf()).toHaveLength(1);
    await page.getByRole('button', { name: said.enterFor }).click();
    await shot('enter-for', page);
    await page.getByRole('region', { name: /Lin/ }).getByRole('button', { name: /3/ }).click();
    await expect(page.getByTestId('open-entries')).toHaveText('0', { timeout: 30_000 });
    const entered = (await authorsOf()).slice(1);
    expect(entered).toEqual(Array(3).fill({ by: mei, verification: 'signed-in', onBehalfOf: 'Lin' }));
    await context.close();
  });
}

test('a phone that is enrolled again as the same person sends what waited', async ({ browser }) => {
  const { url } = service;
  const said = words.en;
  const lin = (await service.person('Lin', 'inspector')).id;
  const context = await phone(browser, 'en');
  const page = await context.newPage();
  await enrolByLink(page, lin);
  await page.getByRole('link', { name: said.start }).click();
  await page.getByRole('link', { name: said.project }).click();
  await expect(page.getByRole('button', { name: said.item }).first()).toBeVisible();
  await context.setOffline(true);
  await log(page, url, 50, said);
  const [device] = await devicesOf(lin);
  await service.ask('DELETE', `/people/${lin}/keys/${device}`);
  await context.setOffline(false);
  await expect(page.getByRole('dialog')).toBeVisible({ timeout: 30_000 });
  await enrolByLink(page, lin);
  await expect(page.getByTestId('open-entries')).toHaveText('0', { timeout: 30_000 });
  expect(await authorsOf()).toEqual([{ by: lin, verification: 'signed-in' }]);
  await context.close();
});

test('a phone lists the projects that its person may log in, not those they may only read', async ({
  browser,
}) => {
  const lin = (await service.person('Lin', 'subscriber')).id;
  await service.ask('POST', `/people/${lin}/grants`, {
    role: 'inspector',
    scope: { kind: 'project', project: 'huaao-2' },
  });
  const context = await phone(browser, 'en');
  const page = await context.newPage();
  await enrolByLink(page, lin);
  await page.getByRole('link', { name: words.en.start }).click();
  await expect(page.getByRole('listitem')).toHaveText([new RegExp(words.en.project)]);
  await context.close();
});

async function enrolByLink(page: Page, person: string): Promise<void> {
  const { address } = await service.ask('POST', `/people/${person}/enrolments`);
  await page.goto('about:blank');
  await page.goto(new URL(address, service.url).href);
  await page.getByRole('button', { name: words.en.enrol, exact: true }).click();
  await expect(page.getByRole('heading', { name: words.en.logsAs('Lin') })).toBeVisible();
}

/** Who recorded entries about the sewer that are not of the example, in order. */
async function authorsOf(): Promise<object[]> {
  const { items }: Answer = await service.ask('GET', '/projects/huaao-2/journal?limit=500');
  return items
    .filter(({ data, by }: Answer) => data?.item === 'sewer' && by !== 'example')
    .map(({ by, verification, onBehalfOf }: Answer) => ({
      by,
      verification,
      ...(onBehalfOf ? { onBehalfOf } : {}),
    }));
}
