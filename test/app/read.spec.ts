import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/project/commands.js';
import { addDays } from '../../domain/values/days/calendar.js';
import { Execute } from '../../src/app/commands/execute.js';
import type { MomentAsked, Page } from '../../src/app/queries/asked.js';
import { Asking } from '../../src/app/queries/asking.js';
import { ReadDistrict } from '../../src/app/queries/read-district.js';
import { ReadProject } from '../../src/app/queries/read-project.js';
import { Views } from '../../src/app/views/views.js';
import { openViews } from '../../src/composition/view-list.js';
import { world } from '../../src/composition/world.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { uuidOf } from '../support/dice.js';
import { storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { today } from '../support/given.js';
import { adopt, asked, describeAs, huaao, measure, reach, register, tengjun, withdraw } from './facts.js';

const clock = { at: '' };
let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
let views: Views;
let execute: Execute;
let ofProject: ReadProject;
let ofDistrict: ReadDistrict;

beforeEach(async () => {
  folder = temporaryFolder();
  clock.at = '2018-07-01T08:00:00.000Z';
  store = openSqliteStore(':memory:', storePorts(clock));
  const byClock = { ...world, now: () => clock.at };
  views = await openViews({ store, world: byClock, storeName: 'district', path: folder.file('views.db') });
  execute = new Execute(store, world, () => today);
  const asking = new Asking(views, () => today);
  [ofProject, ofDistrict] = [new ReadProject(asking), new ReadDistrict(asking)];
});
afterEach(async () => {
  await views.close();
  await store.close();
  folder.remove();
});

async function say(command: Command, id?: string, project = huaao): Promise<number> {
  const { position } = await execute.run(project, command, asked(id));
  await views.waitFor(position);
  return position;
}

const percentOf = async (moment: MomentAsked = {}) =>
  (await ofProject.project(huaao, moment)).completion.percentBasisPoints;
const first = (limit: number, cursor?: string): Page => ({ limit, ...(cursor ? { cursor } : {}) });
const missing = { reason: 'project-not-found' };

describe('the known past', () => {
  beforeEach(async () => {
    await say(register(), 'registered');
    await say(adopt('hall'), 'planned');
    clock.at = '2018-07-02T08:00:00.000Z';
    await say(measure('hall', 50), 'half');
    clock.at = '2018-07-03T08:00:00.000Z';
    await say(withdraw('half', measure('hall', 40)), 'corrected');
    clock.at = '2018-07-04T08:00:00.000Z';
  });

  const known: [string, MomentAsked['knownAt'], number, number | null][] = [
    ['a millisecond before an entry', { instant: '2018-07-02T07:59:59.999Z' }, 2, 0],
    ['at the very instant of an entry', { instant: '2018-07-02T08:00:00.000Z' }, 3, 5000],
    ['between two entries', { instant: '2018-07-02T20:00:00.000Z' }, 3, 5000],
    ['at the instant of a commit of two entries', { instant: '2018-07-03T08:00:00.000Z' }, 5, 4000],
    ['after the last entry, up to now', { instant: '2018-07-03T20:00:00.000Z' }, 5, 4000],
    ['at a position', { position: 3 }, 3, 5000],
    ['between the two entries of a commit', { position: 4 }, 4, 0],
    ['at a position that the log has not reached', { position: 999 }, 5, 4000],
    ['now', undefined, 5, 4000],
  ];
  test.each(known)('%s', async (_, knownAt, position, percent) => {
    const answer = await ofProject.project(huaao, { knownAt });
    expect([answer.knownAt, answer.asOf, answer.revision, answer.completion.percentBasisPoints]).toEqual([
      { position },
      today,
      position - 1,
      percent,
    ]);
  });

  test('a future instant is refused, except that of an entry recorded by a clock ahead', async () => {
    const ahead = { knownAt: { instant: '2018-07-04T08:00:00.001Z' } };
    await expect(ofProject.project(huaao, ahead)).rejects.toMatchObject({ reason: 'moment-ahead' });
    clock.at = '2018-07-02T00:00:00.000Z';
    const last = { knownAt: { instant: '2018-07-03T08:00:00.000Z' } };
    expect((await ofProject.project(huaao, last)).knownAt).toEqual({ position: 5 });
  });

  test.each([{ position: 0 }, { instant: '2018-07-01T07:59:59.999Z' }])(
    'before the first entry nothing was known (%j)',
    async (knownAt) => {
      await expect(ofProject.project(huaao, { knownAt })).rejects.toMatchObject(missing);
      expect(await ofDistrict.projects({ knownAt }, {}, first(10))).toMatchObject({ items: [] });
      expect(await ofDistrict.portfolio({ knownAt }, undefined, {})).toMatchObject({
        knownAt: { position: 0 },
      });
    },
  );

  test('an answer stays byte-identical, whatever is recorded later', async () => {
    const moment = { asOf: '2018-06-30', knownAt: { position: 3 } };
    const ask = async () =>
      JSON.stringify([
        await ofProject.project(huaao, moment),
        await ofDistrict.projects(moment, {}, first(10)),
        await ofProject.journal(huaao, moment, { ...first(10), newestFirst: true }),
        await ofProject.series(huaao, moment),
        await ofDistrict.portfolio(moment, 'stage', {}),
      ]);
    const before = await ask();
    await say(measure('hall', 90));
    await say(register('Tengjun'), 'tengjun', tengjun);
    await views.rebuild();
    expect(await ask()).toBe(before);
  });

  test('a list shows a new entry immediately, also for a day requested before', async () => {
    const rows = async (asOf: string) =>
      (await ofDistrict.projects({ asOf }, {}, first(10))).items.map(
        (row) => row.completion.percentBasisPoints,
      );
    expect([await rows(today), await rows('2018-06-29'), await rows(today)]).toEqual([[4000], [0], [4000]]);
    await say(measure('hall', 70), 'more');
    expect([await rows(today), await rows('2018-06-29')]).toEqual([[7000], [0]]);
    expect(await percentOf({ knownAt: { position: 5 } })).toBe(4000);
    await say(withdraw('more'));
    expect(await rows(today)).toEqual([4000]);
  });

  test('a list and a project answer for every day since the first entry, and for none before', async () => {
    for (let day = '2018-01-02'; day <= today; day = addDays(day, 1)) {
      const { items } = await ofDistrict.projects({ asOf: day }, {}, first(10));
      expect([day, items.map(({ project }) => project)]).toEqual([day, [huaao]]);
    }
    expect(await ofDistrict.projects({ asOf: '2018-01-01' }, {}, first(10))).toMatchObject({ items: [] });
    await expect(ofProject.project(huaao, { asOf: '2018-01-01' })).rejects.toMatchObject(missing);
  });

  test('changes since a day or a moment before the project was known are all of it', async () => {
    const since = [
      await ofProject.changes(huaao, { asOf: '2017-12-31' }, { asOf: today }),
      await ofProject.changes(huaao, { knownAt: { position: 0 } }, {}),
      await ofProject.changes(huaao, { knownAt: { instant: '2018-06-01T00:00:00.000Z' } }, {}),
    ];
    for (const { plan, stage, completion } of since) {
      expect({ plan, stage, to: completion.percent.to }).toEqual({
        plan: { fromVersion: null, toVersion: 1 },
        stage: null,
        to: 4000,
      });
    }
    await expect(ofProject.changes(huaao, {}, { asOf: '2017-12-31' })).rejects.toMatchObject(missing);
    await expect(ofProject.changes('nobody', {}, {})).rejects.toMatchObject(missing);
  });

  test('changes in what was known about one day name the correction', async () => {
    const { from, to, completion } = await ofProject.changes(
      huaao,
      { asOf: '2018-06-30', knownAt: { instant: '2018-07-02T23:00:00.000Z' } },
      { asOf: '2018-06-30' },
    );
    expect([from.knownAt, to.knownAt, completion.percent]).toMatchObject([
      { position: 3 },
      { position: 5 },
      { from: 5000, to: 4000 },
    ]);
  });
});

describe('pages', () => {
  const names = ['b-east', 'a', 'b', 'c', 'b-1'];
  const inOrder = ['a', 'b', 'b-1', 'b-east', 'c'];
  beforeEach(async () => {
    for (const [index, name] of names.entries()) {
      await say(register(name), name, name);
      await say(describeAs({ district: { en: index % 2 ? 'Suzhou' : 'Wuxi' } }), undefined, name);
    }
  });

  async function allPages(limit: number, filter: { district?: string } = {}): Promise<string[][]> {
    const pages: string[][] = [];
    for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
      const page = await ofDistrict.projects({}, filter, first(limit, cursor));
      pages.push(page.items.map(({ project }) => project));
      cursor = page.next;
    }
    return pages;
  }

  test('of projects hold each one once, ordered by id', async () => {
    for (const limit of [1, 2, 3, 4]) expect((await allPages(limit)).flat()).toEqual(inOrder);
    expect(await allPages(5)).toEqual([inOrder]);
    expect(await allPages(2)).toEqual([['a', 'b'], ['b-1', 'b-east'], ['c']]);
  });

  test('of a filter are full, and the last has no successor', async () => {
    expect(await allPages(2, { district: 'Wuxi' })).toEqual([['b', 'b-1'], ['b-east']]);
    expect(await allPages(2, { district: 'Suzhou' })).toEqual([['a', 'c']]);
    expect(await allPages(2, { district: 'Nowhere' })).toEqual([[]]);
  });

  test('of a journal continue after their last entry, in either direction', async () => {
    for (const percent of [10, 20, 30]) await say(measure('hall', percent), `at ${percent}`, 'a');
    const journal = async (newestFirst: boolean) => {
      const seen: string[] = [];
      for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
        const page = await ofProject.journal('a', {}, { ...first(2, cursor), newestFirst });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      }
      return seen;
    };
    const oldest = await journal(false);
    expect([oldest.length, oldest[0], oldest.at(-1)]).toEqual([5, uuidOf('a'), uuidOf('at 30')]);
    expect(await journal(true)).toEqual(oldest.toReversed());
  });

  test.each(['', 'projects', 'projects:A', 'projects:../..', 'journal:a', 'not a cursor'])(
    'a cursor of another list is refused (%j)',
    async (text) => {
      const cursor = Buffer.from(text).toString('base64url');
      await expect(ofDistrict.projects({}, {}, { limit: 2, cursor })).rejects.toMatchObject({
        reason: 'cursor-invalid',
        fault: { member: 'cursor' },
      });
    },
  );

  test('a cursor of an entry that was not known then is refused', async () => {
    await say(reach('hall'), 'reached', 'a');
    const cursor = Buffer.from(`journal:${uuidOf('reached')}`).toString('base64url');
    const then = { knownAt: { position: 2 } };
    const journal = ofProject.journal('b-east', then, { limit: 2, cursor, newestFirst: false });
    await expect(journal).rejects.toMatchObject({ reason: 'cursor-invalid' });
  });
});

