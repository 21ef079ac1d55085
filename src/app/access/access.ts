import type { Observable } from 'rxjs';
import type { Stamp } from '../../../domain/access/access.js';
import type { Commander } from '../../../domain/access/delegation.js';
import type { CredentialKind, Limits } from '../../../domain/access/events.js';
import type { Permission } from '../../../domain/access/permissions.js';
import type { Role } from '../../../domain/access/roles.js';
import type { Place, Reach, Scope } from '../../../domain/access/scope.js';
import type { Subscriber } from '../../../domain/access/subscriber.js';
import type { Instant } from '../../../domain/values/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { Moment, MomentAsked, WriteRequest } from '../queries/asked.js';
import type { PersonNamed } from './people.js';
import type { NotSignedIn, Principal } from './principals.js';

/** A role of a person, with its place. */
export interface GrantAnswer {
  grant: Uuid;
  role: Role;
  scope: Scope;
  granted: Stamp;
  revoked?: Stamp;
}

/** A key, device or session of a person; its secret is nowhere. */
export interface CredentialAnswer {
  /** Its public id. */
  credential: string;
  kind: CredentialKind;
  issued: Stamp;
  expiresAt: Instant;
  limits?: Limits;
  revoked?: Stamp;
}

/** A person with their roles and keys, past ones included. */
export interface PersonAnswer extends Partial<PersonNamed> {
  person: Uuid;
  added: Stamp;
  removed?: Stamp;
  grants: GrantAnswer[];
  credentials: CredentialAnswer[];
}

/** A key that was just issued. */
export interface KeyIssued {
  credential: string;
  /** The whole key; returned this once. */
  key: string;
  expiresAt: Instant;
}

/** The roles and permissions that a person had on a day. */
export interface PersonRights {
  person: Uuid;
  /** Those in force on some part of the day. */
  grants: GrantAnswer[];
  permissions: Permission[];
}

/** A request about access: by whom, and with which rights. */
export interface AccessRequest extends WriteRequest {
  commander: Commander;
}

/** Who may do what: principals, and people with their roles and keys. Refusals are those of `refusals.ts`. */
export interface Access {
  /** True once anything was recorded about access: then nothing is open to everybody again. */
  isFounded(): boolean;
  /** True while an administrator of the whole installation is in force. */
  hasAdministrator(): boolean;
  /** Emits after each change of people, grants or credentials. */
  readonly changes$: Observable<void>;
  /** The principal of a key. */
  admit(key: string): Principal | NotSignedIn;
  /** The principal of a credential that signed in before, as it is now; undefined once it has ended. */
  again(credential: string): Principal | undefined;
  /** What somebody who added a subscription may be notified of now. */
  subscriber(by: string): Subscriber;
  /** A project with its present district; immediate unless the rows are behind. */
  placeOf(project: string): Place | Promise<Place>;
  /** True for a moment of the last day, which everybody may ask for who may read. */
  isRecent(knownAt: Required<MomentAsked>['knownAt']): Promise<boolean>;
  /** What the present person is called, and may do. */
  self(principal: Principal): PersonAnswer;
  /** The people with a role within reach, and those without any role. */
  people(reach: Reach): Promise<PersonAnswer[]>;
  /** @throws CommandRejected `person-unknown` */
  person(id: string, reach: Reach): Promise<PersonAnswer>;
  /** What each person could do on a day, as known at a moment. */
  rightsOn(asked: MomentAsked, reach: Reach): Promise<Moment & { items: PersonRights[] }>;
  addPerson(named: PersonNamed, request: AccessRequest): Promise<PersonAnswer>;
  removePerson(person: string, request: AccessRequest): Promise<void>;
  grantRole(person: string, role: Role, scope: Scope, request: AccessRequest): Promise<PersonAnswer>;
  revokeGrant(person: string, grant: string, request: AccessRequest): Promise<void>;
  issueKey(person: string, asked: KeyAsked, request: AccessRequest): Promise<KeyIssued>;
  revokeKey(person: string, credential: string, request: AccessRequest): Promise<void>;
  signOutEverywhere(person: string, request: AccessRequest): Promise<void>;
  /** Appoints the first administrator of the installation. */
  found(named: PersonNamed): Promise<KeyIssued & { person: Uuid }>;
}

/** A key to issue. */
export interface KeyAsked {
  /** For how long it is valid. */
  days: number;
  limits?: Limits;
}
