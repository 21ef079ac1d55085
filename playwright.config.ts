import { defineConfig } from '@playwright/test';
import { launchOptions } from './test/web/browser/chromium.js';

export default defineConfig({
  testDir: 'test/web',
  testMatch: '*.pw.ts',
  outputDir: '.build/page-traces',
  workers: 2,
  projects: [
    { name: 'screens', testIgnore: 'budgets.pw.ts', teardown: 'budgets' },
    // What is measured has the machine to itself: it comes when the others have ended.
    { name: 'budgets', testMatch: 'budgets.pw.ts' },
  ],
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
    // A trace takes a good part of the time.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: await launchOptions(),
  },
});
