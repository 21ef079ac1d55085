import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { filter } from 'rxjs';
import { type Alert, applyToLife, emptyLife } from '../../../domain/alerts/alert.js';
import type { AlertEventData, AlertEventType } from '../../../domain/alerts/events.js';
import { alertsStreamOf } from '../../../domain/alerts/events.js';
import type { Severity } from '../../../domain/governance/rules.js';
import { isOfAlerts } from '../../../domain/log/any-event.js';
import { streamOf } from '../../../domain/project/events.js';
import { AlertQueries } from '../../../src/app/alerts/alert-queries.js';
import type { AlertFilter, AlertHappening } from '../../../src/app/alerts/alerts.js';
import { compare } from '../../../src/app/alerts/order.js';
import { Views } from '../../../src/app/views/views.js';
import { openViews } from '../../../src/composition/view-list.js';
import { world } from '../../../src/composition/world.js';
import type { EventStore, NewEvent } from '../../../src/event-store/event-store.js';
import { openSqliteStore, type SqliteStore } from '../../../src/event-store/sqlite/sqlite.js';
import { diceOf, uuidOf } from '../../support/dice.js';
import { storePorts, temporaryFolder } from '../../support/event-store-ports.js';
import { seenOn, today } from '../../support/given.js';
import { huaao, tengjun } from '../facts.js';

const clock = { at: '' };
let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
let views: Views;
let book: AlertQueries;

beforeEach(async () => {
  folder = temporaryFolder();
  clock.at = '2018-07-10T08:00:00.000Z';
  store = openSqliteStore(':memory:', storePorts(clock));
  views = await openViews({ store, world, storeName: 'district', path: folder.file('views.db') });
  book = bookOn(store);
});
afterEach(async () => {
  await views.close();
  await store.close();
  folder.remove();
});

/** A zone in which the day has not ended yet while it has in the others. */
const lateZone = 'Pacific/Honolulu';

function bookOn(on: EventStore): AlertQueries {
  return new AlertQueries(
    on,
    views,
    world,
    (zone) => (zone === lateZone ? '2018-07-09' : today),
    async () => () => true,
  );
}

const words = (text: string) => ({ en: text, zh: text });
const duty = { role: 'leader', words: words('the leader holds an interview') };
const minutesLater = (minutes: number) =>
  new Date(Date.parse('2018-07-10T08:00:00.000Z') + minutes * 60_000).toISOString();

function event<T extends AlertEventType>(type: T, data: AlertEventData[T]): NewEvent {
  const entry = { asOf: today, precision: 'day', source: { kind: 'system' } } as const;
  return { type, data, id: world.newId(), by: 'topout', entry } as unknown as NewEvent;
}

async function say(project: string, said: NewEvent): Promise<number> {
  const { events } = await store.append(alertsStreamOf(project), [said], 'any');
  const position = events[0]?.position ?? 0;
  await views.waitFor(position);
  return position;
}

interface Raised {
  project?: string;
  severity?: Severity;
  district?: string;
  rule?: 'declared-stall' | 'unreported';
  opening?: number;
}

function raised(name: string, how: Raised = {}): NewEvent {
  const { severity = 'red', district, rule = 'declared-stall', opening = 1 } = how;
  return event('AlertRaised', {
    alert: uuidOf(name),
    rule,
    rulesVersion: 1,
    subject: { kind: 'stall', id: name },
    severity,
    cause: 'financing',
    since: '2018-06-01',
    anchor: name,
    evidence: [uuidOf('declared')],
    reason: words('is stalled since 2018-06-01'),
    clears: words('an entry that works resumed'),
    opening,
    of: { name: words('Huaao car, phase II'), ...(district ? { district: { en: district } } : {}) },
    deadline: { duty, dueOn: '2018-07-17' },
  });
}

const escalated = (name: string) =>
  event('AlertEscalated', {
    alert: uuidOf(name),
    from: 'yellow',
    to: 'red',
    because: 'threshold',
    rulesVersion: 1,
    since: '2018-06-01',
    anchor: name,
    evidence: [],
    reason: words('for 90 days'),
    clears: words('an entry that works resumed'),
  });

