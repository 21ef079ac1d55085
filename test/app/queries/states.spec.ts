import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import { ofProjects } from '../../../domain/log/any-event.js';
import { streamOf } from '../../../domain/project/events.js';
import { addDays } from '../../../domain/values/days/calendar.js';
import { dueInSteps } from '../../../projections/alerts/due.js';
import { worded } from '../../../projections/contradictions/contradictions.js';
import { finished } from '../../../projections/facts/steps.js';
import { readBy } from '../../../projections/lexicon/reading.js';
import { rowInSteps, shownInSteps } from '../../../projections/portfolio/row.js';
import { existsOn, foldProject } from '../../../projections/project/project.js';
import { RulesAt } from '../../../src/app/governance/rules-at.js';
import { States } from '../../../src/app/queries/states.js';
import { oneTurn } from '../../../src/app/turns.js';
import { Views } from '../../../src/app/views/views.js';
import { openViews } from '../../../src/composition/view-list.js';
import { world } from '../../../src/composition/world.js';
import type { NewEvent } from '../../../src/event-store/event-store.js';
import { openSqliteStore, type SqliteStore } from '../../../src/event-store/sqlite/sqlite.js';
import { diceOf } from '../../support/dice.js';
import { storePorts, temporaryFolder } from '../../support/event-store-ports.js';
import { randomHistory } from '../../support/histories.js';

let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
let views: Views;

beforeEach(async () => {
  folder = temporaryFolder();
  store = openSqliteStore(':memory:', storePorts());
  views = await openViews({ store, world, storeName: 'district', path: folder.file('views.db') });
});
afterEach(async () => {
  await views.close();
  await store.close();
  folder.remove();
});

/** Days of a project are kept from fifty entries on. */
const entries = 130;

/** Nothing continues from before a late entry, and random ones are late as a rule. */
const orders = { 'as they come': 0, 'mostly by day': 85 };

test.each([
  ...[1, 2, 3].map((seed) => [seed, 'as they come'] as const),
  ...[4, 5, 6].map((seed) => [seed, 'mostly by day'] as const),
])('figures on any day equal a fresh fold, while entries come in (%s, %s)', async (seed, order) => {
  const dice = diceOf(seed);
  const rules = new RulesAt(views);
  const states = new States(views, oneTurn, rules);
  const { events } = randomHistory(seed, { entries });
  const days = events.map(({ entry }) => entry.asOf) as [string, ...string[]];
  const [{ stream } = { stream: '' }] = events;
  const project = stream.slice(streamOf('').length);
  let compared = 0;
  let last = days[0];
  for (const { id, by, type, data, entry: said } of events) {
    const entry = dice.chance(orders[order]) && said.asOf < last ? { ...said, asOf: last } : said;
    if (entry.asOf > last) last = entry.asOf;
    await store.append(stream, [{ id, by, type, data, entry } as NewEvent], 'any');
    await views.waitFor(await store.head());
    for (; dice.chance(50); compared += 1) {
      const asOf = dice.chance(50) ? '2030-01-01' : addDays(dice.pick(days), dice.int(0, 90));
      const folded = states.at(project, views.position);
      if (!folded) throw new Error(`${project} is not known`);
      const read = readBy(rules.lexiconAt(views.position));
      const fresh = foldProject(ofProjects(views.entries(project, views.position)).map(read));
      if (dice.chance(50)) {
        const due = states.onDays(folded, asOf, (known) =>
          dueInSteps(folded.state, defaultRules, asOf, undefined, known),
        );
        expect(finished(due)).toEqual(finished(dueInSteps(fresh, defaultRules, asOf)));
      } else {
        const shown = await states.shown(folded, defaultRules, asOf);
        const expected = finished(shownInSteps(fresh, defaultRules, asOf));
        expect(shown.figures).toEqual(expected.figures);
        expect(shown.alerts).toEqual(expected.alerts);
        expect(shown.found.map(worded)).toEqual(expected.found.map(worded));
      }
    }
  }
  expect(compared).toBeGreaterThan(entries / 2);
});

