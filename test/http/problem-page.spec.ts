import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Service, startService } from './service.js';

const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

test.each([
  ['/projects/none', 'en', 'en', 'No such project', 'To the projects'],
  ['/projects/none', 'zh-CN', 'zh', '未找到项目', '回到项目列表'],
  ['/nothing', 'en', 'en', 'GET /nothing', 'To the projects'],
])(
  'a browser that opens %s (%s) gets a page with a way on',
  async (url, accepted, language, said, onward) => {
    const page = await service.get(url, { ...asBrowser, 'accept-language': accepted });
    const type = String(page.headers['content-type']);
    expect([page.status, type, page.headers['content-language']]).toEqual([
      404,
      'text/html; charset=utf-8',
      language,
    ]);
    expect(page.text).toContain(said);
    expect(page.text).toContain(`<a href="/">${onward}</a>`);
  },
);

test.each([
  ['without a word of what it takes', {}],
  ['that takes JSON', { accept: 'application/json' }],
  ['that sends a key', { ...asBrowser, authorization: 'Bearer tpo_x' }],
])('a program %s gets problem details', async (_, headers) => {
  const answer = await service.get('/nothing', headers);
  expect([answer.status, answer.body.type]).toEqual([404, '/problems/route-unknown']);
  expect(String(answer.headers.vary).split(', ')).toEqual(
    expect.arrayContaining(['accept', 'accept-language']),
  );
});

test('a text of the address is a text of the page', async () => {
  const page = await service.get('/projects/%3Cscript%3Ealert(1)', asBrowser);
  expect(page.text).toContain('&lt;script&gt;alert(1)');
  expect(page.text).not.toContain('<script');
});
