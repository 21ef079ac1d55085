import { describe, expect, test } from '@jest/globals';
import { type AccessState, emptyAccess, replayAccess } from '../../domain/access/access.js';
import type { AccessCommand, NewCredential } from '../../domain/access/commands.js';
import { decideAccess } from '../../domain/access/decide.js';
import { type Commander, mayCommand } from '../../domain/access/delegation.js';
import type { AccessEvent, NewAccessEvent } from '../../domain/access/events.js';
import { missingWords } from '../../domain/access/permission-words.js';
import { permissions } from '../../domain/access/permissions.js';
import { rightsBy, rightsOf, rightsOn } from '../../domain/access/rights.js';
import { conflicting, permissionsOf, type Role, roles } from '../../domain/access/roles.js';
import { everywhere, isEverywhere, isWithin, type Scope } from '../../domain/access/scope.js';
import { CommandRejected } from '../../domain/values/rejections.js';
import { givenId } from '../support/given.js';

const now = '2018-07-10T08:00:00.000Z';
const installation: Scope = { kind: 'installation' };
const harbour: Scope = { kind: 'district', district: '港区' };
const huaao: Scope = { kind: 'project', project: 'huaao-2' };
const ofHuaao = { project: 'huaao-2', district: '港区' };

/** The state after events, one a day from 1 July 2018 on; folding in two halves gives the same. */
function after(...said: readonly NewAccessEvent[]): AccessState {
  const events = said.map(({ type, data }, revision) => {
    const on = `2018-07-0${revision + 1}`;
    const entry = { asOf: on, precision: 'day', source: { kind: 'unstated' } };
    const recordedAt = `${on}T08:00:00.000Z`;
    const of = { stream: 'access', revision, position: revision * 10 + 10, recordedAt, by: 'machine' };
    return { type, data, id: givenId(revision), schema: 1, entry, ...of };
  }) as unknown as AccessEvent[];
  const whole = replayAccess(emptyAccess(), events);
  const half = JSON.parse(JSON.stringify(replayAccess(emptyAccess(), events.slice(0, 2))));
  expect(replayAccess(half, events.slice(2))).toEqual(whole);
  return whole;
}

const added = (person: string): NewAccessEvent => ({ type: 'PersonAdded', data: { person } });
const granted = (grant: string, person: string, role: Role, scope: Scope): NewAccessEvent => ({
  type: 'RoleGranted',
  data: { grant, person, role, scope },
});
const key = (credential: string, person: string, more: Partial<NewCredential> = {}): NewCredential => ({
  credential,
  kind: 'key',
  person,
  hash: 'hash',
  expiresAt: '2019-07-10T08:00:00.000Z',
  ...more,
});
const issued = (...asked: Parameters<typeof key>): NewAccessEvent => ({
  type: 'CredentialIssued',
  data: key(...asked),
});

function refusal(command: AccessCommand, state: AccessState): string {
  try {
    return JSON.stringify(decideAccess(command, state));
  } catch (error) {
    return error instanceof CommandRejected ? error.reason : String(error);
  }
}

describe('roles', () => {
  test('use every permission, and name no other', () => {
    expect(new Set(roles.flatMap(permissionsOf))).toEqual(new Set(permissions));
  });

  test('keep duties apart: an administrator does not log, an auditor does not write', () => {
    expect(permissionsOf('administrator')).not.toContain('entry-log');
    const conflicts = roles.map((role) => [role, roles.filter((other) => conflicting(role, [other]))]);
    expect(Object.fromEntries(conflicts)).toEqual({
      inspector: ['auditor', 'administrator'],
      auditor: ['inspector', 'subscriber', 'planner', 'administrator'],
      subscriber: ['auditor'],
      planner: ['auditor', 'administrator'],
      administrator: ['inspector', 'auditor', 'planner'],
      operator: [],
    });
  });
});

test('a refusal names the roles that are enough as a choice', () => {
  expect(missingWords(['project-read']).expected).toEqual({
    en: 'the role inspector, auditor, subscriber, planner or administrator; an administrator grants it',
    zh: '巡查员、审计员、订阅人、计划员或管理员角色；由管理员授予',
  });
  expect(missingWords(['entry-log']).expected.en).toBe('the role inspector; an administrator grants it');
});

