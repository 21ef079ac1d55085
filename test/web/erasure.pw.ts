import type { Page } from '@playwright/test';
import { type Closed, startClosed } from './browser/closed.js';
import { addPerson, signIn } from './browser/people.js';
import { barriersOn, expect, inEveryForm } from './browser/test.js';

const texts = {
  zh: {
    erase: '彻底删除所写内容',
    consequence: '此操作无法撤消',
    two: '须由其中一人在七天内确认',
    asked: '已申请彻底删除',
    by: /Ann 于 .+ 申请彻底删除此人所写的内容/,
    confirm: '确认彻底删除',
    cancel: '不删除',
    erased: /^已于 .+ 彻底删除/,
    removed: '已移除',
  },
  en: {
    erase: 'Erase what they wrote',
    consequence: 'It cannot be undone.',
    two: 'nothing happens until one confirms it, within seven days',
    asked: 'Erasure requested',
    by: /Ann asked on .+ to erase what this person wrote/,
    confirm: 'Confirm the erasure',
    cancel: 'Do not erase',
    erased: /^Erased on .+ cannot be read any more/,
    removed: 'removed',
  },
} as const;

inEveryForm(
  'one administrator asks for an erasure, and another one confirms it',
  async ({ page, language }) => {
    const say = texts[language];
    const service = await startClosed();
    try {
      const lin = await addPerson(service, 'Lin Mei', ['inspector', { kind: 'installation' }]);
      const bo = await addPerson(service, 'Bo', ['administrator', { kind: 'installation' }]);
      await noteOf(service, lin.key, 'seen from the gate');
      const at = `${service.url}/#/access/${lin.id}`;

      await signIn(page, service, service.key);
      await page.goto(at);
      await page.getByRole('button', { name: say.erase }).click();
      await expect(page.getByRole('dialog')).toContainText('Lin Mei');
      await expect(page.getByRole('dialog')).toContainText(say.consequence);
      await expect(page.getByRole('dialog')).toContainText(say.two);
      expect(await barriersOn(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: say.erase }).click();

      await expect(page.getByRole('alert', { name: say.asked })).toContainText(say.by);
      // Who asked can take it back, and cannot confirm it: asked again, it still waits.
      await expect(page.getByRole('button', { name: say.cancel })).toBeVisible();
      await expect(page.getByRole('button', { name: say.confirm })).toHaveCount(0);
      expect(await service.ask('POST', `/people/${lin.id}/erasure`)).toMatchObject({ name: 'Lin Mei' });
      await expect(page.getByRole('heading', { name: 'Lin Mei' })).toBeVisible();
      expect(await barriersOn(page)).toEqual([]);

      await signInAsOther(page, service, bo.key);
      await page.goto(at);
      await expect(page.getByRole('alert', { name: say.asked })).toContainText(say.by);
      await page.getByRole('button', { name: say.confirm }).click();
      await expect(page.getByRole('dialog')).toContainText(say.consequence);
      await page.getByRole('dialog').getByRole('button', { name: say.confirm }).click();

      await expect(page.getByText(say.erased)).toBeVisible();
      await expect(page.getByRole('heading', { name: say.removed, level: 2 })).toBeVisible();
      await expect(page.getByText('Lin Mei')).toHaveCount(0);
      expect(await barriersOn(page)).toEqual([]);

      await page.goto(`${service.url}/#/access`);
      await expect(page.getByRole('link', { name: 'Ann', exact: true })).toBeVisible();
      await expect(page.getByText('Lin Mei')).toHaveCount(0);
      expect(JSON.stringify(await service.ask('GET', '/projects/huaao-2/journal?limit=200'))).not.toMatch(
        /seen from the gate|Lin Mei/,
      );
    } finally {
      await page.close();
      await service.stop();
    }
  },
);

/** A remark of somebody about the example's project. */
async function noteOf({ url, ask }: Closed, key: string, note: string): Promise<void> {
  const answer = await fetch(`${url}/projects/huaao-2/entries`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'NoChangeReported',
      asOf: '2018-06-30',
      period: '2018-06',
      source: { kind: 'inspection', note },
    }),
  });
  expect([answer.status, answer.status === 201 ? '' : await answer.text()]).toEqual([201, '']);
  expect(JSON.stringify(await ask('GET', '/projects/huaao-2/journal?limit=200'))).toContain(note);
}

/** Another administrator in the same browser: what the first one was shown is gone with the cookie. */
async function signInAsOther(page: Page, service: Closed, key: string): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies();
  await signIn(page, service, key);
}
