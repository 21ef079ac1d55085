import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FakeService, startFakeService } from './fake-service.js';
import { goodToken, subscriptionId } from './fakes.js';

const one = `/subscriptions/${subscriptionId}`;
const link = `${one}/unsubscribe?token=${goodToken}`;
const wish = {
  name: '值班室',
  channel: { kind: 'webhook', url: 'https://hooks.example.org/topout', secret: 'whsec_bWFkZQ==' },
  choice: { districts: ['港区'], rules: ['declared-stall'], atLeast: 'yellow', roles: ['leader'] },
  timing: { kind: 'weekly', weekday: 1, at: '08:30' },
  hours: { from: '08:00', to: '18:00', calendar: 'china' },
  language: 'zh',
  timeZone: 'Asia/Shanghai',
};

let service: FakeService;
beforeAll(async () => {
  service = await startFakeService();
});
afterAll(() => service.close());

describe('a subscription', () => {
  test('is added as sent, and its secret returned once', async () => {
    const { status, headers, body } = await service.ask('POST', '/subscriptions', wish);
    expect(service.calls.at(-1)).toEqual(['subscribe', wish, { by: 'anonymous' }]);
    expect([status, headers.location, body.secret]).toEqual([201, one, 'whsec_c2VjcmV0']);
    expect(await service.misfits(body, 'SubscriptionAdded')).toEqual([]);
  });

  test('needs only a name and a channel: all alerts, immediately, in the language of the caller', async () => {
    const channel = { kind: 'email', address: 'duty@example.org' };
    await service.ask('POST', '/subscriptions', { name: 'duty', channel }, { 'accept-language': 'zh-CN' });
    expect(service.calls.at(-1)?.[1]).toEqual({
      name: 'duty',
      channel,
      choice: {},
      timing: { kind: 'at-once' },
      language: 'zh',
      timeZone: 'Asia/Shanghai',
    });
  });

  test('is previewed before it is added, by its terms alone', async () => {
    const { name: _, channel: __, ...terms } = wish;
    const { status, body } = await service.ask('POST', '/subscriptions/preview', terms);
    expect([status, service.calls.at(-1)]).toEqual([200, ['preview', terms]]);
    expect(await service.misfits(body, 'SubscriptionPreview')).toEqual([]);
    await service.ask('POST', '/subscriptions/preview', {}, { 'accept-language': 'zh-CN' });
    expect(service.calls.at(-1)?.[1]).toEqual({
      choice: {},
      timing: { kind: 'at-once' },
      language: 'zh',
      timeZone: 'Asia/Shanghai',
    });
  });

  test('is listed, shown, changed, paused, resumed, tested and ended', async () => {
    const { secret: _, ...channel } = wish.channel;
    const answers = [
      await service.ask('GET', '/subscriptions'),
      await service.ask('GET', one),
      await service.ask('PUT', one, { ...wish, channel }),
      await service.ask('GET', `${one}/notices?limit=1&cursor=9`),
      await service.ask('POST', `${one}/pause`),
      await service.ask('POST', `${one}/resume`),
      await service.ask('POST', `${one}/test`),
      await service.ask('POST', `${one}/secret`),
      await service.ask('POST', `${one}/secret`, { secret: 'whsec_bmV3' }),
    ];
    const schemas = [
      'Subscriptions',
      'Subscription',
      'Subscription',
      'NoticesOfSubscription',
      'Subscription',
      'Subscription',
      'TestOutcome',
      'SecretRotated',
      'SecretRotated',
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const [index, { body }] of answers.entries())
      expect(await service.misfits(body, schemas[index] ?? '')).toEqual([]);
    expect(service.calls.slice(-6)).toEqual([
      ['change', subscriptionId, { ...wish, channel }, { by: 'anonymous' }],
      ['notices', subscriptionId, { cursor: '9', limit: 1 }],
      ['pause', subscriptionId, { by: 'anonymous' }],
      ['resume', subscriptionId, { by: 'anonymous' }],
      ['rotateSecret', subscriptionId, undefined, { by: 'anonymous' }],
      ['rotateSecret', subscriptionId, 'whsec_bmV3', { by: 'anonymous' }],
    ]);
    const fresh = await startFakeService();
    const ended = await fresh.ask('DELETE', one);
    expect([ended.status, ended.text, fresh.calls]).toEqual([
      204,
      '',
      [['end', subscriptionId, 'removed', { by: 'anonymous' }]],
    ]);
    await fresh.close();
  });

  test('that does not exist is not found', async () => {
    const other = '/subscriptions/019a4c1e-0000-7000-8000-00000000dead';
    const answers = await Promise.all([
      service.ask('GET', other),
      service.ask('DELETE', other),
      service.ask('POST', `${other}/test`),
    ]);
    expect(answers.map(({ status, body }) => [status, body.type])).toEqual(
      answers.map(() => [404, '/problems/subscription-unknown']),
    );
  });
});