const revised = (name: string, severity: Severity) =>
  event('AlertRevised', {
    alert: uuidOf(name),
    rulesVersion: 1,
    severity,
    since: '2018-06-01',
    anchor: name,
    evidence: [],
    reason: words('for other facts'),
    clears: words('an entry that works resumed'),
  });

const cleared = (name: string) =>
  event('AlertCleared', {
    alert: uuidOf(name),
    because: 'fact',
    evidence: [uuidOf('resumed')],
    reason: words('works resumed'),
  });

const raise = (name: string, how: Raised = {}) => say(how.project ?? huaao, raised(name, how));
const escalate = (name: string) => say(huaao, escalated(name));
const clear = (name: string, project = huaao) => say(project, cleared(name));

const notice = (name: string, number: number) => ({
  notice: uuidOf(`notice ${number}`),
  subscription: uuidOf('subscription'),
  channel: 'webhook' as const,
  alerts: [uuidOf(name)],
  events: [uuidOf('event')],
});

const named = (...names: string[]) => names.map(uuidOf);

async function listed(filter: AlertFilter = {}, limit = 100, position?: number): Promise<string[]> {
  const asked = position === undefined ? {} : { knownAt: { position } };
  return (await book.list(asked, filter, { limit })).items.map(({ alert }) => alert);
}

describe('the list of alerts', () => {
  test('shows open ones first, then the more severe, then the latest raised', async () => {
    const all: [string, Raised][] = [
      ['yellow early', { severity: 'yellow' }],
      ['red early', {}],
      ['cleared', {}],
      ['blue', { severity: 'blue' }],
      ['yellow late', { severity: 'yellow', project: tengjun }],
      ['red late', { project: tengjun }],
    ];
    for (const [index, [name, how]] of all.entries()) {
      clock.at = minutesLater(index);
      await raise(name, how);
    }
    await clear('cleared');
    const inOrder = named('red late', 'red early', 'yellow late', 'yellow early', 'blue', 'cleared');
    expect(await listed()).toEqual(inOrder);
    book = bookOn(store);
    expect(await listed()).toEqual(inOrder);
  });

  test('follows their changes', async () => {
    await raise('first', { severity: 'yellow' });
    clock.at = minutesLater(1);
    await raise('second', { severity: 'yellow', project: tengjun });
    expect(await listed()).toEqual(named('second', 'first'));
    await escalate('first');
    expect(await listed()).toEqual(named('first', 'second'));
    await clear('first');
    expect(await listed()).toEqual(named('second', 'first'));
    clock.at = minutesLater(2);
    await raise('first', { opening: 2, severity: 'yellow' });
    expect(await listed()).toEqual(named('first', 'second'));
  });

  test('shows the alerts that match every member of a filter', async () => {
    await raise('port', { district: 'Port', severity: 'yellow' });
    await raise('hill', { district: 'Hill', project: tengjun });
    await raise('quiet', { rule: 'unreported', severity: 'blue' });
    await clear('hill', tengjun);
    const shown = await Promise.all(
      [
        { district: 'Port' },
        { status: 'open' as const },
        { status: 'cleared' as const },
        { atLeast: 'yellow' as const },
        { rule: 'unreported' as const },
        { project: huaao, atLeast: 'red' as const },
        { project: tengjun },
        { sector: 'roads' },
      ].map((filter) => listed(filter)),
    );
    expect(shown).toEqual([
      named('port'),
      named('port', 'quiet'),
      named('hill'),
      named('port', 'hill'),
      named('quiet'),
      [],
      named('hill'),
      [],
    ]);
  });

  test('shows an earlier moment as it was known then', async () => {
    const first = await raise('first', { severity: 'yellow' });
    clock.at = minutesLater(1);
    const second = await escalate('first');
    await raise('second', { project: tengjun });
    await clear('first');
    const severityAt = async (position: number) =>
      (await book.list({ knownAt: { position } }, {}, { limit: 9 })).items.map((alert) => [
        alert.severity,
        alert.status,
      ]);
    expect([await severityAt(first), await severityAt(second), await severityAt(0)]).toEqual([
      [['yellow', 'open']],
      [['red', 'open']],
      [],
    ]);
    expect(await listed({}, 9, second)).toEqual(named('first'));
    const then = await book.list({ knownAt: { instant: minutesLater(0) } }, {}, { limit: 9 });
    expect([then.knownAt, then.items.map(({ severity }) => severity)]).toEqual([
      { position: first },
      ['yellow'],
    ]);
    expect(await book.list({ knownAt: { position: 99 } }, {}, { limit: 1 })).toMatchObject({
      knownAt: { position: 4 },
      items: [{ alert: uuidOf('second') }],
    });
  });
});

