import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { LaunchOptions } from '@playwright/test';
import { unpacked } from './woff.js';

const fonts = resolve('.build/fonts');

/**
 * How the browser of the tests is started: the one from npm, with a Chinese font from npm; or the one in `CHROMIUM`.
 */
export async function launchOptions(): Promise<LaunchOptions> {
  return {
    executablePath: process.env.CHROMIUM || (await packaged()),
    chromiumSandbox: false,
    // Not the package's arguments: they disable the security under test.
    args: [
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    env: { ...(process.env as Record<string, string>), FONTCONFIG_FILE: fontSettings() },
  };
}

/** It is packaged for Linux only; elsewhere Playwright's installed browser is used. */
async function packaged(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  // The package has the libraries that a bare system lacks, and extracts them if this names the system they are for.
  if (!hasLibraries()) process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

/** True if the certificate libraries are installed, without which the browser does not start. */
function hasLibraries(): boolean {
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return stdout?.includes('libnss3.so') ?? false;
}

/** A test machine has no Chinese font, and would draw boxes. */
function fontSettings(): string {
  const file = join(fonts, 'fonts.conf');
  const packed = dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json'));
  mkdirSync(fonts, { recursive: true });
  for (const subset of ['chinese-simplified', 'latin'])
    for (const weight of [400, 700]) {
      const name = `noto-sans-sc-${subset}-${weight}-normal`;
      const font = readFileSync(join(packed, 'files', `${name}.woff`));
      writeFileSync(join(fonts, `${name}.ttf`), unpacked(font));
    }
  writeFileSync(file, settings);
  return file;
}

const settings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${fonts}</dir>
<dir>/usr/share/fonts</dir>
<cachedir>${join(fonts, 'cache')}</cachedir>
</fontconfig>
`;
