import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AlertStep } from '../../../domain/alerts/alert.js';
import { uuidOf } from '../../support/dice.js';
import { District } from '../../support/district.js';
import {
  done,
  type Entry,
  entered,
  entry,
  forecast,
  item,
  measured,
  percent,
  planned,
  registered,
} from '../../support/entries.js';
import { SimulatedClock, SimulatedInstallation } from '../../support/simulated-deliveries.js';

const road = 'ring-road';
const today = '2018-07-10';
const office = uuidOf('office');

let district: District;
let clock: SimulatedClock;
let site: SimulatedInstallation;

beforeEach(async () => {
  district = new District(today);
  await district.watch();
  clock = new SimulatedClock(Date.parse('2018-07-10T02:00:00.000Z'));
  site = new SimulatedInstallation(clock);
  site.options = { settlingMs: 120_000 };
  await site.start();
  await site.subscribe(office);
});
afterEach(async () => {
  await site.close();
  await district.close();
});

/** Sends each entry as a request of its own, ten seconds apart; the alerts of each are recorded where notices are sent. */
async function setUp(...entries: Entry[]): Promise<string[]> {
  const happened: string[] = [];
  let known = 0;
  let seconds = 0;
  for (const one of entries) {
    await district.say(road, one);
    const events = (await district.events(road)).slice(known);
    known += events.length;
    if (events.length > 0)
      await site.say(
        `alerts-${road}`,
        events.map(({ type, data }) => ({ type, data }) as AlertStep),
        uuidOf(`evaluation ${known}`),
      );
    for (const { type, data } of events) if (type === 'AlertRaised') happened.push(data.rule);
    seconds += 10;
    await site.advance(new Date(Date.parse('2018-07-10T02:00:00.000Z') + seconds * 1_000).toISOString());
  }
  await site.advance('2018-07-10T03:00:00.000Z');
  return happened;
}

const plan = planned(
  [
    item('frame', 3, { plannedStart: '2018-01-01', plannedFinish: '2018-07-05' }),
    item('roof', 1, { plannedStart: '2018-05-01', plannedFinish: '2018-07-14' }),
    item('use', 0, { stage: 'in-use', plannedFinish: '2018-07-01' }),
  ],
  '2018-01-01',
);

test('a project that is set up request by request notifies nobody of what its later requests settle', async () => {
  const raised = await setUp(
    registered({}, '2018-01-01'),
    plan,
    forecast('opening', ['2018-06-01', '2018-06-30'], '2018-03-01'),
    entered('started', '2018-01-08'),
    done('frame', '2018-07-01'),
    forecast('opening', ['2018-09-01', '2018-09-30'], '2018-06-30'),
    measured('roof', percent(90), '2018-07-08'),
    planned(
      [
        item('frame', 3, { plannedStart: '2018-01-01', plannedFinish: '2018-07-05' }),
        item('roof', 1, { plannedStart: '2018-05-01', plannedFinish: '2018-08-31' }),
        item('use', 0, { stage: 'in-use', plannedFinish: '2018-09-30' }),
      ],
      '2018-07-09',
      { version: 2 },
    ),
    entry('ForecastGiven', { target: 'opening', latest: '2018-07-10' }, '2018-07-09'),
    entered('in-use', today),
  );
  expect([...new Set(raised)].toSorted()).toEqual([
    'behind-plan',
    'due-soon',
    'forecast-missed',
    'forecast-slip',
    'item-overdue',
    'not-started',
    'stage-late',
    'unreported',
  ]);
  expect(site.received).toEqual([]);
});

test('what is still due after the set-up is notified, once', async () => {
  await setUp(
    registered({}, '2018-01-01'),
    plan,
    forecast('opening', ['2018-06-01', '2018-06-30'], '2018-03-01'),
    measured('frame', percent(90), '2018-07-08'),
    measured('roof', percent(60), '2018-07-08'),
  );
  const told = site.received.flatMap(({ notice }) => notice.items.map(({ type, alert }) => [type, alert]));
  const open = (await district.events(road)).flatMap(({ type, data }) =>
    type === 'AlertRaised' ? [data.alert] : [],
  );
  const cleared = (await district.events(road)).flatMap(({ type, data }) =>
    type === 'AlertCleared' ? [data.alert] : [],
  );
  expect(cleared.length).toBeGreaterThan(1);
  expect(told).toEqual(
    open.filter((alert) => !cleared.includes(alert)).map((alert) => ['AlertRaised', alert]),
  );
});
