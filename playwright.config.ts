import { defineConfig } from '@playwright/test';
import { launchOptions } from './test/web/browser/chromium.js';

export default defineConfig({
  testDir: 'test/web',
  testMatch: '*.pw.ts',
  outputDir: '.build/page-traces',
  // A machine of two cores has one for the service and one for the browser.
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['./test/web/browser/closing-line.ts']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    // What fades in is looked at when it is there.
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    launchOptions: await launchOptions(),
  },
});
