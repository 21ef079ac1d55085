import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NEVER } from 'rxjs';
import type { AlertEventData } from '../../../domain/alerts/events.js';
import { defaultRules, type RuleSet } from '../../../domain/governance/rules.js';
import type { WorkCalendar } from '../../../domain/values/days/working-days.js';
import { foldProject } from '../../../projections/project/project.js';
import type { Owners } from '../../../src/app/deliveries/owners.js';
import { Govern } from '../../../src/app/governance/govern.js';
import type { SubscriptionAsked } from '../../../src/app/governance/governance.js';
import { Governed } from '../../../src/app/governance/governed.js';
import type { Calendars, Vault, World } from '../../../src/app/ports.js';
import { ClientLeft } from '../../../src/app/turns.js';
import { Views } from '../../../src/app/views/views.js';
import type { Address, AddressFault, Asking, ChannelPort, Outcome } from '../../../src/channels/channel.js';
import { letterOf } from '../../../src/channels/email-letter.js';
import { openViews } from '../../../src/composition/view-list.js';
import { world as real } from '../../../src/composition/world.js';
import { OutcomeUnknown, StoreFull, StoreUnavailable } from '../../../src/event-store/errors.js';
import type { EventStore } from '../../../src/event-store/event-store.js';
import { openSqliteStore, type SqliteStore } from '../../../src/event-store/sqlite/sqlite.js';
import { uuidOf } from '../../support/dice.js';
import { eventsOf, storePorts, temporaryFolder } from '../../support/event-store-ports.js';
import { today } from '../../support/given.js';

const by = 'duty-office';
const asked = (text: string) => ({ by, id: uuidOf(text) });
const clock = { at: '' };
const world: World = { ...real, now: () => clock.at };

let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
let views: Views;
let vault: ReturnType<typeof handVault>;
let webhook: ReturnType<typeof handChannel>;
let email: ReturnType<typeof handChannel>;
let govern: Govern;

beforeEach(async () => {
  folder = temporaryFolder();
  clock.at = '2018-07-10T08:00:00.000Z';
  store = openSqliteStore(':memory:', storePorts(clock));
  views = await openViews({ store, world, storeName: 'district', path: folder.file('views.db') });
  vault = handVault();
  webhook = handChannel();
  email = handChannel();
  govern = governOn(store);
});
afterEach(async () => {
  await views.close();
  await store.close();
  folder.remove();
});

/** A vault whose sealed values differ each time, like those of a real one. */
function handVault() {
  const forgotten: string[] = [];
  let sealings = 0;
  const unsettled = new Set<string>();
  const vault: Vault = {
    look: async () => undefined,
    seal(subscription, text) {
      unsettled.add(subscription);
      return { sealed: `${++sealings}.${subscription}.${Buffer.from(text).toString('hex')}` };
    },
    settle(subscription, isRecorded) {
      if (unsettled.delete(subscription) && !isRecorded) forgotten.push(subscription);
    },
    unrecorded: () => [...unsettled],
    open(subscription, { sealed }) {
      const [, of, hex] = sealed.split('.');
      if (of !== subscription || forgotten.includes(subscription)) return undefined;
      return Buffer.from(hex ?? '', 'hex').toString();
    },
    sealFor: () => ({ sealed: '' }),
    openFor: () => undefined,
    isForgotten: () => false,
    forget: (subscription) => void forgotten.push(subscription),
    newSecret: (bytes) =>
      Buffer.from(Array.from({ length: bytes }, (_, i) => i + sealings)).toString('base64'),
    token: (subscription, purpose) => Buffer.from(`${purpose} ${subscription}`).toString('base64url'),
    signingKey: () => ({ privateKey: 'private', publicKey: 'public' }),
    ledgerKeys: () => [],
    replaceLedgerKey: () => [],
  };
  return { ...vault, forgotten };
}

function handChannel() {
  const checked: Address[] = [];
  const asked: [Asking, Address][] = [];
  const delivered: [Parameters<ChannelPort['deliver']>[0], Address][] = [];
  const says: { fault?: AddressFault; outcome: Outcome } = { outcome: { kind: 'accepted', status: 204 } };
  const channel: ChannelPort = {
    async deliver(notice, address) {
      delivered.push([notice, address]);
      return says.outcome;
    },
    async askToConfirm(asking, address) {
      asked.push([asking, address]);
      return says.outcome;
    },
    async check(address) {
      checked.push(address);
      return says.fault;
    },
    close: async () => undefined,
  };
  return { ...channel, asked, checked, delivered, says };
}

const weekdays: WorkCalendar = { name: 'weekdays', freeWeekdays: [0, 6], holidays: [], workdays: [] };
const shipped: Calendars = {
  calendar: (name) => (['china', 'weekdays'].includes(name) ? { ...weekdays, name } : undefined),
  names: () => ['china', 'weekdays'],
};

function governOn(
  on: EventStore,
  channels: { webhook?: ChannelPort; email?: ChannelPort } = { webhook, email },
) {
  return new Govern({
    store: on,
    views,
    world,
    vault,
    channels,
    governed: new Governed(views, shipped),
    reached: async () => () => true,
    owners,
    projects: () => [{ project: 'empty', state: foldProject([]) }],
    todayIn: () => today,
    letterOf,
    settlingMs: 0,
  });
}