describe('the list at any moment', () => {
  test('equals a fold of all projects up to that moment', async () => {
    const dice = diceOf(29);
    const projects = ['north', 'south', 'harbour'];
    const bySeverity: Severity[] = ['blue', 'yellow', 'red'];
    const severityOf = () => bySeverity[dice.int(0, 2)] as Severity;
    await listed();
    for (let number = 0; number < 120; number += 1) {
      clock.at = minutesLater(number);
      const project = projects[dice.int(0, 2)] as string;
      const name = `${project} ${dice.int(0, 3)}`;
      const said = [
        () => raised(name, { severity: severityOf(), ...(dice.int(0, 1) ? { district: 'Port' } : {}) }),
        () => escalated(name),
        () => revised(name, severityOf()),
        () => cleared(name),
        () => event('AlertMuted', { alert: uuidOf(name), mutedBy: null }),
      ];
      await say(project, (said[dice.int(0, said.length - 1)] as () => NewEvent)());
    }
    const folded = (position: number) =>
      projects
        .flatMap(
          (project) =>
            views
              .stream(alertsStreamOf(project), position)
              .filter(isOfAlerts)
              .reduce(applyToLife, emptyLife(project)).alerts,
        )
        .sort(compare)
        .map(({ alert }) => alert);
    const fresh = bookOn(store);
    for (let position = views.position; position > 0; position -= 7) {
      expect(await listed({}, 100, position)).toEqual(folded(position));
      const inPort = (await fresh.list({ knownAt: { position } }, { district: 'Port' }, { limit: 100 }))
        .items;
      const all = (await book.list({ knownAt: { position } }, {}, { limit: 100 })).items;
      expect(inPort).toEqual(all.filter(({ of }) => of.district?.en === 'Port'));
    }
  });

  test('has every one of many once, page by page', async () => {
    const bySeverity: Severity[] = ['blue', 'yellow', 'red'];
    for (const [index, project] of ['north', 'south', 'harbour'].entries()) {
      clock.at = minutesLater(index);
      const many = Array.from({ length: 1_000 }, (_, number) =>
        raised(`${project} ${number}`, { severity: bySeverity[number % 3] as Severity }),
      );
      const { events } = await store.append(alertsStreamOf(project), many, 'any');
      await views.waitFor(events.at(-1)?.position ?? 0);
    }
    const position = views.position;
    const walked = async (filter: AlertFilter) => {
      const found: Alert[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = { limit: 170, ...(cursor === undefined ? {} : { cursor }) };
        const { items, next } = await book.list({ knownAt: { position } }, filter, page);
        found.push(...items);
        if (next === undefined) return found;
        cursor = next;
      }
    };
    const present = await walked({});
    expect(new Set(present.map(({ alert }) => alert)).size).toBe(3_000);
    expect(present).toEqual([...present].sort(compare));
    await clear('harbour 1', 'harbour');
    expect(await walked({})).toEqual(present);
    expect(await walked({ project: 'south', atLeast: 'red' })).toHaveLength(333);
    const counted = { count: 3_000, bySeverity: { blue: 1_002, yellow: 999, red: 999 } };
    expect(await book.count({ knownAt: { position } }, { status: 'open' })).toMatchObject(counted);
    expect(await book.count({}, { status: 'open' })).toMatchObject({
      count: 2_999,
      bySeverity: { yellow: 998 },
    });
    expect(await book.count({}, { status: 'cleared' })).toMatchObject({ count: 1 });
  });

  test('misses no alert while alerts change during the read', async () => {
    for (const name of ['a', 'b', 'c']) await raise(name);
    const other = bookOn(store);
    const asked = other.list({}, {}, { limit: 9 });
    clock.at = minutesLater(1);
    await raise('d');
    await clear('a');
    await asked;
    expect((await other.list({}, {}, { limit: 9 })).items.map(({ alert }) => alert)).toEqual(await listed());
  });
});

