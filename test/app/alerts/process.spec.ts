import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Subject } from 'rxjs';
import { alertsStreamOf } from '../../../domain/alerts/events.js';
import { governanceStream } from '../../../domain/governance/events.js';
import { defaultLexicon } from '../../../domain/governance/lexicons.js';
import { defaultRules, type RuleKind } from '../../../domain/governance/rules.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { streamOf } from '../../../domain/project/events.js';
import { dayIn, defaultTimeZone } from '../../../domain/values/days/calendar.js';
import { alwaysLeader } from '../../../src/app/alerts/leadership.js';
import { AlertProcess, type AlertProcessOptions } from '../../../src/app/alerts/process.js';
import { Governed } from '../../../src/app/governance/governed.js';
import { RulesAt } from '../../../src/app/governance/rules-at.js';
import { States } from '../../../src/app/queries/states.js';
import { oneTurn } from '../../../src/app/turns.js';
import { openViews } from '../../../src/composition/view-list.js';
import { StoreFull } from '../../../src/event-store/errors.js';
import type { EventStore, NewEvent } from '../../../src/event-store/event-store.js';
import { openSqliteStore } from '../../../src/event-store/sqlite/sqlite.js';
import { uuidOf } from '../../support/dice.js';
import {
  cleared,
  done,
  type Entry,
  item,
  measured,
  planned,
  registered,
  stalled,
  withdrawn,
  word,
} from '../../support/entries.js';
import { eventsOf, temporaryFolder } from '../../support/event-store-ports.js';
import { InjectedClock, turns } from '../../support/injected-clock.js';

const huaao = 'huaao-2';
const tengjun = 'tengjun';
const july10 = '2018-07-10';
const second = 1_000;
const dayMs = 24 * 3_600 * second;

let clock: InjectedClock;
let store: EventStore;
let folder: ReturnType<typeof temporaryFolder>;
const running: { close(): Promise<void> }[] = [];

beforeEach(() => {
  clock = new InjectedClock('2018-07-10T01:00:00.000Z');
  store = openSqliteStore(':memory:', { ...clock.world(), nextTurn: (call) => setImmediate(call) });
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const replica of running.splice(0)) await replica.close();
  await store.close();
  folder.remove();
});

/** A replica with its own views and due index. */
async function start({
  name = 'one',
  on = store,
  ...options
}: Partial<AlertProcessOptions> & { name?: string; on?: EventStore } = {}) {
  const world = clock.world();
  const path = (file: string) => folder.file(`${name}-${file}`);
  const views = await openViews({ store: on, world, storeName: 'district', path: path('views.db') });
  const failures: string[] = [];
  const process = AlertProcess.start({
    store: on,
    views,
    states: new States(views, oneTurn, new RulesAt(views)),
    world,
    governed: new Governed(views, { calendar: () => undefined, names: () => [] }),
    todayIn: (timeZone) => dayIn(timeZone ?? defaultTimeZone, clock.now()),
    path: path('due.db'),
    storeName: 'district',
    leadership: alwaysLeader,
    onFailure: (error) => failures.push(error.message),
    ...options,
  });
  const replica = {
    views,
    process,
    failures,
    indexPath: path('due.db'),
    async close() {
      running.splice(running.indexOf(replica) >>> 0, 1);
      await process.close();
      await views.close();
    },
    async idle() {
      await views.waitFor(await store.head());
      await turns();
      await process.whenIdle();
      await views.waitFor(await store.head());
    },
  };
  running.push(replica);
  await replica.idle();
  return replica;
}

let count = 0;
/** Records entries of a project, each with the given id or a new one. */
async function say(project: string, ...entries: Entry[]): Promise<string[]> {
  const events = entries.map(({ id, ...entry }) => {
    count += 1;
    return { ...entry, id: id ?? uuidOf(`${count}`), by: 'inspector-7' } as NewEvent;
  });
  await store.append(streamOf(project), events, 'any');
  return events.map(({ id }) => id);
}

const alertsOf = (project: string): Promise<AnyRecordedEvent[]> =>
  eventsOf(store.readStream(alertsStreamOf(project)));

