import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ClosedService, districtOf, installation, type Somebody } from './closed.js';

let closed: ClosedService;
let lin: Somebody;

beforeAll(async () => {
  closed = await ClosedService.start();
  lin = await closed.person('Lin', ['inspector', districtOf('Harbour')], ['subscriber', installation]);
});
afterAll(() => closed.close());

/** How a key with limits is answered; a key that was issued is revoked again. */
async function issue(limits: object): Promise<unknown[]> {
  const { status, body } = await closed.ask('POST', `/people/${lin.id}/keys`, closed.administrator, {
    limits,
  });
  if (status === 201)
    await closed.ask('DELETE', `/people/${lin.id}/keys/${body.credential}`, closed.administrator);
  const [fault] = (body.errors ?? []) as { member: string }[];
  return [status, ...(fault ? [body.type, fault.member] : [])];
}

describe('a key is limited to', () => {
  test.each<[string, object]>([
    ['a role of its person', { roles: ['inspector'] }],
    ['the place of a role', { scope: districtOf('Harbour') }],
    ['a project in that place', { roles: ['inspector'], scope: { kind: 'project', project: 'quay' } }],
    ['a place within another role', { scope: districtOf('Hills') }],
  ])('%s', async (_, limits) => {
    expect(await issue(limits)).toEqual([201]);
  });

  test.each<[string, object, string]>([
    ['a role that its person does not hold', { roles: ['inspector', 'planner'] }, 'limits.roles'],
    [
      'a place where its person does not hold that role',
      { roles: ['inspector'], scope: districtOf('Hills') },
      'limits.scope',
    ],
    [
      'a project in such a place',
      { roles: ['inspector'], scope: { kind: 'project', project: 'mill' } },
      'limits.scope',
    ],
    [
      'a project that is not there',
      { roles: ['inspector'], scope: { kind: 'project', project: 'nowhere' } },
      'limits.scope',
    ],
  ])('but not to %s', async (_, limits, member) => {
    expect(await issue(limits)).toEqual([422, '/problems/limits-foreign', member]);
  });
});
