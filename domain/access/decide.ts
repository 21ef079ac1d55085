import type { Decision } from '../values/decision.js';
import { isSame } from '../values/equal.js';
import { CommandRejected } from '../values/rejections.js';
import type { AccessState, Credential, Grant, Person } from './access.js';
import type { AccessCommand } from './commands.js';
import { checkCredential, identityInForce, identityTaken, onlySession, requireLink } from './credentials.js';
import { codesInForce, renewedUntil, requireCode, revoked } from './devices.js';
import { decideErasure, requestInForce } from './erasure.js';
import type { NewAccessEvent } from './events.js';
import { grantsInForce, holdersOf } from './rights.js';
import { conflicting, roleNames } from './roles.js';

/** Decides on a command: the events to record, or what already says the same. @throws CommandRejected */
export function decideAccess(
  command: AccessCommand,
  state: AccessState,
): Decision<NewAccessEvent, Person | Grant | Credential> {
  switch (command.type) {
    case 'AddPerson': {
      const { person } = command;
      const known = state.people[person];
      if (known) return { alreadySaid: presentPerson(state, person) };
      return { append: [{ type: 'PersonAdded', data: { person } }] };
    }
    case 'RemovePerson': {
      const { person } = command;
      const known = foundPerson(state, person);
      if (known.removed) return { alreadySaid: known };
      requireOther(state, person);
      return { append: [{ type: 'PersonRemoved', data: { person } }] };
    }
    case 'GrantRole': {
      const { type: _, ...data } = command;
      presentPerson(state, data.person);
      const held = grantsInForce(state, data.person);
      const same = held.find(({ role, scope }) => role === data.role && isSame(scope, data.scope));
      if (same) return { alreadySaid: same };
      const other = conflicting(
        data.role,
        held.map(({ role }) => role),
      );
      if (other) throw dutiesConflict(data.role, other);
      return { append: [{ type: 'RoleGranted', data }] };
    }
    case 'RevokeGrant': {
      const { grant } = command;
      const known = foundGrant(state, grant);
      if (known.revoked) return { alreadySaid: known };
      if (known.role === 'administrator' && known.scope.kind === 'installation')
        requireOther(state, known.person);
      return { append: [{ type: 'RoleRevoked', data: { grant } }] };
    }
    case 'IssueCredential': {
      const { credential, at } = command;
      presentPerson(state, credential.person);
      checkCredential(state, credential, at);
      const same = identityInForce(state, credential, at);
      if (same && same.person !== credential.person) throw identityTaken();
      if (same) return { alreadySaid: same };
      // A new code replaces the one before: a person enrols one phone at a time.
      const replaced = credential.kind === 'code' ? codesInForce(state, credential.person, at) : [];
      return { append: [...replaced.map(revoked), { type: 'CredentialIssued', data: credential }] };
    }
    case 'EnrolDevice': {
      const { code, device, at } = command;
      const { person } = requireCode(state, code, at);
      return {
        append: [revoked({ credential: code }), { type: 'CredentialIssued', data: { ...device, person } }],
      };
    }
    case 'RenewDevice': {
      const { credential, at } = command;
      const known = foundCredential(state, credential);
      const expiresAt = renewedUntil(known, at);
      if (expiresAt <= known.expiresAt) return { alreadySaid: known };
      return { append: [{ type: 'CredentialRenewed', data: { credential, expiresAt } }] };
    }
    case 'RevokeCredential': {
      const { credential } = command;
      const known = foundCredential(state, credential);
      if (known.revoked) return { alreadySaid: known };
      return { append: [{ type: 'CredentialRevoked', data: { credential } }] };
    }
    case 'RedeemLink': {
      const { link, credential, at } = command;
      presentPerson(state, credential.person);
      requireLink(state, link, credential.person, at);
      return { append: onlySession(state, credential, at) };
    }
    case 'ChangePassword': {
      const { credential, at } = command;
      presentPerson(state, credential.person);
      return { append: onlySession(state, credential, at) };
    }
    case 'SignOutEverywhere': {
      const { person } = command;
      presentPerson(state, person);
      return { append: [{ type: 'SignedOutEverywhere', data: { person } }] };
    }
    case 'ErasePerson': {
      const { person } = command;
      const known = foundPerson(state, person);
      if (known.erased) return { alreadySaid: known };
      requireOther(state, person);
      return decideErasure(command, state, known);
    }
    case 'CancelErasure': {
      const { person, at } = command;
      const known = foundPerson(state, person);
      if (!requestInForce(state, known, at)) return { alreadySaid: known };
      return { append: [{ type: 'ErasureCancelled', data: { person } }] };
    }
    case 'NamePerson': {
      const { type: _, ...data } = command;
      presentPerson(state, data.person);
      return { append: [{ type: 'PersonNamed', data }] };
    }
    case 'SetPassword': {
      const { type: _, ...data } = command;
      presentPerson(state, data.person);
      return { append: [{ type: 'PasswordSet', data }] };
    }
    case 'LabelDevice': {
      const { type: _, ...data } = command;
      presentPerson(state, data.person);
      return { append: [{ type: 'DeviceLabelled', data }] };
    }
    case 'AppointAdministrator': {
      const { grant, credential, link, at, replaces } = command;
      const { person } = credential;
      const holders = holdersOf(state, 'administrator').length;
      if (holders > 0 && !replaces) throw administratorExists(holders);
      checkCredential(state, credential, at);
      checkCredential(state, link, at);
      const scope = { kind: 'installation' } as const;
      return {
        append: [
          { type: 'PersonAdded', data: { person } },
          { type: 'RoleGranted', data: { grant, person, role: 'administrator', scope } },
          { type: 'CredentialIssued', data: credential },
          { type: 'CredentialIssued', data: link },
        ],
      };
    }
  }
}

