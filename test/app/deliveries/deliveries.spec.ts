import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../../src/channels/channel.js';
import { uuidOf } from '../../support/dice.js';
import {
  cleared,
  escalated,
  raised,
  SimulatedClock,
  SimulatedInstallation,
  subscribed,
} from '../../support/simulated-deliveries.js';

const huaao = 'huaao-2';
const tengjun = 'tengjun';
const stall = uuidOf('stall of huaao');
const slip = uuidOf('slip of tengjun');
const office = uuidOf('office');
const leader = uuidOf('leader');
const accepted: Outcome = { kind: 'accepted', status: 204 };
const down: Outcome = { kind: 'failed', why: 'no answer' };

let clock: SimulatedClock;
let site: SimulatedInstallation;

beforeEach(async () => {
  clock = new SimulatedClock(Date.parse('2018-07-10T02:00:00.000Z'));
  site = new SimulatedInstallation(clock);
  await site.start();
});
afterEach(() => site.close());

async function restart(): Promise<void> {
  await site.stop();
  await site.start();
  await site.settled();
}

/** Jumps to an instant, and then advances by a minute at most. */
async function leap(to: string): Promise<void> {
  await site.settled();
  clock.set(new Date(Date.parse(to) - 60_000).toISOString());
  await site.advance(to);
}

/** The notices: time, recipient, event and alert. */
const told = () =>
  site.received.map(({ at, notice }) => [
    at.slice(5, 19),
    notice.subscription === office ? 'office' : 'leader',
    ...notice.items.map(({ type, project, severity }) => `${type} ${project} ${severity}`),
  ]);
const outcomes = async () =>
  (await site.log()).flatMap((event) => {
    if (event.type === 'NoticeSent') return [`sent ${event.data.attempt}`];
    if (event.type === 'NoticeFailed') return [`${event.data.outcome} ${event.data.attempt}`];
    return event.type === 'SubscriptionPaused' ? [`paused ${event.data.because}`] : [];
  });
const pausedWith = async (subscription: string) =>
  (await site.log()).find(
    ({ type, data }) =>
      type === 'SubscriptionPaused' && 'subscription' in data && data.subscription === subscription,
  )?.data;
const ids = () => new Set(site.received.map(({ notice }) => notice.notice));

test('a changed address gets nothing until it is confirmed, and then everything pending', async () => {
  const channel = { kind: 'email' as const, address: { sealed: 'li@example.org' } };
  const moved = {
    ...subscribed(office),
    channel: { kind: 'email' as const, address: { sealed: 'wang@example.org' } },
  };
  await site.subscribe(office, { channel });
  await site.ofGovernance('SubscriptionChanged', { ...moved, confirmBy: '2018-07-17T02:00:00.000Z' });
  await site.ofAlerts(huaao, raised(stall));
  await leap('2018-07-10T06:00:00.000Z');
  expect(site.received).toEqual([]);
  await site.ofGovernance('AddressConfirmed', { subscription: office });
  await site.settled();
  expect(told()).toEqual([['07-10T06:00:00', 'office', 'AlertRaised huaao-2 red']]);
  expect(site.received[0]?.address).toEqual({ kind: 'email', address: 'wang@example.org' });
});

