import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/composition/settings/config.js';
import { start } from '../../src/start/start.js';

/** A running service with the example district, and the end of it. */
export interface ExampleService {
  url: string;
  /** The text that it answers to a request in English. */
  answered(path: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the example district in a new folder and on a free port. */
export async function startExample(): Promise<ExampleService> {
  const top = mkdtempSync(join(tmpdir(), 'topout-'));
  const folder = { dataPath: join(top, 'data'), vaultPath: join(top, 'vault.json') };
  const service = await start({ ...readConfig({}), ...folder, port: 0 }, (error) => {
    throw error;
  });
  return {
    url: service.url,
    answered: async (path) =>
      (await fetch(`${service.url}/${path}`, { headers: { 'accept-language': 'en' } })).text(),
    stop: async () => {
      await service.close();
      rmSync(top, { recursive: true, force: true });
    },
  };
}