/** A person by their id, also one who was removed. @throws CommandRejected `person-unknown` */
export function foundPerson({ people }: AccessState, person: string): Person {
  const known = Object.hasOwn(people, person) ? people[person] : undefined;
  if (known) return known;
  const expected = { en: 'the id of a person who was added', zh: '已添加人员的编号' };
  throw new CommandRejected('person-unknown', { member: 'person', seen: person, expected });
}

/** A grant by its id. @throws CommandRejected `grant-unknown` */
export function foundGrant({ grants }: AccessState, grant: string): Grant {
  const known = Object.hasOwn(grants, grant) ? grants[grant] : undefined;
  if (known) return known;
  const expected = { en: 'the id of a role that was granted', zh: '已授予角色的编号' };
  throw new CommandRejected('grant-unknown', { member: 'grant', seen: grant, expected });
}

/** A credential by its public id. @throws CommandRejected `credential-unknown` */
export function foundCredential({ credentials }: AccessState, credential: string): Credential {
  const known = Object.hasOwn(credentials, credential) ? credentials[credential] : undefined;
  if (known) return known;
  const expected = { en: 'the public id of a key that was issued', zh: '已签发密钥的公开编号' };
  throw new CommandRejected('credential-unknown', { member: 'credential', seen: credential, expected });
}

function presentPerson(state: AccessState, person: string): Person {
  const known = foundPerson(state, person);
  if (!known.removed) return known;
  const seen = {
    en: `${person}, who was removed on ${known.removed.on}`,
    zh: `${person}，已于 ${known.removed.on} 移除`,
  };
  const expected = {
    en: 'somebody who is still there; add the person again under a new id',
    zh: '现有人员；请以新编号重新添加',
  };
  throw new CommandRejected('person-removed', { member: 'person', seen, expected });
}

/** Refuses to end the rights of the only administrator of the whole installation. */
function requireOther(state: AccessState, person: string): void {
  const holders = holdersOf(state, 'administrator');
  if (holders.length > 1 || !holders.includes(person)) return;
  throw new CommandRejected('administrator-last', {
    member: 'person',
    seen: { en: `${person}, the only administrator of the installation`, zh: `${person}，系统唯一的管理员` },
    expected: { en: 'another administrator first', zh: '先设另一名管理员' },
  });
}

function dutiesConflict(role: keyof typeof roleNames, other: keyof typeof roleNames): CommandRejected {
  return new CommandRejected('duties-conflict', {
    member: 'role',
    seen: {
      en: `${roleNames[role].en} beside ${roleNames[other].en}`,
      zh: `${roleNames[role].zh}与${roleNames[other].zh}`,
    },
    expected: {
      en: 'roles that one person may hold together; add a second person for the other',
      zh: '可由一人兼任的角色；另一角色请由他人担任',
    },
  });
}

function administratorExists(holders: number): CommandRejected {
  const many = holders === 1 ? 'an administrator' : `${holders} administrators`;
  return new CommandRejected('administrator-exists', {
    seen: { en: `an installation that has ${many}`, zh: `系统已有 ${holders} 名管理员` },
    expected: {
      en: 'an installation without an administrator; an administrator adds further ones',
      zh: '尚无管理员的系统；其他管理员由现任管理员添加',
    },
  });
}
