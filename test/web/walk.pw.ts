import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { importLines } from './browser/many.js';
import { openOutbox, targetsUnder44, untilKept } from './browser/phone.js';
import { barriersOn, expect, locales, sizes, test } from './browser/test.js';

const narrow = { width: 360, height: 740 };
const today = '2018-07-10';

/** A project with sixteen items in four groups. */
const groups = ['North hall', 'South hall', 'Yard', 'Gatehouse'];
const parts = ['foundation', 'walls', 'roof', 'floor'];
const zh: Readonly<Record<string, string>> = {
  'North hall': '北厂房',
  'South hall': '南厂房',
  Yard: '堆场',
  Gatehouse: '门卫房',
  foundation: '基础',
  walls: '墙体',
  roof: '屋面',
  floor: '地面',
};
const idOf = (name: string) => name.toLowerCase().replaceAll(' ', '-');

function plan(): object[] {
  return groups.flatMap((group) => [
    { id: idOf(group), name: { en: group, zh: zh[group] }, weight: 1, measure: 'percent' },
    ...parts.map((part) => ({
      id: `${idOf(group)}-${part}`,
      parent: idOf(group),
      name: { en: `${group}, ${part}`, zh: `${zh[group]}${zh[part]}` },
      weight: 1,
      measure: 'percent',
    })),
  ]);
}

const words = {
  en: { project: 'Works of sixteen', done: (item: string) => `${item}: done`, undo: 'Undo', save: /^Save / },
  zh: { project: '十六部位工程', done: (item: string) => `${item}：完成`, undo: '撤销', save: /^保存 / },
} as const;

async function register(url: string, items = plan()): Promise<void> {
  const name = { en: words.en.project, zh: words.zh.project };
  const lines = [
    { project: 'sixteen', type: 'ProjectRegistered', asOf: '2018-01-01', name },
    ...(items.length > 0
      ? [{ project: 'sixteen', type: 'PlanAdopted', asOf: '2018-01-01', basis: 'example', items }]
      : []),
  ];
  await importLines(
    url,
    lines.map((line) => JSON.stringify(line)),
  );
}

