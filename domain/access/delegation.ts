import type { AccessState } from './access.js';
import type { AccessCommand } from './commands.js';
import { foundCredential, foundGrant } from './decide.js';
import type { Limits } from './events.js';
import { grantsInForce, type Rights } from './rights.js';
import { isEverywhere, isWithin, type Place, type Reach, type Scope } from './scope.js';

/** Who gives a command, and with which rights. */
export interface Commander {
  person: string;
  rights: Rights;
  /** Of the credential that was used. */
  limits?: Limits;
}

/** The place of a scope; that of a project includes its present district. */
export type PlaceOf = (scope: Scope) => Place;

/**
 * True if somebody may give a command: an administrator about people and grants within their own scope, and everybody
 * about credentials of their own, which are never wider than the one that was used.
 */
export function mayCommand(
  command: AccessCommand,
  { person: self, rights, limits }: Commander,
  state: AccessState,
  placeOf: PlaceOf,
): boolean {
  const reach = rights['people-manage'];
  const manages = (person: string) => reach !== undefined && isOver(reach, state, person, placeOf);
  switch (command.type) {
    case 'AddPerson':
      return reach !== undefined;
    case 'RemovePerson':
      return manages(command.person);
    // What somebody wrote may lie anywhere.
    case 'ErasePerson':
    case 'CancelErasure':
      return reach !== undefined && isEverywhere(reach);
    case 'GrantRole':
      return reach !== undefined && isWithin(reach, placeOf(command.scope));
    case 'RevokeGrant':
      return reach !== undefined && isWithin(reach, placeOf(foundGrant(state, command.grant).scope));
    case 'IssueCredential':
      // A rate may be higher than that of the installation, so that nobody sets their own. A link sets a password, which
      // outlives what it was made with: nobody makes one for themselves by a session alone.
      return (
        (command.credential.person === self &&
          !limits &&
          !command.credential.limits?.rates &&
          command.credential.kind !== 'link' &&
          command.credential.kind !== 'identity') ||
        manages(command.credential.person)
      );
    case 'RevokeCredential': {
      const { person } = foundCredential(state, command.credential);
      return person === self || manages(person);
    }
    case 'RenewDevice':
      return foundCredential(state, command.credential).person === self;
    case 'SignOutEverywhere':
      return command.person === self || manages(command.person);
    // Recorded by the application after what they belong to was decided.
    case 'NamePerson':
    case 'SetPassword':
    case 'LabelDevice':
    // Given by those who hold the link, the password or the code, or are at the machine.
    case 'RedeemLink':
    case 'ChangePassword':
    case 'EnrolDevice':
    case 'AppointAdministrator':
      return false;
  }
}

/** True if all that a person may do is within reach. */
function isOver(reach: Reach, state: AccessState, person: string, placeOf: PlaceOf): boolean {
  return grantsInForce(state, person).every(({ scope }) => isWithin(reach, placeOf(scope)));
}
