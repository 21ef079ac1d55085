import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestProvider } from '../oidc/test-provider.js';
import { type Closed, startClosed } from './browser/closed.js';
import { addPerson, signIn } from './browser/people.js';
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