describe('scopes', () => {
  test('cover their district or project, and nothing else', () => {
    expect(isWithin([[harbour]], ofHuaao)).toBe(true);
    expect(isWithin([[harbour]], { project: 'road', district: '东区' })).toBe(false);
    expect(isWithin([[harbour]], { project: 'road' })).toBe(false);
    expect(isWithin([[huaao]], ofHuaao)).toBe(true);
    expect(isWithin([[huaao]], { project: 'huaao-1', district: '港区' })).toBe(false);
    expect(isWithin([[harbour], [huaao]], {})).toBe(false);
    expect(isWithin(everywhere, {})).toBe(true);
  });

  test('of a limited key hold only where both the role and the key hold', () => {
    const { 'entry-log': reach = [] } = rightsOf([{ role: 'inspector', scope: harbour }], { scope: huaao });
    expect(isWithin(reach, ofHuaao)).toBe(true);
    expect(isWithin(reach, { project: 'huaao-1', district: '港区' })).toBe(false);
    expect(isWithin(reach, { project: 'huaao-2', district: '东区' })).toBe(false);
    expect(isEverywhere(rightsOf([{ role: 'inspector', scope: installation }])['entry-log'] ?? [])).toBe(
      true,
    );
    expect(isEverywhere(reach)).toBe(false);
  });

  test('of a key for one role leave the other roles out', () => {
    const grants = [
      { role: 'inspector', scope: harbour },
      { role: 'operator', scope: installation },
    ] as const;
    expect(Object.keys(rightsOf(grants, { roles: ['operator'] }))).toEqual(['operate']);
  });
});