const owners: Owners = {
  subscriber: () => ({ kind: 'unknown' }),
  placeOf: (project) => ({ project }),
  changes$: NEVER,
};

const { version: _, ...defaults } = defaultRules;
const stricter: RuleSet = { ...defaults, basis: 'order 12', reopenWithinDays: 7 };
const types = async () => (await eventsOf(store.readStream('governance'))).map(({ type }) => type);

describe('rules', () => {
  test('are adopted whole, as the next version', async () => {
    expect(await govern.adoptRules(stricter, asked('order 12'))).toEqual({
      rules: { ...stricter, version: 2 },
      entry: uuidOf('order 12'),
      position: expect.any(Number),
      recordedAt: clock.at,
      by,
      outcome: 'recorded',
    });
    expect(await govern.rules()).toMatchObject({ rules: { version: 2, basis: 'order 12' } });
    expect((await govern.rulesVersions()).map(({ rules, entry }) => [rules.version, entry])).toEqual([
      [2, uuidOf('order 12')],
      [1, null],
    ]);
    expect(await govern.rules(1)).toMatchObject({ rules: defaultRules, entry: null });
    await expect(govern.rules(3)).rejects.toMatchObject({ reason: 'rules-unknown', fault: { seen: '3' } });
  });

  test('already in force are not adopted again', async () => {
    expect(await govern.adoptRules(defaults, { by })).toMatchObject({ outcome: 'already-said', entry: null });
    const first = await govern.adoptRules(stricter, asked('order 12'));
    expect(await govern.adoptRules(stricter, { by })).toEqual({ ...first, outcome: 'already-said' });
    expect(await govern.adoptRules(stricter, asked('order 12'))).toEqual({ ...first, outcome: 'replayed' });
    await govern.adoptRules(defaults, { by });
    expect(await govern.adoptRules(stricter, asked('order 12'))).toEqual({ ...first, outcome: 'replayed' });
    expect(await types()).toEqual(['RulesAdopted', 'RulesAdopted']);
  });

  test('sent under an id with other content are refused', async () => {
    await govern.adoptRules(stricter, asked('order 12'));
    const other = govern.adoptRules({ ...stricter, basis: 'order 13' }, asked('order 12'));
    await expect(other).rejects.toMatchObject({ reason: 'event-id-reused' });
    await expect(govern.adoptCalendar(weekdays, asked('order 12'))).rejects.toMatchObject({
      reason: 'event-id-reused',
    });
  });

  test('are refused to a writer who saw an earlier version', async () => {
    await govern.adoptRules(stricter, { by, expectedRevision: 1 });
    const stale = govern.adoptRules({ ...stricter, basis: 'order 13' }, { by, expectedRevision: 1 });
    await expect(stale).rejects.toMatchObject({ reason: 'revision-stale', details: { currentRevision: 2 } });
    expect(await types()).toEqual(['RulesAdopted']);
  });

  test('that are invalid are refused, and nothing changes', async () => {
    const wrong = { ...stricter, rules: [{ rule: 'unreported' as const, yellow: { points: 10 } }] };
    await expect(govern.adoptRules(wrong, { by })).rejects.toMatchObject({
      reason: 'rules-invalid',
      fault: { member: expect.stringContaining('rules[0]') },
    });
    const moon = govern.adoptRules({ ...stricter, calendar: 'moon' }, { by });
    await expect(moon).rejects.toMatchObject({ reason: 'calendar-unknown' });
    expect(await store.head()).toBe(0);
  });

  test('adopted by two at the same time get one version each', async () => {
    const both = [stricter, { ...stricter, basis: 'order 13' }].map((rules) =>
      govern.adoptRules(rules, { by }),
    );
    const versions = (await Promise.all(both)).map(({ rules }) => rules.version);
    expect(versions.toSorted()).toEqual([2, 3]);
  });

  test('are back-tested without being recorded', async () => {
    const tested = await govern.testRules(stricter, { from: '2018-01-01', to: today }, { project: 'none' });
    expect([tested.projects, tested.candidate.version, tested.adopted.version]).toEqual([0, null, 1]);
    const reversed = govern.testRules(stricter, { from: today, to: '2018-01-01' }, {});
    await expect(reversed).rejects.toMatchObject({ reason: 'period-reversed' });
    expect(await store.head()).toBe(0);
  });
});

test('run in two back-tests at a time, report progress, and end with their clients', async () => {
  const period = { from: '2018-01-01', to: today };
  const [staying, leaving] = [new AbortController(), new AbortController()];
  const told: [number, number][] = [];
  const running = [
    govern.testRules(
      stricter,
      period,
      {},
      { leaving: staying.signal, onProgress: (...far) => told.push(far) },
    ),
    govern.testRules(stricter, period, {}, { leaving: leaving.signal }).catch((error: Error) => error),
  ];
  await expect(govern.testRules(stricter, period, {})).rejects.toMatchObject({ reason: 'rules-tests-busy' });
  leaving.abort();
  expect(await running[1]).toBeInstanceOf(ClientLeft);
  expect(await running[0]).toMatchObject({ projects: 1 });
  expect(told).toEqual([[1, 1]]);
  // The next request finds a free slot.
  expect((await govern.testRules(stricter, period, {})).projects).toBe(1);
});

