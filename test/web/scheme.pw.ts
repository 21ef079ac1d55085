import type { Page } from '@playwright/test';
import { openMore } from './browser/phone.js';
import { expect, inEveryForm, test } from './browser/test.js';

/** Light text on a dark ground, or the other way round. */
function groundOf(page: Page): Promise<'light' | 'dark'> {
  return page.evaluate(() => {
    const [red = 255] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
    return red < 128 ? 'dark' : 'light';
  });
}

const words = {
  zh: { scheme: '配色', dark: '深色', device: '随系统', done: '已完成' },
  en: { scheme: 'Colours', dark: 'dark', device: 'as the device', done: 'Done' },
};

inEveryForm(
  'the colours follow the device until somebody chooses, on both pages',
  async ({ page, language, size }) => {
    const said = words[language];
    await page.goto('/');
    const choice = page.getByLabel(said.scheme);
    await expect(choice).toHaveValue('device');
    expect(await groundOf(page)).toBe('light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => groundOf(page)).toBe('dark');
    await page.screenshot({ path: `.build/page/district-dark-${language}-${size}.png` });
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(() => groundOf(page)).toBe('light');
    await openMore(page);
    await choice.selectOption(said.dark);
    await expect.poll(() => groundOf(page)).toBe('dark');
    await page.goto('/log/#/p/huaao-2/fit-out');
    await expect(page.getByRole('button', { name: said.done }).first()).toBeVisible();
    expect(await groundOf(page)).toBe('dark');
    await page.goto('/');
    await openMore(page);
    await page.getByLabel(said.scheme).selectOption(said.device);
    await expect.poll(() => groundOf(page)).toBe('light');
  },
);

test('every stop of the keyboard is seen to have the focus', async ({ page }) => {
  for (const [place, shown] of [
    ['/', 'tbody tr'],
    ['/#/alerts', '[data-alert]'],
    ['/#/projects/huaao-2', 'tbody tr'],
    ['/log/#/p/huaao-2/fit-out', 'main button'],
  ] as const) {
    await page.goto(place);
    await expect(page.locator(shown).first()).toBeVisible();
    const unseen: string[] = [];
    for (let stop = 0; stop < 45; stop++) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!focused || focused === document.body) return 'left';
        // A choice between words is drawn by the label beside its hidden field.
        const shown = focused.matches('[class*=SegmentedControl-input]')
          ? [focused.nextElementSibling]
          : [focused];
        const isSeen = shown.some((one) => {
          if (!one) return false;
          const { outlineStyle, outlineWidth } = getComputedStyle(one);
          return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
        });
        return isSeen || focused.outerHTML.slice(0, 160);
      });
      if (seen === 'left') break;
      if (seen !== true) unseen.push(`${place}: ${seen}`);
    }
    expect(unseen).toEqual([]);
  }
});