/** The alert events of a project, each with its type and key data. */
async function happened(project: string): Promise<string[]> {
  return (await alertsOf(project)).map((event) => {
    if (event.type === 'AlertRaised') return `raised ${event.data.rule} ${event.data.severity}`;
    if (event.type === 'AlertCleared') return `cleared by ${event.data.because}`;
    if (event.type === 'AlertEscalated') return `escalated to ${event.data.to} by ${event.data.because}`;
    return event.type;
  });
}

/** Adopts the default rules except one, as version 2; returns the id of the event. */
async function adoptAllBut(without: RuleKind): Promise<string> {
  const rules = {
    ...defaultRules,
    version: 2,
    rules: defaultRules.rules.filter(({ rule }) => rule !== without),
  };
  const entry = { asOf: july10, precision: 'day', source: { kind: 'system' } } as const;
  const id = uuidOf(`rules without ${without}`);
  await store.append(
    governanceStream,
    [{ type: 'RulesAdopted', data: rules, entry, id, by: 'admin' }],
    'any',
  );
  return id;
}

const report = () => [registered({}, '2018-07-01'), done('pit', '2018-07-09')] as const;
const stall = stalled({ stall: 'money', from: '2018-06-01' }, july10, { id: uuidOf('stall') });

describe('a declared stall', () => {
  test('is raised immediately with its evidence, after the rules are in the log', async () => {
    const replica = await start();
    await say(huaao, ...report(), stall);
    await replica.idle();
    const [raised, ...more] = await alertsOf(huaao);
    expect(more).toEqual([]);
    expect(raised).toMatchObject({
      type: 'AlertRaised',
      by: 'topout',
      data: { rule: 'declared-stall', severity: 'red', evidence: [uuidOf('stall')], rulesVersion: 1 },
      entry: {
        asOf: july10,
        precision: 'day',
        source: { kind: 'system' },
        causationId: uuidOf('stall'),
      },
    });
    const [adopted] = await eventsOf(store.readStream(governanceStream));
    expect(adopted?.data).toEqual(defaultRules);
    expect(adopted?.position).toBeLessThan(raised?.position ?? 0);
  });

  test('is cleared once, by the entry that works resumed', async () => {
    const replica = await start();
    await say(huaao, ...report(), stall);
    await replica.idle();
    const [resumed] = await say(huaao, cleared('money', july10));
    await replica.idle();
    await clock.pass(90 * second);
    expect(await happened(huaao)).toEqual(['raised declared-stall red', 'cleared by fact']);
    expect((await alertsOf(huaao)).at(-1)?.data).toMatchObject({ evidence: [resumed] });
  });

  test('that was a mistake is cleared by the correction', async () => {
    const replica = await start();
    await say(huaao, ...report(), stall);
    await replica.idle();
    const [correction] = await say(huaao, withdrawn(uuidOf('stall'), july10), done('roof', july10));
    await replica.idle();
    expect((await alertsOf(huaao)).at(-1)).toMatchObject({
      type: 'AlertCleared',
      data: { because: 'correction', evidence: [correction] },
    });
  });
});

