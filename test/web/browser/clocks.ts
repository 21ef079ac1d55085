import { expect, type Page } from '@playwright/test';

/** The chip in the frame that says which day is shown, in either language. */
export function clockChip(page: Page) {
  return page.getByRole('button', { name: /^(As of|截至) / });
}

/** Opens the replay bar, once the days of the log are known. */
export async function openClocks(page: Page, timeout = 20_000): Promise<void> {
  const chip = clockChip(page);
  await expect(chip).toBeVisible({ timeout });
  if ((await chip.getAttribute('aria-expanded')) !== 'true') await chip.click();
  await expect(page.getByRole('slider')).toBeEnabled({ timeout });
}
