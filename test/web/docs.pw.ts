import { expect, test } from './browser/test.js';

test('the API documentation can be read and tried under its own strict policy', async ({ page }) => {
  await page.goto('/docs');
  await expect(page.getByRole('heading', { name: /Topout/ })).toBeVisible();
  await page.getByText('Name the business day and where to go on').click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  await page.getByRole('button', { name: 'Execute' }).click();
  await expect(page.locator('.live-responses-table .response-col_status').last()).toContainText('200');
  // The symbols of the page take no space.
  expect(await page.locator('body > svg').evaluate((symbols) => symbols.getBoundingClientRect().height)).toBe(
    0,
  );
});

test('no other page may show the service in a frame', async ({ page, service, complaints }) => {
  for (const path of ['/', '/log/', '/docs', '/projects', '/openapi.json', '/nothing-here'])
    await page
      .setContent(`<iframe src="${service.url}${path}"></iframe>`)
      .then(() => page.waitForTimeout(300));
  expect(complaints.filter((complaint) => /frame-ancestors|Framing/.test(complaint)).length).toBeGreaterThan(
    4,
  );
  complaints.length = 0;
});
