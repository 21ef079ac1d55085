import type { Page } from '@playwright/test';
import { expect } from './test.js';

/**
 * Saves an entry on the phone and waits for the walk to go on; where the phone asks, the stall of the works goes on.
 *
 * @param press what saves it
 */
export async function saveOnPhone(page: Page, press: () => Promise<unknown>): Promise<void> {
  await press();
  const goesOn = page.getByRole('button', { name: /^(No, still stalled|否，仍停工)$/ });
  const walk = page.getByTestId('completion');
  await expect(goesOn.or(walk).first()).toBeVisible();
  if (await goesOn.isVisible()) await goesOn.click();
  await expect(walk).toBeVisible();
  await expect(goesOn).toBeHidden();
}

/** Opens what the bar of a phone has under "more", where the page is that narrow. */
export async function openMore(page: Page): Promise<void> {
  const more = page.getByRole('button', { name: /^(More|更多)$/ });
  await expect(page.getByRole('navigation').filter({ visible: true }).first()).toBeVisible();
  if (await more.isVisible()) await more.click();
}

/** Opens the entries of the phone. */
export async function openOutbox(page: Page): Promise<void> {
  await page.getByRole('link', { name: /Outbox|待发送/ }).click();
  await expect(page.getByRole('heading', { name: /^(Outbox|待发送)$/ })).toBeVisible();
}

/** Waits until the page can be opened offline. */
export async function untilKept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect
    .poll(() =>
      page.evaluate(async () => (await caches.keys()).some((name) => name.startsWith('topout-log-'))),
    )
    .toBe(true);
}

/** What can be tapped on the page and is below 44 px in either direction. */
export function targetsUnder44(page: Page): Promise<string[]> {
  return page.locator('a:visible, button:visible, input:visible, summary:visible').evaluateAll((all) =>
    all.flatMap((one) => {
      const { width, height } = one.getBoundingClientRect();
      return width < 44 || height < 44 ? [`${one.textContent ?? one.id} ${width} × ${height}`] : [];
    }),
  );
}
