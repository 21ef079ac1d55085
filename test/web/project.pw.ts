import { readFileSync } from 'node:fs';
import { openClocks } from './browser/clocks.js';
import { tabTo } from './browser/keys.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const said = {
  zh: {
    name: '华奥汽车项目二期',
    completion: '形象进度',
    rain: '雨水管',
    evidence: '数据依据',
    journal: '进展记录',
  },
  en: {
    name: 'Huaao Automobile, phase II',
    completion: 'Completion',
    rain: 'Rainwater pipe',
    evidence: 'Evidence',
    journal: 'Journal',
  },
};

inEveryForm('a project shows its figures, its curve and its journal', async ({ page, language, size }) => {
  const words = said[language];
  await page.goto('/#/projects/huaao-2');
  await expect(page.getByRole('heading', { name: words.name })).toBeVisible();
  await expect(page.getByRole('row', { name: words.rain })).toContainText(/85 ?%/);
  await expect(page.getByRole('heading', { name: words.journal })).toBeVisible();
  await expect(page.getByRole('img', { name: /^(Progress over time|进度曲线)/ })).toBeVisible();
  await page.screenshot({ path: `.build/page/project-${language}-${size}.png`, fullPage: true });
  expect(await barriersOn(page)).toEqual([]);
  await page.pdf({ path: `.build/page/project-${language}.pdf`, preferCSSPageSize: true });
});

test('a figure opens the entries behind it, with their source', async ({ page }) => {
  await page.goto('/#/projects/huaao-2');
  await page.getByRole('row', { name: said.en.rain }).getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: `${said.en.evidence}: ${said.en.rain}` });
  await expect(dialog).toContainText('Rainwater pipe: 85 %');
  await expect(dialog).toContainText('from the report “district-half-year-2018”');
  expect(await barriersOn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('an entry shows its document, paragraph and quote, in the journal and behind its figure', async ({
  page,
  freshService: { url },
}) => {
  const source = { kind: 'report', document: 'June bulletin', paragraph: '2(1)', quote: '污水管完成六成' };
  const measure = { kind: 'percent', percent: 60 };
  const data = {
    type: 'ProgressMeasured',
    item: 'sewer',
    measure,
    asOf: '2018-07-05',
    place: 'K12+300',
    source,
  };
  await page.request.post(`${url}/projects/huaao-2/entries`, { data });
  await page.goto(`${url}/#/projects/huaao-2`);
  const journal = page.getByText('Sewer: 60 %.').locator('..');
  await page.getByRole('row', { name: 'Sewer' }).getByRole('button').click();
  const dialog = page.getByRole('dialog');
  for (const shown of [journal.first(), dialog]) {
    await expect(shown).toContainText('K12+300 · from the report “June bulletin”, 2(1)');
    await expect(shown).toContainText(source.quote);
    await expect(shown).not.toContainText('inspection');
  }
});

test('an earlier day shows the figures of then, and how they differ from now', async ({
  page,
  freshService,
}) => {
  await page.goto(`${freshService.url}/#/projects/huaao-2?asOf=2018-06-29`);
  await openClocks(page);
  await expect(page.getByText(/^Now: 49\.9 %, \+/)).toBeVisible();
  await expect(page.getByRole('row', { name: said.en.rain })).toContainText('not reported');
});

test('a correction is shown beside the corrected entry', async ({ page, freshService }) => {
  const { url } = freshService;
  const entry = await page.request.post(`${url}/projects/huaao-2/entries`, {
    data: {
      type: 'ProgressMeasured',
      item: 'sewer',
      asOf: '2018-07-09',
      measure: { kind: 'percent', percent: 66 },
    },
  });
  const { id } = (await entry.json()) as { id: string };
  await page.request.post(`${url}/projects/huaao-2/entries/${id}/withdrawal`, {
    data: {
      reason: 'misread',
      replacement: {
        type: 'ProgressMeasured',
        item: 'sewer',
        asOf: '2018-07-09',
        measure: { kind: 'percent', percent: 60 },
      },
    },
  });
  await page.goto(`${url}/#/projects/huaao-2`);
  await expect(page.getByText('corrects: Sewer: 66 %')).toBeVisible();
  await expect(page.getByText('Withdrawn: misread')).toBeVisible();
});

test('how near the forecasts of a report came is shown once their day is known', async ({
  page,
  freshService,
}) => {
  const { url } = freshService;
  const log = (data: object) => page.request.post(`${url}/projects/huaao-2/entries`, { data });
  const source = { kind: 'report', document: 'May bulletin' };
  await log({ type: 'ForecastGiven', target: 'fit-out', when: '2018-06-20', asOf: '2018-05-31', source });
  await log({ type: 'MilestoneReached', item: 'fit-out', asOf: '2018-07-09' });
  const row = page.getByRole('row', { name: /^May bulletin/ });
  await page.goto(`${url}/#/projects/huaao-2?asOf=2018-07-08`);
  await expect(page.getByText('Fit-out expected on 2018-06-20.')).toBeVisible();
  await expect(row).toBeHidden();
  await page.goto(`${url}/#/projects/huaao-2`);
  await expect(row).toHaveText(/May bulletin1019 days late/);
  expect(await barriersOn(page)).toEqual([]);
});

test('curve and schedule are saved as an image and as a drawing', async ({ page }) => {
  await page.goto('/#/projects/huaao-2');
  for (const kind of ['PNG', 'SVG']) {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save as ${kind}`, exact: true }).click();
    const curve = await coming;
    expect(curve.suggestedFilename()).toBe(`Progress over time-2018-07-10.${kind.toLowerCase()}`);
    const drawn = readFileSync(await curve.path()).toString('latin1');
    expect(drawn).toContain(kind === 'PNG' ? 'PNG' : '49.9 %');
    const schedule = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save as ${kind}: Schedule` }).click();
    const image = readFileSync(await (await schedule).path());
    expect(image.toString('latin1')).toContain(kind === 'PNG' ? 'PNG' : 'Is stalled');
  }
});

