import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { uuidOf } from '../../test/support/dice.js';
import { startReceiver } from '../../test/support/webhook-receiver.js';
import type { Finding, Proof } from '../proof.js';
import { type ChildService, launch, type ServiceSetting, started } from '../service/child-service.js';
import { signInSecrets } from './sign-in-secrets.js';

/** Everything that a service gives away: by where it was found. */
type Seen = Map<string, string>;

/**
 * No secret of the configuration, of a subscription or of a sign-in (key, password, link, session, phone, code, setup token)
 * is in the output of the service, in an answer, in its metrics, on its command line or in its store; nothing secret that a
 * client sends is in the log or the metrics; and no file is readable by other accounts.
 *
 * A round is one service with secrets of its own: a mail server that refuses, a webhook that fails, requests with a secret
 * in every place where a client can put one.
 *
 * Broken, the service prints one setting while it starts; nothing is sent to it, and it is stopped as soon as it has printed.
 */
export const secrets: Proof = {
  rounds: { small: 1, full: 20 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const figures = { places: 0, requests: 0, notices: 0, canaries: 0, found: 0, openFiles: 0, where: '' };
    for (let round = 0; round < rounds; round += 1) await watchOnce(`${seed} ${round}`, isBroken, figures);
    const { found, openFiles, requests, notices, ...others } = figures;
    return {
      figures: { rounds, ...others, requests, notices, found, openFiles },
      pass: found === 0 && openFiles === 0 && (isBroken || (requests > 0 && notices > 0)),
    };
  },
};

type Figures = Record<'places' | 'requests' | 'notices' | 'canaries' | 'found' | 'openFiles', number> & {
  where: string;
};

