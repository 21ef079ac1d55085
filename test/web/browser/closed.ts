import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../../domain/access/roles.js';
import { type Running, startBuilt } from './service.js';

/** A service with an administrator: it asks for a sign-in. */
export interface Closed extends Running {
  /** The key of the administrator. */
  key: string;
  /** Adds a person with a role in the whole installation, and makes a sign-in link for them. */
  person(name: string, role: Role): Promise<{ id: string; link: string }>;
  /** Sends a request with the key of the administrator. */
  ask(method: string, path: string, body?: unknown): Promise<Record<string, never>>;
}

/** Starts the built service with the example, and closes it. */
export async function startClosed(env: Readonly<Record<string, string>> = {}): Promise<Closed> {
  const running = await startBuilt(env);
  const send = async (method: string, path: string, body: unknown, headers: Record<string, string>) => {
    const answer = await fetch(`${running.url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? {} : ((await answer.json()) as Record<string, never>);
  };
  const token = readFileSync(join(running.dataPath, 'setup-token'), 'utf8').trim();
  const founded = await send('POST', '/access/first-administrator', { token, name: 'Ann' }, {});
  const key = String(founded.key);
  const ask: Closed['ask'] = (method, path, body) =>
    send(method, path, body, { authorization: `Bearer ${key}` });
  return {
    ...running,
    key,
    ask,
    async person(name, role) {
      const { person: id } = await ask('POST', '/people', { name });
      await ask('POST', `/people/${id}/grants`, { role, scope: { kind: 'installation' } });
      const { link } = await ask('POST', `/people/${id}/links`);
      return { id: String(id), link: String(link) };
    },
  };
}
