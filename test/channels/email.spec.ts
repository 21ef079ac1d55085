import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Address, ChannelPort } from '../../src/channels/channel.js';
import { type EmailOptions, emailChannel } from '../../src/channels/email.js';
import type { Notice, NoticeItem } from '../../src/channels/notice.js';

const liWei: Address = { kind: 'email', address: 'li.wei@example.org' };

const huaaoStalls: NoticeItem = {
  type: 'AlertRaised',
  event: '018f0000-0000-7000-8000-000000000001',
  position: 41,
  recordedAt: '2018-07-10T01:02:03.004Z',
  alert: '11111111-1111-5111-8111-111111111111',
  project: 'huaao-2',
  cause: 'financing',
  projectName: { en: 'Huaao Auto II', zh: '华奥汽车二期' },
  rule: 'declared-stall',
  rulesVersion: 1,
  subject: { kind: 'stall', id: 'financing' },
  severity: 'red',
  since: '2018-06-01',
  reason: {
    en: 'The works are stalled for financing since 2018-06-01, 39 days.',
    zh: '因融资自 2018年6月1日起停滞，已 39 天。',
  },
  clears: { en: 'an entry that the works go on', zh: '登记恢复施工' },
  duty: { en: 'the responsible leader holds an interview', zh: '分管领导约谈' },
  dueOn: '2018-07-17',
  evidence: ['018f0000-0000-7000-8000-00000000000a'],
};

const told: Notice = {
  notice: 'a0a0a0a0-0000-5000-8000-000000000001',
  subscription: 'b0b0b0b0-0000-4000-8000-000000000001',
  kind: 'at-once',
  language: 'zh',
  timeZone: 'Asia/Shanghai',
  items: [huaaoStalls],
  remarks: [{ en: 'A silence has ended.', zh: '静默期已结束。' }],
  at: '2018-07-10T01:02:04.000Z',
  links: {
    alerts: 'https://topout.example.org/alerts?project=huaao-2&status=open',
    unsubscribe: 'https://topout.example.org/subscriptions/b0b0/unsubscribe?token=t0',
  },
};

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

/** A mail server on this machine with programmed behaviour, and the mails it received. */
async function mailServer(behaviour: SMTPServerOptions = {}) {
  const received: ParsedMail[] = [];
  const sockets = new Map<number | undefined, Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        received.push(mail);
        done();
      }, done);
    },
    closeTimeout: 50,
    ...behaviour,
  });
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port));
    listening.on('connection', (socket: Socket) => sockets.set(socket.remotePort, socket));
  });
  closings.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { port, received, drop: (remotePort: number) => sockets.get(remotePort)?.destroy() };
}

/** Long enough for a busy machine, and short enough to notice a hanging server. */
const patient = { connectMs: 10_000, greetingMs: 10_000, answerMs: 10_000, attemptMs: 20_000 };
const hasty = { connectMs: 10_000, greetingMs: 300, answerMs: 300, attemptMs: 20_000 };

function channelTo(port: number, changed: Partial<EmailOptions> = {}): ChannelPort {
  const channel = emailChannel({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'Topout <topout@district.example.org>',
    now: () => '2018-07-10T01:02:05.000Z',
    after: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    timeouts: patient,
    ...changed,
  });
  closings.push(() => channel.close());
  return channel;
}

/** A reply of a mail server, for the callbacks of the stub. */
function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

test('the owner of an address is asked by one mail, without an unsubscribe link', async () => {
  const { port, received } = await mailServer();
  const asking = {
    ...{
      id: '019a4c1e-0000-7000-8000-0000000000e1',
      name: 'duty',
      language: 'en' as const,
      timeZone: 'Asia/Shanghai',
    },
    link: 'https://topout.example.org/subscriptions/b0b0/confirm?token=t1',
    confirmBy: '2018-07-17T01:02:03.004Z',
  };
  expect(await channelTo(port).askToConfirm?.(asking, liWei)).toEqual({ kind: 'accepted' });
  expect(
    received.map(({ subject, messageId, headers }) => [subject, messageId, headers.has('list')]),
  ).toEqual([['Do you want alerts at this address?', `<${asking.id}@district.example.org>`, false]]);
  expect(received[0]?.text).toContain(asking.link);
});