test('a calendar is adopted once, and replaces one of its name', async () => {
  const own = { ...weekdays, holidays: ['2018-10-01'] };
  expect(await govern.adoptCalendar(own, { by })).toEqual(own);
  await govern.adoptCalendar(own, { by });
  expect((await govern.calendars()).map(({ name, holidays }) => [name, holidays.length])).toEqual([
    ['china', 0],
    ['weekdays', 1],
  ]);
  const never = govern.adoptCalendar({ ...own, freeWeekdays: [0, 1, 2, 3, 4, 5, 6] }, { by });
  await expect(never).rejects.toMatchObject({ reason: 'calendar-invalid' });
  expect(await types()).toEqual(['CalendarAdopted']);
});

const url = 'https://hooks.example.org/topout';
const hook: SubscriptionAsked = {
  name: 'duty office',
  channel: { kind: 'webhook', url },
  choice: { atLeast: 'yellow' },
  timing: { kind: 'at-once' },
  language: 'zh',
  timeZone: 'Asia/Shanghai',
};
const mail: SubscriptionAsked = { ...hook, channel: { kind: 'email', address: 'li.wei@example.org' } };
const secretOf = (start: number) =>
  `whsec_${Buffer.from(Array.from({ length: 32 }, (_, i) => start + i)).toString('base64')}`;