describe('pages of alerts', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

  beforeEach(async () => {
    for (const [index, name] of names.entries()) {
      clock.at = minutesLater(index);
      await raise(name, { severity: index % 2 ? 'yellow' : 'red', project: `project-${name}` });
    }
  });

  const inOrder = named('g', 'e', 'c', 'a', 'f', 'd', 'b');

  test.each([1, 2, 3, 6, 7])('of %d hold each alert once', async (limit) => {
    const pages: string[][] = [];
    for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
      const page = await book.list({}, {}, { limit, ...(cursor ? { cursor } : {}) });
      pages.push(page.items.map(({ alert }) => alert));
      cursor = page.next;
    }
    expect(pages.flat()).toEqual(inOrder);
    expect(pages).toHaveLength(Math.ceil(names.length / limit));
  });

  test('are counted by severity at the given moment', async () => {
    const knownAt = { position: views.position };
    await clear('a', 'project-a');
    const now = { knownAt: { position: views.position } };
    expect(await book.count({}, {})).toEqual({
      ...now,
      count: 7,
      bySeverity: { blue: 0, yellow: 3, red: 4 },
      byRule: { 'declared-stall': 7 },
    });
    expect(await book.count({}, { severity: 'yellow' })).toMatchObject({
      count: 3,
      bySeverity: { blue: 0, yellow: 3, red: 0 },
      byRule: { 'declared-stall': 3 },
    });
    expect(await book.count({}, { status: 'open', atLeast: 'red' })).toMatchObject({ count: 3 });
    expect(await book.count({ knownAt }, { status: 'open' })).toMatchObject({ knownAt, count: 7 });
  });

  test('continue correctly when alerts are raised and cleared in between', async () => {
    const { next, items } = await book.list({}, {}, { limit: 3 });
    expect(items.map(({ alert }) => alert)).toEqual(inOrder.slice(0, 3));
    clock.at = minutesLater(60);
    await raise('new', { project: 'project-new' });
    await clear('c', 'project-c');
    const rest = await book.list({}, {}, { limit: 3, cursor: next ?? '' });
    expect(rest.items.map(({ alert }) => alert)).toEqual(inOrder.slice(3, 6));
  });

  test('of an earlier moment do not change', async () => {
    const knownAt = { position: views.position };
    const { next } = await book.list({ knownAt }, {}, { limit: 3 });
    clock.at = minutesLater(60);
    await raise('new', { project: 'project-new' });
    await clear('a', 'project-a');
    const rest = await book.list({ knownAt }, {}, { limit: 9, cursor: next ?? '' });
    expect(rest.items.map(({ alert }) => alert)).toEqual(inOrder.slice(3));
  });

  test.each(['', 'alerts', 'alerts|open|pink|2018-07-10T08:00:00.000Z|a', 'projects:a', 'journal:b'])(
    'refuse a cursor of another list (%j)',
    async (text) => {
      const cursor = Buffer.from(text).toString('base64url');
      await expect(book.list({}, {}, { limit: 2, cursor })).rejects.toMatchObject({
        reason: 'cursor-invalid',
        fault: { member: 'cursor' },
      });
    },
  );
});

