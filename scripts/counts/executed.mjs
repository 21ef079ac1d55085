// Counts the modules of a build in which code runs for one entry, by the coverage that V8 records.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { stallDeclared } from '../compare/loads.mjs';
import { openReceiver } from '../compare/receiver.mjs';
import { post, served, workFolder } from '../compare/served.mjs';
import { inRoot } from '../ensure.mjs';

/** So many entries come before those that are counted, so that everything is loaded and cached. */
const warmEntries = 10;
const countedEntries = 10;
/** So long after a notice the service has recorded its outcome and rests. */
const quietMs = 500;

/**
 * The modules that run between the route and the stored bytes of one entry, and from there to the webhook that it sends.
 *
 * Modules that do not run for each of the entries are left out: timers and the work that follows an earlier entry.
 *
 * @returns {Promise<Record<string, string[]>>} paths below `dist`, by what they take part in
 */
export async function executedModules(build) {
  const folder = workFolder();
  const receiver = await openReceiver();
  const record = join(folder.path, 'executed.json');
  try {
    const service = await served(build, join(folder.path, 'data'), {
      NODE_OPTIONS: `--import=${pathToFileURL(inRoot('scripts/counts/recorder.mjs')).href}`,
      COUNTS_RECORD: record,
      COUNTS_DIST: pathToFileURL(join(build.folder, 'dist', '/')).href,
      TOPOUT_EXAMPLE: 'off',
      TOPOUT_SETTLING_TIME: '0',
      TOPOUT_WEBHOOK_LOOPBACK: 'on',
    });
    try {
      await post(service, '/subscriptions', {
        name: 'counts',
        channel: { kind: 'webhook', url: receiver.address },
      });
      const projects = Array.from({ length: warmEntries + countedEntries }, (_, number) => `works-${number}`);
      // Registered so late that no other alert is due.
      for (const project of projects)
        await post(service, '/projects', { project, name: { en: project }, asOf: '2018-06-30' });
      for (const project of projects) {
        await sleep(quietMs);
        const notice = receiver.nextNotice();
        await post(service, `/projects/${project}/entries`, stallDeclared('funds'));
        await notice;
      }
    } finally {
      await service.stop();
    }
    if (!existsSync(record)) throw new Error(`${build.name} sent no webhook.`);
    const windows = readFileSync(record, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-countedEntries)
      .map((line) => JSON.parse(line));
    const inAll = (lists) => lists[0].filter((module) => lists.every((list) => list.includes(module)));
    return {
      'From the route to the stored entry': inAll(windows.map(({ stored }) => stored)),
      'From the stored entry to the webhook': inAll(windows.map(({ sent }) => sent)),
    };
  } finally {
    receiver.close();
    folder.remove();
  }
}
