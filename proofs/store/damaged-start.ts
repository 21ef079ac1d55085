import { readConfig } from '../../src/composition/settings/config.js';
import { StoreError } from '../../src/event-store/errors.js';
import { start } from '../../src/start/start.js';
import { openFolder } from '../../test/support/open-folder.js';
import { launch } from '../service/child-service.js';
import { SiteClient } from '../service/site-client.js';
import { type Answers, answersOf } from './damaged-folder.js';

/** The result of a start: the refusal, or the answers. */
export type Start = { refused: string } | { unexplained: string } | { answers: Answers };

/** Starts the service on a folder, in its own process or in this one, requests every read route and stops it. */
export async function startOn(dataPath: string, isProcess: boolean): Promise<Start> {
  if (!isProcess) return startHere(dataPath);
  const service = launch(dataPath);
  const url = await service.url;
  if (url === undefined) {
    const { code, err } = await service.ended;
    const isSentence = (code === 65 || code === 73 || code === 74) && err.trim().split('\n').length === 1;
    return isSentence ? { refused: err } : { unexplained: `code ${code}: ${err.slice(0, 300)}` };
  }
  const answers = await answered(url);
  await service.kill();
  return { answers };
}

async function startHere(dataPath: string): Promise<Start> {
  const env = {
    PORT: '0',
    TOPOUT_DATA: openFolder(dataPath),
    TOPOUT_EXAMPLE: 'off',
    TOPOUT_TODAY: '2018-07-10',
  };
  let service: Awaited<ReturnType<typeof start>>;
  try {
    service = await start(readConfig(env), () => undefined);
  } catch (error) {
    if (error instanceof StoreError) return { refused: error.message };
    return { unexplained: `the start fails: ${error instanceof Error ? error.stack : error}` };
  }
  const answers = await answered(service.url);
  await service.close().catch(() => undefined);
  return { answers };
}

async function answered(url: string): Promise<Answers> {
  const client = new SiteClient(url, 4);
  const answers = await answersOf(client);
  await client.close();
  return answers;
}
