import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { filter } from 'rxjs';
import type { GovernanceEventData } from '../../../domain/governance/events.js';
import { defaultRules } from '../../../domain/governance/rules.js';
import type { WorkCalendar } from '../../../domain/values/days/working-days.js';
import { Governed, type Governs } from '../../../src/app/governance/governed.js';
import type { Calendars } from '../../../src/app/ports.js';
import { Views } from '../../../src/app/views/views.js';
import { openViews } from '../../../src/composition/view-list.js';
import { world } from '../../../src/composition/world.js';
import type { EventStore, NewEvent } from '../../../src/event-store/event-store.js';
import { uuidOf } from '../../support/dice.js';
import { openMemoryStore, temporaryFolder } from '../../support/event-store-ports.js';
import { seenOn, today } from '../../support/given.js';

let folder: ReturnType<typeof temporaryFolder>;
let store: EventStore;
let views: Views;

beforeEach(async () => {
  folder = temporaryFolder();
  store = openMemoryStore();
  views = await openViews({ store, world, storeName: 'district', path: folder.file('views.db') });
});
afterEach(async () => {
  await views.close();
  await store.close();
  folder.remove();
});

const calendar = (name: string, ...freeWeekdays: number[]): WorkCalendar => ({
  name,
  freeWeekdays,
  holidays: [],
  workdays: [],
});
const shipped: Calendars = {
  calendar: (name) => [calendar('china', 0, 6), calendar('every-day')].find((known) => known.name === name),
  names: () => ['china', 'every-day'],
};
const stricter = { ...defaultRules, version: 2, basis: 'order 12' };

async function say<T extends keyof GovernanceEventData>(type: T, data: GovernanceEventData[T]) {
  const event = { type, data, id: world.newId(), by: 'office', entry: seenOn(today) } as unknown as NewEvent;
  const { events } = await store.append('governance', [event], 'any');
  await views.waitFor(events[0]?.position ?? 0);
  return event.id;
}

test('the default rules are in force until others are adopted', async () => {
  const governed = new Governed(views, shipped);
  expect([governed.rules(), governed.rulesEntry()]).toEqual([defaultRules, null]);
  const entry = await say('RulesAdopted', stricter);
  expect([governed.rules(), governed.rulesEntry()]).toEqual([stricter, entry]);
  const later = new Governed(views, shipped);
  expect([later.rules(), later.rulesEntry()]).toEqual([stricter, entry]);
});

test('an adopted calendar takes precedence over an included one of the same name', async () => {
  const governed = new Governed(views, shipped);
  await say('CalendarAdopted', calendar('china', 0));
  await say('CalendarAdopted', calendar('site', 5));
  expect(governed.calendars().map(({ name, freeWeekdays }) => [name, freeWeekdays])).toEqual([
    ['china', [0]],
    ['every-day', []],
    ['site', [5]],
  ]);
  expect(governed.calendar('moon')).toBeUndefined();
});

test('a rule and a subscription recorded for a district with blanks apply to the district', async () => {
  const governed = new Governed(views, shipped);
  const [first] = defaultRules.rules;
  if (!first) throw new Error('There are no default rules.');
  await say('RulesAdopted', { ...stricter, rules: [{ ...first, where: { district: '港区\u3000' } }] });
  await say('SubscriptionAdded', {
    subscription: uuidOf('port'),
    name: 'Port\u2003office ',
    channel: { kind: 'email', address: { key: 'k', box: 'YWJj' } },
    choice: { districts: ['\u00a0港区', '南\u200b区'] },
    timing: { kind: 'at-once' },
    language: 'zh',
    timeZone: 'Asia/Shanghai',
  } as unknown as GovernanceEventData['SubscriptionAdded']);
  expect(governed.rules().rules.map(({ where }) => where)).toEqual([{ district: '港区' }]);
  expect(governed.subscriptions()).toMatchObject([
    { name: 'Port office', choice: { districts: ['港区', '南区'] } },
  ]);
});

test('followers are notified of each change once, also by rebuilt views', async () => {
  let isDeaf = false;
  const events$ = views.events$.pipe(filter(() => !isDeaf));
  const governed = new Governed(Object.create(views, { events$: { value: events$ } }), shipped);
  const told: Governs[] = [];
  governed.changes$.subscribe((what) => told.push(what));
  await say('RulesAdopted', stricter);
  isDeaf = true;
  await say('CalendarAdopted', calendar('site', 5));
  await say('CalendarAdopted', calendar('site', 6));
  await views.rebuild();
  isDeaf = false;
  await views.rebuild();
  await say('SubscriptionEnded', { subscription: 'none', because: 'removed' });
  expect(told).toEqual(['rules', 'calendars', 'subscriptions']);
  expect(governed.calendar('site')).toEqual(calendar('site', 6));
});
