import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { World } from '../../src/app/ports.js';
import { recordLine } from '../../src/http/routes/import-lines.js';
import { openVault } from '../../src/vault/vault.js';
import { district, districtTexts } from '../examples/district.js';
import { uuidOf } from '../support/dice.js';
import { newPrefix, newServers } from '../support/event-store-cluster.js';
import { eventsOf } from '../support/event-store-ports.js';
import { quickWorld } from '../support/quick-world.js';
import { type Answer, type Replica, startReplica } from '../support/replica.js';
import { readStream } from '../support/stream-reader.js';
import { type Receiver, startReceiver } from '../support/webhook-receiver.js';
import { keyOf } from './entries.js';

jest.setTimeout(120_000);

/** A clock that is set, and ids derived from the current operation. */
class SetWorld {
  at = Date.parse('2018-07-10T01:00:00.000Z');
  private turn = 0;
  private given = 0;

  next(): void {
    this.at += 61_000;
    this.turn += 1;
    this.given = 0;
  }

  world(): World {
    return {
      ...quickWorld(5),
      now: () => new Date(this.at).toISOString(),
      newId: () => uuidOf(`turn ${this.turn}, id ${this.given++}`),
      random: () => 0.5,
    };
  }
}

/** A service with the example, and how its positions count. */
interface Side {
  service: Replica;
  url: string;
  /** Every position of the log, oldest first. */
  positions: number[];
  /** Those of alert events. */
  alertPositions: number[];
  /** The projects, alerts, entries and pages in URLs. */
  named: { projects: string[]; alerts: string[]; subscription: string; token: string };
}

/** A log has a tree, a name and a key of its own, so that its proofs are of no other log. */
const isOfOneLog = (path: string): boolean =>
  path.startsWith('/ledger/') || path === '/projects/{project}/bundle';

type Asks = (side: Side) => {
  urls: string[];
  /** Of the first URL; 200 by default. */
  status?: number;
  compares?: (answer: Answer, side: Side) => unknown;
};

const at = (side: Side, share: number): number =>
  side.positions[Math.floor((side.positions.length - 1) * share)] as number;

/** The same query at several points of both clocks. */
const moments = (side: Side, url: string): string[] => {
  const join = url.includes('?') ? '&' : '?';
  const asked = [
    'asOf=2018-06-30',
    'asOf=2018-05',
    'asOf=2018-07-10',
    'knownAt=2018-07-10T02:00:00Z',
    ...[0, 0.3, 0.7, 1].map((share) => `knownAt=${at(side, share)}`),
    `asOf=2018-06-30&knownAt=${at(side, 0.5)}`,
    `after=${at(side, 1)}`,
  ];
  return [url, ...asked.map((moment) => `${url}${join}${moment}`)];
};
const known = (side: Side, url: string): string[] => [
  url,
  ...[0.9, 1].map((share) => `${url}${url.includes('?') ? '&' : '?'}knownAt=${at(side, share)}`),
];
const each = (ids: readonly string[], of: (id: string) => string[]) => ids.flatMap(of);

/**
 * The state of the store differs between stores; reads of the views do not. A file needs no directory, and no leader.
 */
