import { defineConfig } from '@playwright/test';
import page from './playwright.config.js';

const { projects: _, ...shared } = page;

/** Takes the screenshots of the README: `npm run screenshots`. */
export default defineConfig({ ...shared, testMatch: '*.shots.ts', reporter: 'list' });
