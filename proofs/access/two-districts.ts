import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { permissionsOf, type Role, roles } from '../../domain/access/roles.js';
import type { Scope } from '../../domain/access/scope.js';
import { type IdentityProvider, IdentityRefused } from '../../src/app/access/identity-provider.js';
import { compose } from '../../src/composition/compose.js';
import type { Composed } from '../../src/composition/composed.js';
import { type Config, readConfig } from '../../src/composition/settings/config.js';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { recordLine } from '../../src/http/routes/import-lines.js';
import { openToAll } from '../../test/support/open-mode.js';
import { type Receiver, startReceiver } from '../../test/support/webhook-receiver.js';
import { builtPage } from './built-page.js';
import type { Answered, Sent } from './sent.js';

/** The district in which the roles of a district hold, and another one. */
export const districts = { own: 'Harbour', foreign: 'Hills' } as const;

/** Projects by where they lie for a role of a district; nobody registered the absent one. */
export const projects = { own: 'quay-works', foreign: 'mill-works', absent: 'none-works' } as const;

/** Ids that nobody issued. */
export const absentId = '019a4c1e-0000-7000-8000-0000000000f1';

/** Somebody with one role, or nobody. */
export interface Somebody {
  /** Such as `district inspector`. */
  name: string;
  role?: Role;
  isEverywhere: boolean;
  person: string;
  key?: string;
}

/** A provider of identities that issues nothing. */
const provider: IdentityProvider = {
  issuer: 'https://id.example.org',
  identityOf: () => Promise.reject(new IdentityRefused('signature')),
  begin: () => Promise.reject(new IdentityRefused('unavailable')),
  complete: () => Promise.reject(new IdentityRefused('unavailable')),
};

const setupToken = 'the-token-of-the-data-folder';

/** A service that asks for a sign-in, with two districts, a project, an alert and people in each, and somebody in each role. */
export class TwoDistricts {
  /** Every route of fastify's own table, such as `GET /projects/:project`. */
  readonly routes: string[] = [];
  readonly somebody: Somebody[] = [];
  /** Alerts, and people with a role in the district, by place. */
  readonly alerts = { own: '', foreign: '', absent: absentId };
  readonly people = { own: '', foreign: '', absent: absentId };
  /** The administrator of the installation who set all this up. */
  administrator = '';
  composed!: Composed;
  /** The key of somebody who keeps a subscription beside those who ask. */
  other = '';
  /** The service that asks for a sign-in, and the same one for the preparation of a request. */
  closed!: NestFastifyApplication;
  open!: NestFastifyApplication;
  /** Each person's own, by person; and one of somebody who only keeps it. */
  private readonly subscriptions = new Map<string, string>();
  private foreignSubscription = '';
  receiver!: Receiver;
  /** What requests that are to be refused are about, by what it is; made once. */
  readonly shared = new Map<string, Promise<unknown>>();

  private constructor(private readonly folder: string) {}

  static async open(): Promise<TwoDistricts> {
    const folder = mkdtempSync(fileURLToPath(new URL('../../access-', import.meta.url)));
    const made = new TwoDistricts(folder);
    try {
      await made.start();
      return made;
    } catch (error) {
      await made.close();
      throw error;
    }
  }

  /** Asks the service that asks for a sign-in, once everything recorded can be read. */
  async ask(sent: Sent): Promise<Answered> {
    await this.composed.views.waitFor(await this.composed.store.head());
    return this.send(this.closed, sent);
  }

  /** Does something without a sign-in, to prepare a request. */
  async prepare(method: string, url: string, body: unknown): Promise<Record<string, string>> {
    const { status, text } = await this.send(this.open, { method, url, body });
    if (status >= 300) throw new Error(`${method} ${url}: ${status} ${text}`);
    return JSON.parse(text || '{}');
  }

  /** Does something as the administrator of the installation, to prepare a request. */
  async manage(method: string, url: string, body?: unknown): Promise<Record<string, string>> {
    const { status, text } = await this.ask({ method, url, body, key: this.administrator });
    if (status >= 300) throw new Error(`${method} ${url}: ${status} ${text}`);
    return JSON.parse(text || '{}');
  }

  /** A new person with a role. */
  async personWith(name: string, role: Role, scope: Scope): Promise<string> {
    const { person = '' } = await this.manage('POST', '/people', { name });
    await this.manage('POST', `/people/${person}/grants`, { role, scope });
    return person;
  }

  /** A new person with a role, and a key of theirs. */
  async person(name: string, role: Role, scope: Scope): Promise<{ person: string; key: string }> {
    const person = await this.personWith(name, role, scope);
    const { key = '' } = await this.manage('POST', `/people/${person}/keys`, {});
    return { person, key };
  }

  /** The subscription at a place; somebody who may keep none of their own has that of others there too. */
  subscriptionOf({ person }: Somebody, place: 'own' | 'foreign' | 'absent'): string {
    if (place === 'absent') return absentId;
    const own = place === 'own' ? this.subscriptions.get(person) : undefined;
    return own ?? this.foreignSubscription;
  }