const withoutStore = ({ body: { deliveries: _, ...body } }: Answer) => ({
  ...body,
  store: { ...body.store, inStepAt: undefined },
  views: body.views.filter(({ name }: { name: string }) => name !== 'directory'),
});
const figuresOf = ({ text }: Answer, side: Side) =>
  text
    .replaceAll(/^.*view="directory".*\n/gm, '')
    .replaceAll(/^topout_deliveries_.*\n/gm, '')
    // How long it took, in how many commits, and with how much memory, is of each side alone.
    .replaceAll(
      /^(?:# \w+ )?(?:process_|nodejs_|topout_(?:append|commit|http|notices|events_recorded)_?).*\n/gm,
      '',
    )
    // A checkpoint is signed some time after the entries, on each side by its own timer.
    .replaceAll(/^(topout_(?:\w+_age_seconds|ledger_size|ledger_lag_seconds)) \S+$/gm, '$1')
    .replaceAll(/^(topout_(?:store_head|view_position)\S*) (\d+)$/gm, (_, name, position) => {
      return `${name} ${side.positions.indexOf(Number(position))}`;
    });

/** Every GET route, with its queries. */
const routes: Record<string, Asks> = {
  '/': () => ({ urls: ['/'] }),
  '/health/live': () => ({ urls: ['/health/live'] }),
  '/health/readable': () => ({ urls: ['/health/readable'] }),
  '/health/ready': () => ({ urls: ['/health/ready'], compares: withoutStore }),
  '/metrics': () => ({ urls: ['/metrics'], compares: figuresOf }),
  '/problems': () => ({ urls: ['/problems'] }),
  '/problems/{name}': () => ({ urls: ['/problems/store-unavailable', '/problems/none'] }),
  '/portfolio': (side) => ({
    urls: [
      '',
      '?groupBy=district',
      '?groupBy=sector',
      '?groupBy=stage',
      '?groupBy=owner',
      '?groupBy=phase',
    ].flatMap((query) => moments(side, `/portfolio${query}`)),
  }),
  '/projects': (side) => ({
    urls: [...moments(side, '/projects'), ...moments(side, '/projects?limit=3'), '/projects?stage=started'],
  }),
  '/projects/{project}': (side) => ({
    urls: [...each(side.named.projects, (id) => moments(side, `/projects/${id}`)), '/projects/nobody-knows'],
  }),
  '/projects/{project}/journal': (side) => ({
    urls: each(side.named.projects, (id) => [
      ...moments(side, `/projects/${id}/journal`),
      ...known(side, `/projects/${id}/journal?order=newest&limit=4`),
      ...known(side, `/projects/${id}/journal?include=alerts`),
    ]),
  }),
  '/projects/{project}/contradictions': (side) => ({
    urls: each(side.named.projects, (id) => [
      ...moments(side, `/projects/${id}/contradictions`),
      `/projects/${id}/contradictions?limit=1`,
    ]),
  }),
  '/entries': (side) => ({
    urls: ['/entries?limit=500', '/entries?limit=7', `/entries?limit=500&after=${at(side, 0.5)}`],
  }),
  '/projects/{project}/series': (side) => ({
    urls: each(side.named.projects, (id) => [
      ...moments(side, `/projects/${id}/series`),
      `/projects/${id}/series?from=2018-03-01`,
    ]),
  }),
  '/projects/{project}/changes': (side) => ({
    urls: each(side.named.projects, (id) => [
      `/projects/${id}/changes?from=2018-03-31&to=2018-06-30`,
      `/projects/${id}/changes?from=2018-05-31`,
      `/projects/${id}/changes?clock=knownAt&from=${at(side, 0.2)}&to=${at(side, 0.9)}`,
      `/projects/${id}/changes?clock=knownAt&from=2018-07-10T02:00:00Z&asOf=2018-06-30`,
    ]),
  }),
  '/projects/{project}/explanation': (side) => ({
    urls: each(side.named.projects, (id) =>
      ['percent', 'floor', 'ceiling', 'invested', 'planned', 'slip:completion'].flatMap((figure) => [
        `/projects/${id}/explanation?figure=${figure}`,
        `/projects/${id}/explanation?figure=${figure}&asOf=2018-05-31&knownAt=${at(side, 0.6)}`,
      ]),
    ),
  }),
  '/portfolio/lights': (side) => ({
    urls: ['', '?weeks=3&since=2018-03'].flatMap((query) => moments(side, `/portfolio/lights${query}`)),
  }),
  '/portfolio/changes': (side) => ({
    urls: [
      `/portfolio/changes?asOf=2018-06-30&knownAt=${at(side, 0.4)}&toKnownAt=${at(side, 0.9)}`,
      `/portfolio/changes?asOf=2018-05-31&toAsOf=2018-06-30&sector=chemicals`,
    ],
  }),
  '/portfolio/explanation': (side) => ({
    urls: ['', '?figure=ceiling', '?figure=invested:unknown:CNY&asOf=2018-06-30'].flatMap((query) =>
      known(side, `/portfolio/explanation${query}`),
    ),
  }),
  '/alerts': (side) => ({
    urls: [
      '',
      '?status=open',
      '?limit=2',
      '?atLeast=red',
      '?rule=declared-stall',
      '?project=huaao-2',
    ].flatMap((query) => known(side, `/alerts${query}`)),
  }),
  '/alerts/count': (side) => ({
    urls: ['', '?status=open', '?atLeast=red', '?project=huaao-2'].flatMap((query) =>
      known(side, `/alerts/count${query}`),
    ),
  }),
  '/alerts/needs': (side) => ({
    urls: ['', '?limit=2'].flatMap((query) => known(side, `/alerts/needs${query}`)),
  }),
  '/alerts/by-project': (side) => ({
    urls: ['', '?limit=1', '?state=waiting&find=no'].flatMap((query) =>
      known(side, `/alerts/by-project${query}`),
    ),
  }),
  '/alerts/key': () => ({ urls: ['/alerts/key'] }),
  '/alerts/{alert}': (side) => ({ urls: each(side.named.alerts, (id) => known(side, `/alerts/${id}`)) }),
  '/alerts/{alert}/notices': (side) => ({
    urls: each(side.named.alerts, (id) => known(side, `/alerts/${id}/notices`)),
  }),
  '/lexicon': () => ({ urls: ['/lexicon', '/lexicon?version=2', '/lexicon?version=9'] }),
  '/lexicon/versions': () => ({ urls: ['/lexicon/versions'] }),
  '/rules': () => ({ urls: ['/rules', '/rules?version=1', '/rules?version=9'] }),
  '/rules/versions': () => ({ urls: ['/rules/versions'] }),
  '/calendars': () => ({ urls: ['/calendars'] }),
  '/access': (side) => ({ urls: moments(side, '/access') }),
  '/access/reads': () => ({ urls: ['/access/reads'] }),
  '/people': () => ({ urls: ['/people'] }),
  // Of an open installation: nobody signs in, and nobody was added.
  '/people/self': () => ({ urls: ['/people/self'] }),
  '/people/names': () => ({ urls: ['/people/names'] }),
  '/people/{person}': () => ({ urls: ['/people/019a4c1e-0000-7000-8000-0000000000f1'], status: 404 }),
  '/subscriptions': () => ({ urls: ['/subscriptions'] }),
  '/subscriptions/{subscription}': ({ named }) => ({ urls: [`/subscriptions/${named.subscription}`] }),
  '/subscriptions/{subscription}/notices': ({ named }) => ({
    urls: [`/subscriptions/${named.subscription}/notices`],
  }),
  // The subscription is by webhook, which has no address to confirm.
  '/subscriptions/{subscription}/confirm': ({ named }) => ({
    urls: [`/subscriptions/${named.subscription}/confirm?token=${named.token}`],
    status: 404,
  }),
  '/subscriptions/{subscription}/unsubscribe': ({ named }) => ({
    urls: [`/subscriptions/${named.subscription}/unsubscribe?token=${named.token}`],
  }),
  // Without a provider of identities a browser is sent back to the page.
  '/session/provider': () => ({ urls: ['/session/provider', '/session/provider?page=log'], status: 303 }),
  '/session/provider/return': () => ({ urls: ['/session/provider/return?code=x'], status: 303 }),
  // An endless stream: read in a test of its own.
  '/alerts/stream': () => ({ urls: [] }),
};

/** Members of answers with a position. */
const holdsPosition = new Set(['upTo', 'position', 'knownAt', 'head', 'since', 'until']);

function rankOf(position: number, side: Side): string {
  const rank = side.positions.indexOf(position);
  return rank < 0 ? `no position: ${position}` : `rank ${rank}`;
}

/** A body with each position replaced by its rank; other values are unchanged. */
function ranked(value: unknown, side: Side): unknown {
  if (Array.isArray(value)) return value.map((item) => ranked(item, side));
  // The values that a refusal has seen.
  if (typeof value === 'string')
    return value.replaceAll(/(?<=\bby position |截至第 )\d+/g, (position) => rankOf(Number(position), side));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (!holdsPosition.has(name) || typeof member !== 'number') return [name, ranked(member, side)];
      return [name, rankOf(member, side)];
    }),
  );
}

