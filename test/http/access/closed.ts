import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role } from '../../../domain/access/roles.js';
import type { Scope } from '../../../domain/access/scope.js';
import { world } from '../../../src/composition/world.js';
import { createHttpApp, type HttpOptions } from '../../../src/http/app.js';
import { type Service, startService } from '../service.js';

const token = 'the-token-of-the-data-folder';

export const installation: Scope = { kind: 'installation' };
export const districtOf = (district: string): Scope => ({ kind: 'district', district });

/** The answer to a request. */
interface Answered {
  status: number;
  headers: Record<string, unknown>;
  text: string;
  body: Record<string, unknown>;
}

/** A person with a key. */
export interface Somebody {
  id: string;
  key: string;
  /** The public id of the key. */
  credential: string;
}

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A service that asks for a sign-in, with its first administrator, and two projects: `quay` of Harbour and `mill` of Hills. */
export class ClosedService {
  private constructor(
    readonly service: Service,
    readonly app: NestFastifyApplication,
    readonly administrator: string,
    readonly limits: HttpOptions['limits'],
  ) {}

  static async start(options: Partial<HttpOptions> = {}, clock?: { at: string }): Promise<ClosedService> {
    const service = await startService(clock);
    for (const [project, district] of [
      ['quay', 'Harbour'],
      ['mill', 'Hills'],
    ])
      await service.send('POST', '/projects', {
        project,
        name: { en: project },
        district,
        asOf: '2018-01-01',
      });
    const app = await createHttpApp(service.composed.topout, {
      after: world.after,
      setupToken: token,
      measures: service.composed.measures,
      ...options,
    });
    const body = JSON.stringify({ token, name: 'Ann' });
    const founded = await app.inject({
      method: 'POST',
      url: '/access/first-administrator',
      payload: body,
      headers: { 'content-type': 'application/json' },
    });
    return new ClosedService(service, app, JSON.parse(founded.payload).key, options.limits);
  }

  /** Sends a request once everything stored can be read; a text as lines. */
  async ask(
    method: Method,
    url: string,
    key?: string,
    body?: unknown,
    more: Record<string, string> = {},
    remoteAddress?: string,
  ): Promise<Answered> {
    const { composed } = this.service;
    await composed.views.waitFor(await composed.store.head());
    const isLines = typeof body === 'string';
    const { statusCode, headers, payload } = await this.app.inject({
      method,
      url,
      payload: isLines || body === undefined ? (body as string | undefined) : JSON.stringify(body),
      ...(remoteAddress === undefined ? {} : { remoteAddress }),
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': isLines ? 'application/x-ndjson' : 'application/json' }),
        ...more,
      },
    });
    const type = String(headers['content-type']);
    const isJson = /json/.test(type) && !/ndjson/.test(type);
    return { status: statusCode, headers, text: payload, body: isJson && payload ? JSON.parse(payload) : {} };
  }

  /** A new person with roles; and a key of theirs. */
  async person(name: string, ...grants: [Role, Scope][]): Promise<Somebody> {
    const id = String((await this.ask('POST', '/people', this.administrator, { name })).body.person);
    for (const [role, scope] of grants)
      await this.ask('POST', `/people/${id}/grants`, this.administrator, { role, scope });
    const { body } = await this.ask('POST', `/people/${id}/keys`, this.administrator, {});
    return { id, key: String(body.key), credential: String(body.credential) };
  }

  /** Ends every role of a person. */
  async revokeAll({ id }: Somebody): Promise<void> {
    const { body } = await this.ask('GET', `/people/${id}`, this.administrator);
    for (const { grant, revoked } of body.grants as { grant: string; revoked?: object }[])
      if (!revoked) await this.ask('DELETE', `/people/${id}/grants/${grant}`, this.administrator);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.service.close();
  }
}