describe('a subscription', () => {
  const id = uuidOf('subscribe');

  test('by webhook is added after its receiver confirmed, and returns its secret once', async () => {
    const answer = await govern.subscribe(hook, asked('subscribe'));
    expect(answer).toEqual({
      ...hook,
      channel: { kind: 'webhook', url: 'https://hooks.example.org/…' },
      subscription: id,
      status: 'active',
      by,
      addedAt: clock.at,
      since: 1,
      waiting: 0,
      secret: secretOf(0),
    });
    expect(webhook.checked).toEqual([{ kind: 'webhook', url, secrets: [secretOf(0)] }]);
    const { secret: __, ...seen } = answer;
    expect([await govern.subscription(id), (await govern.subscriptions({ limit: 100 })).items]).toEqual([
      seen,
      [seen],
    ]);
    expect(await govern.subscribe(hook, asked('subscribe'))).toEqual(seen);
    expect([await types(), webhook.checked.length]).toEqual([['SubscriptionAdded'], 1]);
  });

  test('by webhook shows only the host, and the log has nothing of its URL', async () => {
    const secret = 'https://hooks.example.org/services/T0001/x7Kd9QpL?key=n4Vb';
    const channel = { kind: 'webhook' as const, url: secret };
    const { subscription } = await govern.subscribe({ ...hook, channel }, { by });
    await govern.change(subscription, { ...hook, channel: { kind: 'webhook', url: `${secret}2` } }, { by });
    const answers = JSON.stringify([
      await govern.subscription(subscription),
      await govern.subscriptions({ limit: 9 }),
    ]);
    const log = JSON.stringify(await eventsOf(store.readAll()));
    const parts = ['hooks.example.org', 'services', 'T0001', 'x7Kd9QpL', 'n4Vb'];
    expect(parts.filter((part) => log.includes(part))).toEqual([]);
    expect(parts.filter((part) => answers.includes(part))).toEqual(['hooks.example.org']);
    const kept = await govern.change(
      subscription,
      { ...hook, name: 'night watch', channel: { kind: 'webhook' } },
      { by },
    );
    expect([kept.name, webhook.checked.length]).toEqual(['night watch', 2]);
    await govern.test(subscription);
    expect(webhook.delivered[0]?.[1]).toMatchObject({ url: `${secret}2` });
  });

  test('with a URL that an earlier version recorded openly says so until it has another one', async () => {
    const data = {
      ...hook,
      subscription: id,
      channel: { kind: 'webhook' as const, url: { clear: url }, secret: vault.seal(id, secretOf(0)) },
    };
    const entry = { asOf: today, precision: 'day', source: { kind: 'system' } } as const;
    await store.append('governance', [{ type: 'SubscriptionAdded', data, entry, id, by }], 'no-stream');
    await views.waitFor(1);
    const inClear = { kind: 'webhook', url: 'https://hooks.example.org/…', isInClear: true };
    expect((await govern.subscription(id)).channel).toEqual(inClear);
    expect((await govern.change(id, { ...hook, channel: { kind: 'webhook' } }, { by })).channel).toEqual(
      inClear,
    );
    expect(JSON.stringify((await eventsOf(store.readAll())).at(-1))).not.toContain('hooks.example.org');
    const moved = await govern.change(id, { ...hook, channel: { kind: 'webhook', url: `${url}/2` } }, { by });
    expect(moved.channel).toEqual({ kind: 'webhook', url: 'https://hooks.example.org/…' });
  });

  test('by e-mail shows only the beginning of the address, and the log nothing of it', async () => {
    const answer = await govern.subscribe(mail, asked('subscribe'));
    expect(answer.channel).toEqual({ kind: 'email', address: 'l…@example.org' });
    expect(answer).not.toHaveProperty('secret');
    const log = JSON.stringify(await eventsOf(store.readAll()));
    expect([log.includes('li.wei'), log.includes('example.org')]).toEqual([false, false]);
  });

  test('with the id of another one is refused', async () => {
    await govern.subscribe(hook, asked('subscribe'));
    const others = [
      { ...hook, name: 'night watch' },
      { ...hook, channel: { kind: 'webhook' as const, url: `${url}/2` } },
      { ...hook, channel: { kind: 'webhook' as const, url, secret: secretOf(9) } },
      mail,
    ];
    for (const other of others)
      await expect(govern.subscribe(other, asked('subscribe'))).rejects.toMatchObject({
        reason: 'event-id-reused',
      });
  });

  const refused: [string, SubscriptionAsked, string, string][] = [
    ['nameless', { ...hook, name: '' }, 'subscription-invalid', 'name'],
    [
      'by an unknown calendar',
      { ...hook, hours: { from: '08:00', to: '18:00', calendar: 'moon' } },
      'calendar-unknown',
      'hours.calendar',
    ],
    [
      'with a secret too short',
      { ...hook, channel: { kind: 'webhook', url, secret: 'whsec_c2hvcnQ=' } },
      'secret-weak',
      'channel.secret',
    ],
  ];
  test.each(refused)('%s is refused before its receiver is contacted', async (_, wrong, reason, member) => {
    await expect(govern.subscribe(wrong, { by })).rejects.toMatchObject({ reason, fault: { member } });
    expect([webhook.checked.length, await store.head()]).toEqual([0, 0]);
  });

  test('to an address that its channel refuses is not added', async () => {
    webhook.says.fault = {
      reason: 'address-refused',
      member: 'channel.url',
      seen: '10.0.0.1, a private address',
      expected: 'a public one',
    };
    await expect(govern.subscribe(hook, { by })).rejects.toMatchObject({
      reason: 'address-refused',
      fault: { member: 'channel.url', seen: '10.0.0.1, a private address' },
    });
    const without = governOn(store, { webhook }).subscribe(mail, { by });
    await expect(without).rejects.toMatchObject({
      reason: 'channel-unavailable',
      fault: { expected: '"webhook"' },
    });
    expect([vault.forgotten, await store.head()]).toEqual([[], 0]);
  });

  test('that is changed keeps its secret, and verifies only a new address', async () => {
    await govern.subscribe(hook, asked('subscribe'));
    const renamed = await govern.change(id, { ...hook, name: 'night watch' }, asked('rename'));
    expect([renamed.name, webhook.checked.length]).toEqual(['night watch', 1]);
    const moved: SubscriptionAsked = { ...hook, channel: { kind: 'webhook', url: `${url}/2` } };
    const answer = await govern.change(id, moved, asked('move'));
    expect([answer.channel, webhook.checked[1]]).toEqual([
      { kind: 'webhook', url: 'https://hooks.example.org/…' },
      { kind: 'webhook', url: `${url}/2`, secrets: [secretOf(0)] },
    ]);
    expect(await govern.change(id, moved, asked('move'))).toEqual(answer);
    expect(await govern.change(id, moved, { by })).toEqual(answer);
    expect(await types()).toEqual(['SubscriptionAdded', 'SubscriptionChanged', 'SubscriptionChanged']);
    await expect(govern.change(id, hook, asked('move'))).rejects.toMatchObject({ reason: 'event-id-reused' });
  });

  test('changes neither its kind nor its secret', async () => {
    await govern.subscribe(hook, asked('subscribe'));
    const invalid = (member: string) => ({ reason: 'subscription-invalid', fault: { member } });
    await expect(govern.change(id, mail, { by })).rejects.toMatchObject(invalid('channel.kind'));
    const other: SubscriptionAsked = { ...hook, channel: { kind: 'webhook', url, secret: secretOf(9) } };
    await expect(govern.change(id, other, { by })).rejects.toMatchObject(invalid('channel.secret'));
    expect(await types()).toEqual(['SubscriptionAdded']);
  });

  test('by e-mail moves to another mailbox, and stays if none is given', async () => {
    await govern.subscribe(mail, asked('subscribe'));
    const moved: SubscriptionAsked = { ...hook, channel: { kind: 'email', address: '王@example.cn' } };
    expect((await govern.change(id, moved, { by })).channel).toEqual({
      kind: 'email',
      address: '王…@example.cn',
    });
    expect(email.checked).toEqual([mail.channel, moved.channel]);
    const renamed = { ...hook, name: 'night watch', channel: { kind: 'email' as const } };
    expect(await govern.change(id, renamed, asked('rename'))).toMatchObject({
      name: 'night watch',
      channel: { kind: 'email', address: '王…@example.cn' },
    });
    expect(await govern.change(id, renamed, asked('rename'))).toMatchObject({ name: 'night watch' });
    expect(email.checked).toHaveLength(2);
    expect(await types()).toEqual(['SubscriptionAdded', 'SubscriptionChanged', 'SubscriptionChanged']);
  });

  test('signs with the old secret too for a day after it got a new one', async () => {
    await govern.subscribe(hook, asked('subscribe'));
    const given = secretOf(40);
    const oldUntil = '2018-07-11T08:00:00.000Z';
    const rotated = await govern.rotateSecret(id, given, asked('rotate'));
    expect(rotated).toEqual({ secret: given, oldUntil });
    clock.at = '2018-07-11T07:59:59.999Z';
    expect(await govern.rotateSecret(id, given, asked('rotate'))).toEqual(rotated);
    await govern.test(id);
    clock.at = oldUntil;
    await govern.test(id);
    expect(webhook.delivered.map(([, address]) => address)).toEqual([
      { kind: 'webhook', url, secrets: [given, secretOf(0)] },
      { kind: 'webhook', url, secrets: [given] },
    ]);
    expect(await types()).toEqual(['SubscriptionAdded', 'SecretRotated']);
  });

  test('accepts no weak secret, not its current one, and none by e-mail', async () => {
    await govern.subscribe(hook, asked('subscribe'));
    const weak = { reason: 'secret-weak', fault: { member: 'secret' } };
    await expect(govern.rotateSecret(id, 'whsec_c2hvcnQ=', { by })).rejects.toMatchObject(weak);
    await expect(govern.rotateSecret(id, secretOf(0), { by })).rejects.toMatchObject(weak);
    const { subscription } = await govern.subscribe(mail, { by });
    const none = govern.rotateSecret(subscription, undefined, { by });
    await expect(none).rejects.toMatchObject({ reason: 'subscription-invalid' });
    await expect(govern.rotateSecret(uuidOf('nobody'), undefined, { by })).rejects.toMatchObject({
      reason: 'subscription-unknown',
    });
  });

  test('that was paused is resumed', async () => {
    await govern.subscribe(hook, asked('subscribe'));
    const data = { subscription: id, because: 'failing', reason: 'timed out for 5 days' } as const;
    const entry = { asOf: today, precision: 'day', source: { kind: 'system' } } as const;
    const paused = { type: 'SubscriptionPaused', data, entry, id: uuidOf('pause'), by: 'topout' } as const;
    await store.append('governance', [paused], 0);
    await views.waitFor(2);
    expect(await govern.subscription(id)).toMatchObject({
      status: 'paused',
      because: { why: 'timed out for 5 days', at: clock.at },
    });
    const resumed = await govern.resume(id, asked('resume'));
    expect([resumed.status, resumed.because]).toEqual(['active', undefined]);
    expect(await govern.resume(id, { by })).toEqual(resumed);
    expect((await types()).at(-1)).toBe('SubscriptionResumed');
    expect(await store.head()).toBe(3);
  });

  test('is paused by its owner until it is resumed', async () => {
    await govern.subscribe(hook, asked('subscribe'));
    const paused = await govern.pause(id, asked('pause'));
    expect(paused).toMatchObject({ status: 'paused', because: { why: 'asked', at: clock.at } });
    expect(await govern.pause(id, asked('pause'))).toEqual(paused);
    expect(await govern.pause(id, { by })).toEqual(paused);
    expect((await govern.resume(id, { by })).status).toBe('active');
    expect(await types()).toEqual(['SubscriptionAdded', 'SubscriptionPaused', 'SubscriptionResumed']);
    await govern.end(id, 'removed', { by });
    await expect(govern.pause(id, { by })).rejects.toMatchObject({ reason: 'subscription-ended' });
  });

  test('lists its notices, latest first, by pages', async () => {
    await govern.subscribe(hook, asked('subscribe'));
    const notice = (text: string, of: string) => ({
      ...{ notice: uuidOf(text), subscription: of, channel: 'webhook' as const, attempt: 1 },
      ...{ alerts: [uuidOf('stall')], events: [uuidOf(`raised ${text}`)] },
    });
    const entry = { asOf: today, precision: 'day', source: { kind: 'system' } } as const;
    const said = { entry, by: 'topout' } as const;
    const failed = { ...notice('first', id), outcome: 'given-up', why: 'HTTP 413', status: 413 } as const;
    await store.append(
      'alerts-huaao-2',
      [
        { ...said, type: 'NoticeFailed', id: uuidOf('failed'), data: failed },
        { ...said, type: 'NoticeSent', id: uuidOf('other'), data: notice('other', uuidOf('other')) },
        { ...said, type: 'NoticeSent', id: uuidOf('sent'), data: { ...notice('second', id), status: 204 } },
      ],
      'no-stream',
    );
    await views.waitFor(4);
    const at = { at: clock.at, project: 'huaao-2' };
    const second = { ...notice('second', id), ...at, outcome: 'accepted', status: 204, position: 4 };
    const first = { ...failed, ...at, position: 2 };
    expect(await govern.notices(id, { limit: 1 })).toEqual({ items: [second], next: '4' });
    expect(await govern.notices(id, { limit: 1, cursor: '4' })).toEqual({ items: [first] });
    await expect(govern.notices(id, { limit: 1, cursor: 'x' })).rejects.toMatchObject({
      reason: 'cursor-invalid',
    });
    await expect(govern.notices(uuidOf('nobody'), { limit: 1 })).rejects.toMatchObject({
      reason: 'subscription-unknown',
    });
  });

  test('that ended gets no more notices, and its keys are destroyed', async () => {
    await govern.subscribe(mail, asked('subscribe'));
    await govern.end(id, 'unsubscribed', { by: 'reader' });
    await govern.end(id, 'removed', { by });
    expect(await types()).toEqual(['SubscriptionAdded', 'SubscriptionEnded']);
    expect(await govern.subscription(id)).toMatchObject({
      status: 'ended',
      because: { why: 'unsubscribed', at: clock.at },
      channel: { kind: 'email', address: '…' },
    });
    expect(vault.forgotten).toContain(id);
    const ended = { reason: 'subscription-ended' };
    await expect(govern.change(id, mail, { by })).rejects.toMatchObject(ended);
    await expect(govern.resume(id, { by })).rejects.toMatchObject(ended);
    await expect(govern.rotateSecret(id, undefined, { by })).rejects.toMatchObject(ended);
    await expect(govern.test(id)).rejects.toMatchObject(ended);
    const unknown = { reason: 'subscription-unknown' };
    await expect(govern.end(uuidOf('nobody'), 'removed', { by })).rejects.toMatchObject(unknown);
    await expect(govern.subscription(uuidOf('nobody'))).rejects.toMatchObject(unknown);
  });

  test('is tested by an empty notice, and nothing is recorded', async () => {
    await govern.subscribe(hook, asked('subscribe'));
    expect(await govern.test(id)).toEqual({ outcome: 'accepted', status: 204 });
    webhook.says.outcome = { kind: 'failed', why: 'connection refused' };
    expect(await govern.test(id)).toEqual({ outcome: 'failed', why: 'connection refused' });
    expect(webhook.delivered[0]?.[0]).toMatchObject({
      kind: 'test',
      subscription: id,
      items: [],
      at: clock.at,
    });
    vault.forgotten.push(id);
    await expect(govern.test(id)).rejects.toMatchObject({ reason: 'sealed-unreadable' });
    expect(await store.head()).toBe(1);
  });

  test('is ended only by the token of its own link', async () => {
    const { subscription } = await govern.subscribe(mail, { by });
    const token = vault.token(subscription, 'unsubscribe');
    expect([
      govern.mayUnsubscribe(subscription, token),
      govern.mayUnsubscribe(subscription, `${token}a`),
      govern.mayUnsubscribe(subscription, vault.token(subscription, 'resume')),
      govern.mayUnsubscribe(subscription, ''),
      govern.mayUnsubscribe(uuidOf('nobody'), vault.token(uuidOf('nobody'), 'unsubscribe')),
    ]).toEqual([true, false, false, false, false]);
  });

  test('shows its number of pending notices, and the next attempt of the first', async () => {
    await govern.subscribe(hook, asked('subscribe'));
    const words = { en: 'stalled', zh: '停滞' };
    const raised: AlertEventData['AlertRaised'] = {
      alert: uuidOf('stall'),
      rule: 'declared-stall',
      rulesVersion: 1,
      subject: { kind: 'project' },
      severity: 'red',
      cause: 'financing',
      since: '2018-06-01',
      anchor: 'june',
      evidence: [],
      reason: words,
      clears: words,
      opening: 1,
      of: { name: words },
    };
    const entry = { asOf: today, precision: 'day', source: { kind: 'system' } } as const;
    const raising = { type: 'AlertRaised', data: raised, entry } as const;
    await store.append('alerts-huaao-2', [{ ...raising, id: uuidOf('raised'), by: 'topout' }], 'no-stream');
    await views.waitFor(2);
    expect(await govern.subscription(id)).toMatchObject({ waiting: 1 });
    const nextAt = '2018-07-10T08:05:00.000Z';
    const failed: AlertEventData['NoticeFailed'] = {
      notice: uuidOf('notice'),
      subscription: id,
      channel: 'webhook',
      alerts: [uuidOf('stall')],
      events: [uuidOf('raised')],
      attempt: 1,
      outcome: 'retry',
      why: 'timed out',
      nextAt,
    };
    const failure = {
      type: 'NoticeFailed',
      data: failed,
      entry,
      id: uuidOf('failed'),
      by: 'topout',
    } as const;
    await store.append('alerts-huaao-2', [failure], 0);
    await views.waitFor(3);
    expect(await govern.subscription(id)).toMatchObject({ waiting: 1, nextAt });
    expect(await govern.subscriptions({ limit: 100 })).toMatchObject({ items: [{ waiting: 1, nextAt }] });
  });
});

