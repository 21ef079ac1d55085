import { defineConfig } from '@playwright/test';
import page from './playwright.config.js';

/** Makes the pictures of the README anew: `npm run screenshots`. */
export default defineConfig({ ...page, testMatch: '*.shots.ts', reporter: 'list' });
