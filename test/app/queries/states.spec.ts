import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import { ofProjects } from '../../../domain/log/any-event.js';
import { streamOf } from '../../../domain/project/events.js';
import { addDays } from '../../../domain/values/days/calendar.js';
import { dueInSteps } from '../../../projections/alerts/due.js';
import { worded } from '../../../projections/contradictions/contradictions.js';
import { finished } from '../../../projections/facts/steps.js';
import { readBy } from '../../../projections/lexicon/reading.js';
import { shownInSteps } from '../../../projections/portfolio/row.js';
import { foldProject } from '../../../projections/project/project.js';
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