describe('an alert', () => {
  test('is returned as it is, or as it was known', async () => {
    const position = await raise('stall', { severity: 'yellow' });
    await escalate('stall');
    const id = uuidOf('stall');
    expect(await book.alert(id, {})).toMatchObject({
      severity: 'red',
      status: 'open',
      knownAt: { position: 2 },
    });
    expect(await book.alert(id, { knownAt: { position } })).toMatchObject({ severity: 'yellow' });
    await expect(book.alert(id, { knownAt: { position: 0 } })).rejects.toMatchObject({
      reason: 'alert-unknown',
    });
    await expect(book.alert(uuidOf('other'), {})).rejects.toMatchObject({ reason: 'alert-unknown' });
    await expect(book.notices(uuidOf('other'), {})).rejects.toMatchObject({ reason: 'alert-unknown' });
  });

  test('lists its notices with recipient, time and result', async () => {
    await raise('stall');
    const nextAt = minutesLater(5);
    const failed = { ...notice('stall', 1), attempt: 1, outcome: 'retry', why: 'timed out', nextAt } as const;
    const position = await say(huaao, event('NoticeFailed', failed));
    clock.at = minutesLater(6);
    await say(huaao, event('NoticeSent', { ...notice('stall', 1), attempt: 2, status: 204 }));
    await say(huaao, event('NoticeSent', { ...notice('other', 2), attempt: 1 }));
    const { alerts: _, ...told } = notice('stall', 1);
    const first = {
      ...told,
      attempt: 1,
      outcome: 'retry',
      why: 'timed out',
      nextAt,
      at: minutesLater(0),
      position,
    };
    expect(await book.notices(uuidOf('stall'), {})).toEqual({
      knownAt: { position: 4 },
      alert: uuidOf('stall'),
      items: [
        first,
        {
          ...told,
          attempt: 2,
          outcome: 'accepted',
          status: 204,
          at: minutesLater(6),
          position: position + 1,
        },
      ],
    });
    expect(await book.notices(uuidOf('stall'), { knownAt: { position } })).toMatchObject({ items: [first] });
  });
});

