import { type Closed, startClosed } from './browser/closed.js';
import { addPerson, signIn } from './browser/people.js';
import { openMore } from './browser/phone.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const first = 'four words by the harbour';
const second = 'five other words by the mill';
const texts = {
  zh: {
    own: '我的密钥、设备和密码',
    title: '我的密钥和设备',
    issue: '签发密钥',
    once: '仅显示这一次',
    done: '已保存',
    old: '当前密码',
    new: '新密码',
    repeated: '再次输入新密码',
    change: '修改密码',
    changed: '已修改',
    here: '本浏览器',
    wrong: '现用密码',
    end: '撤销',
  },
  en: {
    own: 'Your keys, devices and password',
    title: 'Your keys and devices',
    issue: 'Issue a key',
    once: 'it is shown only now',
    done: 'I have it',
    old: 'Present password',
    new: 'New password',
    repeated: 'New password again',
    change: 'Change the password',
    changed: 'Changed.',
    here: 'this browser',
    wrong: 'the present password of who is signed in',
    end: 'End',
  },
} as const;

let service: Closed;
test.beforeAll(async () => {
  service = await startClosed();
});
test.afterAll(() => service.stop());

inEveryForm('an inspector keeps their own keys, devices and password', async ({ page, language, size }) => {
  const say = texts[language];
  const name = `Wu ${language} ${size}`;
  const { id, link } = await service.person(name, 'inspector');
  const headers = { origin: service.url };
  const requests = page.context().request;
  expect(
    (await requests.post(`${service.url}/session`, { data: { link, password: first }, headers })).status(),
  ).toBe(201);
  const { code } = await service.ask('POST', `/people/${id}/enrolments`);
  const phone = await fetch(`${service.url}/devices`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, label: 'Site phone' }),
  });
  expect(phone.status).toBe(201);

  await page.goto(service.url);
  await openMore(page);
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await page.getByRole('link', { name: say.own }).click();
  await expect(page.getByRole('heading', { name: say.title })).toBeVisible();
  await expect(page.getByText('Site phone')).toBeVisible();
  await expect(page.getByText(say.here)).toBeVisible();
  await page.getByRole('button', { name: say.issue }).click();
  await expect(page.getByText(say.once)).toBeVisible();
  await page.getByRole('button', { name: say.done }).click();
  expect(await barriersOn(page)).toEqual([]);
  await page.screenshot({ path: `.build/page/own-${language}-${size}.png`, fullPage: true });

  const type = async (old: string) => {
    await page.getByLabel(say.old).fill(old);
    await page.getByLabel(say.new, { exact: true }).fill(second);
    await page.getByLabel(say.repeated).fill(second);
    await page.getByRole('button', { name: say.change, exact: true }).click();
  };
  await type('not the password');
  await expect(page.getByText(say.wrong)).toBeVisible();
  await type(first);
  await expect(page.getByRole('status').filter({ hasText: say.changed })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: say.title })).toBeVisible();

  const line = page.getByRole('listitem').filter({ hasText: 'Site phone' });
  await line.getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: say.end, exact: true }).click();
  await expect(line).toBeHidden();
});

test('a stranger gets the sign-in and nothing else', async ({ page }) => {
  const answered: [string, number][] = [];
  page.on('response', (answer) => {
    const { pathname } = new URL(answer.url());
    if (!/^\/(assets\/|log\/|$)/.test(pathname)) answered.push([pathname, answer.status()]);
  });
  for (const place of ['/', '/#/alerts', '/#/access', '/#/self', '/#/projects/huaao-2', '/log/']) {
    await page.goto(service.url + place);
    await expect(page.getByLabel('Name or contact')).toBeVisible();
    await expect(page.getByText('Huaao')).toHaveCount(0);
  }
  expect(answered.filter(([path, status]) => path !== '/people/self' && status < 400)).toEqual([]);
});

test('somebody without a role still keeps their own keys', async ({ page }) => {
  const nobody = await addPerson(service, 'Without');
  await signIn(page, service, nobody.key);
  await page.goto(`${service.url}/#/self`);
  await expect(page.getByText('an administrator gives you a role')).toBeVisible();
});