test('a decision overtaken by another writer is made again', async () => {
  let faster = 0;
  const busy: EventStore = {
    ...store,
    append: async (stream, events, expected) => {
      if (faster++ < 3) await govern.adoptCalendar({ ...weekdays, name: `site-${faster}` }, { by });
      return store.append(stream, events, expected);
    },
  };
  expect(await governOn(busy).adoptRules(stricter, { by })).toMatchObject({ rules: { version: 2 } });
  expect(await types()).toEqual(['CalendarAdopted', 'CalendarAdopted', 'CalendarAdopted', 'RulesAdopted']);
});

/** The token of the latest link sent by mail. */
function tokenSent(): string {
  const link = email.asked.at(-1)?.[0].link ?? '';
  return new URL(link, 'https://topout.example.org').searchParams.get('token') ?? '';
}

describe('a subscription by e-mail', () => {
  const id = uuidOf('subscribe');
  const raising = async (number: number) => {
    const words = { en: 'stalled', zh: '停滞' };
    const raised: AlertEventData['AlertRaised'] = {
      ...{ alert: uuidOf(`stall ${number}`), rule: 'declared-stall', rulesVersion: 1, severity: 'red' },
      ...{ subject: { kind: 'project' }, cause: 'financing', since: '2018-06-01', anchor: 'june' },
      ...{ evidence: [], reason: words, clears: words, opening: 1, of: { name: words } },
    };
    const entry = { asOf: today, precision: 'day', source: { kind: 'system' } } as const;
    const event = { type: 'AlertRaised', data: raised, entry, id: uuidOf(`raised ${number}`), by } as const;
    await store.append(`alerts-site-${number}`, [event], 'no-stream');
    await views.waitFor(await store.head());
  };

  test('starts when the owner confirms, and earlier events are not notified', async () => {
    const added = await govern.subscribe(mail, asked('subscribe'));
    const confirmBy = '2018-07-17T08:00:00.000Z';
    expect(added).toMatchObject({ status: 'unconfirmed', confirmation: { askedAt: clock.at, confirmBy } });
    expect(email.asked).toEqual([
      [
        {
          ...{ id, name: mail.name, language: 'zh', timeZone: 'Asia/Shanghai', confirmBy },
          link: expect.stringMatching(`^/subscriptions/${id}/confirm\\?token=`),
        },
        mail.channel,
      ],
    ]);
    await expect(govern.test(id)).rejects.toMatchObject({ reason: 'subscription-unconfirmed' });
    await raising(1);
    expect(await govern.subscription(id)).toMatchObject({ waiting: 0 });
    govern.requireConfirmable(id, tokenSent());
    await govern.confirm(id, tokenSent(), { by: 'reader' });
    const begun = await govern.subscription(id);
    expect([begun.status, begun.confirmation, begun.since, begun.waiting]).toEqual([
      'active',
      undefined,
      3,
      0,
    ]);
    await raising(2);
    expect(await govern.subscription(id)).toMatchObject({ waiting: 1 });
    await govern.confirm(id, tokenSent(), { by: 'reader' });
    expect((await types()).filter((type) => type === 'AddressConfirmed')).toHaveLength(1);
    expect([email.delivered, JSON.stringify(await eventsOf(store.readAll())).includes(tokenSent())]).toEqual([
      [],
      false,
    ]);
  });

  test('is not added when the mail server refuses the question', async () => {
    email.says.outcome = { kind: 'failed', why: 'no connection' };
    await expect(govern.subscribe(mail, { by })).rejects.toMatchObject({ reason: 'confirmation-unsent' });
    expect([await store.head(), vault.unrecorded()]).toEqual([0, []]);
  });

  test('has a link for 7 days, and a new one on request, which replaces it', async () => {
    await govern.subscribe(mail, asked('subscribe'));
    const first = tokenSent();
    await expect(govern.askToConfirm(id, { by })).rejects.toMatchObject({ reason: 'confirmation-recent' });
    clock.at = '2018-07-17T08:00:00.001Z';
    expect(() => govern.requireConfirmable(id, first)).toThrow(
      expect.objectContaining({ reason: 'confirmation-expired' }),
    );
    const again = await govern.askToConfirm(id, { by });
    expect(again.confirmation).toEqual({ askedAt: clock.at, confirmBy: '2018-07-24T08:00:00.001Z' });
    const wrong = { reason: 'subscription-unknown', fault: expect.objectContaining({ member: 'token' }) };
    for (const token of [first, '', vault.token(id, 'unsubscribe'), `${tokenSent()}a`])
      await expect(govern.confirm(id, token, { by })).rejects.toMatchObject(wrong);
    await govern.confirm(id, tokenSent(), { by });
    expect(await govern.askToConfirm(id, { by })).toMatchObject({ status: 'active' });
    expect(email.asked).toHaveLength(2);
  });

  test('with a new address waits for its confirmation, and then gets what happened meanwhile', async () => {
    await govern.subscribe(mail, asked('subscribe'));
    await govern.confirm(id, tokenSent(), { by });
    const old = tokenSent();
    const moved = { ...mail, channel: { kind: 'email' as const, address: 'wang@example.org' } };
    expect(await govern.change(id, moved, { by })).toMatchObject({ status: 'unconfirmed' });
    expect(email.asked.at(-1)?.[1]).toEqual(moved.channel);
    await raising(1);
    await expect(govern.confirm(id, old, { by })).rejects.toMatchObject({ reason: 'subscription-unknown' });
    const paused = await govern.pause(id, { by });
    expect([paused.status, (await govern.resume(id, { by })).status]).toEqual(['paused', 'unconfirmed']);
    await govern.confirm(id, tokenSent(), { by });
    expect(await govern.subscription(id)).toMatchObject({ status: 'active', waiting: 1, since: 2 });
    const renamed = { ...mail, name: 'night watch', channel: { kind: 'email' as const } };
    expect(await govern.change(id, renamed, { by })).toMatchObject({ status: 'active' });
  });

  test('recorded by an earlier version counts as confirmed', async () => {
    const data = {
      ...mail,
      subscription: id,
      channel: { kind: 'email' as const, address: vault.seal(id, 'a@example.org') },
    };
    const entry = { asOf: today, precision: 'day', source: { kind: 'system' } } as const;
    await store.append('governance', [{ type: 'SubscriptionAdded', data, entry, id, by }], 'no-stream');
    await views.waitFor(1);
    expect(await govern.subscription(id)).toMatchObject({ status: 'active' });
  });
});

