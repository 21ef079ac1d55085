import { mkdirSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { readSettings, SettingsDamaged, writeSettings } from '../src/app/settings.js';
import { ViewsFile } from '../src/app/views/views-file.js';
import { compose } from '../src/composition/compose.js';
import type { Composed } from '../src/composition/composed.js';
import { DataFolderUnusable } from '../src/composition/folder/data-folder-unusable.js';
import { viewsPath } from '../src/composition/folder/data-paths.js';
import { type Config, readConfig } from '../src/composition/settings/config.js';
import { world } from '../src/composition/world.js';
import { StoreUnavailable } from '../src/event-store/errors.js';
import { diagnose } from '../src/maintenance/data-folder.js';
import { loadExample } from '../src/maintenance/example.js';
import { describeAs, huaao, reach, register } from './app/facts.js';
import { districtTexts } from './examples/district.js';
import { eventsOf, temporaryFolder } from './support/event-store-ports.js';

const lines = districtTexts.length;
const by = 'inspector-7';
let folder: ReturnType<typeof temporaryFolder>;
let clock: { at: string };
const opened: Composed[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  clock = { at: '2026-03-01T08:00:00.000Z' };
});
afterEach(async () => {
  for (const composed of opened.splice(0)) await composed.close();
  folder.remove();
});

const configOf = (env: Record<string, string> = {}): Config =>
  readConfig({ ...env, TOPOUT_DATA: folder.path });

async function open(env?: Record<string, string>): Promise<Composed> {
  const composed = await compose(configOf(env), { world: { ...world, now: () => clock.at } });
  opened.push(composed);
  return composed;
}

async function close(): Promise<void> {
  await opened.pop()?.close();
}

describe('the business day', () => {
  const midnights: [string, string, string][] = [
    ['Asia/Shanghai', '2026-02-28T15:59:59.999Z', '2026-02-28'],
    ['Asia/Shanghai', '2026-02-28T16:00:00.000Z', '2026-03-01'],
    ['America/New_York', '2026-03-01T04:59:59.999Z', '2026-02-28'],
    ['America/New_York', '2026-03-01T05:00:00.000Z', '2026-03-01'],
    ['Pacific/Kiritimati', '2026-02-28T10:00:00.000Z', '2026-03-01'],
    ['Asia/Kathmandu', '2026-02-28T18:14:59.999Z', '2026-02-28'],
    ['Asia/Kathmandu', '2026-02-28T18:15:00.000Z', '2026-03-01'],
  ];
  test.each(midnights)('in %s at %s is %s', async (timeZone, at, on) => {
    clock.at = at;
    const { topout } = await open({ TOPOUT_TIME_ZONE: timeZone });
    expect(topout.today()).toEqual({ on, isSet: false, timeZone });
  });

  test('advances at midnight while the service runs', async () => {
    clock.at = '2026-02-28T15:59:59.999Z';
    const { topout } = await open();
    expect(topout.today().on).toBe('2026-02-28');
    clock.at = '2026-02-28T16:00:00.000Z';
    expect(topout.today().on).toBe('2026-03-01');
  });

  test('of the folder applies, unless the environment sets another or requests the real one', async () => {
    writeSettings(folder.path, { today: '2018-07-10' });
    const days: [Record<string, string>, { on: string; isSet: boolean }][] = [
      [{}, { on: '2018-07-10', isSet: true }],
      [{ TOPOUT_TODAY: '2018-08-01' }, { on: '2018-08-01', isSet: true }],
      [{ TOPOUT_TODAY: 'real' }, { on: '2026-03-01', isSet: false }],
    ];
    for (const [env, expected] of days) {
      const { topout } = await open(env);
      expect(topout.today()).toEqual({ ...expected, timeZone: 'Asia/Shanghai' });
      await close();
    }
  });

  test('when set is the last day that has begun; the real one has begun in the easternmost zone', async () => {
    const lastFactOf = async (env: Record<string, string>, days: string[]) => {
      const { topout } = await open(env);
      await topout.execute(huaao, register(), { by });
      const facts = days.map((day) => topout.execute(huaao, reach('hall', day), { by }));
      const outcomes = (await Promise.allSettled(facts)).map(({ status }) => status);
      await close();
      return outcomes;
    };
    clock.at = '2026-02-28T10:00:00.000Z';
    const fulfilledThenRejected = ['fulfilled', 'rejected'];
    expect(await lastFactOf({}, ['2026-03-01', '2026-03-02'])).toEqual(fulfilledThenRejected);
    expect(await lastFactOf({ TOPOUT_TODAY: '2018-07-10' }, ['2018-07-10', '2018-07-11'])).toEqual(
      fulfilledThenRejected,
    );
  });

  test('takes no day from a project in a zone ahead of the installation', async () => {
    clock.at = '2026-02-28T12:00:00.000Z';
    const { topout, views } = await open({ TOPOUT_TIME_ZONE: 'America/New_York' });
    await topout.execute(huaao, register(), { by });
    await topout.execute(huaao, describeAs({ timeZone: 'Pacific/Auckland' }), { by });
    const { position } = await topout.execute(huaao, reach('hall', '2026-03-01'), { by });
    await views.waitFor(position);
    const { items } = await topout.journal(huaao, { asOf: '2026-03-01' }, { limit: 10, newestFirst: true });
    expect([items[0]?.asOf, items[0]?.recordedAt]).toEqual(['2026-03-01', clock.at]);
    const today = await topout.journal(huaao, {}, { limit: 10, newestFirst: true });
    expect([today.asOf, today.items.length]).toEqual(['2026-03-01', 3]);
    expect((await topout.portfolio({}, undefined, {})).asOf).toBe('2026-02-28');
  });
});

