import type { Page } from '@playwright/test';
import type { Role } from '../../domain/access/roles.js';
import type { Scope } from '../../domain/access/scope.js';
import { type Closed, startClosed } from './browser/closed.js';
import { addPerson, signIn } from './browser/people.js';
import { barriersOn, expect, inEveryForm, test } from './browser/test.js';

const texts = {
  zh: {
    access: '权限',
    add: '添加人员',
    addButton: '添加',
    name: '姓名',
    contact: '联系方式',
    role: '角色',
    scope: '范围',
    district: '地区',
    aDistrict: '一个地区',
    give: '授予',
    may: '此人的权限',
    back: '全部人员',
    find: '查找人员',
    issue: '签发密钥',
    once: '仅显示这一次',
    done: '已保存',
    endKey: /^撤销密钥/,
    endKeyButton: '撤销',
    gone: '已失效的密钥、手机、会话和链接',
    remove: '移除人员',
    removeWords: '已移除人员',
    removed: '已于',
    separate: '一人不能兼任',
    day: '查询某日的权限',
    could: /^可.*查看项目/,
    inspector: '巡查员',
    auditor: '审计员',
    planner: '计划员',
    subscriber: '订阅人',
  },
  en: {
    access: 'Access',
    add: 'Add a person',
    addButton: 'Add',
    name: 'Name',
    contact: 'Contact',
    role: 'Role',
    scope: 'Where',
    district: 'District',
    aDistrict: 'A district',
    give: 'Give the role',
    may: 'What this person may do',
    back: 'All people',
    find: 'Find a person',
    issue: 'Issue a key',
    once: 'it is shown only now',
    done: 'I have it',
    endKey: /^End the key/,
    endKeyButton: 'End',
    gone: 'Ended keys, phones, sessions and links',
    remove: 'Remove the person',
    removeWords: 'removed person',
    removed: 'Removed on',
    separate: 'One person cannot be',
    day: 'Who could do what, on any day',
    could: /^Could .*read projects/,
    inspector: 'inspector',
    auditor: 'auditor',
    planner: 'planner',
    subscriber: 'subscriber',
  },
} as const;

/** Three people of a district, as an office has them. */
const staff = ['planner', 'inspector', 'subscriber'] as const;

inEveryForm('an administrator sets up two districts with three people each', async ({ page, language }) => {
  // Six people are set up by hand.
  test.slow();
  const say = texts[language];
  const service = await startClosed();
  try {
    await signIn(page, service, service.key);
    await page.goto(`${service.url}/#/access`);
    for (const district of ['Harbour', '宿豫区'])
      for (const role of staff) {
        await addByHand(page, language, `${district} ${role}`);
        await giveByHand(page, language, say[role], district);
        await expect(page.getByRole('region', { name: say.may })).toContainText(district);
        await page.getByRole('link', { name: say.back }).click();
      }
    await page.getByLabel(say.find).fill('宿豫区');
    await expect(page.getByRole('region', { name: /^(People|人员)$/ }).getByRole('listitem')).toHaveCount(3);
    expect(await barriersOn(page)).toEqual([]);

    await page.getByRole('link', { name: '宿豫区 inspector' }).click();
    await choose(page, say.role, say.auditor);
    await expect(page.getByText(say.separate)).toBeVisible();
    await expect(page.getByRole('button', { name: say.give, exact: true })).toBeDisabled();
    expect(await barriersOn(page)).toEqual([]);
    await choose(page, say.role, say.planner);
    await expect(page.getByText(say.separate)).toHaveCount(0);

    await page.getByRole('button', { name: say.issue }).click();
    await expect(page.getByText(say.once)).toBeVisible();
    await expect(page.getByText(/^tpo_[a-z0-9]{8}_\S{51}$/)).toBeVisible();
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('button', { name: say.done }).click();
    await expect(page.getByText(/tpo_/)).toHaveCount(0);
    await page.getByRole('button', { name: say.endKey }).click();
    await page.getByRole('dialog').getByRole('button', { name: say.endKeyButton, exact: true }).click();
    await expect(page.getByText(say.gone)).toBeVisible();

    await page.getByRole('button', { name: say.remove }).click();
    await expect(page.getByRole('dialog')).toContainText(say.removeWords);
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: say.remove }).click();
    await expect(page.getByRole('link', { name: 'Harbour inspector' })).toBeVisible();
    await expect(page.getByRole('link', { name: '宿豫区 inspector' })).toHaveCount(0);

    await page.getByRole('link', { name: say.day }).click();
    await expect(page.getByText(say.could).first()).toBeVisible();
    // The administrator and six people; one of them was removed today.
    await expect(page.locator('main').getByRole('listitem')).toHaveCount(7);
    expect(await barriersOn(page)).toEqual([]);
  } finally {
    await page.close();
    await service.stop();
  }
});

