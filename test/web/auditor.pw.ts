import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { tabTo } from './browser/keys.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const said = {
  zh: { title: '审计', completion: '形象进度', of: /条中的第 \d+ 条$/, name: '华奥汽车项目二期' },
  en: {
    title: 'Audit',
    completion: 'Completion',
    of: /^Entry \d+ of \d+$/,
    name: 'Huaao Automobile, phase II',
  },
};
const june = '/#/auditor/huaao-2?clock=asOf&from=2018-06-29&to=2018-07-10';

inEveryForm(
  'two moments of a project stand beside each other, and its film below',
  async ({ page, language, size }) => {
    const words = said[language];
    await page.goto(june);
    await expect(page.getByRole('heading', { name: words.title })).toBeVisible();
    await expect(page.getByRole('row', { name: new RegExp(`^${words.completion}`) })).toContainText(
      /49\.9 ?%/,
    );
    await expect(page.getByText(words.of)).toBeVisible();
    await page.screenshot({ path: `.build/page/auditor-${language}-${size}.png`, fullPage: true });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await barriersOn(page)).toEqual([]);
    await page.pdf({ path: `.build/page/auditor-${language}.pdf`, preferCSSPageSize: true });
  },
);

inEveryForm(
  'the district is replayed by keys alone, with its totals beside each entry',
  async ({ page, language, size }) => {
    await page.goto('/#/auditor');
    await expect(page.getByText(said[language].of)).toBeVisible();
    const slider = page.getByRole('slider', { name: /^(Entry|记录)$/ });
    await tabTo(page, slider);
    await expect(slider).toBeFocused();
    const last = Number(await slider.getAttribute('max'));
    await page.keyboard.press('Home');
    await expect(page.locator('tr[aria-current=true]')).toHaveAttribute('aria-rowindex', '2');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('tr[aria-current=true]')).toHaveAttribute('aria-rowindex', '4');
    await expect(page).toHaveURL(/step=\d+/);
    await page.keyboard.press('End');
    await expect(page.locator('tr[aria-current=true]')).toHaveAttribute('aria-rowindex', String(last + 2));
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByText(/55\.2 ?% → 55\.8 ?%/)).toBeVisible();
    await page.screenshot({ path: `.build/page/auditor-district-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
  },
);

test('a replay plays, pauses, and jumps to a clicked entry, whose URL opens it again', async ({ page }) => {
  await page.goto('/#/auditor');
  await page.getByRole('button', { name: 'First entry' }).click();
  await expect(page.getByText(/^Entry 1 of/)).toBeVisible();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  // It continues to play while the browser is queried.
  await expect(page.getByText(/^Entry ([4-9]|\d\d+) of/)).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  const row = page.locator('tr', { hasText: 'Registered' }).nth(1);
  await row.getByRole('button').click();
  await expect(row).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(/step=\d+/);
  await page.reload();
  await expect(page.locator('tr[aria-current=true]')).toContainText('Registered');
});

test("a comparison shows the service's figures, and each figure opens the entries that moved it", async ({
  page,
  request,
}) => {
  const answer = await request.get('/projects/huaao-2/changes?from=2018-06-29&to=2018-07-10');
  const { completion } = (await answer.json()) as {
    completion: Record<string, { byBasisPoints: number; workBasisPoints: number; entries: string[] }>;
  };
  await page.goto(june);
  for (const [figure, name] of [
    ['percent', 'Completion'],
    ['floor', 'Stated'],
    ['ceiling', 'At most'],
  ] as const) {
    const row = page.getByRole('row', { name: new RegExp(`^${name}`) });
    const { byBasisPoints, workBasisPoints, entries } = completion[figure] ?? { entries: [] };
    await expect(row).toContainText(`${Number(byBasisPoints) / 100} points`);
    await expect(row).toContainText(`${Number(workBasisPoints) / 100} points`);
    await expect(row.getByRole('button', { name: 'Moved by' })).toContainText(`${entries.length} entr`);
  }
  await page
    .getByRole('row', { name: /^Light/ })
    .getByRole('button', { name: 'Moved by' })
    .click();
  await expect(page.getByRole('dialog')).toContainText('Stalled (works): financing');
  await expect(page.getByRole('dialog')).not.toContainText('Sewer');
  await page.keyboard.press('Escape');
  await page
    .getByRole('row', { name: /^At most/ })
    .getByRole('button', { name: /^86.2 %/ })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Evidence: At most' });
  await expect(dialog).toContainText('Rainwater pipe: 85 %');
  await expect(dialog).not.toContainText('Oil and chemicals store');
});

test('a project is found by its initials and two entries by their words, by keyboard only', async ({
  page,
}) => {
  await page.goto('/#/auditor');
  await tabTo(page, page.locator('input[aria-haspopup=listbox]'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('haqc');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/auditor\/huaao-2/);
  await page.getByRole('radio', { name: 'Known as of' }).focus();
  await page.keyboard.press('Space');
  const from = page.getByRole('textbox', { name: 'From' }).or(page.getByRole('combobox', { name: 'From' }));
  await from.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('rainwater');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=\d+/);
  await expect(page.getByRole('row', { name: /^Completion/ })).toContainText('46.6 %');
  await expect(page.getByText('late entry').first()).toBeVisible();
});

test('invalid moments are reported in words', async ({ page }) => {
  await page.goto('/#/auditor/huaao-2?from=2018-07-01&to=2018-06-01');
  await expect(page.getByText('The second moment lies before the first.')).toBeVisible();
  await page.goto('/#/auditor/huaao-2?from=2018-07-01&to=2031-01-01');
  await expect(page.getByText('This day has not come yet.')).toBeVisible();
  await page.goto('/#/auditor/huaao-2?clock=knownAt&from=x');
  await expect(page.getByText('This is no position of an entry.')).toBeVisible();
  expect(await barriersOn(page)).toEqual([]);
});

test('a comparison and a replay are exported as tables of numbers and days', async ({ page }) => {
  await page.goto(june);
  const compared = await csvOf(page, 'CSV: Compare two moments');
  expect(compared).toContain('Figure,Completion %,0,49.92,49.92,49.92,0,');
  expect(compared).toMatch(
    /Entry: new entry,Rainwater pipe: 85 %\.,,,,,,,,,2018-06-30,"end of a period, inferred",/,
  );
  const film = await csvOf(page, 'CSV: Replay, entry by entry');
  expect(film).toMatch(
    /^22,2018-06-30,"end of a period, inferred",[^,]+,[^,]+,huaao-2,"Huaao Automobile, phase II",Rainwater pipe: 85 %\.,46\.58,/m,
  );
  await page.goto('/#/auditor');
  const district = await csvOf(page, 'CSV: Replay, entry by entry');
  expect(district.trim().split('\r\n').length).toBeGreaterThan(70);
});

test('the entries of a comparison and of a replay show that their day was inferred', async ({ page }) => {
  const day = '30 Jun 2018 (end of a period, inferred)';
  await page.goto(june);
  const row = page.locator('tr[aria-rowindex]', { hasText: 'Stalled (works): financing' });
  const stall = page.getByText(
    'Stalled (works): financing, since 2018-06-01 (start of a period, inferred).',
    {
      exact: true,
    },
  );
  await expect(stall.first().locator('..')).toContainText(day);
  await row.first().getByRole('button').click();
  await expect(row.first()).toContainText(day);
  await expect(page.locator('[aria-live=polite]', { hasText: 'Stalled' })).toContainText(day);
});

async function csvOf(page: Page, button: string): Promise<string> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFileSync(await (await coming).path(), 'utf8');
}
