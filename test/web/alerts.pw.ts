import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { startBuilt } from './browser/service.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const headings = { zh: '预警', en: 'Alerts' };
const details = { zh: '详情', en: 'Details' };
const told = { zh: '已通知谁', en: 'Recipients' };
const adds = { zh: '添加订阅', en: 'Add a subscription' };
const rules = { zh: '预警类型', en: 'Kinds of alerts' };
const previews = { zh: '最近一个月本应发送的内容', en: 'What it would have sent in the last month' };
const noServers = { zh: '未配置邮件服务器', en: 'cannot send e-mail' };
const subscriptionsHeadings = { zh: '订阅', en: 'Subscriptions' };

inEveryForm(
  'the alerts that stand are listed, and one says all of itself',
  async ({ page, language, size }) => {
    await page.goto('/#/alerts');
    await expect(page.getByRole('heading', { name: headings[language] })).toBeVisible();
    await expect(page.locator('li[data-alert]')).toHaveCount(4);
    await expect(page.locator('li[data-severity=red]')).toHaveCount(2);
    await page.screenshot({ path: `.build/page/alerts-${language}-${size}.png`, fullPage: true });
    await page.getByRole('button', { name: details[language] }).first().click();
    await expect(page).toHaveURL(/alert=[0-9a-f-]{36}/);
    await expect(page.getByText(told[language], { exact: true })).toBeVisible();
    await expect(page.locator('dd li').first()).toContainText('2018');
    await page.screenshot({ path: `.build/page/alert-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
  },
);

inEveryForm('whom alerts are told to can be seen, and said', async ({ page, language, size }) => {
  await page.goto('/#/subscriptions');
  await expect(
    page.getByRole('heading', { name: subscriptionsHeadings[language], exact: true }),
  ).toBeVisible();
  await page.getByRole('button', { name: adds[language] }).click();
  const form = page.getByRole('region', { name: adds[language] });
  await form.getByRole('combobox', { name: rules[language] }).click();
  await page.getByRole('listbox').getByRole('option').nth(1).click();
  await page.keyboard.press('Escape');
  await form.getByRole('checkbox').check();
  const preview = form.getByRole('region', { name: previews[language] });
  // The example has no mail server, and says so before anybody has filled in the rest.
  await expect(preview).toContainText(noServers[language]);
  await page.screenshot({ path: `.build/page/subscription-form-${language}-${size}.png`, fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
});

test('an alert is shown and its row marked within a second of the entry', async ({ page, freshService }) => {
  const { url } = freshService;
  const streams = page.waitForRequest(/alerts\/stream/);
  await page.goto(`${url}/#/alerts`);
  await streams;
  await expect(page.locator('li[data-alert]')).toHaveCount(4);
  const shown = page.waitForFunction(
    () => document.querySelector('li[data-alert][data-fresh=true]') !== null,
    undefined,
    { polling: 'raf' },
  );
  const began = Date.now();
  const answer = await fetch(`${url}/projects/tengjun/entries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'StallDeclared',
      stall: 'page-test',
      cause: 'financing',
      blocks: ['works'],
      asOf: '2018-07-09',
    }),
  });
  expect([answer.status, await answer.text()]).toEqual([201, expect.anything()]);
  await shown;
  const ms = Date.now() - began;
  console.log(`budget: the row of an alert after ${ms} ms (at most 1000)`);
  expect(ms).toBeLessThan(1_000);
  await expect(page.locator('li[data-alert]')).toHaveCount(5);
  await expect(page.getByRole('link', { name: 'Alerts (5 open)' })).toBeVisible();
  await page.goto(`${url}/#/`);
  await expect(page.getByRole('region', { name: 'News of alerts' })).toContainText('New alert');
});

test('behind a gateway the stream has the token too, resumes where it was, and shows when it is broken', async ({
  page,
  freshService,
}) => {
  const { url } = freshService;
  const resumedAt: (string | undefined)[] = [];
  const resumed = () => resumedAt.filter((id) => id !== undefined).length;
  let isDown = false;
  await page.route('**/alerts/stream?*', async (route) => {
    const headers = route.request().headers();
    if (isDown) return route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' });
    if (headers.authorization !== 'Bearer open-sesame') return route.fulfill({ status: 401, body: 'who?' });
    resumedAt.push(headers['last-event-id']);
    // In parts, like a gateway that ends each answer: the rest is sent after the reconnect.
    if (resumed() < 2)
      return route.fulfill({ contentType: 'text/event-stream', body: 'retry: 300\nid: 84\n\n' });
    await route.continue();
  });
  await page.goto(`${url}/#/alerts`);
  const dialog = page.getByRole('dialog', { name: 'Who are you?' });
  await dialog.getByLabel('Access token').fill('open-sesame');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.poll(resumed).toBe(2);
  // The page may open the stream again during the sign-in; after its first event it resumes from that event.
  const first = resumedAt.indexOf('84');
  expect(first).toBeGreaterThan(0);
  expect(resumedAt.slice(first)).toEqual(['84', '84']);
  await expect(page.getByRole('status').filter({ hasText: /^live$/ })).toBeVisible();
  await fetch(`${url}/projects/tengjun/entries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ type: 'StallDeclared', stall: 'page-test', cause: 'financing' },
      ...{ blocks: ['works'], asOf: '2018-07-09' },
    }),
  });
  await expect(page.getByRole('region', { name: 'News of alerts' })).toContainText('New alert');
  isDown = true;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByRole('status').filter({ hasText: 'not live' })).toBeVisible();
  isDown = false;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByRole('status').filter({ hasText: /^live$/ })).toBeVisible();
});

/** A webhook receiver on this machine; it answers challenges, and keeps the notices. */
async function startReceiver(): Promise<{ url: string; got: string[]; close: () => void }> {
  const got: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes) => {
      body += bytes;
    });
    request.on('end', () => {
      got.push(JSON.parse(body).type);
      response.end(JSON.stringify({ challenge: JSON.parse(body).challenge }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    got,
    close: () => server.close(),
  };
}

test('a webhook is subscribed by keyboard, tested, changed, notified, paused, given a new secret and ended', async ({
  page,
}) => {
  const receiver = await startReceiver();
  const service = await startBuilt({ TOPOUT_WEBHOOK_LOOPBACK: 'on', TOPOUT_SETTLING_TIME: '0' });
  try {
    await page.goto(`${service.url}/#/subscriptions`);
    await expect(page.getByText('No recipients yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Add a subscription' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('E-mail address')).toBeFocused();
    await page.getByRole('button', { name: 'Notify a program by webhook instead' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.type('duty office');
    await page.getByLabel('Address of the webhook').focus();
    await page.keyboard.type('ftp://nowhere');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('ftp://');
    await page.getByLabel('Address of the webhook').focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(receiver.url);
    await page.getByRole('combobox', { name: 'Kinds of alerts' }).focus();
    for (const rule of ['stalled', 'no progress']) {
      await page.keyboard.type(rule);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add a subscription' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'The secret, shown this once' })).toContainText('whsec_');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    const card = page.getByRole('region', { name: 'duty office' });
    await expect(card).toContainText('stalled or no progress');
    await card.getByRole('button', { name: 'Send a test' }).click();
    await expect(card.getByRole('status')).toContainText('accepted');
    expect(receiver.got).toEqual(['challenge', 'alerts.notice']);

    await card.getByRole('button', { name: 'Change' }).click();
    const form = page.getByRole('region', { name: 'Change “duty office”' });
    await form.getByRole('combobox', { name: 'Districts' }).click();
    await page.getByRole('listbox').getByRole('option').first().click();
    await page.keyboard.press('Escape');
    await form.getByLabel('Only in working hours').check();
    await form.getByRole('textbox', { name: 'To' }).fill('17:30');
    await form.getByRole('button', { name: 'Save changes' }).click();
    await expect(card).toContainText('XX District (xx区) · stalled or no progress');
    await expect(card).toContainText('08:00 to 17:30 on working days (china)');

    await fetch(`${service.url}/projects/yuhong/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ type: 'StallDeclared', stall: 'page-test', cause: 'financing' },
        ...{ blocks: ['works'], asOf: '2018-07-09' },
      }),
    });
    await expect.poll(() => receiver.got.length).toBe(3);
    await card.getByRole('button', { name: 'Notices' }).click();
    await expect(card.getByRole('row').nth(1)).toContainText(/1\s*accepted · 200/);
    await page.screenshot({ path: '.build/page/subscription-en-desktop.png', fullPage: true });
    expect(await barriersOn(page)).toEqual([]);

    await card.getByRole('button', { name: 'Pause' }).click();
    await expect(card).toContainText('paused');
    await card.getByRole('button', { name: 'Resume' }).click();
    await expect(card.getByRole('button', { name: 'Pause' })).toBeVisible();
    await card.getByRole('button', { name: 'New secret' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click();
    await expect(page.getByRole('dialog', { name: 'The secret, shown this once' })).toContainText('whsec_');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await card.getByRole('button', { name: 'End', exact: true }).click();
    await expect(page.getByRole('dialog')).toContainText('cannot be resumed');
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
    await page.getByText('1 has ended').click();
    await expect(card.getByRole('button')).toHaveCount(1);
  } finally {
    receiver.close();
    await service.stop();
  }
});

test('a person subscribes by e-mail after seeing what would have been sent', async ({ page }) => {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let mail = '';
      stream.on('data', (bytes) => {
        mail += bytes;
      });
      stream.on('end', () => {
        mails.push(mail);
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const service = await startBuilt({
    TOPOUT_SMTP_URL: `smtp://127.0.0.1:${port}?tls=off`,
    TOPOUT_SETTLING_TIME: '0',
  });
  let isDown = true;
  await page.route('**/subscriptions/preview', (route) =>
    isDown ? route.fulfill({ status: 502, contentType: 'text/html', body: 'Bad gateway' }) : route.continue(),
  );
  try {
    await page.goto(`${service.url}/#/subscriptions`);
    await page.getByRole('button', { name: 'Add a subscription' }).click();
    const form = page.getByRole('region', { name: 'Add a subscription' });
    const preview = form.getByRole('region', { name: previews.en });
    await expect(preview.getByRole('alert')).toBeVisible();
    isDown = false;
    await preview.getByRole('button', { name: 'Try again' }).click();
    await expect(preview).toContainText('all alerts, immediately');
    await expect(preview.getByRole('status')).toHaveText(
      /^4 notices with 4 changes of alerts, from .+ to .+\.$/,
    );
    await expect(preview).toContainText('and 1 earlier notice');

    // What is chosen is asked for again, and its words are those of the mail.
    await form.getByLabel('At least').selectOption({ label: 'red' });
    await expect(preview).toContainText('red alerts, immediately');
    await expect(preview.getByRole('status')).toHaveText(/^2 notices with 2 changes/);
    await expect(preview.locator('summary')).toHaveCount(2);
    await preview.locator('summary').first().click();
    await expect(preview.locator('details').first()).toContainText('[red]');
    await expect(preview.locator('details').first()).toContainText('Cleared by');
    await form.getByLabel('How often').selectOption({ label: 'once a day' });
    await expect(preview.getByRole('status')).toHaveText(/^No notice from/);
    await expect(preview).toContainText('2 changes of alerts wait for');
    await form.getByLabel('Language of the notices').selectOption({ label: 'Chinese' });
    await expect(preview.locator('summary')).toContainText('[红]');
    expect(await barriersOn(page)).toEqual([]);
    await page.screenshot({ path: '.build/page/subscription-preview-en-desktop.png', fullPage: true });

    await form.getByLabel('E-mail address').fill('li.wei@example.org');
    await form.getByRole('button', { name: 'Add a subscription' }).click();
    const card = page.getByRole('region', { name: 'red alerts' });
    await expect(card).toContainText('l…@example.org');
    await expect(card).toContainText('not confirmed');
    expect(mails).toHaveLength(1);
  } finally {
    await service.stop();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});