describe('an answer to an alert', () => {
  const by = 'leader-1';
  const id = uuidOf('stall');
  const taken = { name: 'Li', dueOn: '2018-07-20', note: 'bank on Monday' };
  const asked = (text: string) => ({ by, id: uuidOf(text) });

  beforeEach(() => raise('stall'));

  test('is recorded immediately, and visible to its author', async () => {
    const receipt = await book.acknowledge(id, taken, asked('mine'));
    expect(receipt).toEqual({
      alert: id,
      id: uuidOf('mine'),
      revision: 1,
      position: 2,
      recordedAt: minutesLater(0),
      outcome: 'recorded',
    });
    expect((await book.alert(id, {})).acknowledged).toMatchObject({ ...taken, by, entry: uuidOf('mine') });
  });

  test('sent twice is recorded once, even if the alert was cleared meanwhile', async () => {
    const first = await book.silence(id, { until: '2018-07-31', reason: 'visit planned' }, asked('mine'));
    await clear('stall');
    const again = await book.silence(id, { until: '2018-07-31', reason: 'visit planned' }, asked('mine'));
    expect(again).toEqual({ ...first, outcome: 'replayed' });
    expect(await store.head()).toBe(3);
  });

  test('equal to the previous one records nothing', async () => {
    const first = await book.acknowledge(id, taken, { by });
    expect(await book.acknowledge(id, taken, { by })).toEqual({ ...first, outcome: 'replayed' });
    const other = await book.acknowledge(id, taken, { by: 'leader-2' });
    expect([other.outcome, other.revision]).toEqual(['recorded', 2]);
  });

  test('with the same id and other content is refused', async () => {
    await book.acknowledge(id, taken, asked('mine'));
    const other = book.acknowledge(id, { ...taken, name: 'Wu' }, asked('mine'));
    await expect(other).rejects.toMatchObject({ reason: 'event-id-reused' });
    const silence = book.silence(id, { until: '2018-07-31', reason: 'visit' }, asked('mine'));
    await expect(silence).rejects.toMatchObject({ reason: 'event-id-reused' });
  });

  test('to an unknown or cleared alert is refused', async () => {
    const unknown = book.acknowledge(uuidOf('other'), taken, { by });
    await expect(unknown).rejects.toMatchObject({ reason: 'alert-unknown' });
    await clear('stall');
    await expect(book.acknowledge(id, taken, { by })).rejects.toMatchObject({ reason: 'alert-cleared' });
    const silence = book.silence(id, { until: '2018-07-31', reason: 'visit' }, { by });
    await expect(silence).rejects.toMatchObject({ reason: 'alert-cleared' });
    expect(await store.head()).toBe(2);
  });

  test("is for today or a later day, by the project's clock", async () => {
    for (const day of ['2018-07-09', '2018-02-30', 'soon']) {
      const late = book.acknowledge(id, { ...taken, dueOn: day }, { by });
      await expect(late).rejects.toMatchObject({
        reason: 'day-passed',
        fault: { member: 'dueOn', seen: day },
      });
      const silence = book.silence(id, { until: day, reason: 'visit' }, { by });
      await expect(silence).rejects.toMatchObject({ reason: 'day-passed', fault: { member: 'until' } });
    }
    expect(await store.head()).toBe(1);
    const registered = { name: { en: 'Harbour' }, timeZone: lateZone };
    const said = { type: 'ProjectRegistered', data: registered, id: world.newId(), by } as const;
    await store.append(streamOf(huaao), [{ ...said, entry: seenOn('2018-01-02') }], 'no-stream');
    await views.waitFor(2);
    expect(await book.acknowledge(id, { ...taken, dueOn: '2018-07-09' }, { by })).toMatchObject({
      revision: 1,
    });
  });

  test('with an empty name or reason is a programming error', async () => {
    await expect(book.acknowledge(id, { ...taken, name: ' ' }, { by })).rejects.toThrow(TypeError);
    await expect(book.silence(id, { until: '2018-07-31', reason: '' }, { by })).rejects.toThrow(TypeError);
  });

  test('based on an earlier revision is refused', async () => {
    await book.acknowledge(id, taken, { by, expectedRevision: 0 });
    const stale = book.silence(id, { until: '2018-07-31', reason: 'visit' }, { by, expectedRevision: 0 });
    await expect(stale).rejects.toMatchObject({ reason: 'revision-stale', details: { currentRevision: 1 } });
  });

  test('is decided again when another writer was faster', async () => {
    const faster: EventStore = {
      ...store,
      append: async (stream, events, expected) => {
        if (expected === 0) await escalate('stall');
        return store.append(stream, events, expected);
      },
    };
    const receipt = await bookOn(faster).acknowledge(id, taken, { by });
    expect(receipt).toMatchObject({ revision: 2, outcome: 'recorded' });
    const clearing: EventStore = {
      ...store,
      append: async (stream, events, expected) => {
        if (expected === 2) await clear('stall');
        return store.append(stream, events, expected);
      },
    };
    const late = bookOn(clearing).silence(id, { until: '2018-07-31', reason: 'visit' }, { by });
    await expect(late).rejects.toMatchObject({ reason: 'alert-cleared' });
  });
});