test.describe('every screen, for every role', () => {
  const installation: Scope = { kind: 'installation' };
  const roles: readonly [string, readonly Role[]][] = [
    ['an auditor', ['auditor']],
    ['a subscriber', ['subscriber']],
    ['an inspector', ['inspector']],
    ['a planner', ['planner']],
    ['an administrator', ['administrator']],
    ['an operator', ['operator']],
    ['somebody without a role', []],
  ];
  const screens = [
    '/',
    '/projects/huaao-2',
    '/projects/huaao-2/log',
    '/alerts',
    '/subscriptions',
    '/auditor',
    '/auditor/huaao-2',
    '/setup',
    '/setup/project',
    '/setup/project/huaao-2',
    '/setup/plan/huaao-2',
    '/setup/table',
    '/setup/rules',
    '/setup/lexicon',
    '/access',
    '/access/day',
    '/projects/nowhere',
  ];
  /** Controls that write, by their names in English. */
  const writes: readonly [RegExp, readonly Role[]][] = [
    [/^Log an entry$/, ['inspector']],
    [/^That was wrong/, ['planner']],
    [/^Acknowledge$/, ['inspector', 'subscriber', 'planner']],
    [/^Silence$/, ['planner']],
    [/^Adopt/, ['planner', 'administrator']],
    [/^Add a person$/, ['administrator']],
    [/^Register/, ['planner', 'administrator']],
  ];
  let service: Closed;
  test.beforeAll(async () => {
    service = await startClosed();
  });
  test.afterAll(() => service.stop());

  for (const [who, held] of roles)
    test(`${who} meets no broken screen, and no control that is refused`, async ({ page }) => {
      const grants = held.map((role): [Role, Scope] => [role, installation]);
      await signIn(page, service, (await addPerson(service, who, ...grants)).key);
      // Who the user is becomes known with the first screen.
      await page.goto(`${service.url}/#/subscriptions`);
      const known = () => page.evaluate(() => localStorage.getItem('topout.self') ?? '');
      await expect.poll(known).toContain('"mode":"signed-in"');
      await page.goto('about:blank');
      const refused: string[] = [];
      page.on('response', (response) => {
        if (response.status() === 401 || response.status() === 403)
          refused.push(`${response.request().method()} ${new URL(response.url()).pathname}`);
      });
      for (const screen of screens) {
        await page.goto(`${service.url}/#${screen}`);
        await expect(page.locator('#content')).not.toBeEmpty();
        await expect(page.locator('.mantine-Loader-root')).toHaveCount(0);
        await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
        await expect(page.getByText('This screen has failed.')).toHaveCount(0);
        for (const [name, allowed] of writes) {
          if (held.some((role) => allowed.includes(role))) continue;
          const offered = page.getByRole('button', { name }).or(page.getByRole('link', { name }));
          expect([screen, String(name), await offered.count()]).toEqual([screen, String(name), 0]);
        }
      }
      expect(refused).toEqual([]);
    });

  test('an auditor reads all, and finds nothing to write with', async ({ page }) => {
    await signIn(page, service, (await addPerson(service, 'Ou', ['auditor', installation])).key);
    await page.goto(`${service.url}/#/projects/huaao-2`);
    await expect(page.getByRole('heading', { name: /Huaao/ }).first()).toBeVisible();
    await expect(page.getByRole('link', { name: 'Log an entry' })).toHaveCount(0);
    await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).click();
    await expect(page.getByRole('heading', { name: 'Audit' })).toBeVisible();
    await page.getByRole('link', { name: 'Access' }).click();
    await page.getByRole('link', { name: 'Ann', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Roles' })).toContainText('administrator');
    await expect(page.getByRole('button', { name: /End|Give|Issue|Remove/ })).toHaveCount(0);
  });

  test('an inspector reads what is missing, and who grants it', async ({ page }) => {
    await signIn(page, service, (await addPerson(service, 'Lin', ['inspector', installation])).key);
    await page.goto(`${service.url}/#/setup/rules`);
    await expect(
      page.getByText('the role auditor or administrator; an administrator grants it'),
    ).toBeVisible();
    await expect(page.getByRole('navigation').getByRole('link', { name: 'Access' })).toHaveCount(0);
  });

  test('a form that becomes forbidden in the middle keeps what was typed', async ({ page }) => {
    const mei = await addPerson(service, 'Mei', ['inspector', installation]);
    await signIn(page, service, mei.key);
    await page.goto(`${service.url}/#/projects/huaao-2/log?what=NoChange`);
    await page.getByLabel('Note').fill('seen from the gate');
    await endRoles(service, mei.id);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(
      page.getByText('a request to log facts, which your roles do not include here'),
    ).toBeVisible();
    await expect(page.getByLabel('Note')).toHaveValue('seen from the gate');
  });

  test('an open installation says that it is open, and how it is closed', async ({ page, service: open }) => {
    await page.goto(`${open.url}/#/access`);
    await expect(page.getByText('topout admin init')).toBeVisible();
    expect(await barriersOn(page)).toEqual([]);
  });
});

async function addByHand(page: Page, language: 'zh' | 'en', name: string): Promise<void> {
  const say = texts[language];
  await page.getByRole('button', { name: say.add }).click();
  const form = page.getByRole('form', { name: say.add });
  await form.getByLabel(say.name).fill(name);
  await form.getByLabel(say.contact).fill(`${name.replaceAll(' ', '.')}@example.org`);
  await form.getByRole('button', { name: say.addButton, exact: true }).click();
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
}

async function giveByHand(page: Page, language: 'zh' | 'en', role: string, district: string): Promise<void> {
  const say = texts[language];
  await choose(page, say.role, role);
  await choose(page, say.scope, say.aDistrict);
  await page
    .getByRole('combobox', { name: say.district })
    .or(page.getByRole('textbox', { name: say.district }))
    .fill(district);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: say.give, exact: true }).click();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page
    .getByRole('textbox', { name: label, exact: true })
    .or(page.getByRole('combobox', { name: label, exact: true }))
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function endRoles({ ask }: Closed, person: string): Promise<void> {
  const { grants } = (await ask('GET', `/people/${person}`)) as unknown as { grants: { grant: string }[] };
  for (const { grant } of grants) await ask('DELETE', `/people/${person}/grants/${grant}`);
}
