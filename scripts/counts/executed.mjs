// Counts the modules of a build in which code runs for one entry, by the coverage that V8 records.
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { served, workFolder } from '../compare/served.mjs';
import { inRoot } from '../ensure.mjs';

/** So many entries come before the one that is counted, so that everything is loaded and cached. */
const warmEntries = 10;

/**
 * The modules that run between the route and the stored bytes of one entry, and from there to the webhook that it sends.
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
      for (let number = 0; number <= warmEntries; number += 1) {
        const project = `works-${number}`;
        await post(service, '/projects', { project, name: { en: project }, asOf: '2018-01-01' });
        const notice = receiver.nextNotice();
        await post(service, `/projects/${project}/entries`, stall);
        await notice;
      }
    } finally {
      await service.stop();
    }
    if (!existsSync(record)) throw new Error(`${build.name} sent no webhook.`);
    const { stored, sent } = JSON.parse(readFileSync(record, 'utf8'));
    return { 'From the route to the stored entry': stored, 'From the stored entry to the webhook': sent };
  } finally {
    receiver.close();
    folder.remove();
  }
}

const stall = {
  type: 'StallDeclared',
  asOf: '2018-07-01',
  stall: 'funds',
  cause: 'financing',
  blocks: ['works'],
  from: '2018-07-01',
};

/** Receives webhooks, and answers the challenge of a new subscription. */
async function openReceiver() {
  let received = () => undefined;
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body.type === 'challenge' ? { challenge: body.challenge } : {}));
    if (body.type === 'alerts.notice') received();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    nextNotice: () =>
      new Promise((resolve) => {
        received = resolve;
      }),
    close: () => server.close(),
  };
}

async function post(service, path, body) {
  const answer = await fetch(`${service.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'topout-by': 'inspector-7' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${text}`);
}
