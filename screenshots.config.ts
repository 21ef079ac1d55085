import { defineConfig } from '@playwright/test';
import page from './playwright.config.js';

const { projects: _, ...shared } = page;

/** Makes the pictures of the README anew: `npm run screenshots`. */
export default defineConfig({ ...shared, testMatch: '*.shots.ts', reporter: 'list' });
