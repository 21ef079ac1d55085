import type { Locator, Page } from '@playwright/test';

/** Presses Tab until something has the focus, like a user without a mouse. */
export async function tabTo(page: Page, place: Locator, presses = 60): Promise<void> {
  for (let press = 0; press < presses; press++) {
    await page.keyboard.press('Tab');
    if (await place.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${place} is not reached by Tab`);
}
