import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Principals } from '../../src/app/access/principals.js';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { newPrefix } from '../../test/support/event-store-cluster.js';
import { type Replica, startReplica } from '../../test/support/replica.js';
import { serve } from '../cluster/served.js';
import type { Finding, Proof } from '../proof.js';

/** What ends, one after the other. */
const kinds = ['key', 'session', 'device', 'grant'] as const;
type Kind = (typeof kinds)[number];

/** The promise: on the replica that took the revocation, and on the others. */
const ownMs = 1_000;
const othersMs = 5_000;
/** When the end of rights is waited for no more; early is after the promise of the replica that took the revocation. */
const givenUp = { ownMs: 2 * ownMs, othersMs: 2 * othersMs };
const givenUpEarly = { ownMs: ownMs + 100, othersMs: ownMs + 100 };
/** Between two requests of somebody whose rights end, in milliseconds. */
const betweenMs = 10;

const setupToken = 'the-token-of-the-proof';

/** A replica that asks for a sign-in, and its address. */
interface Closed {
  replica: Replica;
  app: NestFastifyApplication;
  url: string;
}

type Headers = Record<string, string>;

/**
 * A key, a session, a device and a grant that are revoked end within 1 s on the replica that took the revocation and within
 * 5 s on the others, for requests and for open streams.
 *
 * A round is one of each, of new people, on two replicas of a cluster: while the person reads on both, an administrator
 * revokes on the first.
 *
 * Broken, a replica remembers who was admitted.
 */
export const revoke: Proof = {
  rounds: { small: 1, full: 40 },
  async run({ rounds, isBroken }): Promise<Finding> {
    const { admit } = Principals.prototype;
    if (isBroken) Principals.prototype.admit = remembering(admit);
    const cluster = await Two.start();
    const found = { own: [] as number[], others: [] as number[], streams: [] as number[] };
    try {
      for (let round = 0; round < rounds; round += 1)
        for (const kind of kinds) {
          const { own, others, streams } = await revokeOnce(cluster, kind, isBroken ? givenUpEarly : givenUp);
          found.own.push(own, streams.own);
          found.others.push(others, streams.others);
          found.streams.push(streams.own, streams.others);
          if (isBroken) return findingOf(rounds, found, cluster.server);
        }
      return findingOf(rounds, found, cluster.server);
    } finally {
      Principals.prototype.admit = admit;
      await cluster.stop();
    }
  },
};

function findingOf(
  rounds: number,
  { own, others, streams }: Record<'own' | 'others' | 'streams', number[]>,
  server: string,
): Finding {
  const most = (all: readonly number[]) => Math.round(Math.max(...all));
  const figures = {
    rounds,
    server,
    revoked: streams.length / 2,
    ownMedianMs: median(own),
    ownMaxMs: most(own),
    othersMedianMs: median(others),
    othersMaxMs: most(others),
    streamsMaxMs: most(streams),
  };
  const pass =
    figures.ownMaxMs <= ownMs &&
    figures.othersMaxMs <= othersMs &&
    streams.length === 2 * kinds.length * rounds;
  return { figures, pass };
}

