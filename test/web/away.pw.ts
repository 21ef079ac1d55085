import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { clockChip, openClocks } from './browser/clocks.js';
import { type Running, startBuilt } from './browser/service.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

/** A service that is stopped and restarted at the same address and on the same folder. */
class Interrupted {
  private readonly folder = mkdtempSync(join(tmpdir(), 'topout-away-'));
  private running?: Running;
  url = '';

  async start(): Promise<void> {
    const data = { TOPOUT_DATA: join(this.folder, 'data'), TOPOUT_VAULT: join(this.folder, 'vault.json') };
    const port = this.url ? new URL(this.url).port : '0';
    this.running = await startBuilt({ ...data, PORT: port });
    this.url = this.running.url;
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const said = {
  zh: {
    away: '无法连接服务。',
    from: /数据截至 \d+:\d\d:\d\d/,
    now: '最新',
    notLoaded: '此部分页面未能加载。',
  },
  en: {
    away: 'The service cannot be reached.',
    from: /Data as of \d\d:\d\d:\d\d/,
    now: 'latest',
    notLoaded: 'This part of the page could not be loaded.',
  },
};

/** Opens a screen, stops the service, checks the message, and restarts it. */
async function goAway(
  page: Page,
  service: Interrupted,
  path: string,
  {
    words,
    picture,
    meanwhile,
  }: { words: (typeof said)['en']; picture: string; meanwhile?: () => Promise<void> },
): Promise<void> {
  const bar = page.getByTestId('reach');
  await page.goto('about:blank');
  await page.goto(service.url + path);
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  // Nobody listens until the stream of alerts is open.
  await expect(page.getByTestId('open-alerts').filter({ visible: true })).toBeVisible();
  await service.stop();
  await expect(bar).toContainText(words.away, { timeout: 10_000 });
  await expect(bar).toContainText(words.from);
  await meanwhile?.();
  await page.screenshot({ path: `.build/page/away-${picture}.png` });
  await service.start();
  await expect(bar).toHaveCount(0, { timeout: 40_000 });
}

inEveryForm(
  'a service that goes away is said, nothing is called now, and all is back by itself',
  async ({ page, language, size }) => {
    test.setTimeout(300_000);
    const words = said[language];
    const service = new Interrupted();
    try {
      await service.start();
      for (const [place, path] of [
        ['district', '/#/'],
        ['project', '/#/projects/huaao-2'],
      ] as const) {
        const picture = `${place}-${language}-${size}`;
        const meanwhile = async () => {
          await expect(clockChip(page)).not.toContainText(words.now);
          expect(await barriersOn(page)).toEqual([]);
        };
        await goAway(page, service, path, { words, picture, meanwhile });
        await expect(clockChip(page)).toContainText(words.now);
      }
    } finally {
      await service.end();
    }
  },
);

test('the other screens also show that the service went away', async ({ page }) => {
  test.setTimeout(300_000);
  const service = new Interrupted();
  try {
    await service.start();
    for (const [place, path] of [
      ['alerts', '/#/alerts'],
      ['auditor', '/#/auditor/huaao-2'],
      ['setup', '/#/setup/plan/huaao-2'],
    ] as const)
      await goAway(page, service, path, { words: said.en, picture: `${place}-en-desktop` });
  } finally {
    await service.end();
  }
});

inEveryForm(
  'a room that cannot be loaded says so in words, and opens by itself',
  async ({ page, language, size }) => {
    const words = said[language];
    const service = new Interrupted();
    try {
      await service.start();
      await page.goto(`${service.url}/#/`);
      await openClocks(page);
      await service.stop();
      await page.evaluate(() => {
        location.hash = '#/auditor';
      });
      const alert = page.getByRole('alert').filter({ hasText: words.notLoaded });
      await expect(alert).toBeVisible();
      await expect(alert).toContainText(words.away.replace(/[.。]/, '').slice(-4));
      await expect(page.getByText(/preload|dynamically|assets/)).toHaveCount(0);
      await page.screenshot({ path: `.build/page/not-loaded-${language}-${size}.png` });
      expect(await barriersOn(page)).toEqual([]);
      // A retry while it is away keeps the page.
      await alert.getByRole('button').first().click();
      await expect(alert).toBeVisible();
      await service.start();
      await expect(page.getByRole('heading', { name: language === 'zh' ? '审计' : 'Audit' })).toBeVisible({
        timeout: 40_000,
      });
    } finally {
      await service.end();
    }
  },
);

test('a login page instead of the service is reported, and never shown as an error page', async ({
  page,
}) => {
  const service = new Interrupted();
  try {
    await service.start();
    await page.goto(`${service.url}/#/`);
    await openClocks(page);
    const login = { status: 200, contentType: 'text/html', body: '<title>Sign in</title>' };
    await page.route(/\/(projects|alerts|portfolio|entries|rules)(\/|\?|$)|:\d+\/$/, (route) =>
      route.fulfill(login),
    );
    await page.evaluate(() => {
      location.hash = '#/alerts';
    });
    await expect(page.getByTestId('reach')).toContainText('perhaps a login');
    await expect(page.getByRole('alert').first()).toContainText('perhaps a login of the network');
    await expect(page.getByText(/JSON|token/)).toHaveCount(0);
  } finally {
    await service.end();
  }
});

test('an entry of a project is on its page within seconds', async ({ page, freshService, request }) => {
  const { url } = freshService;
  await page.goto(`${url}/#/projects/huaao-2`);
  await expect(page.getByText('49.9 %').first()).toBeVisible();
  const entry = { type: 'MilestoneReached', item: 'envelope-paint-shop', asOf: '2018-07-09' };
  expect((await request.post(`${url}/projects/huaao-2/entries`, { data: entry })).status()).toBe(201);
  await expect(page.getByText('53.7 %').first()).toBeVisible({ timeout: 8_000 });
});