describe('sixteen simultaneous subscriptions', () => {
  const sixteen = Array.from({ length: 16 }, (_, number) => ({ ...hook, name: `site ${number}` }));

  test('are all recorded, with one key each', async () => {
    const added = await Promise.all(sixteen.map((one) => govern.subscribe(one, { by })));
    expect(new Set(added.map(({ subscription }) => subscription)).size).toBe(16);
    expect(await types()).toEqual(sixteen.map(() => 'SubscriptionAdded'));
    expect([vault.unrecorded(), vault.forgotten]).toEqual([[], []]);
  });

  test('are all recorded by two replicas, one after the other', async () => {
    const replicas = [govern, governOn(store)];
    await Promise.all(sixteen.map((one, number) => replicas[number % 2]?.subscribe(one, { by })));
    expect(await types()).toHaveLength(16);
    expect(vault.unrecorded()).toEqual([]);
  });

  test('read no more of the log than was added since', async () => {
    let read = 0;
    const counting: EventStore = {
      ...store,
      async *readStream(stream, from) {
        for await (const page of store.readStream(stream, from)) {
          read += page.length;
          yield page;
        }
      },
    };
    const counted = governOn(counting);
    for (const one of sixteen) await counted.subscribe(one, { by });
    expect(read).toBe(0);
    await govern.adoptRules(stricter, { by });
    await counted.adoptCalendar({ ...weekdays, name: 'own' }, { by });
    expect(read).toBe(1);
  });
});

