import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import type { Role } from '../../domain/access/roles.js';
import type { Scope } from '../../domain/access/scope.js';
import { readConfig } from '../../src/composition/settings/config.js';
import { start } from '../../src/start/start.js';
import { settingsOf } from '../service/child-service.js';

/** A person of a proof, with a key. */
export interface Somebody {
  person: string;
  key: string;
}

/** What is asked of a service that asks for a sign-in, with its first administrator. */
export interface ClosedAccess {
  at: string;
  administrator: Somebody;
  /** Sends a request of somebody; a status that is no success is an error. */
  send(method: Method, path: string, key: string, body?: object): Promise<Answer>;
  /** Adds a person with roles and a key. */
  person(name: string, ...grants: [Role, Scope][]): Promise<Somebody>;
}

type Method = 'GET' | 'POST' | 'DELETE';
type Answer = Record<string, unknown>;

/** Starts the whole service in this process, on an empty data folder, and closes it: several start in the time of one process. */
export async function closedInside(
  dataPath: string,
  env: Record<string, string>,
): Promise<ClosedAccess & { close(): Promise<void> }> {
  const { url, close } = await start(readConfig({ ...settingsOf(dataPath), ...env }), (error) => {
    throw error;
  });
  return { ...(await founded(url, dataPath)), close };
}

/** Makes the first administrator of a service. */
async function founded(at: string, dataPath: string): Promise<ClosedAccess> {
  const token = readFileSync(join(dataPath, 'setup-token'), 'utf8').trim();
  const body = { token, name: 'Ann' };
  const { person, key } = await sent(at, 'POST', '/access/first-administrator', undefined, body);
  return closedAccess(at, { person: String(person), key: String(key) });
}

/** Asks the service at an address. */
export function closedAccess(at: string, administrator: Somebody): ClosedAccess {
  const send: ClosedAccess['send'] = (method, path, key, body) => sent(at, method, path, key, body);
  return {
    at,
    administrator,
    send,
    async person(name, ...grants) {
      const { key: by } = administrator;
      const person = String((await send('POST', '/people', by, { name })).person);
      for (const [role, scope] of grants) await send('POST', `/people/${person}/grants`, by, { role, scope });
      const { key } = await send('POST', `/people/${person}/keys`, by, {});
      return { person, key: String(key) };
    },
  };
}

async function sent(at: string, method: Method, path: string, key?: string, body?: object): Promise<Answer> {
  const answer = await request(at + path, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}