const languages = ['en', 'zh'];

describe.each(newServers)('the example district, %s', (_name, startServer) => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let folder: string;
  let receiver: Receiver;
  let file: Side;
  let cluster: Side;

  beforeAll(async () => {
    server = await startServer();
    folder = mkdtempSync(join(tmpdir(), 'topout-same-'));
    receiver = await startReceiver('127.0.0.1', ({ text }, response) => {
      response.end(JSON.stringify({ challenge: JSON.parse(text).challenge }));
    });
    file = await sideOf({});
    cluster = await sideOf({ url: server.url, prefix: newPrefix() });
  });
  afterAll(async () => {
    for (const side of [file, cluster]) {
      await side?.service.close();
      side?.service.remove();
    }
    await receiver.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function sideOf(place: { url?: string; prefix?: string }): Promise<Side> {
    const set = new SetWorld();
    const vaultPath = join(folder, 'vault.json');
    const service = await startReplica({
      ...place,
      vaultPath,
      world: set.world(),
      // No project waits for the evaluation of another, so alerts are raised in one order on both sides.
      elapsedMs: () => 0,
      env: { TOPOUT_WEBHOOK_LOOPBACK: 'on' },
    });
    const { topout, store, views } = service.composed;
    await service.composed.onDay(district.businessDay, async () => {
      for (const text of districtTexts) {
        set.next();
        expect((await recordLine(topout, text, { by: 'example' })).outcome).toBe('recorded');
      }
    });
    set.next();
    const wish = {
      name: 'duty',
      channel: { kind: 'webhook', url: `http://127.0.0.1:${receiver.port}/topout` },
      choice: { districts: ['nowhere'] },
    };
    const added = await service.ask('POST', '/subscriptions', wish, keyOf('subscription'));
    expect(added.status).toBe(201);
    set.next();
    await service.composed.watch();
    await views.waitFor(await store.head());
    // Time has passed since the log was last known to be followed.
    await service.health(({ ageSeconds }) => ageSeconds === undefined);
    const events = await eventsOf(store.readAll());
    const alerts = await service.ask('GET', '/alerts?limit=500');
    const projects = await service.ask('GET', '/projects?limit=500');
    const { subscription } = added.body;
    return {
      service,
      url: await service.listen(),
      positions: [0, ...events.map(({ position }) => position)],
      alertPositions: events
        .filter(({ stream }) => stream.startsWith('alerts-'))
        .map(({ position }) => position),
      named: {
        projects: projects.body.items.map(({ project }: { project: string }) => project),
        alerts: alerts.body.items.map(({ alert }: { alert: string }) => alert),
        subscription,
        token: openVault(vaultPath).token(subscription, 'unsubscribe'),
      },
    };
  }

  test('has the same projects, alerts and number of events on both', () => {
    expect(cluster.named).toEqual(file.named);
    expect(cluster.positions.length).toBe(file.positions.length);
    expect([file.named.projects.length > 5, file.named.alerts.length > 2]).toEqual([true, true]);
  });

  test('every GET route is requested here', async () => {
    const { paths } = (await file.service.ask('GET', '/openapi.json')).body;
    const read = Object.keys(paths).filter((path) => paths[path].get && !isOfOneLog(path));
    expect(Object.keys(routes).sort()).toEqual(read.sort());
    expect((await cluster.service.ask('GET', '/openapi.json')).text).toBe(
      (await file.service.ask('GET', '/openapi.json')).text,
    );
  });

  test.each(Object.keys(routes))('GET %s answers equally from a file and a cluster', async (route) => {
    for (const language of languages) {
      const answers = await Promise.all([file, cluster].map((side) => answersOf(route, side, language)));
      expect(answers[1]).toEqual(answers[0]);
    }
  });

  /** The answers page by page, with ranks for positions. */
  async function answersOf(route: string, side: Side, language: string): Promise<unknown[]> {
    const { urls, status: expected = 200, compares } = (routes[route] as Asks)(side);
    const found: unknown[] = [];
    for (const [number, first] of urls.entries()) {
      for (let url: string | undefined = first, page = 0; url !== undefined && page < 3; page += 1) {
        const answer: Answer = await side.service.ask('GET', url, undefined, {
          'accept-language': language,
        });
        const { status, headers, body, text } = answer;
        if (number === 0 && page === 0) expect([url, status]).toEqual([url, expected]);
        const isJson = text.startsWith('{');
        const told =
          compares?.(answer, side) ?? (isJson ? JSON.stringify(ranked(withoutAddress(body), side)) : text);
        const tag = String(headers.etag).replace(
          /@(\d+)(?=[@-])/g,
          (_: string, at: string) => `@${rankOf(Number(at), side)}`,
        );
        found.push([route, number, page, status, headers['content-type'], tag, told]);
        const next: string | undefined = body.next;
        url = next && `${first}${first.includes('?') ? '&' : '?'}cursor=${next}`;
      }
    }
    return found.map((told) => ranked(told, side));
  }

  /** A problem repeats the URL, including the requested position. */
  const withoutAddress = ({ instance: _, ...body }: Record<string, unknown>) => body;

  test('GET /alerts/stream is equal, from the beginning and from a position on', async () => {
    const heard = await Promise.all(
      [file, cluster].map(async (side) => {
        const told: unknown[] = [];
        for (const share of [0, 0.98]) {
          const headers = { 'last-event-id': String(at(side, share)), 'accept-language': 'zh' };
          const reader = await readStream(`${side.url}/alerts/stream`, headers);
          await reader.arrived(side.alertPositions.filter((position) => position > at(side, share)).length);
          reader.close();
          told.push(
            reader.events.map(({ id, event, data }) => [
              side.positions.indexOf(Number(id)),
              event,
              ranked(JSON.parse(data ?? ''), side),
            ]),
          );
        }
        return told;
      }),
    );
    expect(heard[1]).toEqual(heard[0]);
    expect(heard[0]?.[0]).toHaveLength(file.alertPositions.length);
  });
});