describe('a stall', () => {
  test('is notified once with its reason, and the notice is recorded', async () => {
    site.options = { publicUrl: 'https://topout.example.org/' };
    await restart();
    await site.subscribe(office);
    const [event] = await site.ofAlerts(huaao, raised(stall));
    await site.settled();
    expect(site.received).toEqual([
      {
        at: '2018-07-10T02:00:00.000Z',
        address: { kind: 'webhook', url: `https://${office}.example.org/`, secrets: ['whsec_MTIz'] },
        notice: {
          notice: expect.stringMatching(/^[0-9a-f-]{36}$/),
          subscription: office,
          kind: 'at-once',
          language: 'en',
          timeZone: 'Asia/Shanghai',
          items: [
            {
              type: 'AlertRaised',
              event,
              position: 2,
              recordedAt: '2018-07-10T02:00:00.000Z',
              alert: stall,
              project: huaao,
              projectName: { en: 'Huaao II', zh: 'Huaao II' },
              district: { en: 'port' },
              sector: { en: 'steel' },
              rule: 'declared-stall',
              rulesVersion: 1,
              subject: { kind: 'stall', id: 'june' },
              cause: 'financing',
              severity: 'red',
              since: '2018-06-01',
              reason: raised(stall).data.reason,
              clears: raised(stall).data.clears,
              evidence: raised(stall).data.evidence,
            },
          ],
          remarks: [],
          at: '2018-07-10T02:00:00.000Z',
          links: {
            alerts: 'https://topout.example.org/alerts?project=huaao-2',
            unsubscribe: `https://topout.example.org/subscriptions/${office}/unsubscribe?token=unsubscribe-${office}`,
          },
        },
      },
    ]);
    expect(await outcomes()).toEqual(['sent 1']);
    const sent = (await site.log()).at(-1);
    expect(sent).toMatchObject({
      type: 'NoticeSent',
      stream: 'alerts-huaao-2',
      revision: 1,
      by: 'topout',
      data: { notice: [...ids()][0], alerts: [stall], events: [event], attempt: 1, status: 204 },
      entry: { asOf: '2018-07-10', causationId: event },
    });
    await site.advance('2018-07-12T00:00:00.000Z');
    await restart();
    await site.views.rebuild();
    await site.settled();
    expect(site.received).toHaveLength(1);
  });

  test('and its end are notified together with the other alerts of the same cause and evaluation, separate from other causes', async () => {
    await site.subscribe(office);
    await site.ofAlerts(
      huaao,
      raised(stall),
      raised(slip, { rule: 'forecast-slip', severity: 'yellow', cause: 'schedule' }),
      raised(uuidOf('second stall'), { severity: 'yellow' }),
    );
    // Each alert has its own evaluation there, so each evaluation has one correlation here.
    await site.say('alerts-tengjun', [raised(uuidOf('a')), raised(uuidOf('b'))], uuidOf('judgement'));
    await site.settled();
    expect(site.received.map(({ notice }) => notice.items.length)).toEqual([1, 1, 1, 2]);
  });

  test('that ended is notified only to those who were notified of it', async () => {
    await site.subscribe(office);
    await site.subscribe(leader, { choice: { atLeast: 'red' } });
    await site.ofAlerts(huaao, raised(stall, { severity: 'yellow', mutedBy: slip }));
    await site.ofAlerts(tengjun, raised(slip, { severity: 'yellow' }));
    await site.ofAlerts(huaao, cleared(stall));
    await site.ofAlerts(tengjun, escalated(slip, 'yellow', 'red'), cleared(slip));
    await site.settled();
    expect(told()).toEqual([
      ['07-10T02:00:00', 'office', 'AlertRaised tengjun yellow'],
      ['07-10T02:00:00', 'office', 'AlertEscalated tengjun red'],
      ['07-10T02:00:00', 'leader', 'AlertEscalated tengjun red'],
      ['07-10T02:00:00', 'office', 'AlertCleared tengjun red'],
      ['07-10T02:00:00', 'leader', 'AlertCleared tengjun red'],
    ]);
  });
});

