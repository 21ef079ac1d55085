import { expect, test } from '@jest/globals';
import { RulesAt } from '../../../src/app/governance/rules-at.js';
import { PortfolioRows } from '../../../src/app/portfolio/portfolio-rows.js';
import { RebuildMeter, type RebuildProgress } from '../../../src/app/rebuild-progress.js';
import { openViews } from '../../../src/composition/view-list.js';
import { world } from '../../../src/composition/world.js';
import { openSqliteStore } from '../../../src/event-store/sqlite/sqlite.js';
import { uuidOf } from '../../support/dice.js';
import { storePorts, temporaryFolder } from '../../support/event-store-ports.js';

test('the time left follows from what was done since the beginning', () => {
  let nowMs = 5_000;
  const meter = new RebuildMeter(() => nowMs);
  nowMs += 1;
  expect(meter.progress(0, 100)).toEqual({ done: 0, of: 100, perSecond: 0, secondsLeft: null });
  nowMs = 15_000;
  expect(meter.progress(40, 100)).toEqual({ done: 40, of: 100, perSecond: 4, secondsLeft: 15 });
  expect(meter.progress(100, 100)).toEqual({ done: 100, of: 100, perSecond: 10, secondsLeft: 0 });
});

test('rows of many projects say how far they have come, and nothing once they are there', async () => {
  const projects = 1_100;
  const folder = temporaryFolder();
  const store = openSqliteStore(':memory:', storePorts());
  const data = { name: { en: 'Works' } };
  const entry = { asOf: '2018-01-01', precision: 'day', source: { kind: 'inspection' } } as const;
  const appends = Array.from({ length: projects }, (_, number) => {
    const event = {
      type: 'ProjectRegistered',
      data,
      entry,
      id: uuidOf(`${number}`),
      by: 'inspector',
    } as const;
    return store.append(`project-works-${number}`, [event], 'any');
  });
  await Promise.all(appends);
  const views = await openViews({ store, world, storeName: 'district', path: folder.file('views.db') });
  const seen: RebuildProgress[] = [];
  let ms = 0;
  const ports = {
    elapsedMs: () => {
      ms += 1;
      return ms;
    },
    nextTurn: (call: () => void) => {
      const { progress } = lines.status;
      if (progress) seen.push(progress);
      setImmediate(call);
    },
    after: world.after,
  };
  const lines = PortfolioRows.open(views, new RulesAt(views), ports);
  await lines.settle();
  expect(lines.status).toMatchObject({ state: 'live' });
  expect(lines.status.progress).toBeUndefined();
  expect(seen.length).toBeGreaterThan(10);
  expect(new Set(seen.map(({ of }) => of))).toEqual(new Set([projects]));
  const done = seen.map((one) => one.done);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(done.at(-1)).toBeGreaterThan(projects / 2);
  expect(seen.at(-1)?.secondsLeft).toBeGreaterThanOrEqual(0);
  await lines.close();
  await views.close();
  await store.close();
  folder.remove();
});