describe('a notice by e-mail', () => {
  test('arrives in Chinese, as text and as HTML, with its reason, clearing condition and duty', async () => {
    const { port, received } = await mailServer();
    expect(await channelTo(port).deliver(told, liWei)).toEqual({ kind: 'accepted' });
    const [mail] = received;
    expect(mail?.subject).toBe('[红] 华奥汽车二期：停工/受阻（融资）');
    expect(mail?.text).toBe(`预警有 1 项变化。

# 华奥汽车二期（Huaao Auto II）

[红] 停工/受阻（融资） – 发出预警
  起始：2018年6月1日
  原因：因融资自 2018年6月1日起停滞，已 39 天。
  解除条件：登记恢复施工
  责任要求：分管领导约谈，限期 2018年7月17日
  依据：第 1 版规则，1 条记录
  记录于：2018-07-10 09:02 (Asia/Shanghai)

* 静默期已结束。

查看全部预警：https://topout.example.org/alerts?project=huaao-2&status=open
退订：https://topout.example.org/subscriptions/b0b0/unsubscribe?token=t0
发送于 2018-07-10 09:02 (Asia/Shanghai)。

`);
    expect(mail?.html).toContain('<html lang="zh-CN">');
    expect(mail?.html).toContain('<b>原因</b> 因融资自 2018年6月1日起停滞，已 39 天。');
    expect(mail?.html).toContain('href="https://topout.example.org/alerts?project=huaao-2&#38;status=open"');
  });

  test('has sender, date, no-reply and one-click unsubscribe headers', async () => {
    const { port, received } = await mailServer();
    await channelTo(port).deliver(told, liWei);
    const headers = Object.fromEntries(
      (received[0]?.headerLines ?? []).map(({ key, line }) => [
        key,
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    );
    const { subject, 'content-type': type, ...rest } = headers;
    expect(rest).toEqual({
      from: 'Topout <topout@district.example.org>',
      to: 'li.wei@example.org',
      'message-id': '<a0a0a0a0-0000-5000-8000-000000000001@district.example.org>',
      date: 'Tue, 10 Jul 2018 01:02:05 +0000',
      'auto-submitted': 'auto-generated',
      'x-auto-response-suppress': 'All',
      'list-unsubscribe': '<https://topout.example.org/subscriptions/b0b0/unsubscribe?token=t0>',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'mime-version': '1.0',
    });
    expect(type).toMatch(/^multipart\/alternative;/);
    expect(subject).toMatch(/^[\x20-\x7e\s]+$/);
  });

  test('has the same Message-ID at every attempt', async () => {
    const { port, received } = await mailServer();
    const channel = channelTo(port);
    await channel.deliver(told, liWei);
    await channel.deliver({ ...told, at: '2018-07-10T02:00:00.000Z' }, liWei);
    const id = '<a0a0a0a0-0000-5000-8000-000000000001@district.example.org>';
    expect(received.map((mail) => mail.messageId)).toEqual([id, id]);
  });

  test('has a Message-ID without a real host name when the sender is local', async () => {
    const { port, received } = await mailServer();
    await channelTo(port, { from: 'topout@localhost' }).deliver(told, liWei);
    expect(received[0]?.messageId).toBe('<a0a0a0a0-0000-5000-8000-000000000001@topout.invalid>');
  });

  test('has no link and no unsubscribe header without a public address', async () => {
    const { port, received } = await mailServer();
    const { links: _, ...unlinked } = told;
    await channelTo(port).deliver({ ...unlinked, language: 'en' }, liWei);
    expect(received[0]?.headers.has('list-unsubscribe')).toBe(false);
    expect(received[0]?.text).not.toContain('http');
    expect(received[0]?.text).toContain('# Huaao Auto II (华奥汽车二期)');
  });

  test('has no header injected by a name', async () => {
    const { port, received } = await mailServer();
    const hostile = `Dorm\r\nBcc: mallory@example.com\u0000\r\n\r\n<script>alert(1)</script>\ud800${'长'.repeat(10_000)}`;
    const names = { en: hostile, zh: hostile };
    const items = [{ ...huaaoStalls, projectName: names, reason: names, clears: names, duty: names }];
    expect(await channelTo(port).deliver({ ...told, items, remarks: [names] }, liWei)).toEqual({
      kind: 'accepted',
    });
    const [mail] = received;
    expect(mail?.headerLines.map(({ key }) => key).sort()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'list-unsubscribe',
      'list-unsubscribe-post',
      'message-id',
      'mime-version',
      'subject',
      'to',
      'x-auto-response-suppress',
    ]);
    expect(mail?.subject).toMatch(
      /^\[红\] Dorm Bcc: mallory@example\.com <script>alert\(1\)<\/scri.*…：停工\/受阻（融资）$/u,
    );
    expect(mail?.html).not.toContain('<script>');
    expect(mail?.html).toContain('&#60;script&#62;');
  });
});

describe('the reply of the mail server', () => {
  const cases: [string, SMTPServerOptions, object][] = [
    [
      'an unknown mailbox is gone',
      { onRcptTo: (_address, _session, done) => done(answer(550, '5.1.1 li.wei@example.org unknown')) },
      {
        kind: 'gone',
        status: 550,
        why: 'the mail server answered 550 5.1.1 to RCPT TO: no such mailbox',
      },
    ],
    [
      'a mailbox that moved away is gone, without an enhanced code too',
      { onRcptTo: (_address, _session, done) => done(answer(551, 'User not local')) },
      { kind: 'gone', status: 551, why: 'the mail server answered 551 to RCPT TO: no such mailbox' },
    ],
    [
      'a greylisted mail is tried again',
      { onRcptTo: (_address, _session, done) => done(answer(450, '4.2.0 try again later')) },
      { kind: 'failed', status: 450, why: 'the mail server answered 450 4.2.0 to RCPT TO' },
    ],
    [
      'a full mailbox is tried again',
      { onRcptTo: (_address, _session, done) => done(answer(552, '5.2.2 over quota')) },
      {
        kind: 'failed',
        status: 552,
        why: 'the mail server answered 552 5.2.2 to RCPT TO: the mailbox is full',
      },
    ],
    [
      'a sender that may not send is a matter of the installation, and tried again',
      { onMailFrom: (_address, _session, done) => done(answer(550, '5.7.1 sender not allowed')) },
      { kind: 'failed', status: 550, why: 'the mail server answered 550 5.7.1 to MAIL FROM' },
    ],
    [
      'a mail that is taken for spam is refused',
      {
        onData: (stream, _session, done) => {
          stream.resume().on('end', () => done(answer(554, '5.7.1 spam')));
        },
      },
      {
        kind: 'refused',
        status: 554,
        why: 'the mail server answered 554 5.7.1 to DATA: its policy forbids this mail',
      },
    ],
    [
      'a busy server is tried again',
      {
        onData: (stream, _session, done) => {
          stream.resume().on('end', () => done(answer(451, '4.3.0 busy')));
        },
      },
      { kind: 'failed', status: 451, why: 'the mail server answered 451 4.3.0 to DATA' },
    ],
  ];
  test.each(cases)('%s', async (_title, behaviour, outcome) => {
    const { port } = await mailServer(behaviour);
    expect(await channelTo(port).deliver(told, liWei)).toEqual(outcome);
  });

  const hangs: [string, SMTPServerOptions][] = [
    ['says nothing', { onConnect: () => undefined }],
    ['never ends its work', { onData: (stream) => void stream.resume() }],
  ];
  test.each(hangs)('a server that %s is retried', async (_title, behaviour) => {
    const { port } = await mailServer(behaviour);
    expect(await channelTo(port, { timeouts: hasty }).deliver(told, liWei)).toEqual({
      kind: 'failed',
      why: 'the mail server did not answer in time',
    });
  });

  test('a connection that breaks after the mail was sent has an unknown outcome: it is retried, once per attempt', async () => {
    let sent = 0;
    const server = await mailServer({
      onData: (stream, session) => {
        stream.resume().on('end', () => {
          sent += 1;
          server.drop(session.remotePort);
        });
      },
    });
    expect(await channelTo(server.port).deliver(told, liWei)).toEqual({
      kind: 'failed',
      why: 'the mail server closed the connection before it had taken the mail for certain',
    });
    expect(sent).toBe(1);
  });

  test('a server that delays an attempt is disconnected at its deadline', async () => {
    const ends: (() => void)[] = [];
    const { port } = await mailServer({
      onData: (stream) => {
        stream.resume().on('end', () => {
          for (const end of ends) end();
        });
      },
    });
    const after: EmailOptions['after'] = (_ms, call) => {
      ends.push(call);
      return () => undefined;
    };
    expect(await channelTo(port, { after }).deliver(told, liWei)).toEqual({
      kind: 'failed',
      why: 'no end of the attempt in time; whether the mail server took the mail is not known',
    });
  });

  test('an unreachable server is retried', async () => {
    const { port } = await mailServer();
    await closings.pop()?.();
    expect(await channelTo(port).deliver(told, liWei)).toEqual({
      kind: 'failed',
      why: 'the connection to the mail server failed',
    });
  });

  test('a wrong password is retried and shown nowhere', async () => {
    const { port } = await mailServer({
      onAuth: ({ username, password }, _session, done) =>
        done(answer(535, `5.7.8 ${username} with ${password} is not known`)),
    });
    expect(
      await channelTo(port, { smtpUrl: `smtp://topout:s3cret-word@127.0.0.1:${port}` }).deliver(told, liWei),
    ).toEqual({
      kind: 'failed',
      status: 535,
      why: 'the mail server answered 535 5.7.8 to AUTH PLAIN',
    });
  });

  test('the channel sends the next mail after a failed one', async () => {
    let calls = 0;
    const { port, received } = await mailServer({
      onRcptTo: (_address, _session, done) => {
        calls += 1;
        done(calls === 1 ? answer(450, 'later') : undefined);
      },
    });
    const channel = channelTo(port);
    const first = await channel.deliver(told, liWei);
    const second = await channel.deliver(told, liWei);
    expect([first.kind, second.kind, received.length]).toEqual(['failed', 'accepted', 1]);
  });
});