describe('a receiver that is down', () => {
  test('is retried with its oldest notice after 5 s, 5 min, then every 30 min, and gets everything in order', async () => {
    site.answer = () => down;
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await site.settled();
    await site.ofAlerts(tengjun, raised(slip));
    await site.advance('2018-07-10T03:20:00.000Z');
    await restart();
    site.answer = () => accepted;
    await site.advance('2018-07-10T04:00:00.000Z');
    expect(told()).toEqual([
      ['07-10T02:00:00', 'office', 'AlertRaised huaao-2 red'],
      ['07-10T02:00:05', 'office', 'AlertRaised huaao-2 red'],
      ['07-10T02:05:05', 'office', 'AlertRaised huaao-2 red'],
      ['07-10T02:35:05', 'office', 'AlertRaised huaao-2 red'],
      ['07-10T03:05:05', 'office', 'AlertRaised huaao-2 red'],
      ['07-10T03:35:05', 'office', 'AlertRaised huaao-2 red'],
      ['07-10T03:35:05', 'office', 'AlertRaised tengjun red'],
    ]);
    expect(ids().size).toBe(2);
    expect(await outcomes()).toEqual([
      'retry 1',
      'retry 2',
      'retry 3',
      'retry 4',
      'retry 5',
      'sent 6',
      'sent 1',
    ]);
  });

  test('delays nobody else', async () => {
    let answerAtLast: (outcome: Outcome) => void = () => undefined;
    const late = new Promise<Outcome>((resolve) => {
      answerAtLast = resolve;
    });
    site.answer = ({ notice }) => (notice.subscription === office ? late : accepted);
    await site.subscribe(office);
    await site.subscribe(leader);
    await site.ofAlerts(huaao, raised(stall));
    await site.ofAlerts(tengjun, raised(slip));
    await site.settled();
    const who = () => told().map(([, receiver]) => receiver);
    expect(who()).toEqual(['office', 'leader', 'leader']);
    answerAtLast(accepted);
    await site.settled();
    expect(who()).toEqual(['office', 'leader', 'leader', 'office']);
  });

  test('that sends Retry-After is given the time', async () => {
    site.answer = () => ({ kind: 'failed', why: 'busy', status: 503, retryAfterMs: 7_200_000 });
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await site.advance('2018-07-10T04:00:00.000Z');
    expect(told().map(([at]) => at)).toEqual(['07-10T02:00:00', '07-10T04:00:00']);
  });

  test('is given up after 5 days, and gets everything once it is resumed', async () => {
    site.answer = () => down;
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await site.advance('2018-07-10T02:10:00.000Z');
    for (const day of ['11', '12', '13', '14', '15', '16']) {
      clock.set(`2018-07-${day}T02:30:00.000Z`);
      await site.advance(`2018-07-${day}T02:31:00.000Z`);
    }
    const attempts = site.received.length;
    expect((await outcomes()).slice(-2)).toEqual([`retry ${attempts}`, 'paused failing']);
    expect(site.received.at(-1)?.at.slice(0, 13)).toBe('2018-07-15T02');
    await site.ofAlerts(tengjun, raised(slip));
    clock.set('2018-07-20T00:00:00.000Z');
    await site.settled();
    expect(site.received).toHaveLength(attempts);
    site.answer = () => accepted;
    await site.ofGovernance('SubscriptionResumed', { subscription: office });
    await site.advance('2018-07-20T00:01:00.000Z');
    const what = told().map(([, ...of]) => of);
    expect(what.slice(attempts)).toEqual([
      ['office', 'AlertRaised huaao-2 red'],
      ['office', 'AlertRaised tengjun red'],
    ]);
    expect(ids().size).toBe(2);
  });

  test('and is gone is given up immediately', async () => {
    site.answer = () => ({ kind: 'gone', why: 'answered 410', status: 410 });
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await site.ofAlerts(tengjun, raised(slip));
    await leap('2018-07-11T00:00:00.000Z');
    expect(await outcomes()).toEqual(['retry 1', 'paused gone']);
  });

  test('loses notices pending for 30 days, and the next notice says so', async () => {
    await site.subscribe(office);
    await site.ofGovernance('SubscriptionPaused', { subscription: office, because: 'gone', reason: '410' });
    await site.ofAlerts(huaao, raised(stall));
    clock.set('2018-08-09T01:59:00.000Z');
    await site.advance('2018-08-09T01:59:59.999Z');
    expect(await outcomes()).toEqual(['paused gone']);
    await site.advance('2018-08-09T02:00:30.000Z');
    expect([site.received, await outcomes()]).toEqual([[], ['paused gone', 'given-up 0']]);
    await site.ofGovernance('SubscriptionResumed', { subscription: office });
    await site.ofAlerts(tengjun, raised(slip));
    await site.ofAlerts(tengjun, cleared(slip));
    await site.settled();
    expect(site.received.map(({ notice }) => notice.remarks)).toEqual([
      [
        {
          en: '1 earlier notice was given up since 2018-08-09 because they could not be delivered; see the list of alerts.',
          zh: '自 2018年8月9日起有 1 条通知未能送达，已放弃；请查看预警列表。',
        },
      ],
      [],
    ]);
  });

  test('for one notice gets the others', async () => {
    site.answer = ({ notice }) =>
      notice.items[0]?.project === huaao ? { kind: 'refused', why: 'too large', status: 413 } : accepted;
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await site.ofAlerts(tengjun, raised(slip));
    await site.settled();
    expect(await outcomes()).toEqual(['given-up 1', 'sent 1']);
  });

  test('gets the backlog at no more than ten notices a second', async () => {
    await site.subscribe(office);
    await site.ofGovernance('SubscriptionPaused', { subscription: office, because: 'gone', reason: '410' });
    for (let day = 0; day < 30; day++) await site.ofAlerts(`project-${day}`, raised(uuidOf(`${day}`)));
    await leap('2018-07-11T00:00:00.000Z');
    await site.ofGovernance('SubscriptionResumed', { subscription: office });
    await site.advance('2018-07-11T00:00:00.950Z');
    expect(site.received).toHaveLength(10);
    await site.advance('2018-07-11T00:01:00.000Z');
    expect(site.received.map(({ notice }) => notice.items[0]?.project)).toEqual(
      Array.from({ length: 30 }, (_, day) => `project-${day}`),
    );
  });
});