/** Two replicas of one installation that has an administrator. */
class Two {
  private constructor(
    readonly server: string,
    readonly north: Closed,
    readonly south: Closed,
    readonly administrator: Headers,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(): Promise<Two> {
    const served = await serve();
    const folder = mkdtempSync(join(tmpdir(), 'topout-revoke-'));
    const closed: Closed[] = [];
    const stop = async () => {
      for (const { app, replica } of closed) {
        await app.close();
        await replica.close();
        replica.remove();
      }
      await served.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    const place = { url: served.url, prefix: newPrefix(), vaultPath: join(folder, 'vault.json'), world };
    for (const name of ['north', 'south']) {
      const replica = await startReplica({ ...place, name });
      await replica.health(({ isReady }) => isReady);
      const app = await createHttpApp(replica.composed.topout, { after: world.after, setupToken });
      await app.listen(0, '127.0.0.1');
      closed.push({ replica, app, url: await app.getUrl() });
    }
    const [north, south] = closed as [Closed, Closed];
    const founded = await sent(
      north,
      'POST',
      '/access/first-administrator',
      {},
      { token: setupToken, name: 'A' },
    );
    return new Two(served.server, north, south, bearer(founded.body.key), stop);
  }
}

async function revokeOnce({ north, south, administrator }: Two, kind: Kind, until: typeof givenUp) {
  const { headers, path } = await somebody(north, administrator, kind);
  await untilAnswer(south, headers, true, othersMs);
  const [ofNorth, ofSouth] = [await openStream(north, headers), await openStream(south, headers)];
  const began = performance.now();
  const [own, others] = await Promise.all([
    untilAnswer(north, headers, false, until.ownMs),
    untilAnswer(south, headers, false, until.othersMs),
    sent(north, 'DELETE', path, administrator),
  ]);
  const ended = await Promise.all([
    endedAfter(ofNorth, began, until.ownMs),
    endedAfter(ofSouth, began, until.othersMs),
  ]);
  return { own, others, streams: { own: ended[0], others: ended[1] } };
}

/** A new inspector, how they sign in, and the address of what is revoked of them. */
async function somebody(
  north: Closed,
  administrator: Headers,
  kind: Kind,
): Promise<{ headers: Headers; path: string }> {
  const post = (path: string, body: object, headers = administrator) =>
    sent(north, 'POST', path, headers, body);
  const { person } = (await post('/people', { name: 'Inspector' })).body;
  const scope = { kind: 'installation' };
  const granted = await post(`/people/${person}/grants`, { role: 'inspector', scope });
  const { key } = (await post(`/people/${person}/keys`, {})).body;
  const headers = await signedIn(post, person, key, kind);
  if (kind === 'grant') return { headers, path: `/people/${person}/grants/${granted.body.grants[0].grant}` };
  const { credentials } = (await sent(north, 'GET', `/people/${person}`, administrator)).body;
  const { credential } = credentials.find((one: { kind: string }) => one.kind === kind);
  return { headers, path: `/people/${person}/keys/${credential}` };
}

async function signedIn(
  post: (path: string, body: object, headers?: Headers) => Promise<Answer>,
  person: string,
  key: string,
  kind: Kind,
): Promise<Headers> {
  if (kind === 'key' || kind === 'grant') return bearer(key);
  const answer =
    kind === 'session'
      ? await post('/session', { key }, {})
      : await post(
          '/devices',
          { code: (await post(`/people/${person}/enrolments`, {})).body.code, label: 'phone' },
          {},
        );
  return { cookie: String(answer.cookie).split(';')[0] ?? '' };
}

interface Answer {
  status: number;
  cookie: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: a body is whatever was answered.
  body: any;
}

const bearer = (key: string): Headers => ({ authorization: `Bearer ${key}` });

async function sent(
  { url }: Closed,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  headers: Headers,
  body?: object,
): Promise<Answer> {
  const answer = await fetch(url + path, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status >= 400) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
  return {
    status: answer.status,
    cookie: answer.headers.get('set-cookie'),
    body: text === '' ? {} : JSON.parse(text),
  };
}

/** Milliseconds until a replica answers somebody, or refuses them; more than the most if it does not in time. */
async function untilAnswer(
  { url }: Closed,
  headers: Headers,
  isAnswered: boolean,
  mostMs: number,
): Promise<number> {
  const began = performance.now();
  for (;;) {
    const answer = await fetch(`${url}/projects?limit=1`, { headers });
    await answer.body?.cancel();
    const passed = performance.now() - began;
    if (answer.ok === isAnswered) return passed;
    if (passed > mostMs) return passed;
    await pause(betweenMs);
  }
}

interface OpenStream {
  /** When it ended, by the clock of the process. */
  ended: Promise<number>;
  leave(): void;
}

async function openStream({ url }: Closed, headers: Headers): Promise<OpenStream> {
  const leaving = new AbortController();
  const answer = await fetch(`${url}/alerts/stream`, { headers, signal: leaving.signal });
  if (!answer.ok || !answer.body) throw new Error(`the stream was answered ${answer.status}`);
  const reader = answer.body.getReader();
  const read = async () => {
    while (!(await reader.read()).done);
  };
  const ended = read()
    .catch(() => undefined)
    .then(() => performance.now());
  return { ended, leave: () => leaving.abort() };
}

/** Milliseconds from a moment until a stream ended; more than the most if it does not in time. */
async function endedAfter(stream: OpenStream, began: number, mostMs: number): Promise<number> {
  const late = pause(mostMs, undefined, { ref: false }).then(() => performance.now() + mostMs);
  const ended = await Promise.race([stream.ended, late]);
  stream.leave();
  return ended - began;
}

function median(all: readonly number[]): number {
  const sorted = all.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

/** An admission that remembers whom it has admitted. */
function remembering(admit: Principals['admit']): Principals['admit'] {
  const known = new Map<string, ReturnType<Principals['admit']>>();
  return function (this: Principals, ...asked) {
    const [text] = asked;
    const found = known.get(text) ?? admit.apply(this, asked);
    if (typeof found === 'object') known.set(text, found);
    return found;
  };
}
