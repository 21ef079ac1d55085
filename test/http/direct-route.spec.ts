import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { StoreUnavailable } from '../../src/event-store/errors.js';
import { createHttpApp } from '../../src/http/app.js';
import { asOf, bad, everywhere, ofOneRoute, onItsWay, percentSaid, project } from './bad-cases.js';
import { type Service, startService } from './service.js';

const url = `/projects/${project}/entries`;
const key = '0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b';

let service: Service;
let throughNest: NestFastifyApplication;
beforeAll(async () => {
  service = await startService();
  throughNest = await createHttpApp(service.composed.topout, {
    after: () => () => undefined,
    allThroughNest: true,
  });
  await service.send('POST', '/projects', { project, name: { zh: '华奥' }, asOf: '2018-01-01' });
  await service.send(
    'POST',
    url,
    { type: 'StageEntered', asOf, stage: 'started' },
    { 'idempotency-key': key },
  );
});
afterAll(async () => {
  await throughNest.close();
  await service.close();
});

/** What an app answers, byte for byte but for the date. */
async function answerOf(
  app: NestFastifyApplication,
  path: string,
  payload: string | Buffer,
  headers: object,
) {
  const answer = await app.inject({
    method: 'POST',
    url: path,
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });
  const { date: _, ...others } = answer.headers;
  return { status: answer.statusCode, headers: others, text: answer.payload };
}

const again = { type: 'StageEntered', asOf, stage: 'started' };
const good = (title: string, body: object, headers: Record<string, string> = {}) =>
  bad(title, () => body, '', '', 200, headers);
const cases = [
  ...everywhere,
  ...(ofOneRoute.fact ?? []),
  ...onItsWay,
  good('an entry sent again', again, { 'idempotency-key': key }),
  good('what is said already', again),
  good('a bad key beside a bad body', { type: 'Rumour' }, { 'idempotency-key': '42' }),
  good('a bad author beside a bad key', again, { 'topout-by': 'Li Wei', 'idempotency-key': '42' }),
  good('words in Chinese', { ...again, stage: 'begun' }, { 'accept-language': 'zh' }),
];

test.each(cases)(
  'is answered alike when it is called directly and through Nest: $title',
  async ({ spoil, headers }) => {
    const spoilt = spoil(percentSaid);
    const payload = typeof spoilt === 'string' || Buffer.isBuffer(spoilt) ? spoilt : JSON.stringify(spoilt);
    for (const path of [url, '/projects/ghost-1/entries', '/projects/A%2FB/entries'])
      expect(await answerOf(service.app, path, payload, headers)).toEqual(
        await answerOf(throughNest, path, payload, headers),
      );
  },
);

test('a new entry has the same headers and members either way', async () => {
  const say = (app: NestFastifyApplication, item: string) =>
    answerOf(app, url, JSON.stringify({ type: 'MilestoneReached', asOf, item }), {});
  const [direct, nest] = [await say(service.app, 'roof'), await say(throughNest, 'walls')];
  const shapeOf = ({ status, headers, text }: typeof direct) => [
    status,
    Object.keys(headers).sort(),
    headers['content-type'],
    Object.keys(JSON.parse(text)),
  ];
  expect(shapeOf(direct)).toEqual(shapeOf(nest));
  expect([direct.status, direct.headers.etag, nest.headers.etag]).toEqual([201, '"2"', '"3"']);
});

test('a store that takes no more for now is answered by 503 and after how long to come back', async () => {
  const app = await createHttpApp(
    {
      ...service.composed.topout,
      execute: () => Promise.reject(new StoreUnavailable('too many entries wait')),
    },
    { after: () => () => undefined },
  );
  const answer = await answerOf(app, url, JSON.stringify(percentSaid), {});
  await app.close();
  expect([answer.status, answer.headers['retry-after'], JSON.parse(answer.text).type]).toEqual([
    503,
    '5',
    '/problems/store-unavailable',
  ]);
});