test.each([1, 2, 3])('a row is that of its moment, whatever was listed before (%s)', async (seed) => {
  const dice = diceOf(seed);
  const rules = new RulesAt(views);
  const states = new States(views, oneTurn, rules);
  const { events } = randomHistory(seed, { entries: 60 });
  const [{ stream } = { stream: '' }] = events;
  const project = stream.slice(streamOf('').length);
  let again = 0;
  for (const { id, by, type, data, entry } of events) {
    await store.append(stream, [{ id, by, type, data, entry } as NewEvent], 'any');
    await views.waitFor(await store.head());
    for (let listed: unknown; dice.chance(75); ) {
      const asOf = dice.pick(['2018-06-30', '2030-01-01'] as const);
      const position = dice.chance(70) ? views.position : dice.int(1, views.position);
      const row = await states.rowAt(project, { asOf, knownAt: { position } }, defaultRules);
      const read = readBy(rules.lexiconAt(position));
      const fresh = foldProject(ofProjects(views.entries(project, position)).map(read));
      const expected = existsOn(fresh, asOf) ? finished(rowInSteps(fresh, defaultRules, asOf)) : undefined;
      expect(row).toEqual(expected);
      if (row && row === listed) again += 1;
      listed = row;
    }
  }
  expect(again).toBeGreaterThan(5);
});

test('a row is listed again without its project in memory, until an entry is recorded', async () => {
  const one = { folded: 1, read: 1, listed: 10 };
  const states = new States(views, oneTurn, new RulesAt(views), one);
  const list = async (project: string) => {
    const moment = { asOf: '2030-01-01', knownAt: { position: views.position } };
    return states.rowAt(project, moment, defaultRules);
  };
  const projects: string[] = [];
  for (const seed of [1, 2]) {
    const [first, second] = randomHistory(seed, { entries: 2 }).events;
    if (!first || !second) throw new Error('a history has a registration and an entry');
    const project = `works-${seed}`;
    projects.push(project);
    const { id, by, type, data, entry } = first;
    await store.append(streamOf(project), [{ id, by, type, data, entry } as NewEvent], 'any');
  }
  await views.waitFor(await store.head());
  const [a = '', b = ''] = projects;
  const [rowOfA] = [await list(a), await list(b)];
  expect(rowOfA).toMatchObject({ project: a });
  expect(await list(a)).toBe(rowOfA);
  const described = { by: 'planner', type: 'ProjectDescribed', data: { name: { en: 'Renamed' } } };
  const entry = { asOf: '2018-07-01', precision: 'day', source: { kind: 'inspection' } };
  const id = '00000000-0000-4000-8000-000000000001';
  await store.append(streamOf(a), [{ id, ...described, entry } as unknown as NewEvent], 'any');
  await views.waitFor(await store.head());
  expect(await list(a)).toMatchObject({ name: { en: 'Renamed' } });
});

test('a project is cached for a position that only other projects have passed, and then follows the log', async () => {
  const states = new States(views, oneTurn, new RulesAt(views));
  const [registered, ...more] = randomHistory(1, { entries: 3 }).events;
  if (!registered) throw new Error('a history has a registration');
  const write = async (project: string, { by, type, data, entry }: typeof registered, id: string) => {
    await store.append(streamOf(project), [{ id, by, type, data, entry } as NewEvent], 'any');
    await views.waitFor(await store.head());
  };
  await write('works', registered, registered.id);
  const then = views.position;
  await write('others', registered, '00000000-0000-4000-8000-000000000002');
  const first = states.at('works', then);
  expect(first?.revision).toBe(0);
  expect(states.at('works', then)).toBe(first);
  expect(states.at('works', views.position)).toBe(first);
  for (const one of more.slice(0, 2)) await write('works', one, one.id);
  expect(states.at('works', views.position)?.revision).toBe(2);
  expect(states.at('works', then)?.revision).toBe(0);
  expect(states.at('works', views.position)?.revision).toBe(2);
});
