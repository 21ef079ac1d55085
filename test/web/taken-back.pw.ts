import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

test.use({ district: 'taken back' });

const said = {
  en: {
    title: 'Taken back: its registration was taken back by',
    reason: 'registered twice',
    hint: 'Registered again, it is back.',
    journal: 'Journal',
    log: 'Log an entry',
    wrong: 'That was wrong',
  },
  zh: {
    title: '登记已由',
    reason: '撤回：registered twice',
    hint: '重新登记后即恢复',
    journal: '进展记录',
    log: '填报记录',
    wrong: '记错了',
  },
};

inEveryForm(
  'a project that was taken back says why, keeps its journal, and takes nothing more',
  async ({ page, language, size }) => {
    const words = said[language];
    const project = `mistake-${language}-${size}`;
    const asOf = '2018-07-01';
    const name = { en: 'Dry dock', zh: '干船坞' };
    const registered = await page.request.post('/projects', { data: { project, name, asOf } });
    const { id } = await registered.json();
    const measure = { kind: 'percent', percent: 30 };
    await page.request.post(`/projects/${project}/entries`, {
      data: { type: 'ProgressMeasured', measure, asOf },
    });
    await page.request.post(`/projects/${project}/entries/${id}/withdrawal`, {
      data: { reason: words.reason.replace('撤回：', ''), asOf },
    });
    await page.goto(`/#/projects/${project}`);
    await expect(page.getByRole('heading', { name: name[language] })).toBeVisible();
    const alert = page.getByRole('alert').filter({ hasText: words.title });
    await expect(alert).toContainText(words.reason);
    await expect(alert).toContainText(words.hint);
    await expect(page.getByRole('heading', { name: words.journal })).toBeVisible();
    await expect(
      page.getByText(language === 'en' ? /The whole project: 30 %/ : /30%|30 %/).first(),
    ).toBeVisible();
    await expect(page.getByRole('link', { name: words.log, exact: true })).toHaveCount(0);
    await expect(page.getByRole('link', { name: words.wrong })).toHaveCount(0);
    await page.screenshot({ path: `.build/page/taken-back-${language}-${size}.png`, fullPage: true });
    expect(await barriersOn(page)).toEqual([]);
    // It is in no list, and registered again it is there as before.
    await page.goto('/#/');
    await expect(page.getByText(name[language])).toHaveCount(0);
    const again = await page.request.post('/projects', { data: { project, name, asOf } });
    expect(again.status()).toBe(201);
    await page.goto(`/#/projects/${project}`);
    await expect(page.getByRole('alert').filter({ hasText: words.title })).toHaveCount(0);
    await expect(page.getByRole('link', { name: words.wrong }).first()).toBeVisible();
  },
);