  /** A new subscription of the person of a key. */
  async newSubscription(key: string | undefined, name: string): Promise<string> {
    const body = this.subscription(name);
    const { text } = await this.ask({ method: 'POST', url: '/subscriptions', body, key });
    return JSON.parse(text).subscription;
  }

  /** The body of a subscription that its receiver accepts. */
  subscription(name: string): object {
    return { name, channel: { kind: 'webhook', url: `http://127.0.0.1:${this.receiver.port}/hook` } };
  }

  async close(): Promise<void> {
    await this.closed?.close();
    await this.open?.close();
    await this.composed?.close();
    await this.receiver?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(): Promise<void> {
    const { folder } = this;
    this.receiver = await startReceiver('127.0.0.1', ({ text }, response) => {
      response.end(JSON.stringify({ challenge: JSON.parse(text).challenge }));
    });
    const config = readConfig({
      TOPOUT_DATA: join(folder, 'data'),
      TOPOUT_VAULT: join(folder, 'vault.json'),
      TOPOUT_TODAY: '2018-07-10',
      TOPOUT_EXAMPLE: 'off',
      TOPOUT_KEEP_FREE: '0',
      TOPOUT_SETTLING_TIME: '0',
      TOPOUT_WEBHOOK_LOOPBACK: 'on',
    });
    await this.registerProjects(config);
    this.composed = await compose(config, { world });
    const { topout, measures } = this.composed;
    this.open = await createHttpApp(topout, { ...openToAll, after: world.after });
    const note = (message: unknown) =>
      (message as Initialised).fastify.addHook('onRoute', ({ method, url }) => {
        for (const each of [method].flat()) this.routes.push(`${each} ${url}`);
      });
    subscribe('fastify.initialization', note);
    const page = { path: builtPage(folder), newNonce: () => 'n1' };
    this.closed = await createHttpApp(topout, {
      after: world.after,
      measures,
      setupToken,
      page,
      provider,
    });
    unsubscribe('fastify.initialization', note);
    await this.addPeople();
  }

  /** Projects with an alert each. Nothing evaluates or delivers afterwards, so that only requests change the store. */
  private async registerProjects(config: Config): Promise<void> {
    const composed = await compose(config, { world });
    const { topout } = composed;
    try {
      await composed.watch();
      // The foreign alert comes first: a stream that has the own one would have had it before.
      for (const place of ['foreign', 'own'] as const) {
        const project = projects[place];
        const record = (line: object) =>
          recordLine(topout, JSON.stringify({ project, ...line }), { by: 'anonymous' });
        const registered = { name: { en: project }, district: districts[place], asOf: '2018-01-01' };
        await record({ type: 'ProjectRegistered', ...registered });
        const stall = { stall: 'funds', cause: 'financing', blocks: ['works'], from: '2018-06-01' };
        await record({ type: 'StallDeclared', asOf: '2018-06-30', ...stall });
        for (let tries = 0; this.alerts[place] === ''; tries += 1) {
          if (tries > 1_000) throw new Error(`${project} has no alert.`);
          const { items } = await topout.alerts.list({}, { project, rule: 'declared-stall' }, { limit: 1 });
          this.alerts[place] = items[0]?.alert ?? '';
          await pause(5);
        }
      }
    } finally {
      await composed.close();
    }
  }

  private async addPeople(): Promise<void> {
    const body = { token: setupToken, name: 'Ann' };
    const founded = await this.ask({ method: 'POST', url: '/access/first-administrator', body });
    this.administrator = JSON.parse(founded.text).key;
    for (const place of ['own', 'foreign'] as const) {
      const scope = { kind: 'district', district: districts[place] } as const;
      this.people[place] = await this.personWith(`Somebody of ${districts[place]}`, 'subscriber', scope);
    }
    this.somebody.push({ name: 'nobody', isEverywhere: false, person: absentId });
    for (const scope of [{ kind: 'district', district: districts.own }, { kind: 'installation' }] as const)
      for (const role of roles) {
        const name = `${scope.kind} ${role}`;
        const isEverywhere = scope.kind === 'installation';
        const one = await this.person(name, role, scope);
        this.somebody.push({ name, role, isEverywhere, ...one });
        if (!permissionsOf(role).includes('subscriptions-own')) continue;
        this.subscriptions.set(one.person, await this.newSubscription(one.key, name));
      }
    const other = await this.person('Other', 'subscriber', { kind: 'district', district: districts.own });
    this.other = other.key;
    this.foreignSubscription = await this.newSubscription(other.key, `of ${districts.foreign}`);
  }

  private async send(app: NestFastifyApplication, sent: Sent): Promise<Answered> {
    const { method, url, key, body, headers = {}, remoteAddress } = sent;
    const isText = typeof body === 'string';
    const type = isText ? 'application/x-ndjson' : 'application/json';
    const {
      statusCode,
      headers: answered,
      payload,
    } = await app.inject({
      method: method as 'GET',
      url,
      ...(remoteAddress === undefined ? {} : { remoteAddress }),
      ...(body === undefined ? {} : { payload: isText ? body : JSON.stringify(body) }),
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
    });
    return { status: statusCode, headers: answered, text: payload };
  }
}

interface Initialised {
  fastify: {
    addHook(name: 'onRoute', hook: (route: { method: string | string[]; url: string }) => void): void;
  };
}