/** Holds the entries of the projects, as a slow network does. */
async function holdJournal(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.context().route(/\/journal\?/, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  return release;
}

interface Line {
  id: string;
  type: string;
  data: { item?: string };
}

async function factsOf(request: APIRequestContext, url: string, project = 'sixteen'): Promise<Line[]> {
  const answer = await request.get(`${url}/projects/${project}/journal?limit=500&asOf=2199-12-31`);
  const { items } = (await answer.json()) as { items: Line[] };
  return items.filter(({ type }) => !['ProjectRegistered', 'PlanAdopted'].includes(type));
}

for (const language of ['en', 'zh'] as const)
  test.describe(language, () => {
    test.use({ viewport: sizes.phone, hasTouch: true, locale: locales[language] });
    const said = words[language];
    const nameOf = (group: number, part: number) => {
      const [one, other] = [groups[group] ?? '', parts[part] ?? ''];
      return language === 'en' ? `${one}, ${other}` : `${zh[one]}${zh[other]}`;
    };

    test('fifteen items of a walk without a network take at most thirty taps, and a reload loses none', async ({
      page,
      context,
      request,
      freshService,
    }) => {
      test.slow();
      const { url } = freshService;
      await register(url);
      let taps = 0;
      const tap = async (target: Locator) => {
        taps += 1;
        await target.tap();
      };
      await page.goto(`${url}/log/`);
      await untilKept(page);
      await tap(page.getByRole('link', { name: said.project }));
      await expect(page.getByTestId('completion')).toHaveText(/^0 ?%$/);
      await context.setOffline(true);
      const done = (index: number) =>
        page.getByRole('button', { name: said.done(nameOf(Math.floor(index / 4), index % 4)), exact: true });
      for (let index = 0; index < 10; index += 1) {
        await tap(done(index));
        await expect(page.getByTestId('open-entries')).toHaveText(String(index + 1));
        if (index !== 6) continue;
        await page.reload();
        await expect(page.getByTestId('open-entries')).toHaveText('7');
        // Seven of sixteen.
        await expect(page.getByTestId('completion')).toHaveText(/^43\.8 ?%$/);
      }
      for (let index = 10; index < 15; index += 1) {
        const row = page.getByRole('listitem').filter({ has: done(index) });
        await tap(row.getByRole('button').first());
        await tap(row.getByRole('button', { name: /\+10/ }));
        await tap(row.getByRole('button', { name: said.save }));
        await expect(page.getByTestId('open-entries')).toHaveText(String(index + 1));
      }
      console.log(JSON.stringify({ figure: `taps for fifteen items (${language})`, value: taps }));
      expect(taps).toBeLessThanOrEqual(30);
      // Ten done and five at 10 %, of sixteen.
      await expect(page.getByTestId('completion')).toHaveText(/^65\.6 ?%$/);
      expect(await factsOf(request, url)).toEqual([]);
      await page.screenshot({ path: `.build/page/walk-offline-${language}-phone.png` });
      expect(await barriersOn(page)).toEqual([]);
      await context.setOffline(false);
      await expect(page.getByTestId('open-entries')).toHaveText('0', { timeout: 60_000 });
      const facts = await factsOf(request, url);
      expect(facts).toHaveLength(15);
      expect(new Set(facts.map(({ data }) => data.item)).size).toBe(15);
      const { completion } = await (await request.get(`${url}/projects/sixteen`)).json();
      expect(completion.percentBasisPoints).toBe(6_563);
    });

    test.slow();
    test('an entry can be undone before it is sent, and says what it changes', async ({
      page,
      request,
      freshService,
    }) => {
      const { url } = freshService;
      await register(url);
      await page.setViewportSize(narrow);
      await page.goto(`${url}/log/#/p/sixteen`);
      const roof = nameOf(0, 2);
      const bar = page.getByTestId('saved-bar');
      await page.getByRole('button', { name: said.done(roof), exact: true }).tap();
      await expect(bar).toContainText(/0 → 6\.3 ?%/);
      await expect(bar).toContainText(roof);
      await bar.getByRole('button', { name: said.undo }).tap();
      await expect(page.getByTestId('open-entries')).toHaveText('0');
      await expect(page.getByTestId('completion')).toHaveText(/^0 ?%$/);
      // The next one goes out after its time; the undone one never does.
      await page.getByRole('button', { name: said.done(nameOf(0, 0)), exact: true }).tap();
      await expect(bar).toContainText(nameOf(0, 0));
      await page.screenshot({ path: `.build/page/walk-saved-${language}-narrow.png` });
      expect(await targetsUnder44(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(narrow.width);
      expect(await barriersOn(page)).toEqual([]);
      await expect(page.getByTestId('open-entries')).toHaveText('0', { timeout: 30_000 });
      await expect(bar).toBeEmpty();
      expect((await factsOf(request, url)).map(({ data }) => data.item)).toEqual(['north-hall-foundation']);
      await openOutbox(page);
      await expect(page.getByTestId('entry')).toHaveCount(1);
      await expect(page.getByTestId('entry')).toContainText(/0 → 6\.3 ?%/);
    });

    test('one question is asked where a value falls, much is implied, or works are stalled', async ({
      page,
      context,
      freshService,
      request,
    }) => {
      const { url } = freshService;
      const sheet = page.getByRole('dialog');
      const button = (name: string | RegExp) => page.getByRole('button', { name }).first();
      const open = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) }).first();
      const [fitOut, sewer] = language === 'en' ? ['Fit-out', 'Sewer'] : ['装修', '污水管'];
      const release = await holdJournal(page);
      await page.goto(`${url}/log/#/p/huaao-2`);
      await expect(page.getByTestId('completion')).toHaveText(/^49\.9 ?%$/);
      await expect(page.getByRole('button', { name: said.done(fitOut) })).toBeVisible();
      await button(said.done(fitOut)).tap();
      // The entries of the project, by which the question is found, come after the tap.
      release();
      await expect(sheet).toContainText(language === 'en' ? 'Have the works resumed?' : '已复工？');
      await expect(sheet).toContainText(
        language === 'en' ? 'Paint shop, roof and walls' : '涂装车间屋面与外墙',
      );
      await page.screenshot({ path: `.build/page/walk-asked-${language}-phone.png` });
      expect(await barriersOn(page)).toEqual([]);
      await sheet.getByRole('button').last().tap();
      await expect(page.getByTestId('open-entries')).toHaveText('0');
      // What is saved now stays on the phone.
      await context.setOffline(true);
      await open(sewer).tap();
      for (let tap = 0; tap < 2; tap += 1) await button(/−5/).tap();
      await page.screenshot({ path: `.build/page/walk-stepper-${language}-phone.png` });
      expect(await targetsUnder44(page)).toEqual([]);
      expect(await barriersOn(page)).toEqual([]);
      await button(said.save).tap();
      await expect(sheet).toContainText(/45 ?%/);
      await page.screenshot({ path: `.build/page/walk-fell-${language}-phone.png` });
      expect(await barriersOn(page)).toEqual([]);
      await sheet.getByRole('button').nth(1).tap();
      await expect(page.getByTestId('saved-bar')).toContainText(/35 ?%/);
      // Resumed, it is two entries, which are undone together.
      await button(said.done(fitOut)).tap();
      await sheet.getByRole('button').first().tap();
      await expect(page.getByTestId('open-entries')).toHaveText('3');
      await page.getByTestId('saved-bar').getByRole('button').tap();
      await expect(page.getByTestId('open-entries')).toHaveText('1');
      await context.setOffline(false);
      await expect
        .poll(async () => (await factsOf(request, url, 'huaao-2')).at(-1)?.data)
        .toMatchObject({
          item: 'sewer',
          change: 'undone',
        });
    });

    test('what is logged before the entries of the project come is saved without a question', async ({
      page,
      freshService,
    }) => {
      await holdJournal(page);
      await page.goto(`${freshService.url}/log/#/p/huaao-2`);
      const fitOut = language === 'en' ? 'Fit-out' : '装修';
      await page.getByRole('button', { name: said.done(fitOut) }).tap();
      await expect(page.getByTestId('saved-bar')).toContainText(fitOut);
      await expect(page.getByRole('dialog')).toBeHidden();
    });

    test('a search finds items by initials; what is finished, without a plan or done says so', async ({
      page,
      freshService,
    }) => {
      const { url } = freshService;
      await register(url);
      await page.goto(`${url}/log/#/p/sixteen`);
      await page.getByRole('button', { name: language === 'en' ? 'Find an item' : /查找部位/ }).tap();
      await page.getByRole('searchbox').fill(language === 'en' ? 'gatehouse, r' : 'mwfwm');
      await expect(page.getByRole('listitem').filter({ has: page.locator('[data-done]') })).toHaveCount(1);
      await page.screenshot({ path: `.build/page/walk-search-${language}-phone.png` });
      expect(await barriersOn(page)).toEqual([]);
      const lines = groups.map((group) => ({
        project: 'sixteen',
        type: 'MilestoneReached',
        asOf: today,
        item: idOf(group),
      }));
      await importLines(
        url,
        lines.map((line) => JSON.stringify(line)),
      );
      await page.reload();
      await expect(
        page.getByText(language === 'en' ? /all 16 items are done/ : /16 个部位全部完成/),
      ).toBeVisible();
      await page.screenshot({ path: `.build/page/walk-all-done-${language}-phone.png` });
      expect(await barriersOn(page)).toEqual([]);
    });

    test('a project without a plan is logged in words', async ({ page, freshService }) => {
      const { url } = freshService;
      await register(url, []);
      await page.goto(`${url}/log/#/p/sixteen`);
      await expect(
        page.getByRole('heading', { name: language === 'en' ? 'No plan yet' : '尚无计划' }),
      ).toBeVisible();
      await page.screenshot({ path: `.build/page/walk-no-plan-${language}-phone.png` });
      expect(await barriersOn(page)).toEqual([]);
      expect(await targetsUnder44(page)).toEqual([]);
      await page.getByRole('link', { name: language === 'en' ? 'Log in words' : '用文字记录' }).tap();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    });
  });
