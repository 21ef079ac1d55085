import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../src/event-store/event-store.js';
import { uuidOf } from '../../support/dice.js';
import { raised, subscribed } from '../../support/simulated-deliveries.js';
import { ClosedService, districtOf, type Somebody } from './closed.js';

let site: ClosedService;
let lin: Somebody;

const entry = { asOf: '2018-07-10', precision: 'day', source: { kind: 'system' } } as const;

/** Records an event as other parts of the system do. */
async function record(stream: string, name: string, by: string, said: object): Promise<void> {
  const event = { ...said, id: uuidOf(name), by, entry } as unknown as NewEvent;
  await site.service.composed.store.append(stream, [event], 'any');
}

const shown = async (name: string, key = lin.key) =>
  (await site.ask('GET', `/subscriptions/${uuidOf(name)}`, key)).body;

beforeAll(async () => {
  site = await ClosedService.start();
  lin = await site.person('Lin', ['inspector', districtOf('Harbour')]);
  for (const [name, choice] of [
    ['all', {}],
    ['mill', { projects: ['mill'] }],
    ['quay', { projects: ['quay'] }],
  ] as const) {
    const data = { ...subscribed(uuidOf(name)), choice };
    await record('governance', `add ${name}`, lin.id, { type: 'SubscriptionAdded', data });
  }
  // Nothing is sent to it, because no key opens its address here.
  const before = { ...subscribed(uuidOf('before')), choice: { projects: ['elsewhere'] } };
  await record('governance', 'add before', 'wang.gong', { type: 'SubscriptionAdded', data: before });
  await site.service.composed.watch();
});
afterAll(() => site.close());

test('a subscription says how the roles of its owner narrow it', async () => {
  const limited = async () => [
    (await shown('all')).limited,
    (await shown('mill')).limited,
    (await shown('quay')).limited,
    (await shown('before', site.administrator)).limited,
  ];
  expect(await limited()).toEqual(['roles', 'no-project', undefined, undefined]);
});

test('its owner does not see what was sent about projects that they may no longer read', async () => {
  const told = { notice: uuidOf('told'), subscription: uuidOf('all'), channel: 'webhook' };
  for (const project of ['quay', 'mill']) {
    const alert = uuidOf(`stall of ${project}`);
    await record(`alerts-${project}`, `raise ${project}`, 'topout', raised(alert));
    const data = { ...told, alerts: [alert], events: [uuidOf(`raise ${project}`)], attempt: 1 };
    await record(`alerts-${project}`, `tell ${project}`, 'topout', { type: 'NoticeSent', data });
  }
  const projects = async (key: string) => {
    const { body } = await site.ask('GET', `/subscriptions/${uuidOf('all')}/notices`, key);
    return new Set((body.items as { project: string }[]).map(({ project }) => project));
  };
  expect(await projects(lin.key)).toEqual(new Set(['quay']));
  expect(await projects(site.administrator)).toEqual(new Set(['quay', 'mill']));
});

test('without a role it says that nothing comes, and it ends with its owner', async () => {
  await site.revokeAll(lin);
  expect((await shown('all', site.administrator)).limited).toBe('no-role');
  expect((await site.ask('DELETE', `/people/${lin.id}`, site.administrator)).status).toBe(204);
  const deadlineMs = Date.now() + 20_000;
  while ((await shown('all', site.administrator)).status !== 'ended' && Date.now() < deadlineMs);
  expect(await shown('all', site.administrator)).toMatchObject({
    status: 'ended',
    because: { why: 'owner-removed' },
  });
  expect((await shown('before', site.administrator)).status).toBe('active');
});
