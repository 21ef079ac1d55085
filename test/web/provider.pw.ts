import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestProvider } from '../oidc/test-provider.js';
import { type Closed, startClosed } from './browser/closed.js';
import { addPerson, signIn } from './browser/people.js';
import { openMore } from './browser/phone.js';
import { barriersOn, expect, inEveryForm, locales, test } from './browser/test.js';

const texts = {
  zh: {
    by: /^通过 .* 登录$/,
    unknown: '管理员可凭以下标识',
    subject: '标识（sub）',
    tie: '关联',
    tied: '已关联',
    you: '当前用户',
  },
  en: {
    by: /^Sign in with /,
    unknown: 'An administrator can tie it to a person',
    subject: 'Subject (sub)',
    tie: 'Tie',
    tied: 'Tied.',
    you: 'You:',
  },
} as const;

let folder: string;
let real: TestProvider;
let service: Closed;

test.beforeAll(async () => {
  const port = await freePort();
  real = await TestProvider.start(`http://127.0.0.1:${port}/session/provider/return`);
  folder = mkdtempSync(join(tmpdir(), 'topout-provider-'));
  const secret = join(folder, 'secret');
  writeFileSync(secret, real.clientSecret);
  chmodSync(secret, 0o600);
  service = await startClosed({
    PORT: String(port),
    TOPOUT_OIDC_ISSUER: real.issuer,
    TOPOUT_OIDC_CLIENT_ID: real.clientId,
    TOPOUT_OIDC_CLIENT_SECRET_FILE: secret,
  });
});
test.afterAll(async () => {
  await service.stop();
  await real.stop();
  rmSync(folder, { recursive: true, force: true });
});

inEveryForm(
  'somebody signs in at the provider once an administrator has tied them',
  async ({ page, language, size }) => {
    const say = texts[language];
    real.subject = `lin-${language}-${size}`;
    const lin = await addPerson(service, `Lin ${language} ${size}`, ['inspector', { kind: 'installation' }]);
    const office = await page.context().browser()?.newContext({ locale: locales[language] });
    if (!office) throw new Error('There is no second browser.');
    try {
      await page.goto(service.url);
      const button = page.getByRole('link', { name: say.by });
      await button.click();
      await expect(page.getByRole('alert').filter({ hasText: say.unknown })).toBeVisible();
      await expect(page.getByText(real.subject, { exact: true })).toBeVisible();
      expect(await barriersOn(page)).toEqual([]);
      await page.screenshot({ path: `.build/page/provider-${language}-${size}.png` });

      const administrator = await office.newPage();
      await signIn(administrator, service, service.key);
      await administrator.goto(`${service.url}/#/access/${lin.id}`);
      await administrator.getByLabel(say.subject).fill(real.subject);
      await administrator.getByRole('button', { name: say.tie, exact: true }).click();
      await expect(administrator.getByRole('status').filter({ hasText: say.tied })).toBeVisible();
      expect(await barriersOn(administrator)).toEqual([]);
      await administrator.screenshot({
        path: `.build/page/person-tied-${language}-${size}.png`,
        fullPage: true,
      });

      await button.click();
      await openMore(page);
      await expect(page.getByRole('button', { name: `Lin ${language} ${size}` })).toBeVisible();
    } finally {
      await office.close();
    }
  },
);

test('a sign-in that ends over a form is renewed at the provider beside it, and what was typed stays', async ({
  page,
}) => {
  real.subject = 'beside';
  const lin = await addPerson(service, 'Beside', ['planner', { kind: 'installation' }]);
  await service.ask('POST', `/people/${lin.id}/identities`, { subject: real.subject });
  await signIn(page, service, lin.key);
  await page.goto(`${service.url}/#/projects/huaao-2`);
  const search = page.getByRole('button', { name: /Beside/ });
  await expect(search).toBeVisible();
  await service.ask('POST', `/people/${lin.id}/sign-out`);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  const [beside] = await Promise.all([
    page.waitForEvent('popup'),
    dialog.getByRole('link', { name: texts.en.by }).click(),
  ]);
  await expect(beside.getByRole('button', { name: /Beside/ })).toBeVisible();
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await expect(dialog).toBeHidden();
});

test('somebody who is signed in learns why another account signed nobody in, and goes on where they were', async ({
  page,
}) => {
  const lin = await addPerson(service, 'Still', ['planner', { kind: 'installation' }]);
  await signIn(page, service, lin.key);
  real.subject = 'nobody-knows-me';
  await page.goto(`${service.url}/session/provider?page=office`);
  await expect(page.getByRole('heading', { name: 'The other sign-in did not work' })).toBeVisible();
  await expect(page.getByText('nobody-knows-me', { exact: true })).toBeVisible();
  await expect(page.getByText('You are still signed in as Still; nothing has changed.')).toBeVisible();
  expect(await barriersOn(page)).toEqual([]);
  await page.screenshot({ path: '.build/page/provider-refused-signed-in.png' });
  await page.getByRole('button', { name: 'Go on as Still' }).click();
  await expect(page.getByRole('button', { name: /Still/ })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('#/');
});

test('a sign-in at the provider leads back to the address that was opened', async ({ page }) => {
  real.subject = 'returns';
  const lin = await addPerson(service, 'Returns', ['planner', { kind: 'installation' }]);
  await service.ask('POST', `/people/${lin.id}/identities`, { subject: real.subject });
  await page.goto(`${service.url}/#/alerts`);
  await page.getByRole('link', { name: texts.en.by }).click();
  await expect(page.getByRole('heading', { name: 'Alerts' }).first()).toBeVisible();
  expect(new URL(page.url()).hash).toBe('#/alerts');
  const another = await page.context().browser()?.newPage();
  if (!another) throw new Error('There is no second browser.');
  await another.goto(`${service.url}/docs/log?lang=en`);
  await another.getByRole('link', { name: texts.en.by }).click();
  await expect(another.getByRole('heading', { name: 'Log one fact about a project' })).toBeVisible();
  expect(another.url()).toBe(`${service.url}/docs/log?lang=en`);
  await another.context().close();
});

/** A port that nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