async function watchOnce(seed: string, isBroken: boolean, figures: Figures): Promise<void> {
  const canary = (name: string) => `canary${uuidOf(`secrets ${seed} ${name}`).replaceAll('-', '')}`;
  // A secret of a webhook is base64 of 24 to 64 bytes.
  const bytes = Buffer.from(canary('webhook'));
  const own = {
    mailPassword: canary('mail'),
    webhookSecret: bytes.toString('base64'),
    webhookAddress: canary('address'),
    mailAddress: canary('person'),
  };
  const sent = {
    header: canary('header'),
    query: canary('query'),
    body: canary('body'),
    line: canary('line'),
  };
  const folder = mkdtempSync(fileURLToPath(new URL('../../secrets-', import.meta.url)));
  const dataPath = join(folder, 'data');
  mkdirSync(folder, { recursive: true });
  const mailFile = join(folder, 'smtp-url');
  writeFileSync(mailFile, `smtp://topout:${own.mailPassword}@127.0.0.1:9`, { mode: 0o600 });
  let notices = 0;
  const receiver = await startReceiver('127.0.0.1', (asked, response) => {
    const { challenge } = JSON.parse(asked.text) as { challenge?: string };
    if (challenge === undefined) notices += 1;
    response.statusCode = challenge === undefined ? 500 : 200;
    response.end(JSON.stringify({ challenge }));
  });
  const setting = {
    env: {
      TOPOUT_SMTP_URL_FILE: mailFile,
      TOPOUT_VAULT: join(folder, 'vault.json'),
      TOPOUT_WEBHOOK_LOOPBACK: 'on',
      TOPOUT_SETTLING_TIME: '0',
      TOPOUT_REQUEST_LOG: 'on',
    },
  };
  const seen: Seen = new Map();
  // The control is about what is looked at, not about how it came there.
  const service: ChildService & { at?: string } = isBroken
    ? await loud(dataPath, setting)
    : await started(dataPath, setting);
  try {
    const asked = { own, sent, seed, figures, seen, port: receiver.port, notices: () => notices };
    if (service.at) await everyWay(service.at, asked);
    const held = service.at ? await signInSecrets(service.at, dataPath, canary, seen) : {};
    seen.set('command line', readFileSync(`/proc/${service.child.pid}/cmdline`, 'latin1'));
    await stopped(service, seen);
    const inData = readdirSync(dataPath).map((name) => join(dataPath, name));
    // What is there when somebody was asked to sign in.
    const beside = isBroken ? [] : [join(folder, 'vault.json'), join(folder, 'people.db')];
    for (const path of [...inData, ...beside.slice(1)])
      seen.set(basename(path), readFileSync(path, 'latin1'));
    const paths = [...inData, dataPath, ...beside];
    figures.openFiles += paths.filter((path) => (statSync(path).mode & 0o077) !== 0).length;
    look(seen, { ...own, ...held }, sent, figures);
  } finally {
    await service.kill();
    await receiver.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A client of a service, its secrets, and what is noted of its requests. */
interface Asking {
  own: Record<'mailAddress' | 'webhookAddress' | 'webhookSecret', string>;
  sent: Record<'header' | 'query' | 'body' | 'line', string>;
  seed: string;
  figures: Figures;
  seen: Seen;
  /** Of the receiver of notices. */
  port: number;
  notices(): number;
}

/** Sends a secret in every place where a client can put one, well formed and not. */
async function everyWay(
  at: string,
  { own, sent, seed, figures, seen, port, notices }: Asking,
): Promise<void> {
  const ask = async (method: 'GET' | 'POST', path: string, body?: object | string): Promise<string> => {
    figures.requests += 1;
    const answer = await request(at + path, {
      method,
      headers: {
        authorization: `Bearer ${sent.header}`,
        cookie: `session=${sent.header}`,
        'idempotency-key': uuidOf(`secrets ${seed} ${path} ${figures.requests}`),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: typeof body === 'string' ? body : body && JSON.stringify(body),
    });
    return answer.body.text();
  };
  await ask('POST', '/projects', { project: 'site', asOf: '2018-01-01', name: { en: 'Site' } });
  const hook = `http://127.0.0.1:${port}/${own.webhookAddress}`;
  const secret = `whsec_${own.webhookSecret}`;
  await ask('POST', '/subscriptions', { name: 'hook', channel: { kind: 'webhook', url: hook, secret } });
  const address = `${own.mailAddress}@example.org`;
  seen.set(
    'refused mail',
    await ask('POST', '/subscriptions', { name: 'mail', channel: { kind: 'email', address } }),
  );
  const stall = { stall: 'money', cause: 'financing', blocks: ['works'], from: '2018-06-01' };
  await ask('POST', '/projects/site/entries', { type: 'StallDeclared', asOf: '2018-06-30', ...stall });
  // Malformed in every way that a client has.
  await ask('POST', '/projects', `{"name": "${sent.body}`);
  await ask('GET', `/${sent.query}?token=${sent.query}`);
  await ask('GET', `/projects/site?asOf=${sent.query}`);
  await malformed(at, `GET /${sent.line} HTTP/9.9\r\n${sent.line}\r\n\r\n`);
  for (let tries = 0; notices() === 0 && tries < 150; tries += 1) await pause(20);
  figures.notices += notices();
  const lines = ['/health/ready', '/subscriptions', '/alerts', '/entries', '/problems', '/metrics'];
  for (const path of lines) seen.set(`GET ${path}`, await ask('GET', path));
}

/** A service that prints a setting while it starts; it has printed something, and not begun to listen. */
async function loud(dataPath: string, setting: ServiceSetting): Promise<ChildService> {
  const service = launch(dataPath, { ...setting, before: ['access/loud.js'] });
  await once(service.child.stderr as Readable, 'data');
  return service;
}

async function stopped(service: ChildService, seen: Seen): Promise<void> {
  service.child.kill('SIGTERM');
  const { out, err } = await service.ended;
  seen.set('standard output', out);
  seen.set('standard error', err);
}

function look(
  seen: Seen,
  own: Record<string, string>,
  sent: Record<string, string>,
  figures: { places: number; canaries: number; found: number; where: string },
): void {
  figures.places += seen.size;
  figures.canaries += Object.keys(own).length + Object.keys(sent).length;
  const note = (what: string, place: string) => {
    figures.found += 1;
    figures.where = `${what} in ${place}`;
  };
  for (const [place, text] of seen) {
    for (const [what, canary] of Object.entries(own)) if (text.includes(canary)) note(what, place);
    const isShared = /standard|metrics|command/.test(place);
    if (isShared)
      for (const [what, canary] of Object.entries(sent)) if (text.includes(canary)) note(what, place);
  }
}

async function malformed(url: string, text: string): Promise<void> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.end(text);
  socket.resume();
  await once(socket, 'close');
}
