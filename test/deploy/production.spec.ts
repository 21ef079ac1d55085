import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { temporaryFolder } from '../support/event-store-ports.js';
import { root, textOf } from './tree.js';

jest.setTimeout(60_000);

const folder = temporaryFolder();
afterAll(() => folder.remove());

interface Locked {
  packages: Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean }>;
}

/** The packages that `npm ci --omit=dev --omit=optional` installs, without those within another. */
function productionPackages(): string[] {
  const { packages } = JSON.parse(textOf('package-lock.json')) as Locked;
  return Object.entries(packages)
    .filter(([path, { dev, devOptional, optional }]) => {
      const isOmitted = dev === true || devOptional === true || optional === true;
      return /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !isOmitted;
    })
    .map(([path]) => path);
}

/** A folder as in the image: what was built, the examples, and the packages of production. */
function programIn(name: string, packages: readonly string[]): string {
  const place = folder.file(name);
  mkdirSync(place);
  for (const path of [...packages, 'dist', 'examples', 'package.json']) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    symlinkSync(join(root, path), join(place, path));
  }
  return place;
}

/** Starts the program until it greets or ends; packages beside the links are not found. */
async function started(place: string): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(
    process.execPath,
    ['--preserve-symlinks', '--preserve-symlinks-main', join(place, 'dist/src/main.js')],
    {
      cwd: place,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: '0',
        TOPOUT_DATA: join(place, 'data'),
        TOPOUT_SMTP_URL: 'smtp://127.0.0.1:9',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
    if (said.out.includes('Topout: http')) child.kill('SIGTERM');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

test('the built service starts with the packages of production alone, with mail and the example district', async () => {
  const packages = productionPackages();
  expect(packages).not.toContain('node_modules/typescript');
  const { code, out, err } = await started(programIn('whole', packages));
  expect([code, err]).toEqual([0, expect.stringMatching(/^Open: .*\n$/)]);
  expect(out).toMatch(/^Topout: http:\S+ +\(8 projects;/m);
});

test('a package that is only of development would not be found', async () => {
  const packages = productionPackages().filter((path) => path !== 'node_modules/rxjs');
  const { code, err } = await started(programIn('without', packages));
  expect(code).not.toBe(0);
  expect(err).toContain("Cannot find package 'rxjs'");
});