describe('the key of an unrecorded subscription', () => {
  const id = uuidOf('subscribe');
  const failing = (error: Error): EventStore => ({ ...store, append: () => Promise.reject(error) });

  test('is destroyed when the log refuses it', async () => {
    const full = governOn(failing(new StoreFull()));
    await expect(full.subscribe(hook, asked('subscribe'))).rejects.toMatchObject({ reason: 'store-full' });
    expect([vault.unrecorded(), vault.forgotten]).toEqual([[], [id]]);
  });

  test('stays while the outcome is unknown', async () => {
    const cut: EventStore = {
      ...store,
      append: async (...args) => {
        await store.append(...args);
        throw new OutcomeUnknown([id]);
      },
    };
    await expect(governOn(cut).subscribe(hook, asked('subscribe'))).rejects.toThrow(OutcomeUnknown);
    expect(vault.unrecorded()).toEqual([id]);
    const other = governOn(store).subscribe({ ...hook, name: 'night watch' }, asked('subscribe'));
    await expect(other).rejects.toMatchObject({ reason: 'event-id-reused' });
    expect([vault.unrecorded(), vault.forgotten]).toEqual([[], []]);
    expect(await govern.test(id)).toMatchObject({ outcome: 'accepted' });
  });

  test('is destroyed an hour after a kill in between, and kept if it was recorded', async () => {
    const unavailable = governOn(failing(new StoreUnavailable('test')));
    await expect(unavailable.subscribe(hook, asked('subscribe'))).rejects.toThrow(StoreUnavailable);
    const { subscription } = await govern.subscribe(mail, { by });
    vault.seal(subscription, 'again');
    await govern.tidyKeys();
    expect(vault.forgotten).toEqual([]);
    await govern.tidyKeys();
    expect([vault.unrecorded(), vault.forgotten]).toEqual([[], [id]]);
  });
});