describe('a deadline', () => {
  beforeEach(async () => {
    await adoptAllBut('behind-plan');
  });
  const plan = planned([item('roof', 1, { plannedFinish: '2018-07-11' })], '2018-07-01');
  /** The warning before the day is muted by the alert after it. */
  const dueAndOverdue = ['raised due-soon blue', 'raised item-overdue yellow', 'AlertMuted'];

  test('is noticed at the first tick of the next day, and escalates later', async () => {
    const replica = await start();
    await say(huaao, ...report(), plan);
    await replica.idle();
    clock.jump(dayMs);
    await clock.pass(30 * second);
    expect(await happened(huaao)).toEqual(['raised due-soon blue']);
    clock.jump(dayMs);
    await clock.pass(30 * second);
    await replica.idle();
    expect(await happened(huaao)).toEqual(dueAndOverdue);
    clock.jump(30 * dayMs);
    await clock.pass(30 * second);
    await replica.idle();
    expect(await happened(huaao)).toContain('escalated to red by threshold');
  });

  test.each([false, true])(
    'passed during downtime is noticed at the start, once (index lost: %s)',
    async (isLost) => {
      const replica = await start();
      await say(huaao, ...report(), plan);
      await replica.idle();
      await replica.close();
      clock.jump(5 * dayMs);
      for (const _ of [1, 2, 3]) {
        if (isLost) rmSync(replica.indexPath, { force: true });
        await (await start()).close();
      }
      expect(await happened(huaao)).toEqual(dueAndOverdue);
    },
  );

  test('is neither lost nor repeated when the clock jumps', async () => {
    const replica = await start();
    await say(huaao, ...report(), plan, done('wall', july10));
    await replica.idle();
    for (const jumpMs of [400 * dayMs, -400 * dayMs, -dayMs, 3 * dayMs, -3_600 * second]) {
      clock.jump(jumpMs);
      await clock.pass(60 * second);
      await replica.idle();
    }
    const raised = (await happened(huaao)).filter((what) => what.startsWith('raised item-overdue'));
    expect(raised).toEqual(['raised item-overdue red']);
    expect(await happened(huaao)).not.toContainEqual(expect.stringContaining('cleared'));
  });
});

test('an entry recorded during downtime is evaluated at the start', async () => {
  await (await start()).close();
  await say(huaao, ...report(), stall);
  await start();
  expect(await happened(huaao)).toEqual(['raised declared-stall red']);
});

test('new rules apply immediately, and clear what they no longer require', async () => {
  const replica = await start();
  await say(huaao, ...report(), stall);
  await replica.idle();
  const id = await adoptAllBut('declared-stall');
  await replica.idle();
  expect((await alertsOf(huaao)).at(-1)).toMatchObject({
    type: 'AlertCleared',
    data: { because: 'rules', evidence: [id] },
  });
});

test('a lexicon that reads the reported words otherwise ends an alert, and is named as the reason', async () => {
  const replica = await start();
  const wall = item('wall', 1, { plannedStart: '2018-07-01', plannedFinish: '2018-07-09' });
  await say(
    huaao,
    registered({}, '2018-07-01'),
    planned([wall], '2018-07-01'),
    measured('wall', word('mostly'), july10),
  );
  await replica.idle();
  const words = defaultLexicon.words.map((one) =>
    one.word === 'mostly' ? { ...one, range: { low: 9_000, point: 9_500, high: 9_900 } } : one,
  );
  const id = uuidOf('lexicon');
  const entry = { asOf: july10, precision: 'day', source: { kind: 'system' } } as const;
  const adopted = { basis: 'notice 7', words, version: 3 };
  await store.append(
    governanceStream,
    [{ type: 'LexiconAdopted', data: adopted, entry, id, by: 'admin' }],
    'any',
  );
  await replica.idle();
  const cleared = (await alertsOf(huaao)).filter(({ type }) => type === 'AlertCleared');
  expect(cleared).toMatchObject([
    {
      data: {
        because: 'lexicon',
        evidence: [id],
        reason: { en: 'Version 3 of the lexicon reads the reported words otherwise.' },
      },
    },
  ]);
});

test('a rebuild of the views repeats nothing', async () => {
  const replica = await start();
  await say(huaao, ...report(), stall);
  await replica.idle();
  await replica.views.rebuild();
  await replica.idle();
  await clock.pass(60 * second);
  expect(await happened(huaao)).toEqual(['raised declared-stall red']);
});