describe('a process that dies', () => {
  test.each(['before-sending', 'after-sending', 'before-recording', 'after-recording'] as const)(
    '%s sends the same notice again, or nothing',
    async (step) => {
      await site.subscribe(office);
      site.diesAt = (at) => at === step;
      await site.ofAlerts(huaao, raised(stall));
      await site.settled();
      expect(site.isRunning).toBe(false);
      site.diesAt = () => false;
      await site.start();
      await site.settled();
      const attempts = {
        'before-sending': 1,
        'after-sending': 2,
        'before-recording': 2,
        'after-recording': 1,
      };
      expect([site.received.length, ids().size, await outcomes()]).toEqual([attempts[step], 1, ['sent 1']]);
    },
  );

  test('leaves leadership to others: a follower sends nothing', async () => {
    site.isMine = false;
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await site.settled();
    expect(site.received).toEqual([]);
    site.isMine = true;
    await restart();
    expect(site.received).toHaveLength(1);
  });

  test('is not confused with another writer to the same project', async () => {
    await site.subscribe(office);
    site.answer = async () => {
      await site.ofAlerts(huaao, {
        type: 'AlertAcknowledged',
        data: { alert: stall, name: 'Li Wei', dueOn: '2018-07-31' },
      });
      return accepted;
    };
    await site.ofAlerts(huaao, raised(stall));
    await site.settled();
    expect(await outcomes()).toEqual(['sent 1']);
    expect(site.received).toHaveLength(1);
  });
});