test('each figure opens only its own entries', async ({ page }) => {
  await page.goto('/#/projects/huaao-2');
  const dialog = page.getByRole('dialog');
  for (const [figure, has, hasNot] of [
    ['at most', 'Rainwater pipe, at most', 'Rainwater pipe, stated'],
    ['stated', 'Rainwater pipe, stated', 'Rainwater pipe, at most'],
    ['Light', 'Stalled (works): financing', 'Sewer'],
    ['Invested to date', '6,900', 'Sewer'],
  ] as const) {
    await page.getByRole('button', { name: new RegExp(`\\(${figure}\\)$`) }).click();
    await expect(dialog).toContainText(has);
    await expect(dialog).not.toContainText(hasNot);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
});

test('every table of a project is exported, and the alerts', async ({ page, freshService: { url } }) => {
  const less = { kind: 'percent', percent: 85 };
  const entry = { type: 'ProgressMeasured', item: 'sewer', measure: less, asOf: '2018-06-20' };
  expect((await page.request.post(`${url}/projects/huaao-2/entries`, { data: entry })).status()).toBe(201);
  await page.goto(`${url}/#/projects/huaao-2`);
  const csvOf = async (table: string) => {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: `CSV: ${table}` }).click();
    return readFileSync(await (await coming).path(), 'utf8');
  };
  expect(await csvOf('Work items')).toMatch(
    /^rain-pipe,Rainwater pipe,outdoor,[\d.]+,85,85,85,stated,85 %,2018-06-30,"end of a period, inferred",22\r$/m,
  );
  expect(await csvOf('Journal')).toMatch(
    /^22,2018-06-30,"end of a period, inferred",[^,]+,example,example,Rainwater pipe: 85 %\.,ProgressMeasured,"from the report/m,
  );
  expect(await csvOf('Schedule')).toContain('Is stalled,');
  expect(await csvOf('Contradictions')).toMatch(/,open,[\d; ]+,/);
  await page.goto(`${url}/#/alerts`);
  expect(await csvOf('Alerts')).toMatch(/,huaao-2,"Huaao Automobile, phase II",[^,]+,red,open,2018-06-01,/);
  await page.goto(`${url}/#/projects/huaao-2`);
  const xlsx = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Excel: Work items' }).click();
  expect((await xlsx).suggestedFilename()).toBe('huaao-2-Work items-2018-07-10.xlsx');
});

test('by keyboard only: back in time, into a figure and out of it, and back to the list', async ({
  page,
}) => {
  await page.goto('/#/projects/huaao-2');
  await openClocks(page);
  const slider = page.getByRole('slider');
  await expect(slider).toBeEnabled();
  await tabTo(page, slider);
  for (let day = 0; day < 11; day++) await page.keyboard.press('ArrowLeft');
  await expect(page.getByText(/^Now: 49\.9 %/)).toBeVisible();
  await page.keyboard.press('End');
  const light = page.getByRole('button', { name: /\(Light\)$/ });
  await tabTo(page, light);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('financing');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(light).toBeFocused();
  const back = page.getByRole('link', { name: 'All projects' });
  for (let press = 0; press < 60; press++) {
    if (await back.evaluate((link) => link === document.activeElement)) break;
    await page.keyboard.press('Shift+Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /project.* need action/ })).toBeVisible();
});

test('the whole project is a line with who reported it, and each bound names its entry', async ({
  page,
  freshService,
}) => {
  const { url } = freshService;
  const log = (data: object) => page.request.post(`${url}/projects/huaao-2/entries`, { data });
  const whole = (asOf: string, measure: object) => log({ type: 'ProgressMeasured', asOf, measure });
  await whole('2018-07-08', { kind: 'percent', percent: 75 });
  await whole('2018-07-09', { kind: 'word', said: '过半' });
  const amount = (asOf: string, done: number, of: number) =>
    log({ type: 'ProgressMeasured', item: 'fit-out', asOf, measure: { kind: 'count', done, of } });
  await amount('2018-07-04', 80, 100);
  await amount('2018-07-05', 100, 160);
  await log({
    type: 'ProgressMeasured',
    item: 'sewer',
    asOf: '2018-07-06',
    measure: { kind: 'percent', percent: 20 },
  });
  await page.goto(`${url}/#/projects/huaao-2`);
  const line = page.getByRole('row', { name: 'The whole project' });
  await expect(line).toContainText('over half ("过半"), 9 Jul 2018, anonymous');
  await expect(line).toContainText(/stated .*: .*The whole project: 75 %/);
  await expect(page.getByText(/^reported as a whole; \d+ of 16 items reported besides/)).toBeVisible();
  await expect(page.getByText(/^Scope grew by 60: Fit-out, from 100 to 160 in all/).first()).toBeVisible();
  await expect(page.getByText(/replacing the lower one by the same figure marked/).first()).toBeVisible();
  expect(await barriersOn(page)).toEqual([]);
});
