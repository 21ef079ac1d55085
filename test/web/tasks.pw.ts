import type { Locator } from '@playwright/test';
import { openOutbox } from './browser/phone.js';
import { expect, locales, sizes, test } from './browser/test.js';

const words = {
  en: {
    done: 'Fit-out: done',
    goesOn: 'No, still stalled',
    sewer: /^Sewer/,
    acknowledge: 'Acknowledge',
    needs: 'Huaao Automobile, phase II',
  },
  zh: {
    done: '装修：完成',
    goesOn: '否，仍停工',
    sewer: /^污水管/,
    acknowledge: '认领',
    needs: '华奥汽车项目二期',
  },
} as const;

/** Counts what a person presses, from the screen on which a task begins. */
function counter() {
  let count = 0;
  return {
    async press(target: Locator, way: 'tap' | 'click' = 'click') {
      count += 1;
      await target[way]();
    },
    print(figure: string, most: number) {
      console.log(JSON.stringify({ figure, value: count }));
      expect(count).toBeLessThanOrEqual(most);
    },
  };
}

for (const language of ['en', 'zh'] as const)
  test.describe(language, () => {
    const said = words[language];
    test.use({ locale: locales[language] });

    test.describe('on a phone', () => {
      test.use({ viewport: sizes.phone, hasTouch: true });

      test('the roof is capped, from the list of projects', async ({ page, freshService }) => {
        const { press, print } = counter();
        await page.goto(`${freshService.url}/log/`);
        await press(page.getByRole('link', { name: said.needs }).first(), 'tap');
        await press(page.getByRole('button', { name: said.done }), 'tap');
        await press(page.getByRole('button', { name: said.goesOn }), 'tap');
        await expect(page.getByTestId('saved-bar')).toContainText(/71|→/);
        print(`taps for an item done (${language})`, 3);
      });

      test('a row drawn to the right is done; let go early, it springs back', async ({
        page,
        freshService,
      }) => {
        await page.goto(`${freshService.url}/log/#/p/baiyou-2`);
        const row = page
          .getByRole('listitem')
          .filter({ has: page.locator('[data-done]') })
          .first();
        await expect(row).toBeVisible();
        const draw = async (part: number) => {
          const box = await row.boundingBox();
          if (!box) throw new Error('the row is not shown');
          const [x, y] = [box.x + 30, box.y + box.height / 2];
          const touch = await page.context().newCDPSession(page);
          const at = (by: number) => [{ x: x + by, y }];
          await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
          for (const step of [0.25, 0.5, 0.75, 1])
            await touch.send('Input.dispatchTouchEvent', {
              type: 'touchMove',
              touchPoints: at(box.width * part * step),
            });
          await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        };
        await draw(0.2);
        await expect(page.getByTestId('open-entries')).toHaveText('0');
        await expect(row).toBeVisible();
        await draw(0.5);
        const sheet = page.getByRole('dialog');
        await expect(sheet.or(page.getByTestId('saved-bar').getByRole('button')).first()).toBeVisible();
      });

      test('a wrong entry is mended from the bar that named it', async ({ page, freshService }) => {
        await page.goto(`${freshService.url}/log/#/p/huaao-2`);
        await page.getByRole('button', { name: said.sewer }).first().tap();
        await page.getByRole('button', { name: /\+10/ }).tap();
        await page.getByRole('button', { name: /^(Save|保存) 55 ?%$/ }).tap();
        const goesOn = page.getByRole('button', { name: said.goesOn });
        const bar = page.getByTestId('saved-bar');
        await expect(goesOn.or(bar.getByText(/55 ?%/)).first()).toBeVisible();
        if (await goesOn.isVisible()) await goesOn.tap();
        await expect(bar).toContainText(/55 ?%/);
        const { press, print } = counter();
        await press(bar.getByRole('button'), 'tap');
        await expect(page.getByTestId('open-entries')).toHaveText('0');
        await press(page.getByRole('button', { name: said.sewer }).first(), 'tap');
        await press(page.getByRole('button', { name: /\+5/ }), 'tap');
        await press(page.getByRole('button', { name: /^(Save|保存) / }), 'tap');
        await expect(goesOn.or(bar.getByText(/(50|60) ?%/)).first()).toBeVisible();
        if (await goesOn.isVisible()) await press(goesOn, 'tap');
        await expect(bar).toContainText(/(50|60) ?%/);
        print(`taps to mend a wrong entry (${language})`, 5);
        await openOutbox(page);
      });
    });

    test('from a red light to an acknowledged alert', async ({ page, freshService }) => {
      await page.addInitScript(() => localStorage.setItem('topout.caller', JSON.stringify({ name: '李伟' })));
      const { press, print } = counter();
      await page.goto(`${freshService.url}/#/`);
      await press(page.getByRole('link', { name: /^(Alerts|预警)/ }).first());
      const row = page.locator('li[data-severity=red]').first();
      await press(row.getByRole('button', { name: said.acknowledge, exact: true }));
      await expect(row).toContainText('李伟');
      print(`clicks from a red light to an acknowledged alert (${language})`, 2);
    });
  });