describe('alert events', () => {
  const told = (happenings: readonly AlertHappening[]) =>
    happenings.map(({ event, alert }) => [event.position, event.type, alert.severity, alert.status]);

  beforeEach(async () => {
    await raise('stall', { severity: 'yellow', district: 'Port' });
    await say(huaao, event('NoticeSent', { ...notice('stall', 1), attempt: 1 }));
    await raise('other', { severity: 'blue', project: tengjun });
    await escalate('stall');
    await clear('stall');
  });

  const all = [
    [1, 'AlertRaised', 'yellow', 'open'],
    [3, 'AlertRaised', 'blue', 'open'],
    [4, 'AlertEscalated', 'red', 'open'],
    [5, 'AlertCleared', 'red', 'cleared'],
  ];

  test('come with the alert right after them, notices excluded', () => {
    expect(told(book.happenings(0, 5, {}, 100))).toEqual(all);
    expect(told(book.happenings(1, 4, {}, 100))).toEqual(all.slice(1, 3));
    expect(told(book.happenings(0, 5, {}, 2))).toEqual(all.slice(0, 2));
    expect(told(book.happenings(5, 5, {}, 2))).toEqual([]);
  });

  test('are filtered by the alert at that time', () => {
    const chosen = (filter: AlertFilter) =>
      told(book.happenings(0, 5, filter, 100)).map(([position]) => position);
    expect([
      chosen({ atLeast: 'red' }),
      chosen({ atLeast: 'yellow' }),
      chosen({ status: 'open' }),
      chosen({ project: tengjun }),
      chosen({ district: 'Port' }),
      chosen({ rule: 'unreported' }),
    ]).toEqual([[4, 5], [1, 4, 5], [1, 3, 4], [3], [1, 4, 5], []]);
  });

  test('are found in small steps, however much precedes them', async () => {
    for (let index = 0; index < 600; index++)
      await raise(`more ${index}`, { project: `project-${index % 7}` });
    await raise('wanted', { project: tengjun, district: 'Hill' });
    expect(told(book.happenings(0, book.position(), { district: 'Hill' }, 5))).toEqual([
      [606, 'AlertRaised', 'red', 'open'],
    ]);
    const pages: number[] = [];
    for (let after = 0, isMore = true; isMore; ) {
      const page = book.happenings(after, book.position(), {}, 250);
      pages.push(...page.map(({ event }) => event.position));
      after = page.at(-1)?.event.position ?? after;
      isMore = page.length > 0;
    }
    expect(pages).toEqual([1, 3, 4, 5, ...Array.from({ length: 601 }, (_, index) => index + 6)]);
  });

  test('reach every follower once and in order, equal to the answers of queries', async () => {
    const heard: AlertHappening[] = [];
    const also: AlertHappening[] = [];
    const positions: number[] = [];
    book.news$.subscribe(({ happenings, position }) => {
      heard.push(...happenings);
      positions.push(position);
    });
    const also$ = book.news$.subscribe(({ happenings }) => also.push(...happenings));
    await raise('third', { project: tengjun });
    await book.acknowledge(uuidOf('other'), { name: 'Li', dueOn: today }, { by: 'leader-1' });
    also$.unsubscribe();
    await clear('third', tengjun);
    expect(heard).toEqual(book.happenings(5, 99, {}, 100));
    expect(also).toEqual(heard.slice(0, 2));
    expect(also.every((happening, index) => happening === heard[index])).toBe(true);
    expect([positions.at(-1), book.position()]).toEqual([8, 8]);
  });

  test('of one commit each come with the alert right after them', async () => {
    const heard: AlertHappening[] = [];
    book.news$.subscribe(({ happenings }) => heard.push(...happenings));
    const said = [raised('quick', { severity: 'yellow' }), escalated('quick'), cleared('quick')];
    const { events } = await store.append(alertsStreamOf('project-new'), said, 'no-stream');
    await views.waitFor(events.at(-1)?.position ?? 0);
    expect(told(heard)).toEqual([
      [6, 'AlertRaised', 'yellow', 'open'],
      [7, 'AlertEscalated', 'red', 'open'],
      [8, 'AlertCleared', 'red', 'cleared'],
    ]);
    expect(await listed({ status: 'cleared' })).toEqual(expect.arrayContaining(named('quick', 'stall')));
  });

  test('are neither lost nor repeated when rebuilt views are ahead of the subscription', async () => {
    let isDeaf = false;
    const events$ = views.events$.pipe(filter(() => !isDeaf));
    const gated: Views = Object.create(views, { events$: { value: events$ } });
    book = new AlertQueries(
      store,
      gated,
      world,
      () => today,
      async () => () => true,
    );
    const heard: AlertHappening[] = [];
    book.news$.subscribe(({ happenings }) => heard.push(...happenings));
    await raise('before', { project: tengjun });
    isDeaf = true;
    await raise('unheard', { project: tengjun });
    await clear('before', tengjun);
    await views.rebuild();
    isDeaf = false;
    await raise('after', { project: tengjun });
    await views.rebuild();
    expect(told(heard)).toEqual([
      [6, 'AlertRaised', 'red', 'open'],
      [7, 'AlertRaised', 'red', 'open'],
      [8, 'AlertCleared', 'red', 'cleared'],
      [9, 'AlertRaised', 'red', 'open'],
    ]);
    expect(await listed({ project: tengjun })).toEqual(
      expect.arrayContaining(named('unheard', 'after', 'other', 'before')),
    );
  });
});