describe('under failures', () => {
  test('a full disk loses nothing: it is reported once, and retried at the next tick', async () => {
    const disk = { isFull: true };
    const append: EventStore['append'] = (stream, events, expected) =>
      disk.isFull ? Promise.reject(new StoreFull()) : store.append(stream, events, expected);
    const replica = await start({ on: { ...store, append } });
    await say(huaao, ...report(), stall);
    await say(tengjun, ...report(), stalled({}, july10));
    await clock.pass(90 * second);
    expect(await happened(huaao)).toEqual([]);
    expect(replica.failures).toEqual([
      'The alerts of project huaao-2 cannot be evaluated now (The disk of the store is full; nothing was stored. Free some space and send it again.); it is tried again.',
    ]);
    disk.isFull = false;
    await clock.pass(30 * second);
    await replica.idle();
    expect([await happened(huaao), await happened(tengjun)]).toEqual([
      ['raised declared-stall red'],
      ['raised declared-stall red'],
    ]);
  });

  test('a simultaneous acknowledgement is recorded beside the evaluation', async () => {
    const first = await start();
    await say(huaao, ...report(), stall);
    await first.idle();
    await first.close();
    const alert = (await alertsOf(huaao))[0]?.data as { alert: string };
    const entry = { asOf: july10, precision: 'day', source: { kind: 'inspection' } } as const;
    const acknowledged = {
      type: 'AlertAcknowledged',
      data: { alert: alert.alert, name: 'Li', dueOn: '2018-07-20' },
      entry,
      id: uuidOf('acknowledged'),
      by: 'li',
    } as const;
    let isFirst = true;
    const append: EventStore['append'] = async (stream, events, expected) => {
      if (isFirst && stream === alertsStreamOf(huaao)) {
        isFirst = false;
        await store.append(stream, [acknowledged], 0);
      }
      return store.append(stream, events, expected);
    };
    const replica = await start({ on: { ...store, append } });
    await say(huaao, cleared('money', july10));
    await replica.idle();
    expect(await happened(huaao)).toEqual([
      'raised declared-stall red',
      'AlertAcknowledged',
      'cleared by fact',
    ]);
    expect(replica.failures).toEqual([]);
  });

  test('a project that cannot be evaluated does not block the others', async () => {
    const failing = { isFailing: true };
    const name = 'one';
    const world = clock.world();
    const views = await openViews({ store, world, storeName: 'district', path: folder.file('states.db') });
    const states = new States(views);
    const replica = await start({
      name,
      states: {
        inTurns: async (project, position) => {
          if (failing.isFailing && project === huaao) throw new TypeError('unreadable');
          return states.inTurns(project, position);
        },
        entriesOf: (project, position) => states.entriesOf(project, position),
        onDays: (folded, day, compute) => states.onDays(folded, day, compute),
      },
    });
    await say(huaao, ...report(), stall);
    await say(tengjun, ...report(), stalled({}, july10));
    await replica.idle();
    await clock.pass(60 * second);
    expect([await happened(huaao), await happened(tengjun)]).toEqual([[], ['raised declared-stall red']]);
    expect(replica.failures).toEqual([
      'The alerts of project huaao-2 cannot be evaluated now (unreadable); it is tried again.',
    ]);
    failing.isFailing = false;
    await clock.pass(30 * second);
    await replica.idle();
    expect(await happened(huaao)).toEqual(['raised declared-stall red']);
    await replica.close();
    await views.close();
  });
});

describe('of several replicas', () => {
  test('that all evaluate, each alert is in the log once', async () => {
    const replicas = await Promise.all(['a', 'b', 'c'].map((name) => start({ name })));
    const projects = Array.from({ length: 20 }, (_, i) => `site-${i}`);
    await Promise.all(projects.map((project) => say(project, ...report(), stalled({}, july10))));
    for (const replica of replicas) await replica.idle();
    await Promise.all(projects.map((project) => say(project, cleared('money', july10))));
    for (const replica of replicas) await replica.idle();
    for (const project of projects)
      expect(await happened(project)).toEqual(['raised declared-stall red', 'cleared by fact']);
    expect(replicas.flatMap(({ failures }) => failures)).toEqual([]);
  });

  test('a follower records nothing, and everything once it is the leader', async () => {
    const turn = { isIts: false, elected$: new Subject<void>() };
    const replica = await start({
      leadership: { ...alwaysLeader, isLeader: () => turn.isIts, elected$: turn.elected$ },
    });
    await say(huaao, ...report(), stall);
    await replica.idle();
    await clock.pass(60 * second);
    expect(await happened(huaao)).toEqual([]);
    turn.isIts = true;
    turn.elected$.next();
    await replica.idle();
    expect(await happened(huaao)).toEqual(['raised declared-stall red']);
  });
});
