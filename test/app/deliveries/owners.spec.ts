import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Subject } from 'rxjs';
import type { Reach } from '../../../domain/access/scope.js';
import type { Subscriber } from '../../../domain/access/subscriber.js';
import type { AlertChoice } from '../../../domain/governance/events.js';
import { type Limited, limitedBy } from '../../../src/app/deliveries/owners.js';
import { uuidOf } from '../../support/dice.js';
import {
  cleared,
  escalated,
  raised,
  SimulatedClock,
  SimulatedInstallation,
} from '../../support/simulated-deliveries.js';

const quay = 'quay';
const mill = 'mill';
const office = uuidOf('office');
const stallOf = (project: string) => uuidOf(`stall of ${project}`);
const district = (name: string): Reach => [[{ kind: 'district', district: name }]];
const everywhere: Reach = [[{ kind: 'installation' }]];

let clock: SimulatedClock;
let site: SimulatedInstallation;
let owner: Subscriber;
let districts: Record<string, string>;
const changes = new Subject<void>();

/** Changes what the person who added the subscriptions may be notified of. */
function become(changed: Subscriber | Reach): void {
  owner = 'kind' in changed ? changed : { kind: 'known', reach: changed };
  changes.next();
}

beforeEach(async () => {
  clock = new SimulatedClock(Date.parse('2018-07-10T02:00:00.000Z'));
  site = new SimulatedInstallation(clock);
  districts = { quay: 'Harbour', mill: 'Hills' };
  owner = { kind: 'known', reach: district('Harbour') };
  site.owners = {
    subscriber: () => owner,
    placeOf: async (project) => ({ project, district: { en: districts[project] ?? '' } }),
    changes$: changes,
  };
  await site.start();
});
afterEach(() => site.close());

const told = () => site.received.map(({ notice }) => notice.items.map(({ project }) => project));
const outcomes = async () =>
  (await site.log()).flatMap((event) => {
    if (event.type === 'NoticeSent') return ['sent'];
    if (event.type === 'NoticeFailed') return [`${event.data.outcome} ${event.data.attempt}`];
    return event.type === 'SubscriptionEnded' ? [`ended ${event.data.because}`] : [];
  });

test('a subscription brings alerts of the projects that the roles of its owner include', async () => {
  await site.subscribe(office);
  await site.ofAlerts(mill, raised(stallOf(mill)));
  await site.ofAlerts(quay, raised(stallOf(quay)));
  await site.settled();
  expect([told(), await outcomes()]).toEqual([[[quay]], ['not-permitted 0', 'sent']]);
  const [, refused] = (await site.log()).filter(({ type }) => type !== 'AlertRaised');
  expect(refused).toMatchObject({
    stream: 'alerts-mill',
    data: { subscription: office, why: 'The roles of the subscriber do not include the project.' },
  });
});

test('a role that was revoked ends what comes, also the end of an alert that was notified', async () => {
  await site.subscribe(office);
  await site.ofAlerts(quay, raised(stallOf(quay)));
  await site.settled();
  become([]);
  await site.ofAlerts(quay, cleared(stallOf(quay)));
  await site.settled();
  expect([told(), await outcomes()]).toEqual([[[quay]], ['sent', 'not-permitted 0']]);
  become(everywhere);
  await site.ofAlerts(mill, raised(stallOf(mill)));
  await site.settled();
  expect(told()).toEqual([[quay], [mill]]);
});

test('a project that moved to another district is notified to those who may read it there', async () => {
  await site.subscribe(office);
  await site.ofAlerts(quay, raised(stallOf(quay)));
  await site.settled();
  districts = { quay: 'Hills', mill: 'Harbour' };
  await site.ofAlerts(quay, escalated(stallOf(quay), 'yellow', 'red'));
  await site.ofAlerts(mill, raised(stallOf(mill)));
  await site.settled();
  expect([told(), await outcomes()]).toEqual([
    [[quay], [mill]],
    ['sent', 'not-permitted 0', 'sent'],
  ]);
});

test('a digest is cut at its time, and not when it began', async () => {
  await site.subscribe(office, { timing: { kind: 'daily', at: '12:00' } });
  become(everywhere);
  await site.ofAlerts(quay, raised(stallOf(quay)));
  await site.ofAlerts(mill, raised(stallOf(mill)));
  await site.settled();
  become(district('Hills'));
  await site.advance('2018-07-10T04:01:00.000Z');
  expect([told(), await outcomes()]).toEqual([[[mill]], ['not-permitted 0', 'sent']]);
});

test('a notice that failed is not tried again for a project out of reach', async () => {
  site.answer = () => ({ kind: 'failed', why: 'no answer' });
  await site.subscribe(office);
  await site.ofAlerts(quay, raised(stallOf(quay)));
  await site.settled();
  become(district('Hills'));
  site.answer = () => ({ kind: 'accepted', status: 204 });
  await site.advance('2018-07-10T03:00:00.000Z');
  expect([told(), await outcomes()]).toEqual([[[quay]], ['retry 1', 'not-permitted 1']]);
});

test('a subscription ends with its owner, also after a restart', async () => {
  await site.subscribe(office);
  await site.stop();
  owner = { kind: 'removed' };
  await site.start();
  await site.settled();
  await site.ofAlerts(quay, raised(stallOf(quay)));
  await site.settled();
  expect([told(), await outcomes(), [...site.lost]]).toEqual([[], ['ended owner-removed'], [office]]);
});

test('a paused subscription ends with its owner, once', async () => {
  await site.subscribe(office);
  await site.ofGovernance('SubscriptionPaused', { subscription: office, because: 'asked', reason: 'asked' });
  await site.settled();
  become({ kind: 'removed' });
  await site.settled();
  become({ kind: 'removed' });
  await site.settled();
  expect(await outcomes()).toEqual(['ended owner-removed']);
});

test('a subscription from before access goes on', async () => {
  become({ kind: 'unknown' });
  await site.subscribe(office);
  await site.ofAlerts(mill, raised(stallOf(mill)));
  await site.settled();
  expect([told(), await outcomes()]).toEqual([[[mill]], ['sent']]);
});

const cases: [string, Reach, AlertChoice, Limited | undefined, 'active' | 'ended'][] = [
  ['nothing', everywhere, {}, undefined, 'active'],
  ['nothing once it has ended', [], {}, undefined, 'ended'],
  ['that no role includes it', [], {}, 'no-role', 'active'],
  ['that roles narrow it', district('Hills'), {}, 'roles', 'active'],
  ['that roles include no chosen project', district('Hills'), { projects: [quay] }, 'no-project', 'active'],
  [
    'that roles include some chosen projects',
    district('Hills'),
    { projects: [quay, mill] },
    'roles',
    'active',
  ],
  ['nothing where roles include all of them', district('Hills'), { projects: [mill] }, undefined, 'active'],
];
test.each(cases)('a subscription says %s', async (_, reach, choice, limited, status) => {
  const subscription = { choice, status };
  expect(await limitedBy({ kind: 'known', reach }, subscription, site.owners)).toBe(limited);
});
