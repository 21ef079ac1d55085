import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { type ApiDocument, type Route, routesByGroup } from '../../src/http/page/docs/document.js';
import { bodyOf, curlOf } from '../../src/http/page/docs/sample.js';
import { groupName } from '../../src/http/page/docs/texts.js';
import { type Service, startService } from './service.js';

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const someId = '0197c3a0-5f2e-7c3d-8a41-6b1f2d3e4c5a';

let service: Service;
let closed: NestFastifyApplication;
let routes: Route[];
let document: ApiDocument;

beforeAll(async () => {
  service = await startService();
  closed = await createHttpApp(service.composed.topout, { after: world.after });
  document = (await service.get('/openapi.json')).body as unknown as ApiDocument;
  routes = [...routesByGroup(document).values()].flat();
});
afterAll(async () => {
  await closed.close();
  await service.close();
});

describe('the page of the API', () => {
  test.each(['en', 'zh'] as const)('lists every route with who may call it, in %s', async (language) => {
    const page = await service.get('/docs', { 'accept-language': language });
    expect([page.status, page.headers['content-language']]).toEqual([200, language]);
    const links = [...page.text.matchAll(/href="\/docs\/(\w+)"/g)].map(([, name]) => name);
    expect(links.sort()).toEqual(routes.map(({ operation }) => operation.operationId).sort());
    expect(page.text.match(/<span class="who">[^<]+<\/span>/g)?.length).toBe(routes.length);
    for (const tag of routesByGroup(document).keys()) expect(groupName(tag, language)).not.toBe(tag);
  });

  test('has a page for every route, whose links lead somewhere on it', async () => {
    for (const { operation, method } of routes) {
      const page = await service.get(`/docs/${operation.operationId}`, { 'accept-language': 'zh' });
      expect([operation.operationId, page.status]).toEqual([operation.operationId, 200]);
      expect(page.text).toContain(`<span class="method ${method.toLowerCase()}">${method}</span>`);
      const targets = [...page.text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? '');
      expect(targets.filter((id) => !page.text.includes(`id="${id}"`))).toEqual([]);
      expect(page.text).not.toMatch(/\[object |>(undefined|false|NaN)/);
    }
  });

  test('says who may call a route, in the words of the roles', async () => {
    const said = async (name: string, language: string) =>
      /<h2 id="who">.*<\/h2>\n<p>(.*)<\/p>/.exec(
        (await service.get(`/docs/${name}`, { 'accept-language': language })).text,
      )?.[1];
    expect(await said('log', 'en')).toBe('Who may log facts at the project: inspector.');
    expect(await said('log', 'zh')).toBe('可在该项目填报记录者：巡查员。');
    expect(await said('live', 'en')).toBe('Everybody, without a sign-in.');
    expect(await said('people', 'en')).toBe(
      'Who may manage people, roles and keys or read who may do what somewhere: auditor, administrator. The answer is narrowed to where they may.',
    );
  });

  test('keeps a language that the address names, before that of the browser', async () => {
    const page = await service.get('/docs/log?lang=zh', { 'accept-language': 'en' });
    expect(page.headers['content-language']).toBe('zh');
    expect(page.text).toContain('href="/docs?lang=zh#entries"');
    expect(page.text).toContain('href="/docs/log?lang=en"');
  });

  test('shows a text of the address as a text', async () => {
    const page = await service.get('/docs/%3Cscript%3Ealert(1)', html);
    expect([page.status, String(page.headers['content-type'])]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.text).not.toContain('<script>alert');
    expect(page.text).toContain('There is no such route');
    const program = await service.get('/docs/nothing');
    expect([program.status, program.body.type]).toEqual([404, '/problems/route-unknown']);
  });

  test('shows a command with a body that the route understands', async () => {
    const shapes = document.components.schemas;
    const faults: string[] = [];
    for (const route of routes) {
      const { operation, method } = route;
      const query = operation.parameters?.some((one) => one.in === 'query' && one.required);
      // What is sent from a file is changed there, and a checkpoint is an answer of another route.
      const isOwnFile = ['adoptRules', 'testRules', 'adoptLexicon', 'testLexicon', 'cosign'].includes(
        operation.operationId,
      );
      if (isOwnFile || !(query || operation.requestBody)) continue;
      const command = curlOf(route, { base: 'http://127.0.0.1:3000', shapes, isOpen: true });
      const address = /'http:\/\/127\.0\.0\.1:3000([^']*)'/.exec(command)?.[1] ?? '';
      const url = address.replace(/(?<=\/calendars\/)NAME/, 'site-days').replaceAll(/(?<=\/)[A-Z]+/g, someId);
      const body = bodyOf(operation, shapes);
      const answer =
        method === 'GET'
          ? await service.get(url)
          : operation.requestBody?.content['application/x-ndjson']
            ? await service.sendLines([body])
            : await service.send(method as 'POST', url, body ?? '');
      if (answer.status === 400 || answer.status >= 500) faults.push(`${command}: ${answer.text}`);
    }
    expect(faults).toEqual([]);
  });
});

describe('a stranger at a closed installation', () => {
  const ask = (url: string, headers: Record<string, string>, method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
    closed.inject({ method, url, headers });

  test.each([
    '/docs',
    '/docs/log?lang=zh',
    '/projects/huaao-2',
    '/metrics',
    '/openapi.json',
    '/nothing-here',
  ])('who opens %s in a browser is sent to the sign-in, and from there back', async (url) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const { statusCode, headers, payload } = await ask(url, html, method);
      expect([statusCode, headers.location, payload]).toEqual([
        303,
        `/#/open?at=${encodeURIComponent(url)}`,
        '',
      ]);
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  test.each<[string, Record<string, string>]>([
    ['a program', {}],
    ['a script of a page', { accept: '*/*' }],
    ['a program with a wrong key that takes anything', { ...html, authorization: 'Bearer tpo_x' }],
  ])('that is %s gets a problem', async (_, headers) => {
    const { statusCode, payload } = await ask('/docs', headers);
    expect([statusCode, JSON.parse(payload).status]).toEqual([401, 401]);
  });

  test('whose session has ended is sent to the sign-in as well', async () => {
    const cookie = `topout=tpo_abcdefgh_${'A'.repeat(43)}00000000`;
    expect((await ask('/docs', { ...html, cookie, host: 'localhost' })).statusCode).toBe(303);
    expect((await ask('/docs', { cookie, host: 'localhost' })).statusCode).toBe(401);
  });

  test('who sends something from a form gets a problem', async () => {
    expect((await ask('/projects', html, 'POST')).statusCode).toBe(401);
  });
});
