import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

test.use({ district: 'lexicon' });

const said = {
  zh: {
    heading: '进度用语词表',
    search: '查找说法或词',
    notRead: /“快好了”不在词表中/,
    readAs: '“快好了”读作“基本完成”。',
    edit: '修改 大部分',
    low: '下限 %',
    paste: /从表格粘贴说法/,
    take: '加入',
    run: '对比',
    tested: /^8 个项目中有 \d 个在/,
    mistake: /应为/,
    adopt: '启用此词表',
    missing: '请写明由谁负责以及理由。',
    who: '由谁负责',
    why: '理由',
    done: /^已启用为第 \d+ 版。$/,
    history: '历史版本',
  },
  en: {
    heading: 'Words of progress',
    search: 'Find a phrase or a word',
    notRead: /“快好了” is not in the lexicon/,
    readAs: '“快好了” is read as “nearly done”.',
    edit: 'Change mostly',
    low: 'At least %',
    paste: /Paste phrases/,
    take: 'Take over',
    run: 'Compare',
    tested: /^\d of 8 projects differ on/,
    mistake: /expected/,
    adopt: 'Adopt this lexicon',
    missing: 'Say who approved the lexicon, and why.',
    who: 'Approved by',
    why: 'Why',
    done: /^Adopted as version \d+\.$/,
    history: 'History',
  },
};

inEveryForm(
  'words of progress are shown, compared on the figures and adopted',
  async ({ page, language, size }) => {
    const words = said[language];
    const start = (await (await page.request.get('/lexicon/versions')).json()) as {
      items: { lexicon: object }[];
    };
    // Another form may have adopted it before.
    const first = start.items.at(-1)?.lexicon;
    if (start.items.length > 1) {
      const { etag = '' } = (await page.request.get('/lexicon')).headers();
      const back = { ...first, version: undefined, basis: size };
      const adopted = await page.request.put('/lexicon', { data: back, headers: { 'if-match': etag } });
      expect([await adopted.text(), adopted.ok()]).toEqual([expect.any(String), true]);
    }
    await page.goto('/#/setup/lexicon');
    await expect(page.getByRole('heading', { name: words.heading })).toBeVisible();
    await page.getByLabel(words.search).fill('快好了');
    await expect(page.getByText(words.notRead)).toBeVisible();
    await page.getByLabel(words.paste).fill('快好了\tnearly-done');
    await page.getByRole('button', { name: words.take }).click();
    await page.getByLabel(words.search).fill('快好了');
    await expect(page.getByText(words.readAs)).toBeVisible();
    await page.getByLabel(words.search).fill('');
    await page.getByRole('button', { name: words.edit, exact: true }).click();
    const low = page.getByLabel(words.low);
    await low.fill('99');
    await expect(page.getByText(words.mistake).first()).toBeVisible();
    await expect(page.getByRole('button', { name: words.adopt })).toBeDisabled();
    await low.fill('60');
    await page.getByRole('button', { name: words.run }).click();
    await expect(page.getByText(words.tested)).toBeVisible();
    await page.screenshot({ path: `.build/page/setup-lexicon-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('button', { name: words.adopt }).click();
    await expect(page.getByText(words.missing).first()).toBeVisible();
    await page.getByRole('textbox', { name: words.who }).fill('Li Wei');
    await page.getByRole('textbox', { name: words.why, exact: true }).fill('as the district says it');
    await page.getByRole('button', { name: words.adopt }).click();
    await expect(page.getByText(words.done)).toBeVisible();
    const history = page.getByRole('region', { name: words.history });
    await expect(history.getByRole('row').nth(1)).toContainText(
      'Li Wei, 2018-07-10: as the district says it',
    );
    await expect(history.getByRole('row').nth(1)).toContainText('快好了');
    const { lexicon } = (await (await page.request.get('/lexicon')).json()) as {
      lexicon: { words: { word: string; range: { low: number } }[] };
    };
    expect(lexicon.words.find(({ word }) => word === 'mostly')?.range.low).toBe(6000);
  },
);
