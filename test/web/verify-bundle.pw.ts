import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as withComplaints } from '@playwright/test';
import { verifierKeyText } from '../../src/ledger/vkey.js';
import { logKey, sampleBundle, sampleLog, witnessKey } from '../support/bundle-samples.js';
import { expect, test } from './browser/test.js';

const file = new URL('../../web/verify/verify.html', import.meta.url);
const bundle = sampleBundle(sampleLog(30, ['project-east-road', 'project-school']), {
  witnesses: [witnessKey(1)],
  earlierSize: 8,
});
const chosen = (text: string) => ({
  name: 'east-road.bundle',
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
});

test('the journal leads to the page that checks its bundle, which a service shows', async ({
  page,
  context,
  service,
}) => {
  await page.goto('/#/projects/huaao-2');
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'How to check this file' }).click();
  const shown = await opened;
  expect(new URL(shown.url()).pathname).toBe('/verify.html');
  const answer = await fetch(`${service.url}/verify.html`);
  expect(await answer.text()).toBe(readFileSync(file, 'utf8'));
  expect(answer.headers.get('content-security-policy')).not.toContain('unsafe-inline');
  const own = await (await fetch(`${service.url}/projects/huaao-2/bundle`)).text();
  const result = shown.locator('#result');
  await shown.locator('#file').setInputFiles(chosen(own));
  await expect(result).toHaveAttribute('data-verdict', 'ok');
  await shown.locator('#file').setInputFiles(chosen(own.replace('"rev":1,', '"rev":2,')));
  await expect(result).toHaveAttribute('data-verdict', 'content-changed');
});

// Its policy refuses a connection that the test tries, which a browser reports.
withComplaints(
  'a bundle is checked in the browser from a file on the disk, without network',
  async ({ page }) => {
    await page.goto(`file://${fileURLToPath(file)}`);
    const result = page.locator('#result');
    await page.locator('#file').setInputFiles(chosen(bundle));
    await expect(result).toHaveAttribute('data-verdict', 'ok');
    await expect(result).toContainText('Verified: nothing was changed');
    await expect(result).toContainText('Compare the key of the log');
    await page.locator('#file').setInputFiles(chosen(bundle.replace('roof-2', 'roof-3')));
    await expect(result).toHaveAttribute('data-verdict', 'content-changed');
    await expect(result).toContainText('entry 2 (revision 1');
    await page.locator('#file').setInputFiles(chosen(bundle));
    await page.locator('#policy').fill(verifierKeyText(logKey(2)));
    await page.locator('#policy').blur();
    await expect(result).toHaveAttribute('data-verdict', 'signature-invalid');
    await page.getByRole('button', { name: '中文' }).click();
    await expect(result).toContainText('检查点的签名不符合要求');
    const refusedBy = await page.evaluate(() => {
      const refused = new Promise<string>((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective)),
      );
      void fetch('http://127.0.0.1:9/').catch(() => undefined);
      return refused;
    });
    expect(refusedBy).toBe('connect-src');
  },
);