describe('rights', () => {
  const history = after(
    added('li'),
    granted('g1', 'li', 'inspector', harbour),
    granted('g2', 'li', 'subscriber', installation),
    { type: 'RoleRevoked', data: { grant: 'g1' } },
    { type: 'PersonRemoved', data: { person: 'li' } },
  );

  test('hold from the day of their grant until the day on which they were revoked', () => {
    const mayLog = (day: string) => rightsOn(history, 'li', day)['entry-log'] !== undefined;
    expect(['2018-07-01', '2018-07-02', '2018-07-04', '2018-07-05'].map(mayLog)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('of a person who was removed end with the person', () => {
    expect(Object.keys(rightsOn(history, 'li', '2018-07-06'))).toEqual([]);
    expect(history.grants.g2?.revoked?.on).toBe('2018-07-05');
    expect(history.grants.g1?.revoked?.on).toBe('2018-07-04');
  });

  test('of a key are those of its person now', () => {
    const state = after(added('li'), granted('g1', 'li', 'inspector', harbour), issued('k1', 'li'));
    const credential = state.credentials.k1;
    if (!credential) throw new Error('It was issued.');
    expect(rightsBy(state, credential)['entry-log']).toEqual([[harbour]]);
    const gone = after(added('li'), granted('g1', 'li', 'inspector', harbour), {
      type: 'RoleRevoked',
      data: { grant: 'g1' },
    });
    expect(rightsBy(gone, credential)).toEqual({});
  });

  test('signing out everywhere ends sessions and devices, and keeps keys', () => {
    const state = after(
      added('li'),
      issued('k1', 'li'),
      issued('d1', 'li', { kind: 'device' }),
      issued('s1', 'li', { kind: 'session' }),
      { type: 'SignedOutEverywhere', data: { person: 'li' } },
    );
    const isRevoked = Object.values(state.credentials).map(({ credential, revoked }) => [
      credential,
      !!revoked,
    ]);
    expect(Object.fromEntries(isRevoked)).toEqual({ k1: false, d1: true, s1: true });
  });
});

describe('decisions', () => {
  const staffed = after(
    added('ann'),
    granted('g1', 'ann', 'administrator', installation),
    added('li'),
    granted('g2', 'li', 'inspector', harbour),
  );
  const appoint = (replaces: boolean): AccessCommand => ({
    type: 'AppointAdministrator',
    grant: 'g9',
    credential: key('k9', 'zoe'),
    link: key('l9', 'zoe', { kind: 'link' }),
    at: now,
    replaces,
  });

  test('the first administrator is appointed with a key and a sign-in link, in one commit', () => {
    const decision = decideAccess(appoint(false), emptyAccess());
    expect('append' in decision && decision.append.map(({ type }) => type)).toEqual([
      'PersonAdded',
      'RoleGranted',
      'CredentialIssued',
      'CredentialIssued',
    ]);
  });

  test('a second administrator is appointed only in place of a lost one', () => {
    expect(refusal(appoint(false), staffed)).toBe('administrator-exists');
    expect('append' in decideAccess(appoint(true), staffed)).toBe(true);
  });

  test('the last administrator stays', () => {
    expect(refusal({ type: 'RemovePerson', person: 'ann' }, staffed)).toBe('administrator-last');
    expect(refusal({ type: 'RevokeGrant', grant: 'g1' }, staffed)).toBe('administrator-last');
  });

  test('the same role again records nothing; a role against the duties is refused', () => {
    const grant = (role: Role): AccessCommand => ({
      type: 'GrantRole',
      grant: 'g5',
      person: 'li',
      role,
      scope: harbour,
    });
    expect(decideAccess(grant('inspector'), staffed)).toEqual({ alreadySaid: staffed.grants.g2 });
    expect(refusal(grant('auditor'), staffed)).toBe('duties-conflict');
    expect(refusal(grant('administrator'), staffed)).toBe('duties-conflict');
    expect('append' in decideAccess(grant('subscriber'), staffed)).toBe(true);
  });

  test('nothing is decided about somebody who is unknown or was removed', () => {
    const gone = after(added('li'), { type: 'PersonRemoved', data: { person: 'li' } });
    const issue = (person: string): AccessCommand => ({
      type: 'IssueCredential',
      credential: key('k1', person),
      at: now,
    });
    expect(refusal(issue('toString'), gone)).toBe('person-unknown');
    expect(refusal(issue('li'), gone)).toBe('person-removed');
    expect(refusal({ type: 'AddPerson', person: 'li' }, gone)).toBe('person-removed');
    expect(refusal({ type: 'RevokeGrant', grant: 'g7' }, gone)).toBe('grant-unknown');
    expect(refusal({ type: 'RevokeCredential', credential: 'k7' }, gone)).toBe('credential-unknown');
  });

  test('a link is taken once, and ends the links and sessions that were there before', () => {
    const linked = after(
      added('li'),
      issued('k1', 'li'),
      issued('l1', 'li', { kind: 'link' }),
      issued('l2', 'li', { kind: 'link' }),
      issued('s1', 'li', { kind: 'session' }),
      issued('d1', 'li', { kind: 'device' }),
      issued('l3', 'ann', { kind: 'link' }),
    );
    const redeem = (link: string, at = now): AccessCommand => ({
      type: 'RedeemLink',
      link,
      credential: key('s2', 'li', { kind: 'session', expiresAt: '2019-07-12T08:00:00.000Z' }),
      at,
    });
    const decision = decideAccess(redeem('l1'), linked);
    expect('append' in decision && decision.append.map(({ data }) => Object.values(data)[0])).toEqual([
      'l1',
      'l2',
      's1',
      's2',
    ]);
    for (const wrong of ['l3', 'k1', 's1', 'none']) expect(refusal(redeem(wrong), linked)).toBe('link-ended');
    expect(refusal(redeem('l1', '2019-07-11T08:00:00.000Z'), linked)).toBe('link-ended');
    const used = after(added('li'), issued('l1', 'li', { kind: 'link' }), {
      type: 'CredentialRevoked',
      data: { credential: 'l1' },
    });
    expect(refusal(redeem('l1'), used)).toBe('link-ended');
  });

  test('a new password ends the links and sessions that were there before, and no phone or key', () => {
    const state = after(
      added('li'),
      issued('k1', 'li'),
      issued('l1', 'li', { kind: 'link' }),
      issued('s1', 'li', { kind: 'session' }),
      issued('d1', 'li', { kind: 'device' }),
      issued('s3', 'ann', { kind: 'session' }),
    );
    const session = key('s2', 'li', { kind: 'session', expiresAt: '2019-07-12T08:00:00.000Z' });
    const decision = decideAccess({ type: 'ChangePassword', credential: session, at: now }, state);
    expect('append' in decision && decision.append.map(({ data }) => Object.values(data)[0])).toEqual([
      'l1',
      's1',
      's2',
    ]);
  });

  test('a session that was opened with a key ends with it', () => {
    const state = after(
      added('li'),
      issued('k1', 'li'),
      issued('s1', 'li', { kind: 'session', from: 'k1' }),
      issued('s2', 'li', { kind: 'session' }),
      { type: 'CredentialRevoked', data: { credential: 'k1' } },
    );
    const ended = Object.values(state.credentials).map(({ credential, revoked }) => [credential, !!revoked]);
    expect(Object.fromEntries(ended)).toEqual({ k1: true, s1: true, s2: false });
  });

  test('a person has two keys in force, and none beyond two years', () => {
    const issue = (more: Partial<NewCredential> = {}, at = now): AccessCommand => ({
      type: 'IssueCredential',
      credential: key('k3', 'li', more),
      at,
    });
    const two = after(added('li'), issued('k1', 'li'), issued('k2', 'li'));
    expect(refusal(issue(), two)).toBe('keys-too-many');
    expect('append' in decideAccess(issue({ kind: 'device' }), two)).toBe(true);
    const later = '2019-07-11T08:00:00.000Z';
    expect('append' in decideAccess(issue({ expiresAt: '2020-07-10T08:00:00.000Z' }, later), two)).toBe(true);
    expect(refusal(issue({ expiresAt: '2020-07-09T08:00:00.001Z' }), staffed)).toBe('expiry-impossible');
    expect(refusal(issue({ expiresAt: now }), staffed)).toBe('expiry-impossible');
    expect(refusal(issue({ expiresAt: 'soon' }), staffed)).toBe('expiry-impossible');
  });
});

describe('an administrator of a district', () => {
  const state = after(
    added('ann'),
    granted('g1', 'ann', 'administrator', installation),
    added('bo'),
    granted('g2', 'bo', 'administrator', harbour),
    added('li'),
    granted('g3', 'li', 'inspector', huaao),
  );
  const placeOf = (scope: Scope) =>
    scope.kind === 'project'
      ? { project: scope.project, district: '港区' }
      : scope.kind === 'district'
        ? { district: scope.district }
        : {};
  const bo: Commander = { person: 'bo', rights: rightsOn(state, 'bo', '2018-07-10') };
  const may = (command: AccessCommand, who = bo) => mayCommand(command, who, state, placeOf);
  const grant = (scope: Scope): AccessCommand => ({
    type: 'GrantRole',
    grant: 'g9',
    person: 'li',
    role: 'inspector',
    scope,
  });
  const issue = (person: string): AccessCommand => ({
    type: 'IssueCredential',
    credential: key('k1', person),
    at: now,
  });

  test('grants and revokes roles there, and nowhere else', () => {
    expect([grant(harbour), grant(huaao)].map((one) => may(one))).toEqual([true, true]);
    expect(may(grant({ kind: 'district', district: '东区' }))).toBe(false);
    expect(may(grant(installation))).toBe(false);
    expect(may({ type: 'RevokeGrant', grant: 'g3' })).toBe(true);
    expect(may({ type: 'RevokeGrant', grant: 'g1' })).toBe(false);
  });

  test('issues no key that opens more than the district', () => {
    expect(may(issue('li'))).toBe(true);
    expect(may(issue('ann'))).toBe(false);
    expect(may({ type: 'RemovePerson', person: 'ann' })).toBe(false);
  });

  test('an inspector renews the own key, unless it is limited, and nobody else does anything', () => {
    const li: Commander = { person: 'li', rights: rightsOn(state, 'li', '2018-07-10') };
    expect(may(issue('li'), li)).toBe(true);
    expect(may(issue('li'), { ...li, limits: { roles: ['inspector'] } })).toBe(false);
    expect(may(issue('bo'), li)).toBe(false);
    const link = key('l1', 'li', { kind: 'link' });
    const makeLink: AccessCommand = { type: 'IssueCredential', credential: link, at: now };
    expect([may(makeLink, li), may(makeLink)]).toEqual([false, true]);
    expect(may({ type: 'RedeemLink', link: 'l1', credential: link, at: now }, bo)).toBe(false);
    expect(may(grant(huaao), li)).toBe(false);
    expect(may({ type: 'AddPerson', person: 'new' }, li)).toBe(false);
    expect(may({ type: 'SignOutEverywhere', person: 'li' }, li)).toBe(true);
  });
});
