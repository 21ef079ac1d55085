import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { map } from 'rxjs';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { projectOf, streamOf } from '../../domain/project/events.js';
import { Asking } from '../../src/app/queries/asking.js';
import { ReadProject } from '../../src/app/queries/read-project.js';
import { States } from '../../src/app/queries/states.js';
import { Views } from '../../src/app/views/views.js';
import { ViewsFile } from '../../src/app/views/views-file.js';
import { viewsFor } from '../../src/composition/view-list.js';
import { world } from '../../src/composition/world.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { eventsOf, openMemoryStore, storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { by, huaao, measure, register, tengjun } from './facts.js';

const storeName = 'district';
let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let store: EventStore;
const opened: Views[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  path = folder.file('views.db');
  // Without it, as on a cluster, the views hold the whole log themselves.
  const { journal: _, ...whole } = openMemoryStore();
  store = whole;
});
afterEach(async () => {
  for (const views of opened.splice(0)) await views.close();
  await store.close();
  folder.remove();
});

/** Timers that the test fires by hand, in the order of their start. */
function handTimers() {
  const set: { ms: number; call: () => void }[] = [];
  return {
    set,
    ring: () => set.shift()?.call(),
    after(ms: number, call: () => void) {
      const timer = { ms, call };
      set.push(timer);
      return () => void set.splice(set.indexOf(timer) >>> 0, 1);
    },
  };
}

async function openViews(
  options: { on?: EventStore; name?: string; timers?: ReturnType<typeof handTimers> } = {},
) {
  const { on = store, name = storeName, timers } = options;
  const ports = timers ? { ...world, after: timers.after } : world;
  let made = 0;
  const views = await Views.open(
    { store: on, list: viewsFor(on), world: ports, storeName: name, path },
    (done) => {
      made = done;
    },
  );
  opened.push(views);
  return { views, made };
}

async function closeViews(): Promise<void> {
  await opened.pop()?.close();
}

async function say(percent: number, project = huaao, on = store): Promise<number> {
  const { data, entry } = measure('hall', percent);
  const event = { type: 'ProgressMeasured', data, entry, id: world.newId(), by } as const;
  return (await on.append(streamOf(project), [event as never], 'any')).events[0]?.position ?? 0;
}

async function sayMany(count: number, on = store): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, i) => say(i % 101, i % 2 ? huaao : tengjun, on)));
}

/** The content of the views, in log order. */
async function expectWhole(views: Views): Promise<void> {
  const log = await eventsOf(store.readAll());
  await views.waitFor(log.length);
  const held = views.projects('', log.length, 500).flatMap((project) => views.entries(project, log.length));
  expect(held.toSorted((a, b) => a.position - b.position)).toEqual(log);
  expect(new Set(views.states().map(({ position }) => position))).toEqual(new Set([log.length]));
}

/** Lets all waiting work run. */
async function turns(count = 10): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

const fault = { isThere: false };
/** The same log, whose pages cannot be added to the views while there is a fault. */
function faulty(kind: 'thrown' | 'unfit' = 'thrown'): EventStore {
  fault.isThere = false;
  const unfit = (event: AnyRecordedEvent): AnyRecordedEvent => ({ ...event, revision: undefined as never });
  return {
    ...store,
    events$: (after) =>
      store.events$(after).pipe(
        map((events) => {
          if (fault.isThere && kind === 'thrown') throw new Error('no space left');
          return fault.isThere ? events.map(unfit) : events;
        }),
      ),
  };
}

