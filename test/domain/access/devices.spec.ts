import { describe, expect, test } from '@jest/globals';
import { type AccessState, emptyAccess, replayAccess } from '../../../domain/access/access.js';
import type { AccessCommand } from '../../../domain/access/commands.js';
import { decideAccess } from '../../../domain/access/decide.js';
import { type Commander, mayCommand } from '../../../domain/access/delegation.js';
import type { AccessEvent, CredentialKind, NewAccessEvent } from '../../../domain/access/events.js';
import { CommandRejected } from '../../../domain/values/rejections.js';
import { givenId } from '../../support/given.js';

const now = '2018-07-10T08:00:00.000Z';
const soon = '2018-07-10T08:10:00.000Z';
const entry = { asOf: '2018-07-10', precision: 'day', source: { kind: 'unstated' } };

/** The state after events that were recorded at an instant. */
function after(at: string, ...said: readonly NewAccessEvent[]): AccessState {
  const events = said.map(({ type, data }, revision) => ({
    ...{ type, data, id: givenId(revision), schema: 1, entry },
    ...{ stream: 'access', revision, position: revision + 1, recordedAt: at, by: 'li' },
  })) as unknown as AccessEvent[];
  return replayAccess(emptyAccess(), events);
}

const added: NewAccessEvent = { type: 'PersonAdded', data: { person: 'li' } };
const credential = (kind: CredentialKind, name: string, expiresAt: string) =>
  ({ credential: name, kind, person: 'li', hash: 'hash', expiresAt }) as const;
const issued = (...made: Parameters<typeof credential>): NewAccessEvent => ({
  type: 'CredentialIssued',
  data: credential(...made),
});
const code = issued('code', 'code-k7pm', soon);
const { person: _, ...phone } = credential('device', 'phone', '2019-01-06T08:00:00.000Z');
const enrol: AccessCommand = { type: 'EnrolDevice', code: 'code-k7pm', device: phone, at: now };

function reasonOf(command: AccessCommand, state: AccessState): string {
  try {
    return JSON.stringify(decideAccess(command, state));
  } catch (error) {
    return error instanceof CommandRejected ? error.reason : String(error);
  }
}

describe('a code', () => {
  test('is exchanged for a device of its person, and ends', () => {
    expect(decideAccess(enrol, after(now, added, code))).toEqual({
      append: [
        { type: 'CredentialRevoked', data: { credential: 'code-k7pm' } },
        { type: 'CredentialIssued', data: { ...phone, person: 'li' } },
      ],
    });
  });

  test.each([
    ['that nobody made', after(now, added)],
    [
      'that was used',
      after(now, added, code, { type: 'CredentialRevoked', data: { credential: 'code-k7pm' } }),
    ],
    [
      'of a person who was removed',
      after(now, added, code, { type: 'PersonRemoved', data: { person: 'li' } }),
    ],
    [
      'of a person who signed out everywhere',
      after(now, added, code, { type: 'SignedOutEverywhere', data: { person: 'li' } }),
    ],
    ['that is a key', after(now, added, issued('key', 'code-k7pm', soon))],
  ])('%s is refused like any other', (_, state) => {
    expect(reasonOf(enrol, state)).toBe('code-invalid');
  });

  test('is refused from the moment of its expiry on', () => {
    const state = after(now, added, code);
    expect(reasonOf({ ...enrol, at: soon }, state)).toBe('code-invalid');
    expect(reasonOf({ ...enrol, at: '2018-07-10T08:09:59.999Z' }, state)).toContain('CredentialIssued');
  });

  test('ends when the person gets another one', () => {
    const next = credential('code', 'code-3qxt', soon);
    const command: AccessCommand = { type: 'IssueCredential', credential: next, at: now };
    expect(decideAccess(command, after(now, added, code))).toEqual({
      append: [
        { type: 'CredentialRevoked', data: { credential: 'code-k7pm' } },
        { type: 'CredentialIssued', data: next },
      ],
    });
  });
});

describe('a device', () => {
  const enrolled = after(now, added, issued('device', 'phone', '2019-01-06T08:00:00.000Z'));
  const renewed = (at: string, state = enrolled) =>
    reasonOf({ type: 'RenewDevice', credential: 'phone', at }, state);

  test('is renewed for 180 days once fewer than 150 are left', () => {
    expect(renewed('2018-08-09T08:00:00.000Z')).toContain('alreadySaid');
    expect(renewed('2018-08-09T08:00:00.001Z')).toContain('"expiresAt":"2019-02-05T08:00:00.001Z"');
  });

  test('ends 730 days after it was enrolled, however often it is renewed', () => {
    const late = after(now, added, issued('device', 'phone', '2019-01-06T08:00:00.000Z'), {
      type: 'CredentialRenewed',
      data: { credential: 'phone', expiresAt: '2020-06-20T08:00:00.000Z' },
    });
    expect(renewed('2020-06-01T08:00:00.000Z', late)).toContain('"expiresAt":"2020-07-09T08:00:00.000Z"');
  });

  test('that has expired or was revoked is not renewed', () => {
    expect(renewed('2019-01-06T08:00:00.000Z')).toContain('alreadySaid');
    const revoked = after(now, added, issued('device', 'phone', '2019-01-06T08:00:00.000Z'), {
      type: 'CredentialRevoked',
      data: { credential: 'phone' },
    });
    expect(renewed('2018-12-01T08:00:00.000Z', revoked)).toContain('alreadySaid');
  });

  test('is renewed by its person alone', () => {
    const may = (person: string) => {
      const commander: Commander = { person, rights: { 'people-manage': [[{ kind: 'installation' }]] } };
      const command: AccessCommand = { type: 'RenewDevice', credential: 'phone', at: now };
      return mayCommand(command, commander, enrolled, () => ({}));
    };
    expect([may('li'), may('ann')]).toEqual([true, false]);
  });
});