describe('the example district', () => {
  const load = async (env?: Record<string, string>) => {
    const composed = await open(env);
    const recorded = await loadExample(composed, configOf(env));
    return { composed, recorded };
  };

  test('is loaded into an empty store once, with its business day', async () => {
    const { composed, recorded } = await load();
    expect([recorded, composed.topout.today(), readSettings(folder.path)]).toEqual([
      lines,
      { on: '2018-07-10', isSet: true, timeZone: 'Asia/Shanghai' },
      { today: '2018-07-10', example: 'loaded' },
    ]);
    await close();
    const again = await load();
    expect([again.recorded, await again.composed.store.head()]).toEqual([undefined, lines]);
  });

  test.each([0, 3, 50, lines - 1])(
    'interrupted after %i entries resumes at the next start and adds nothing twice',
    async (count) => {
      const { composed } = await load();
      const whole = await eventsOf(composed.store.readAll());
      await close();
      folder.remove();
      mkdirSync(folder.path);
      const cut = await open();
      let appended = 0;
      const append = cut.store.append.bind(cut.store);
      cut.store.append = (...args) =>
        ++appended > count ? Promise.reject(new StoreUnavailable('test')) : append(...args);
      await expect(loadExample(cut, configOf())).rejects.toThrow(StoreUnavailable);
      expect([await cut.store.head(), readSettings(folder.path).example]).toEqual([count, 'loading']);
      await close();
      const { composed: next, recorded } = await load();
      const said = ({ id, stream, type, data, entry }: (typeof whole)[number]) => [
        id,
        stream,
        type,
        data,
        entry,
      ];
      expect([recorded, readSettings(folder.path).example]).toEqual([lines - count, 'loaded']);
      expect((await eventsOf(next.store.readAll())).map(said)).toEqual(whole.map(said));
    },
  );

  test('is not loaded when it is switched off, or into a store with entries', async () => {
    const { composed, recorded } = await load({ TOPOUT_EXAMPLE: 'off' });
    expect([recorded, await composed.store.head(), readSettings(folder.path)]).toEqual([undefined, 0, {}]);
    await composed.topout.execute(huaao, register(), { by });
    await close();
    const again = await load();
    expect([again.recorded, await again.composed.store.head(), again.composed.topout.today().isSet]).toEqual([
      undefined,
      1,
      false,
    ]);
  });

  test.each(['2018-03-01', '2018-09-01', 'real'])(
    'is complete also when the day is set to %s',
    async (today) => {
      const { composed, recorded } = await load({ TOPOUT_TODAY: today });
      const on = today === 'real' ? '2026-03-01' : today;
      expect([recorded, composed.topout.today().on]).toEqual([lines, on]);
      const late = composed.topout.execute('tengjun', reach('fit-out', '2026-03-03'), { by });
      await expect(late).rejects.toMatchObject({ reason: 'day-not-begun' });
    },
  );
});

