import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const said = {
  zh: {
    title: '全区两个时点的比较',
    work: '施工',
    open: /^华奥汽车项目二期的 \d+ 条新记录$/,
    name: '华奥汽车项目二期',
    swap: '对调 A 与 B',
    same: '两个时点相同。',
    unchanged: '8 个项目没有变化：',
  },
  en: {
    title: 'Compare the district at two moments',
    work: 'work',
    open: /^\d+ new entr(y|ies) of Huaao Automobile, phase II$/,
    name: 'Huaao Automobile, phase II',
    swap: 'Exchange A and B',
    same: 'The two moments are the same.',
    unchanged: '8 projects did not change: ',
  },
};
const months = '/#/auditor?from=2018-05-31&to=2018-06-30';

inEveryForm(
  'the district is compared at two moments, and each project opens its new entries',
  async ({ page, language, size }) => {
    const words = said[language];
    await page.goto(months);
    const section = page.getByRole('region', { name: words.title });
    const row = section.getByRole('row', { name: words.name });
    await expect(row).toBeVisible();
    await row.getByRole('button', { name: words.open }).click();
    await expect(section.getByRole('button', { name: words.open })).toHaveAttribute('aria-expanded', 'true');
    await expect(section.getByRole('cell').getByRole('listitem').first()).toBeVisible();
    await expect(section.getByRole('img').first()).toBeVisible();
    await page.screenshot({ path: `.build/page/between-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    await section.getByRole('button', { name: words.swap }).click();
    await expect(page).toHaveURL(/from=2018-06-30/);
    // What did not change is one line with its names; opened, each leads to its own comparison.
    await page.goto('/#/auditor?from=2018-06-30&to=2018-07-10');
    const unchanged = section.locator('summary', { hasText: words.unchanged });
    await expect(unchanged).toContainText(words.name);
    const { height } = (await unchanged.boundingBox()) ?? {};
    expect(height).toBeLessThan(32);
    await unchanged.click();
    await expect(section.getByRole('listitem').getByRole('link', { name: words.name })).toBeVisible();
    await page.goto('/#/auditor?from=2018-06-30&to=2018-06-30');
    await expect(section.getByText(words.same)).toBeVisible();
  },
);

test('the parts shown are those of the service, and the address holds both moments', async ({
  page,
  request,
}) => {
  const query = 'asOf=2018-05-31&knownAt=60&toAsOf=2018-06-30';
  const { completion } = await (await request.get(`/portfolio/changes?${query}`)).json();
  await page.goto('/#/auditor?from=2018-05-31&to=2018-06-30');
  const section = page.getByRole('region', { name: said.en.title });
  await section
    .getByLabel(/^as known on/)
    .first()
    .fill('60');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/fromKnown=60/);
  const points = (basisPoints: number) =>
    `${basisPoints > 0 ? '+' : basisPoints < 0 ? '−' : ''}${Math.abs(basisPoints) / 100}`;
  const bars = section.getByRole('region', { name: 'What made the difference' });
  for (const effect of ['work', 'scope'] as const) {
    const bar = bars.locator(`[data-bar=${effect}]`);
    await expect(bar).toContainText(points(completion.percent[`${effect}BasisPoints`]));
  }
  await page.reload();
  await expect(section.getByLabel(/^as known on/).first()).toHaveValue('60');
  await section
    .getByLabel(/^as known on/)
    .first()
    .fill('last week');
  await page.keyboard.press('Enter');
  await expect(section.getByText('This is neither a day')).toBeVisible();
});

test('A and B are moved in the picture by keys and by pointer, and the address follows', async ({ page }) => {
  await page.goto('/#/auditor?from=2018-05-31&to=2018-06-30&toKnown=80');
  const b = page.getByRole('slider', { name: 'Moment B' });
  await expect(b).toHaveAttribute('aria-valuetext', '30 Jun 2018, entry 80');
  await b.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/to=2018-06-28/);
  await expect(page).toHaveURL(/toKnown=79/);
  const a = page.getByRole('slider', { name: 'Moment A' });
  const before = await a.getAttribute('aria-valuetext');
  // Waits until the picture has stopped moving.
  await a.hover();
  const box = await a.boundingBox();
  if (!box) throw new Error('A is not drawn');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x - 20, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(page).not.toHaveURL(/from=2018-05-31/);
  await expect(page).toHaveURL(/fromKnown=\d+/);
  expect(await a.getAttribute('aria-valuetext')).not.toBe(before);
});

test('new entries are filtered by kind, late ones alone, and who recorded them', async ({ page }) => {
  await page.goto('/#/auditor?from=2018-05-31&to=2018-06-30');
  const filters = page.getByRole('group', { name: 'New entries shown' });
  const shown = filters.getByRole('status');
  await expect(shown).toHaveText(/^(\d+) of \1$/);
  const picture = page.getByRole('img', { name: /new entr(y|ies) between A and B$/ });
  const all = await picture.locator('circle').count();
  await filters.getByRole('button', { name: 'late only' }).click();
  await expect(page).toHaveURL(/kinds=late/);
  const late = await picture.locator('circle').count();
  expect(late).toBe(await picture.locator('circle[data-kind=late]').count());
  expect(late).toBeLessThan(all);
  await filters.getByRole('button', { name: 'late only' }).click();
  await filters.getByRole('combobox', { name: 'By' }).selectOption({ index: 1 });
  await expect(page).toHaveURL(/who=/);
  await page.reload();
  await expect(shown).toBeVisible();
});

test('the entries are lines from their day to their recording, stepped through one by one', async ({
  page,
}) => {
  await page.goto('/#/auditor?from=2018-05-31&to=2018-06-30');
  const lines = page.getByRole('region', { name: 'From the day to the recording' });
  await expect(lines.getByRole('img')).toBeVisible();
  const count = page.getByText(/^Entry (\d+) of \1:/);
  await expect(count).toBeVisible();
  await page.getByRole('button', { name: 'Previous entry' }).first().click();
  await expect(count).toBeHidden();
  await page.getByRole('button', { name: 'Next entry' }).first().click();
  await expect(count).toBeVisible();
});