describe('a digest', () => {
  const digest = { timing: { kind: 'daily', at: '08:00' } } as const;

  test('sends everything pending once a day, including red alerts, and nothing if there is none', async () => {
    await site.subscribe(office, digest);
    await site.ofAlerts(huaao, raised(stall));
    await site.ofAlerts(tengjun, raised(slip, { severity: 'yellow' }));
    await leap('2018-07-11T00:00:00.000Z');
    await leap('2018-07-13T00:00:00.000Z');
    expect(told()).toEqual([
      ['07-11T00:00:00', 'office', 'AlertRaised huaao-2 red', 'AlertRaised tengjun yellow'],
    ]);
    expect(site.received[0]?.notice.kind).toBe('digest');
    expect(await outcomes()).toEqual(['sent 1', 'sent 1']);
  });

  test('that fails stays the same notice, and the next one follows it', async () => {
    site.answer = () => down;
    await site.subscribe(office, digest);
    await site.ofAlerts(huaao, raised(stall));
    await leap('2018-07-11T12:00:00.000Z');
    await site.ofAlerts(tengjun, raised(slip));
    await leap('2018-07-12T01:00:00.000Z');
    await restart();
    site.answer = () => accepted;
    await leap('2018-07-12T02:00:00.000Z');
    expect(ids().size).toBe(2);
    expect(
      told()
        .slice(-2)
        .map(([, , what]) => what),
    ).toEqual(['AlertRaised huaao-2 red', 'AlertRaised tengjun red']);
  });

  test('whose outcome was recorded for one of its projects only keeps its id', async () => {
    await site.subscribe(office, digest);
    await site.ofAlerts(huaao, raised(stall));
    await site.ofAlerts(tengjun, raised(slip));
    let recordings = 0;
    site.diesAt = (step) => step === 'before-recording' && ++recordings === 2;
    await leap('2018-07-11T00:00:00.000Z');
    expect([site.isRunning, await outcomes()]).toEqual([false, ['sent 1']]);
    site.diesAt = () => false;
    await site.start();
    await leap('2018-07-13T00:00:00.000Z');
    expect([ids().size, await outcomes()]).toEqual([1, ['sent 1', 'sent 1']]);
  });
});

describe('working hours', () => {
  test('delay everything except red alerts, and later notices of the same subject too', async () => {
    const hours = { from: '08:30', to: '17:30', calendar: 'every-day' };
    await site.subscribe(office, { hours });
    await site.advance('2018-07-10T12:00:00.000Z');
    await site.ofAlerts(tengjun, raised(uuidOf('other'), { severity: 'yellow' }));
    await site.ofAlerts(huaao, raised(slip, { severity: 'yellow' }));
    await site.advance('2018-07-10T13:00:00.000Z');
    expect(told()).toEqual([]);
    await site.ofAlerts(huaao, escalated(slip, 'yellow', 'red'));
    await site.advance('2018-07-11T02:00:00.000Z');
    expect(told()).toEqual([
      ['07-10T13:00:00', 'office', 'AlertRaised huaao-2 yellow'],
      ['07-10T13:00:00', 'office', 'AlertEscalated huaao-2 red'],
      ['07-11T00:30:00', 'office', 'AlertRaised tengjun yellow'],
    ]);
  });
});

test('a subscription that cannot be decrypted is paused, with the reason', async () => {
  for (const lost of [leader, office]) {
    site.lost.add(lost);
    await site.subscribe(lost);
  }
  await site.ofAlerts(huaao, raised(stall));
  await site.settled();
  expect([site.received, await outcomes()]).toEqual([[], ['paused failing', 'paused failing']]);
  // The operator is notified once, not for every subscription.
  expect(site.failures.map(({ message }) => message)).toEqual([
    'No key of this installation opens what is sealed of some subscriptions; they are paused until the file of keys is back and they are resumed.',
  ]);
  expect(await pausedWith(office)).toEqual({
    subscription: office,
    because: 'failing',
    reason:
      'No key of this installation opens what is sealed of it: bring the file of keys back and resume it, or end it and subscribe again.',
  });
});

test('a channel that this installation does not have is retried later', async () => {
  site.options = { channels: {} };
  await restart();
  await site.subscribe(office);
  await site.ofAlerts(huaao, raised(stall));
  await site.settled();
  expect(await outcomes()).toEqual(['retry 1']);
});

test('a clock set back or ahead loses nothing and sends nothing twice', async () => {
  site.answer = () => down;
  await site.subscribe(office);
  await site.ofAlerts(huaao, raised(stall));
  await site.advance('2018-07-10T02:30:00.000Z');
  clock.set('2017-01-01T00:00:00.000Z');
  await site.advance('2017-01-01T00:01:00.000Z');
  expect(site.received.at(-1)?.at.slice(0, 4)).toBe('2017');
  clock.set('2019-08-14T00:00:00.000Z');
  site.answer = () => accepted;
  await site.advance('2019-08-14T02:00:00.000Z');
  expect([(await outcomes()).at(-1)?.split(' ')[0], ids().size]).toEqual(['sent', 1]);
});