test('subscriptions are listed in pages, oldest first', async () => {
  const names = ['first', 'second', 'third'];
  for (const name of names) await govern.subscribe({ ...hook, name }, { by });
  const first = await govern.subscriptions({ limit: 2 });
  const second = await govern.subscriptions({ limit: 2, cursor: String(first.next) });
  const listed = [first, second].map(({ items }) => items.map(({ name }) => name));
  expect([listed, second.next]).toEqual([[['first', 'second'], ['third']], undefined]);
  expect(await govern.subscriptions({ limit: 3 })).not.toHaveProperty('next');
  const wrong = govern.subscriptions({ limit: 2, cursor: 'x' });
  await expect(wrong).rejects.toMatchObject({ reason: 'cursor-invalid' });
});

test('a page of many subscriptions reads the keys once and pending notices once, and opens only what it shows', async () => {
  const entry = { asOf: today, precision: 'day', source: { kind: 'system' } } as const;
  const many = Array.from({ length: 500 }, (_, number) => {
    const id = uuidOf(`many ${number}`);
    const channel = { kind: 'email' as const, address: vault.seal(id, `site${number}@example.org`) };
    const data = { ...mail, subscription: id, channel };
    return { type: 'SubscriptionAdded' as const, data, entry, id, by };
  });
  await store.append('governance', many, 'no-stream');
  await views.waitFor(500);
  const calls = { look: 0, open: 0, rows: 0 };
  const counted: Vault = {
    ...vault,
    look: async () => void calls.look++,
    open(...args) {
      calls.open++;
      return vault.open(...args);
    },
  };
  const { rows } = views;
  const spied = Object.assign(Object.create(views) as Views, {
    rows(...args: Parameters<Views['rows']>) {
      calls.rows++;
      return rows.apply(views, args);
    },
  });
  const reading = new Govern({
    ...{ store, views: spied, world, vault: counted, channels: { webhook, email } },
    governed: new Governed(views, shipped),
    reached: async () => () => true,
    owners,
    projects: () => [],
    todayIn: () => today,
    letterOf,
    settlingMs: 0,
  });
  expect((await reading.subscriptions({ limit: 100 })).items).toHaveLength(100);
  expect(calls).toEqual({ look: 1, open: 100, rows: 1 });
});

test('the public key has the format that receivers expect', async () => {
  expect(await govern.verifyingKey()).toBe('whpk_public');
});
