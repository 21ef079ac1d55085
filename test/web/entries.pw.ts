import type { APIRequestContext, Page } from '@playwright/test';
import { tabTo } from './browser/keys.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

test.use({ district: 'entries' });

const said = {
  zh: { log: '填报记录', what: '填报内容', money: /^投资与资金/, save: '保存', kind: '资金类别' },
  en: { log: 'Log an entry', what: 'What is logged', money: /^Money/, save: 'Save', kind: 'Which money' },
};

interface Line {
  id: string;
  type: string;
  by: string;
  asOf: string;
  precision: string;
  isInferred?: true;
  place?: string;
  source: object;
  data: Record<string, unknown>;
  withdrawn?: { reason: string };
}

/** The entries of a project in addition to the example's. */
async function linesOf(request: APIRequestContext, url: string): Promise<Line[]> {
  const answer = await request.get(`${url}/projects/huaao-2/journal?limit=500&asOf=2199-12-31`);
  const { items } = (await answer.json()) as { items: Line[] };
  return items.filter(({ by }) => by !== 'example');
}

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
const tap = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();
const logged = (page: Page) => page.getByTestId('logged');

inEveryForm(
  'an entry is logged from the list, by a form that fits the screen',
  async ({ page, language, size }) => {
    const words = said[language];
    await page.goto('/#/projects/huaao-2');
    await page.getByRole('link', { name: words.log }).click();
    await page.getByRole('combobox', { name: words.what }).click();
    await page.getByRole('option', { name: words.money }).click();
    await expect(page.getByRole('group', { name: words.kind })).toBeVisible();
    await page.screenshot({ path: `.build/page/entries-money-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('button', { name: words.save, exact: true }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.screenshot({ path: `.build/page/entries-refused-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
  },
);

test('each fact is logged on the office page, with its day, source and place, and read back', async ({
  page,
  freshService,
  request,
}) => {
  test.slow();
  const { url } = freshService;
  const form = async (what: string) => {
    await page.goto(`${url}/#/projects/huaao-2/log?what=${what}`);
    await page.getByRole('group', { name: /^Day/ }).waitFor();
  };
  const sent = async () => {
    await save(page).click();
    await expect(logged(page)).toContainText('Recorded');
  };

  await form('sewer');
  await tap(page, 'Percent');
  await page.getByLabel('Percent', { exact: true }).fill('60');
  await sent();
  await expect(logged(page)).toContainText('Sewer: 60 %.');
  await expect(logged(page)).toContainText(/Completion 49\.9 % → 50\.4 %/);
  await expect(page.getByRole('region', { name: 'Figures now' })).toContainText('50.4 %');
  await page.screenshot({ path: '.build/page/entries-logged-en-desktop.png', fullPage: true });

  await form('greening');
  await tap(page, /^Done/);
  await expect(logged(page)).toContainText('Greening done.');

  await form('Money');
  await tap(page, 'A month');
  await page.getByLabel('A month', { exact: true }).fill('2018-06');
  await tap(page, 'inferred, not stated');
  await page.getByLabel('Amount', { exact: true }).fill('0.001');
  await tap(page, '元');
  await save(page).click();
  await expect(page.getByRole('alert')).toHaveText('Amount · 0.001 元; expected at most 2 decimals in 元');
  await page.getByLabel('Amount', { exact: true }).fill('1,200万元');
  await tap(page, 'this year');
  await tap(page, 'by physical progress');
  await page.getByLabel('Of which item').selectOption({ label: 'Fit-out' });
  await page.getByLabel('Where on the site').fill('K12+300');
  await page.getByLabel('Report', { exact: true }).fill('June bulletin');
  await page.getByLabel('Paragraph').fill('2(1)');
  await page.getByLabel('Quote').fill('12 million this year');
  await sent();

  await tap(page, 'Log another entry');
  await tap(page, 'funds in place');
  await page.getByLabel('Amount', { exact: true }).fill('3亿');
  await tap(page, 'bond');
  await sent();

  await form('Stall');
  await tap(page, 'cause not stated');
  await page.getByLabel('What is stalled').selectOption({ label: 'Fit-out' });
  await page.getByLabel('Since when').fill('2018-07-01');
  await page.getByLabel('Expected until').fill('2018-08-31');
  await sent();
  await expect(logged(page)).toContainText('Stalled: Fit-out: cause not stated');

  await form('Resumed');
  await tap(page, /^Fit-out · cause not stated/);
  await expect(logged(page)).toContainText('No longer stalled: Fit-out');

  await form('Forecast');
  await page.getByLabel('Or of an item').selectOption({ label: 'Fit-out' });
  await tap(page, 'its start');
  await tap(page, 'by the end of');
  await tap(page, 'Quarter');
  await page.getByLabel('Quarter', { exact: true }).selectOption('2018-Q4');
  await expect(page.getByRole('status')).toContainText('by 2018-12-31');
  await sent();

  await form('StageEntered');
  await tap(page, 'suspended');
  await sent();
  await form('NoChange');
  await page.getByLabel('From').fill('2018-07-02');
  await sent();
  await form('Progress');
  await tap(page, 'Percent');
  await page.getByLabel('Percent', { exact: true }).fill('52');
  await sent();

  const lines = await linesOf(request, url);
  const june = { asOf: '2018-06-30', precision: 'month', isInferred: true, place: 'K12+300' };
  expect(lines.map(({ type, data }) => [type, data.item ?? data.target ?? null])).toEqual([
    ['ProgressMeasured', 'sewer'],
    ['MilestoneReached', 'greening'],
    ['InvestmentReported', 'fit-out'],
    ['MoneyReported', null],
    ['StallDeclared', 'fit-out'],
    ['StallCleared', null],
    ['ForecastGiven', 'fit-out'],
    ['StageEntered', null],
    ['NoChangeReported', null],
    ['ProgressMeasured', null],
  ]);
  expect(lines[0]?.source).toEqual({ kind: 'unstated' });
  expect(lines[2]).toMatchObject({
    ...june,
    source: { kind: 'report', document: 'June bulletin', paragraph: '2(1)', quote: '12 million this year' },
    data: { amount: { amountMinor: 1_200_000_000 }, span: 'year', basis: 'physical' },
  });
  expect(lines[3]?.data).toMatchObject({ kind: 'funds', source: 'bond', span: 'since-start' });
  expect(lines[4]?.data).toMatchObject({ cause: 'unknown', from: '2018-07-01', expectedEnd: '2018-08-31' });
  expect(lines[6]?.data).toEqual({ target: 'fit-out', what: 'start', latest: '2018-12-31' });
  expect(lines[8]?.data).toEqual({ from: '2018-07-02', to: '2018-07-10' });
});

test('an entry whose answer is lost stays in its form, over a reload, and is recorded once', async ({
  page,
  freshService,
  request,
}) => {
  const { url } = freshService;
  let isLost = true;
  await page.route('**/entries', async (route) => {
    if (!isLost || route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.goto(`${url}/#/projects/huaao-2/log?what=sewer`);
  await tap(page, 'Percent');
  await page.getByLabel('Percent', { exact: true }).fill('60');
  await page.getByLabel('Note').fill('from the bulletin');
  await save(page).click();
  await expect(page.getByText('It is not known whether this was recorded.')).toBeVisible();
  expect(await barriersOn(page)).toEqual([]);
  await page.reload();
  await expect(page.getByLabel('Percent', { exact: true })).toHaveValue('60');
  await expect(page.getByLabel('Note')).toHaveValue('from the bulletin');
  isLost = false;
  // What is changed meanwhile is not recorded under the number of what was sent.
  await page.getByLabel('Percent', { exact: true }).fill('61');
  await save(page).click();
  await expect(page.getByText('What you sent first was recorded')).toBeVisible();
  await page.getByLabel('Percent', { exact: true }).fill('60');
  await save(page).click();
  await expect(logged(page)).toContainText('Sewer: 60 %.');
  const lines = await linesOf(request, url);
  expect(lines.map(({ type, data }) => [type, data.item])).toEqual([['ProgressMeasured', 'sewer']]);
});

test('by keyboard only: a contradiction is said with the entry, which is corrected and withdrawn', async ({
  page,
  freshService,
  request,
}) => {
  const { url } = freshService;
  await page.goto(`${url}/#/projects/huaao-2`);
  await tabTo(page, page.getByRole('link', { name: 'Log an entry' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('combobox', { name: 'What is logged' }));
  await page.keyboard.type('sewer');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const percent = page.getByLabel('Percent', { exact: true });
  await tabTo(page, percent);
  await page.keyboard.type('30');
  await tabTo(page, save(page));
  await page.keyboard.press('Enter');
  await expect(logged(page)).toBeFocused();
  await expect(logged(page)).toContainText('Contradiction found:');
  await tabTo(page, page.getByRole('link', { name: 'That was wrong' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Sewer: 30 %.')).toBeVisible();
  expect(await barriersOn(page)).toEqual([]);
  await tabTo(page, percent);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('55');
  await tabTo(page, save(page));
  await page.keyboard.press('Enter');
  await expect(logged(page)).toContainText('Corrected');
  await expect(logged(page)).toContainText('Contradiction settled:');
  const [wrong, right] = await linesOf(request, url).then((lines) =>
    lines.filter(({ type }) => type === 'ProgressMeasured'),
  );
  expect(wrong?.withdrawn).toMatchObject({ reason: 'logged by mistake' });
  await page.goto(`${url}/#/projects/huaao-2/log/${right?.id}`);
  await page.getByLabel('Why it is wrong').fill('other site');
  await tap(page, /^Withdraw/);
  await expect(logged(page)).toContainText('Withdrawn');
  const lines = await linesOf(request, url);
  expect(lines.find(({ id }) => id === right?.id)?.withdrawn).toMatchObject({ reason: 'other site' });
});

test('a registration by mistake is taken back from the journal, and the page says so in both languages', async ({
  page,
  freshService,
  request,
}) => {
  const { url } = freshService;
  await page.goto(`${url}/#/projects/huaao-2`);
  await page.getByRole('searchbox').fill('Registered');
  await page.getByRole('link', { name: /Registered: / }).click();
  const button = page.getByRole('button', { name: 'Take the registration back' });
  await expect(button).toBeDisabled();
  await page.getByLabel('Why it is wrong').fill('registered twice');
  await button.click();
  await expect(page.getByRole('alert')).toContainText(
    /^Taken back: its registration was taken back by .+: registered twice\./,
  );
  await expect(page.getByText('Withdrawn: "Registered:')).toBeVisible();
  expect((await request.get(`${url}/projects/huaao-2`)).status()).toBe(410);
  await page.screenshot({ path: '.build/page/taken-back.png', fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
});