describe('views at the start', () => {
  test('that match the log are reused, and catch up', async () => {
    await sayMany(3);
    await openViews();
    await closeViews();
    await sayMany(700);
    const { views, made } = await openViews();
    expect([made, views.position, views.state]).toEqual([0, 703, 'live']);
    await expectWhole(views);
  });

  const spoiled: [string, () => void][] = [
    ['that are missing', () => rmSync(path)],
    [
      'that hold something else',
      () => writeFileSync(path, 'not a database, and longer than its header'.repeat(99)),
    ],
    ['that are empty', () => truncateSync(path, 0)],
    ['that were cut off', () => truncateSync(path, 4096)],
    ['of another version', () => change("UPDATE view SET version = 99 WHERE name = 'journal'")],
    ['with a view fewer', () => change("DELETE FROM view WHERE name = 'directory'")],
    ['of another store', () => change("UPDATE made_from SET store = 'another'")],
    ['that say they are further than they are', () => change('UPDATE made_from SET position = 610')],
    ['that say they are less far than they are', () => change('UPDATE made_from SET position = 2')],
  ];
  test.each(spoiled)('%s are rebuilt', async (_, spoil) => {
    await sayMany(600);
    await openViews();
    await closeViews();
    await sayMany(20);
    spoil();
    const { views, made } = await openViews();
    expect([made, views.state]).toEqual([620, 'live']);
    await expectWhole(views);
  });

  const change = (sql: string) => {
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  };

  test('with damaged pages are rebuilt', async () => {
    await sayMany(600);
    await openViews();
    await closeViews();
    await sayMany(20);
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 3 * 4096);
    writeFileSync(path, bytes);
    const { views } = await openViews();
    expect(views.state).toBe('live');
    await expectWhole(views);
  });

  test.each([
    ['ahead of the log', 3],
    ['of a log that went another way', 9],
  ])('%s are rebuilt', async (_, events) => {
    await sayMany(5);
    await openViews();
    await closeViews();
    await store.close();
    store = openMemoryStore();
    await sayMany(events);
    const { views, made } = await openViews();
    expect(made).toBe(events);
    await expectWhole(views);
  });

  test('that cannot be filled are closed again, and no work is left in the background', async () => {
    await sayMany(3);
    const timers = handTimers();
    const on = faulty();
    fault.isThere = true;
    await openViews();
    await closeViews();
    await sayMany(3);
    await expect(openViews({ on, timers })).rejects.toThrow('no space left');
    expect(timers.set).toEqual([]);
    const { views } = await openViews();
    await expectWhole(views);
  });
});

describe('stopped views', () => {
  test.each(['thrown', 'unfit'] as const)('are retried one at a time, and recover (%s)', async (kind) => {
    const timers = handTimers();
    const { views } = await openViews({ on: faulty(kind), timers });
    const failures: string[] = [];
    views.failures$.subscribe(({ message }) => failures.push(message));
    await sayMany(2);
    await turns();
    fault.isThere = true;
    await sayMany(3);
    for (let attempt = 0; attempt < 6; attempt++) {
      await turns();
      expect([views.state, views.position, timers.set.map(({ ms }) => ms)]).toEqual(['failed', 2, [5_000]]);
      timers.ring();
    }
    fault.isThere = false;
    await turns();
    timers.ring();
    await turns();
    expect([views.state, timers.set, failures.length]).toEqual(['live', [], 1]);
    await expectWhole(views);
  });

  test('are not retried once they are closed', async () => {
    const timers = handTimers();
    const { views } = await openViews({ on: faulty(), timers });
    fault.isThere = true;
    await sayMany(3);
    await turns();
    await closeViews();
    expect([timers.set, views.state]).toEqual([[], 'failed']);
  });

  test('may be closed while they catch up', async () => {
    const timers = handTimers();
    const { views } = await openViews({ on: faulty(), timers });
    fault.isThere = true;
    await sayMany(2_000);
    await turns();
    fault.isThere = false;
    timers.ring();
    await turns(1);
    expect([views.state, views.position < 2_000]).toEqual(['catching-up', true]);
    await closeViews();
    await turns();
    expect(timers.set).toEqual([]);
    await expectWhole((await openViews()).views);
  });
});

describe('a rebuild', () => {
  test('runs beside reads and writes: no reader sees less than before', async () => {
    await sayMany(3_000);
    await say(0, 'busy');
    const { views } = await openViews();
    const ofProject = new ReadProject(new Asking(views, () => '2018-07-10'));
    const seen: [number, number][] = [];
    const states = new Set<string>();
    let isDone = false;
    const rebuild = views.rebuild().then(() => {
      isDone = true;
    });
    while (!isDone) {
      await say(seen.length % 101, 'busy');
      states.add(views.state);
      const { items } = await ofProject.journal('busy', {}, { limit: 1, newestFirst: true });
      seen.push([views.position, items[0]?.revision ?? -1]);
    }
    await rebuild;
    states.add(views.state);
    for (const column of [0, 1] as const) {
      const values = seen.map((row) => row[column]);
      expect(values).toEqual(values.toSorted((a, b) => a - b));
    }
    expect(seen[0]?.[0]).toBeGreaterThan(3_000);
    expect([...states]).toEqual(['rebuilding', 'live']);
    await expectWhole(views);
    await say(77);
    await expectWhole(views);
  });

  test('of stopped views leaves no stale answer', async () => {
    const timers = handTimers();
    await say(10);
    const { views } = await openViews({ on: faulty(), timers });
    const states = new States(views);
    expect(states.at(huaao, views.position)?.revision).toBe(0);
    fault.isThere = true;
    await say(20);
    await turns();
    await views.rebuild();
    expect([views.state, views.position, states.at(huaao, 2)?.revision]).toEqual(['failed', 2, 1]);
    fault.isThere = false;
    timers.ring();
    await turns();
    await say(30);
    await turns();
    expect([views.state, states.at(huaao, 3)?.revision]).toEqual(['live', 2]);
  });

  test('that fails leaves the views as they were, and no file', async () => {
    await sayMany(600);
    let isBroken = false;
    const on: EventStore = {
      ...store,
      async *readAll(after) {
        for await (const page of store.readAll(after)) {
          yield page;
          if (isBroken) throw new Error('unplugged');
        }
      },
    };
    const { views } = await openViews({ on });
    isBroken = true;
    await expect(views.rebuild()).rejects.toThrow('unplugged');
    expect(views.state).toBe('live');
    expect(() => readFileSync(`${path}.next`)).toThrow('ENOENT');
    await say(5);
    await expectWhole(views);
  });
});

