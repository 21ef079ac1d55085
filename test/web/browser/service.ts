import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openFolder } from '../../support/open-folder.js';

/** A running service on its own data folder. */
export interface Running {
  url: string;
  dataPath: string;
  stop(): Promise<void>;
}

/**
 * Starts the built service on a free port, with the example district unless the environment says otherwise; resolves
 * once it answers.
 */
export async function startBuilt(env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'topout-page-'));
  const dataPath = join(folder, 'data');
  openFolder(env.TOPOUT_DATA ?? dataPath);
  const child = spawn(resolve('node_modules/node/bin/node'), ['dist/src/main.js'], {
    env: {
      ...process.env,
      PORT: '0',
      TOPOUT_DATA: dataPath,
      TOPOUT_KEEP_FREE: '0',
      TOPOUT_LIMITS: 'off',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    url: await urlOf(child),
    dataPath,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (bytes) => {
      said += bytes;
      const [, url] = /Topout: (\S+)/.exec(said) ?? [];
      if (url) resolve(url);
    });
    child.on('exit', (code) => reject(new Error(`the service ended with ${code} before it answered`)));
  });
}