describe('the link that confirms an address', () => {
  const confirm = `${one}/confirm?token=${goodToken}`;

  test('shows a page with a button, whose post confirms; following it changes nothing', async () => {
    const fresh = await startFakeService();
    const { status, headers, text } = await fresh.ask('GET', confirm);
    expect([status, headers['referrer-policy'], fresh.calls]).toEqual([200, 'no-referrer', []]);
    expect(text).toMatch(/<form method="post"><button type="submit">确认 · Confirm/);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const done = await fresh.ask('POST', confirm, '', {
      ...form,
      origin: 'null',
      'sec-fetch-site': 'same-origin',
    });
    expect([done.status, /已确认/.test(done.text)]).toEqual([200, true]);
    expect(fresh.calls).toEqual([['confirm', subscriptionId, goodToken, { by: 'anonymous' }]]);
    await fresh.close();
  });

  test('with a wrong token confirms nothing and shows nothing', async () => {
    const answers = [
      await service.ask('GET', `${one}/confirm?token=guessed`),
      await service.ask('POST', `${one}/confirm?token=guessed`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  test('is sent again on request', async () => {
    const { status, body } = await service.ask('POST', `${one}/confirmation`);
    expect([status, await service.misfits(body, 'Subscription')]).toEqual([200, []]);
    expect(service.calls.at(-1)).toEqual(['askToConfirm', subscriptionId, { by: 'anonymous' }]);
  });
});

describe('the link of a mail', () => {
  test('shows a page in both languages and ends nothing, because scanners follow links', async () => {
    const before = service.calls.length;
    const { status, headers, text } = await service.ask('GET', link);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(text).toMatch(/退订 · Unsubscribe/);
    expect(text).toMatch(/<form method="post">/);
    expect(service.calls.length).toBe(before);
  });

  test.each([
    ['the button of the page', 'application/x-www-form-urlencoded', ''],
    ['one click in a mail program', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'one click sent in parts',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
  ])('ends the subscription by %s, and a second time changes nothing', async (_title, type, body) => {
    const fresh = await startFakeService();
    const answers = [
      await fresh.ask('POST', link, body, { 'content-type': type }),
      await fresh.ask('POST', link, body, { 'content-type': type }),
    ];
    expect(answers.map(({ status, text }) => [status, /已退订/.test(text)])).toEqual([
      [200, true],
      [200, true],
    ]);
    expect(fresh.calls[0]).toEqual(['end', subscriptionId, 'unsubscribed', { by: 'anonymous' }]);
    await fresh.close();
  });

  test('with a wrong token, or none, ends nothing and shows nothing', async () => {
    const before = service.calls.length;
    const answers = [
      await service.ask('GET', `${one}/unsubscribe?token=guessed`),
      await service.ask('POST', `${one}/unsubscribe?token=guessed`),
      await service.ask('GET', `${one}/unsubscribe`),
    ];
    expect(answers.map(({ status, body }) => [status, body.type])).toEqual([
      [404, '/problems/subscription-unknown'],
      [404, '/problems/subscription-unknown'],
      [400, '/problems/member-missing'],
    ]);
    expect(service.calls.length).toBe(before);
  });

  test('a form is read nowhere else', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await service.ask('POST', '/subscriptions', 'name=duty', type);
    expect([answer.status, answer.body.type]).toEqual([415, '/problems/content-type-unsupported']);
  });
});
