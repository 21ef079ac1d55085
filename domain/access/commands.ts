import type { Sealed } from '../governance/events.js';
import type { Instant } from '../values/days/calendar.js';
import type { CredentialKind, Limits } from './events.js';
import type { Role } from './roles.js';
import type { Scope } from './scope.js';

/** A credential to issue; the secret itself is nowhere in the domain. */
export interface NewCredential {
  credential: string;
  kind: CredentialKind;
  person: string;
  hash: string;
  expiresAt: Instant;
  limits?: Limits;
  /** The key that a session is opened with. */
  from?: string;
}

/** What can be decided about who may do what; `at` is the instant of the decision. */
export type AccessCommand =
  | { type: 'AddPerson'; person: string }
  | { type: 'RemovePerson'; person: string }
  | { type: 'GrantRole'; grant: string; person: string; role: Role; scope: Scope }
  | { type: 'RevokeGrant'; grant: string }
  | { type: 'IssueCredential'; credential: NewCredential; at: Instant }
  | { type: 'RevokeCredential'; credential: string }
  /** Takes a one-time link for a session; the other links and sessions of the person end. */
  | { type: 'RedeemLink'; link: string; credential: NewCredential; at: Instant }
  /** Opens a session after somebody changed their password; their other sessions and their links end. */
  | { type: 'ChangePassword'; credential: NewCredential; at: Instant }
  /** Exchanges a code for a device; of the person for whom the code was issued. */
  | { type: 'EnrolDevice'; code: string; device: Omit<NewCredential, 'person'>; at: Instant }
  | { type: 'RenewDevice'; credential: string; at: Instant }
  | { type: 'SignOutEverywhere'; person: string }
  /** Asks for the erasure, or confirms what another administrator asked for; `by` is the administrator. */
  | { type: 'ErasePerson'; person: string; by: string; at: Instant }
  | { type: 'CancelErasure'; person: string; at: Instant }
  | { type: 'NamePerson'; person: string; named: Sealed }
  | { type: 'SetPassword'; person: string; password: Sealed }
  | { type: 'LabelDevice'; person: string; credential: string; label: Sealed }
  /** At the machine only. `replaces`: although there is an administrator, who is lost. */
  | {
      type: 'AppointAdministrator';
      grant: string;
      credential: NewCredential;
      /** By which the administrator sets a password. */
      link: NewCredential;
      at: Instant;
      replaces: boolean;
    };