describe('a reader waiting for a position', () => {
  test('continues immediately if it is there, or when it arrives', async () => {
    const timers = handTimers();
    await say(10);
    const { views } = await openViews({ timers });
    await views.waitFor(1);
    expect(timers.set).toEqual([]);
    const waiting = [views.waitFor(3), views.waitFor(2)];
    expect(timers.set.map(({ ms }) => ms)).toEqual([2_000, 2_000]);
    await sayMany(2);
    await Promise.all(waiting);
    expect(timers.set).toEqual([]);
  });

  test("learns the views' position after 2 s", async () => {
    const timers = handTimers();
    await say(10);
    const { views } = await openViews({ timers });
    const waiting = views.waitFor(7);
    timers.ring();
    await expect(waiting).rejects.toMatchObject({
      reason: 'view-behind',
      fault: { member: 'after', seen: { en: 'position 7, and the views hold 1' } },
      details: { position: 1 },
    });
    await sayMany(8);
    await expectWhole(views);
  });
});

test('one project that cannot be folded does not affect the others', async () => {
  await say(10, tengjun);
  await say(10, huaao);
  const { views } = await openViews({
    on: {
      ...store,
      events$: (after) =>
        store
          .events$(after)
          .pipe(
            map((events) =>
              events.map((e) =>
                projectOf(e.stream) === huaao ? { ...e, type: 'EntryWithdrawn', data: null as never } : e,
              ),
            ),
          ),
    },
  });
  const states = new States(views);
  for (const project of [huaao, tengjun]) states.at(project, 2);
  await Promise.all([say(20, huaao), say(20, tengjun)]);
  await views.waitFor(4);
  expect([views.state, states.at(tengjun, 4)?.revision]).toEqual(['live', 1]);
  expect(() => states.at(huaao, 4)).toThrow(TypeError);
});

