import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { verifierKeyText } from '../../src/ledger/vkey.js';
import { logKey, sampleBundle, sampleLog, witnessKey } from '../support/bundle-samples.js';

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

test('a bundle is checked in the browser from a file on the disk, without network', async ({ page }) => {
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
});