test("a read waits for its reader's own entry", async () => {
  await say(register());
  await say(adopt('hall'));
  const { position } = await execute.run(huaao, measure('hall', 60), asked());
  expect(await percentOf({ after: position })).toBe(6000);
});

describe('contradictions', () => {
  /** The hall regresses once a day. */
  const falls = async (count: number) => {
    for (let index = 0; index < count; index++) {
      const day = addDays('2017-09-01', index * 2);
      await say(measure('hall', 60, day));
      await say(measure('hall', 40, addDays(day, 1)));
    }
  };

  test('a project shows their number and the latest open ones', async () => {
    await say(register());
    await falls(70);
    await say(measure('roof', 50, '2017-09-01'));
    await say(measure('roof', 40, '2018-06-30'), 'lower');
    await say(withdraw('lower'));
    const { contradictions } = await ofProject.project(huaao, {});
    expect([contradictions.open, contradictions.settled, contradictions.items.length]).toEqual([70, 1, 71]);
    expect(contradictions.items.map(({ since }) => since)).toEqual([
      ...Array.from({ length: 70 }, (_, index) => addDays('2018-01-18', -2 * index)),
      '2018-06-30',
    ]);
    expect(contradictions).not.toHaveProperty('next');
  });

  test('beyond a hundred the others follow page by page, all as of the first page', async () => {
    await say(register());
    await falls(105);
    const shown = (await ofProject.project(huaao, { asOf: '2018-06-30' })).contradictions;
    expect([shown.open, shown.items.length]).toEqual([105, 100]);
    await falls(1);
    await say(measure('hall', 5, '2018-06-29'));
    const rest = await ofProject.contradictions(huaao, {}, first(3, shown.next));
    const last = await ofProject.contradictions(huaao, {}, first(3, rest.next));
    expect([rest.asOf, rest.open, last.items.length, last.next]).toEqual(['2018-06-30', 105, 2, undefined]);
    const all = await ofProject.contradictions(
      huaao,
      { asOf: '2018-06-30', knownAt: rest.knownAt },
      first(500),
    );
    expect([...shown.items, ...rest.items, ...last.items]).toEqual(all.items);
  });

  test('a cursor of another list or moment is refused', async () => {
    await say(register());
    await falls(3);
    const { next } = await ofProject.contradictions(huaao, {}, first(1));
    const refused = { reason: 'cursor-invalid' };
    await expect(
      ofProject.contradictions(huaao, { asOf: '2018-06-01' }, first(1, next)),
    ).rejects.toMatchObject(refused);
    await expect(
      ofProject.journal(huaao, {}, { ...first(1, next), newestFirst: false }),
    ).rejects.toMatchObject(refused);
    const { next: other } = await ofProject.journal(huaao, {}, { ...first(1), newestFirst: false });
    await expect(ofProject.contradictions(huaao, {}, first(1, other))).rejects.toMatchObject(refused);
  });
});
