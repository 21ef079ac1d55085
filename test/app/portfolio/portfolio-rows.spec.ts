import { rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { defaultLexicon } from '../../../domain/governance/lexicons.js';
import { defaultRules } from '../../../domain/governance/rules.js';
import { type AnyRecordedEvent, isOfProject, ofProjects } from '../../../domain/log/any-event.js';
import { streamOf } from '../../../domain/project/events.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import { alertsAt } from '../../../projections/alerts/alerts-at.js';
import { readBy } from '../../../projections/lexicon/reading.js';
import { type GroupBy, portfolio } from '../../../projections/portfolio/portfolio.js';
import { existsOn, foldProject } from '../../../projections/project/project.js';
import { IncrementalRow } from '../../../projections/rows/incremental-row.js';
import { RulesAt } from '../../../src/app/governance/rules-at.js';
import type { TableLimits } from '../../../src/app/portfolio/following/lay-rows.js';
import { PortfolioRows } from '../../../src/app/portfolio/portfolio-rows.js';
import { RowTable } from '../../../src/app/portfolio/table/row-table.js';
import { never, type TableRow } from '../../../src/app/portfolio/table/table-row.js';
import { Views } from '../../../src/app/views/views.js';
import { ViewsBroken, ViewsFile } from '../../../src/app/views/views-file.js';
import { openViews } from '../../../src/composition/view-list.js';
import { world } from '../../../src/composition/world.js';
import { StoreUnavailable } from '../../../src/event-store/errors.js';
import type { NewEvent } from '../../../src/event-store/event-store.js';
import { openSqliteStore, type SqliteStore } from '../../../src/event-store/sqlite/sqlite.js';
import { type Dice, diceOf } from '../../support/dice.js';
import { storePorts, temporaryFolder } from '../../support/event-store-ports.js';
import { projectAt, rowOf } from '../../support/folds.js';
import { randomHistory } from '../../support/histories.js';
import { newEventOf, randomEvents } from '../../support/interleaved-histories.js';

const ports = {
  elapsedMs: () => 0,
  nextTurn: (call: () => void) => void setImmediate(call),
  after: world.after,
};

let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
let views: Views;
let rules: RulesAt;
let lines: PortfolioRows;

beforeEach(async () => {
  folder = temporaryFolder();
  store = openSqliteStore(':memory:', storePorts());
  await open();
});
afterEach(async () => {
  await close();
  await store.close();
  folder.remove();
});

async function open(limits?: TableLimits, timers = world): Promise<void> {
  views = await openViews({ store, world: timers, storeName: 'district', path: folder.file('views.db') });
  rules = new RulesAt(views);
  const place = { path: folder.file('lines.db'), storeName: 'district' };
  lines = PortfolioRows.open(views, rules, ports, limits ? { ...place, limits } : place);
}

async function close(): Promise<void> {
  await lines.close();
  await views.close();
}

async function record(events: readonly { stream: string; event: NewEvent }[]): Promise<void> {
  for (const { stream, event } of events) await store.append(stream, [event], 'any');
  await views.waitFor(await store.head());
}

/** Totals computed only from the entries known by then. */
function naive(log: readonly AnyRecordedEvent[], asOf: Day, position: number, groupBy: GroupBy | undefined) {
  const known = log.filter((event) => event.position <= position);
  const adopted = known.findLast((event) => event.type === 'RulesAdopted');
  const inForce = adopted?.type === 'RulesAdopted' ? adopted.data : defaultRules;
  const lexicon = known.findLast((event) => event.type === 'LexiconAdopted');
  const read = readBy(lexicon?.type === 'LexiconAdopted' ? lexicon.data : defaultLexicon);
  const streams = [...new Set(known.filter(isOfProject).map(({ stream }) => stream))].toSorted();
  const rows = streams.flatMap((stream) => {
    const state = foldProject(ofProjects(known.filter((event) => event.stream === stream)).map(read));
    if (!existsOn(state, asOf)) return [];
    const view = projectAt(state, asOf);
    return [rowOf(view, alertsAt(state, inForce, asOf, view).light)];
  });
  return portfolio(rows, groupBy);
}

async function log(): Promise<AnyRecordedEvent[]> {
  const all: AnyRecordedEvent[] = [];
  for await (const page of store.readAll()) all.push(...page);
  return all;
}

const groupings = [undefined, 'district', 'sector', 'stage', 'owner', 'phase'] as const;

async function expectNaive(dice: Dice, points: number): Promise<void> {
  const all = await log();
  const days = all.map(({ entry }) => entry.asOf).toSorted();
  for (let point = 0; point < points; point++) {
    const asOf = addDays(
      dice.pick(days as [Day, ...Day[]]),
      dice.chance(50) ? dice.int(-3, 3) : dice.int(0, 900),
    );
    const position = dice.chance(30) ? all.length : dice.int(1, all.length);
    const groupBy = dice.pick(groupings);
    const found = await lines.portfolio({ asOf, knownAt: { position } }, groupBy, {});
    expect([asOf, position, groupBy, found]).toEqual([
      asOf,
      position,
      groupBy,
      naive(all, asOf, position, groupBy),
    ]);
  }
}

describe('totals for any point of both clocks', () => {
  test.each([1, 2, 3])('equal a fold of the entries known by then (%s)', async (seed) => {
    await record(randomEvents(seed, 12));
    await expectNaive(diceOf(seed), 60);
  });

  test('stay equal while entries, late ones and new rules come in', async () => {
    const events = randomEvents(4, 10);
    for (let from = 0; from < events.length; from += 30) {
      await record(events.slice(from, from + 30));
      await expectNaive(diceOf(from + 5), 6);
    }
  });

  test('hold the entries that only rebuilt views have, because the ones before were damaged', async () => {
    await close();
    const retryMs = 5_000;
    const soon = (ms: number, call: () => void) => world.after(ms === retryMs ? 0 : ms, call);
    await open(undefined, { ...world, after: soon });
    const events = randomEvents(7, 6);
    await record(events.slice(0, -20));
    await lines.settle();
    const apply = jest.spyOn(ViewsFile.prototype, 'apply').mockImplementationOnce(() => {
      throw new ViewsBroken('damaged');
    });
    await Promise.all(events.slice(-20).map(({ stream, event }) => store.append(stream, [event], 'any')));
    await views.waitFor(await store.head());
    apply.mockRestore();
    await expectNaive(diceOf(7), 12);
  });

  test('continue after a restart, and are equal from a missing or damaged file', async () => {
    const events = randomEvents(6, 10);
    const third = Math.ceil(events.length / 3);
    await record(events.slice(0, third));
    await lines.settle();
    await close();
    await open();
    expect([lines.behind, lines.position]).toEqual([0, views.position]);
    await record(events.slice(third, 2 * third));
    await expectNaive(diceOf(7), 20);
    await close();
    writeFileSync(folder.file('lines.db'), 'not a database, and longer than its header'.repeat(99));
    await open();
    await record(events.slice(2 * third));
    await expectNaive(diceOf(8), 20);
    await close();
    const file = new DatabaseSync(folder.file('lines.db'));
    file.exec("UPDATE block SET records = x'00' WHERE place = (SELECT max(place) FROM block)");
    file.close();
    await open();
    await expectNaive(diceOf(10), 20);
    await close();
    rmSync(folder.file('lines.db'));
    await open();
    await expectNaive(diceOf(9), 20);
  });

  test('are rebuilt from the log where the file has lost an annual plan', async () => {
    await record(randomEvents(6, 6));
    await lines.settle();
    await close();
    const file = new DatabaseSync(folder.file('lines.db'));
    expect(file.prepare('SELECT count(*) AS count FROM annual').get()).not.toEqual({ count: 0 });
    file.exec('DELETE FROM annual WHERE number = 1');
    file.close();
    await open();
    await expectNaive(diceOf(11), 10);
  });

  test('are also right where only the present of a long history is cached, and after a restart', async () => {
    const limits = { mostRecords: 12, longFrom: 3 };
    await close();
    await open(limits);
    const events = randomEvents(21, 6);
    for (let from = 0; from < events.length; from += 40) {
      await record(events.slice(from, from + 40));
      await expectNaive(diceOf(from + 22), 8);
    }
    await lines.settle();
    await close();
    await open(limits);
    await expectNaive(diceOf(23), 30);
  });

  test('are rebuilt when the log is another one', async () => {
    await record(randomEvents(10, 4));
    await lines.settle();
    await close();
    await store.close();
    store = openSqliteStore(':memory:', storePorts());
    await record0(randomEvents(11, 4));
    await open();
    await expectNaive(diceOf(12), 20);
  });

  async function record0(events: readonly { stream: string; event: NewEvent }[]): Promise<void> {
    for (const { stream, event } of events) await store.append(stream, [event], 'any');
  }

  test('count what a filter matches', async () => {
    await record(randomEvents(13, 12));
    const asOf = '2019-06-30';
    const knownAt = { position: await store.head() };
    const byDistrict = await lines.portfolio({ asOf, knownAt }, 'district', {});
    for (const { key, projects } of byDistrict.groups) {
      if (key === null) continue;
      for (const district of Object.values(key)) {
        const { total } = await lines.portfolio({ asOf, knownAt }, undefined, { district });
        expect([district, total.projects]).toEqual([district, projects]);
      }
    }
    const { total } = await lines.portfolio({ asOf, knownAt }, undefined, { district: 'nowhere' });
    expect(total.projects).toBe(0);
  });
});

describe('the present district of a project', () => {
  test('is the one of its latest description, while entries come in', async () => {
    const dice = diceOf(16);
    let waited = 0;
    let all = 0;
    for (const { stream, event } of randomEvents(16, 6)) {
      await record([{ stream, event }]);
      for (const project of views.projects('', views.position, 10)) {
        if (!dice.chance(30)) continue;
        const found = lines.districtOf(project);
        all += 1;
        if (found instanceof Promise) waited += 1;
        const { details } = projectAt(foldProject(views.entries(project, views.position)), '9999-12-31');
        expect([project, await found]).toEqual([project, details.district]);
      }
    }
    // Most entries are measures, after which nobody waits.
    expect(waited).toBeGreaterThan(0);
    expect(waited).toBeLessThan(all / 2);
  });
});

test('a project with an entry that no row can be computed with is parked by it, and the others are counted', async () => {
  await record(randomEvents(14, 3));
  const [broken = ''] = views.projects('', views.position, 1);
  const { know, takeAll } = IncrementalRow.prototype;
  const entries = views.entries(broken, views.position);
  const bad = entries[Math.floor(entries.length / 2)];
  IncrementalRow.prototype.know = function (entry) {
    if (entry.id === bad?.id) throw new TypeError('cannot be folded');
    know.call(this, entry);
  };
  IncrementalRow.prototype.takeAll = function (entries) {
    if (entries.some(({ id }) => id === bad?.id)) throw new TypeError('cannot be folded');
    return takeAll.call(this, entries);
  };
  try {
    await close();
    rmSync(folder.file('lines.db'), { force: true });
    await open();
    const point = { asOf: '2030-01-01', knownAt: { position: views.position } };
    expect((await lines.portfolio(point, undefined, {})).total.projects).toBe(views.projectCount - 1);
    const since = { position: bad?.position, entry: bad?.id };
    expect(lines.parked).toEqual([{ view: 'lines', project: broken, since, why: 'cannot be folded' }]);
  } finally {
    Object.assign(IncrementalRow.prototype, { know, takeAll });
  }
  await lines.retryParked();
  expect(lines.parked).toEqual([]);
  await expectNaive(diceOf(15), 10);
});

test('a project that cannot be read is an error for each caller, and is retried', async () => {
  await record(randomEvents(14, 3));
  const [unread] = views.projects('', views.position, 1);
  const { entriesInSteps } = Views.prototype;
  let isBroken = true;
  views.entriesInSteps = function (project, position, from) {
    if (isBroken && project === unread) throw new StoreUnavailable('it cannot be read');
    return entriesInSteps.call(this, project, position, from);
  };
  views.wholeProjects = () => {
    throw new StoreUnavailable('a project of these cannot be read');
  };
  const point = { asOf: '2019-01-01', knownAt: { position: views.position } };
  await expect(lines.portfolio(point, undefined, {})).rejects.toThrow('cannot be read');
  isBroken = false;
  await expectNaive(diceOf(15), 10);
});

test('a changed entry is refused when the rows are rebuilt, and those of other projects are there', async () => {
  await record(randomEvents(21, 6));
  const [changed] = ofProjects(await log());
  if (!changed) throw new Error('A log has entries.');
  await lines.close();
  store.database.exec(`DROP TRIGGER events_no_update;
    UPDATE events SET body = CAST(replace(CAST(body AS TEXT), '"by":"', '"by":"x') AS BLOB) WHERE seq = ${changed.position}`);
  lines = PortfolioRows.open(views, rules, ports);
  const moment = { asOf: '2018-07-10', knownAt: { position: views.position } };
  await expect(lines.portfolio(moment, undefined, {})).rejects.toThrow(
    /event \d+ .*its body does not match its hash/,
  );
  expect(lines.behind).toBe(0);
});

test('a caller waiting for totals is refused when they are closed, and nothing continues', async () => {
  await record(randomEvents(17, 30));
  const point = { asOf: '2019-01-01', knownAt: { position: views.position } };
  const asked = expect(lines.portfolio(point, undefined, {})).rejects.toMatchObject({
    reason: 'view-behind',
  });
  await close();
  await asked;
  await open();
});

test('a record equal to the previous one is left out, and a different one is not', () => {
  const table = new RowTable();
  const project = table.add();
  const line: TableRow = {
    ...{ day: 20180701, position: 1, exists: true, hasPlan: true, stalled: [false, false, false] },
    ...{ place: 0, stage: 0, money: 0, amount: 0, annual: 0, entry: new Uint8Array(16), contradictions: 0 },
    ...{ floor: 0, percent: 100, ceiling: 200, lightFrom: [never, never, never] },
  };
  const ranks = [line, { ...line, position: 2 }, { ...line, day: 20180705, position: 3 }].map((one) =>
    table.put(project, one),
  );
  expect([ranks, table.countOf(project)]).toEqual([[0, 1, 1], 1]);
  expect(table.put(project, { ...line, position: 4, percent: 200 })).toBe(1);
  expect(table.put(project, { ...line, position: 5, percent: 200, annual: 7 })).toBe(2);
  expect(table.countOf(project)).toBe(3);
});

test('a project of many entries takes no longer to find, and is restored from the file whole', async () => {
  const { events } = randomHistory(16, { entries: 150, project: 'long' });
  await store.append(streamOf('long'), events.map(newEventOf), 'no-stream');
  await views.waitFor(await store.head());
  await lines.settle();
  await close();
  await open();
  await expectNaive(diceOf(17), 6);
});