test('views killed while they are filled hold a prefix of the log', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    registerHooks({ resolve: (name, context, next) =>
      next(name.startsWith('.') && context.parentURL?.endsWith('.ts') ? name.replace(/\\.js$/, '.ts') : name, context) });
    const { ViewsFile } = await import(${JSON.stringify(new URL('../../src/app/views/views-file.ts', import.meta.url).href)});
    const { viewsFor } = await import(${JSON.stringify(new URL('../../src/composition/view-list.ts', import.meta.url).href)});
    const file = ViewsFile.create(${JSON.stringify(path)}, 'district', viewsFor({}));
    for (let n = 1; ; n += 50) {
      file.apply(Array.from({ length: 50 }, (_, i) => ({
        type: 'MilestoneReached', id: String(n + i), stream: 'project-p' + ((n + i) % 7), revision: n + i,
        position: n + i, recordedAt: '2018-07-10T08:00:00.000Z', data: {}, entry: {} })));
      if (n === 5001) console.log('going');
    }`;
  const flags = ['--experimental-transform-types', '--no-warnings', '--input-type=module', '-e', script];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const file = ViewsFile.openExisting(path, 'district', viewsFor({}));
  if (!file) throw new Error('expected views that can be opened');
  const { position } = file;
  const held = file.journal.after(0, position + 1);
  file.close();
  expect(position).toBeGreaterThan(5_000);
  expect(held.map((entry) => entry.position).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: position }, (_, index) => index + 1),
  );
});

test('a registration is enough to list a project', async () => {
  const { data, entry } = register() as never as { data: never; entry: never };
  await store.append(
    streamOf(huaao),
    [{ type: 'ProjectRegistered', data, entry, id: world.newId(), by }],
    'any',
  );
  const { views } = await openViews();
  expect([views.projectCount, views.projects('', 1, 10), views.projects('', 0, 10)]).toEqual([
    1,
    [huaao],
    [],
  ]);
});

describe('views of a log that answers queries itself', () => {
  beforeEach(() => {
    store = openMemoryStore();
  });

  test('hold no entry of a project, and answer for all of them', async () => {
    await sayMany(300);
    const { views } = await openViews();
    await sayMany(20);
    await expectWhole(views);
    expect(views.rows('SELECT count(*) AS held FROM journal')).toEqual([{ held: 0 }]);
    expect([views.projectCount, views.projects('', 1, 10), views.projects(huaao, 320, 10)]).toEqual([
      2,
      [tengjun],
      [tengjun],
    ]);
    expect(views.entries(huaao, 10)).toHaveLength(5);
    expect([...views.movedAfter(319)].flat()).toEqual([{ project: huaao, position: 320 }]);
  });

  test('continue where they were, and are rebuilt when the log is another one', async () => {
    await sayMany(6_000);
    const first = await openViews();
    await closeViews();
    expect(first.made).toBe(6_000);
    await sayMany(10);
    const second = await openViews();
    expect([second.made, second.views.position]).toEqual([0, 6_010]);
    await closeViews();
    store = openMemoryStore();
    await sayMany(6_010);
    const third = await openViews();
    expect([third.made, third.views.position]).toEqual([6_010, 6_010]);
  });

  test('report an entry that was changed behind the store, and show it to nobody', async () => {
    const log = openMemoryStore();
    store = log;
    await sayMany(6);
    const { views } = await openViews();
    log.database.exec(`DROP TRIGGER events_no_update;
      UPDATE events SET body = CAST(replace(CAST(body AS TEXT), '"hall"', '"mall"') AS BLOB) WHERE seq = 3`);
    const changed = views.projects('', 3, 10).filter((project) => {
      try {
        views.entries(project, 6);
        return false;
      } catch (error) {
        expect((error as Error).message).toMatch(/event 3 .*its body does not match its hash/);
        return true;
      }
    });
    expect(changed).toHaveLength(1);
  });

  test('find the last entry of an instant by binary search', async () => {
    const clock = { at: '2018-07-01T00:00:00.000Z' };
    store = openSqliteStore(':memory:', storePorts(clock));
    for (const day of ['01', '02', '02', '05']) {
      clock.at = `2018-07-${day}T00:00:00.000Z`;
      await say(10);
    }
    const { views } = await openViews();
    const at = (day: string) => views.positionOf(`2018-07-${day}T00:00:00.000Z`);
    expect([at('00'), at('01'), at('02'), at('04'), at('05'), at('09')]).toEqual([0, 1, 3, 3, 4, 4]);
  });
});

describe('an event that a view cannot take', () => {
  const notice = (type: string, data: object, project = huaao) => ({
    stream: `alerts-${project}`,
    event: { ...measure('hall', 1), type, data, id: world.newId(), by } as never,
  });

  test('parks its project for that view, and everything else goes on', async () => {
    await say(10);
    const { views } = await openViews();
    // An alert without its rule, severity and evidence, as another hand might write it.
    const { stream, event } = notice('AlertRaised', { alert: world.newId() });
    const { events } = await store.append(stream, [event], 'any');
    const acknowledged = notice(
      'AlertAcknowledged',
      { alert: world.newId(), name: 'Li', dueOn: '2018-07-12' },
      tengjun,
    );
    await store.append(acknowledged.stream, [acknowledged.event], 'any');
    await say(20, tengjun);
    await views.waitFor(await store.head());
    expect(views.state).toBe('live');
    const since = { position: events[0]?.position, entry: events[0]?.id };
    expect(views.parked.map(({ view, project, since }) => ({ view, project, since }))).toEqual([
      { view: 'alerts', project: huaao, since },
    ]);
    expect(views.rows('SELECT project FROM alert_event')).toEqual([{ project: tengjun }]);
  });

  test('is still parked after a restart and a rebuild, which do not stop at it', async () => {
    const { stream, event } = notice('AlertRaised', { alert: world.newId() });
    await store.append(stream, [event], 'any');
    await say(10, tengjun);
    const first = await openViews();
    const { parked } = first.views;
    expect(parked.map(({ view }) => view)).toEqual(['alerts']);
    await closeViews();
    const { views } = await openViews();
    expect(views.parked).toEqual(parked);
    await views.rebuild();
    expect(views.parked).toEqual(parked);
    await say(20, tengjun);
    await views.waitFor(await store.head());
    expect(views.entries(tengjun, views.position)).toHaveLength(2);
  });
});