describe('a data folder', () => {
  test('that is a file, or inside one, is refused with instructions', async () => {
    writeFileSync(folder.file('data'), '');
    for (const dataPath of [folder.file('data'), folder.file('data/district')]) {
      const composed = compose({ ...configOf(), dataPath });
      await expect(composed).rejects.toThrow(DataFolderUnusable);
      await expect(composed).rejects.toThrow(`${dataPath} is a file; choose another with TOPOUT_DATA.`);
    }
  });

  test('with damaged settings is refused before its store is opened', async () => {
    writeFileSync(folder.file('settings.json'), '{');
    await expect(open()).rejects.toThrow(SettingsDamaged);
    writeSettings(folder.path, {});
    expect((await open()).topout.today().isSet).toBe(false);
  });

  test('with views ahead of the log has no usable views', async () => {
    const { topout, views } = await open();
    await topout.execute(huaao, register(), { by });
    await views.waitFor(1);
    await close();
    expect((await diagnose(folder.path, () => undefined)).views).toEqual({ position: 1, lag: 0 });
    const database = new DatabaseSync(viewsPath(folder.path));
    database.exec('UPDATE made_from SET position = 9');
    database.close();
    expect((await diagnose(folder.path, () => undefined)).views).toBeNull();
  });

  test('is not ready while its views are stalled, reports why once, and recovers', async () => {
    const failures: string[] = [];
    let ring = () => {};
    const composed = await compose(configOf({ TOPOUT_KEEP_FREE: '0' }), {
      world: {
        ...world,
        after: (_, call) => {
          ring = call;
          return () => undefined;
        },
      },
      onViewsFailure: ({ message }) => failures.push(message),
    });
    opened.push(composed);
    const { topout, views } = composed;
    const healthOnce = async (expected: string) => {
      for (let looks = 1; ; looks += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const { views: all, ...rest } = topout.health();
        // Rows follow a little later.
        const shown = all.filter(({ name }) => name !== 'lines');
        if (looks === 250 || shown.every(({ state }) => state === expected)) return { ...rest, views: shown };
      }
    };
    const answer = (state: string, position: number, head: number) => ({
      store: { state: 'up', head },
      views: ['journal', 'alerts', 'outbox'].map((name) => ({
        name,
        version: expect.any(Number),
        position,
        lag: head - position,
        state,
      })),
      ...(state === 'live' ? {} : { ageSeconds: expect.any(Number) }),
      isReadable: true,
      isReady: state === 'live',
    });
    expect(await healthOnce('live')).toEqual(answer('live', 0, 0));
    const apply = jest.spyOn(ViewsFile.prototype, 'apply').mockImplementation(() => {
      throw new Error('no space left');
    });
    try {
      await topout.execute(huaao, register(), { by });
      expect(await healthOnce('failed')).toEqual(answer('failed', 0, 1));
      ring();
      expect(await healthOnce('failed')).toEqual(answer('failed', 0, 1));
    } finally {
      apply.mockRestore();
    }
    ring();
    expect([await healthOnce('live'), failures, views.projectCount]).toEqual([
      answer('live', 1, 1),
      ['no space left'],
      1,
    ]);
  });

  test('reports the age of its answers while its views are behind a store that is up', async () => {
    const { topout, views } = await open();
    const apply = jest.spyOn(ViewsFile.prototype, 'apply').mockImplementation(() => undefined);
    const ages: (number | undefined)[] = [];
    try {
      await topout.execute(huaao, register(), { by });
      for (const at of ['08:00:00.400', '08:00:03.000', '08:00:30.000']) {
        clock.at = `2026-03-01T${at}Z`;
        ages.push(topout.standing().ageSeconds);
      }
      expect([views.state, topout.health().store.state]).toEqual(['live', 'up']);
    } finally {
      apply.mockRestore();
    }
    // A lag below a second is not reported.
    expect(ages).toEqual([undefined, 3, 30]);
    await topout.execute(huaao, describeAs({ owner: { en: 'Huaao' } }), { by });
    await views.waitFor(2);
    expect(topout.standing()).toEqual({ isMade: true });
  });
});
