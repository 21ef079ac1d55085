import type { Page } from '@playwright/test';
import type { Role } from '../../../domain/access/roles.js';
import type { Scope } from '../../../domain/access/scope.js';
import type { Closed } from './closed.js';

/** Somebody of a closed installation, with a key. */
export interface Somebody {
  id: string;
  key: string;
}

/** Adds a person with roles and a key, as an administrator does over HTTP. */
export async function addPerson(
  { ask }: Pick<Closed, 'ask'>,
  name: string,
  ...grants: [Role, Scope][]
): Promise<Somebody> {
  const { person: id = '' } = await ask('POST', '/people', { name });
  for (const [role, scope] of grants) await ask('POST', `/people/${id}/grants`, { role, scope });
  const { key = '' } = await ask('POST', `/people/${id}/keys`, {});
  return { id, key };
}

/** Signs a browser in by a key; its cookie holds for all of its pages. */
export async function signIn(page: Page, { url }: Pick<Closed, 'url'>, key: string): Promise<void> {
  const headers = { origin: url };
  const answer = await page.context().request.post(`${url}/session`, { data: { key }, headers });
  if (answer.status() !== 201)
    throw new Error(`signing in was answered ${answer.status()}: ${await answer.text()}`);
}
