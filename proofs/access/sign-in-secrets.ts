import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { keyParts } from '../../src/app/access/key-text.js';

/** What only those who sign in may know, by what it is. */
type Held = Record<string, string>;

/**
 * Closes a service and signs people in by every way that there is, right and wrong ones; what the service answers to others is
 * added to what was seen.
 *
 * @param canary a secret that nobody else has, by its name
 * @returns the secrets of the people
 */
export async function signInSecrets(
  at: string,
  dataPath: string,
  canary: (name: string) => string,
  seen: Map<string, string>,
): Promise<Held> {
  const token = readFileSync(join(dataPath, 'setup-token'), 'utf8').trim();
  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    body?: object,
  ) => {
    const answer = await request(at + path, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return {
      text: await answer.body.text(),
      status: answer.statusCode,
      cookie: String(answer.headers['set-cookie'] ?? ''),
    };
  };
  const made = async (path: string, headers: Record<string, string>, body?: object) => {
    const { text, status, cookie } = await ask('POST', path, headers, body);
    if (status !== 201) throw new Error(`POST ${path}: ${status} ${text}`);
    const said: Record<string, string> = { ...JSON.parse(text), cookie };
    return said;
  };
  const { key = '' } = await made('/access/first-administrator', {}, { token, name: 'Ann' });
  const by = { authorization: `Bearer ${key}` };
  const { person = '' } = await made('/people', by, { name: 'Lin' });
  await made(`/people/${person}/grants`, by, { role: 'auditor', scope: { kind: 'installation' } });
  const { key: program = '' } = await made(`/people/${person}/keys`, by, {});
  const { link = '' } = await made(`/people/${person}/links`, by);
  const password = canary('password');
  const wrong = { password: canary('wrong password'), link: canary('wrong link'), key: canary('wrong key') };
  const { cookie = '' } = await made('/session', {}, { link, password });
  const session = /=([^;]+)/.exec(cookie)?.[1] ?? '';
  const browser = { cookie: cookie.split(';')[0] ?? '', 'sec-fetch-site': 'same-origin' };
  const { code = '' } = await made(`/people/${person}/enrolments`, by);
  const phone = await made('/devices', {}, { code, label: 'Phone' });
  const device = /=([^;]+)/.exec(phone.cookie ?? '')?.[1] ?? '';
  seen.set('used code', (await ask('POST', '/devices', {}, { code, label: 'Phone' })).text);
  const { code: unusedCode = '' } = await made(`/people/${person}/enrolments`, by);
  for (const path of ['/people/self', '/entries', '/people'])
    seen.set(`page GET ${path}`, (await ask('GET', path, browser)).text);
  for (const path of ['/people', '/access', '/access/reads', `/people/${person}`])
    seen.set(`key GET ${path}`, (await ask('GET', path, by)).text);
  for (const body of [
    { who: 'Lin', password: wrong.password },
    { link: wrong.link, password },
    { key: wrong.key },
  ])
    seen.set(`refused ${Object.keys(body)}`, (await ask('POST', '/session', {}, body)).text);
  // Used again, and with something missing.
  seen.set('used link', (await ask('POST', '/session', {}, { link, password })).text);
  seen.set('no password', (await ask('POST', '/session', {}, { link })).text);
  const secretOf = (text: string) => keyParts(text)?.secret ?? text;
  const held = {
    setupToken: token,
    password,
    wrongPassword: wrong.password,
    wrongLink: wrong.link,
    wrongKey: wrong.key,
  };
  const own = {
    administratorKey: secretOf(key),
    programKey: secretOf(program),
    link: secretOf(link),
    session: secretOf(session),
    device: secretOf(device),
  };
  for (const [name, secret] of Object.entries(own))
    if (secret.length < 20) throw new Error(`There is no secret of ${name} to look for.`);
  for (const one of [code, unusedCode]) if (one.length < 8) throw new Error('There is no code to look for.');
  return { ...held, ...own, code, unusedCode };
}
