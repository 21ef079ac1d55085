import type { Observable } from 'rxjs';
import type { ErasureRequest, Stamp } from '../../../domain/access/access.js';
import type { Commander } from '../../../domain/access/delegation.js';
import type { CredentialKind, Limits } from '../../../domain/access/events.js';
import type { Permission } from '../../../domain/access/permissions.js';
import type { Role } from '../../../domain/access/roles.js';
import type { Place, Reach, Scope } from '../../../domain/access/scope.js';
import type { Subscriber } from '../../../domain/access/subscriber.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { PersonName } from '../../../projections/words/author-words.js';
import type { Moment, MomentAsked, WriteRequest } from '../queries/asked.js';
import type { Identity } from './identity-provider.js';
import type { PersonNamed } from './people.js';
import type { NotSignedIn, Presented, Principal } from './principals.js';

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
  kind: Exclude<CredentialKind, 'code'>;
  /** What its person calls a device. */
  label?: string;
  issued: Stamp;
  expiresAt: Instant;
  limits?: Limits;
  revoked?: Stamp;
}

/** A person with their roles and keys, past ones included. */
export interface PersonAnswer extends Partial<PersonNamed> {
  person: Uuid;
  /** The name is sealed with keys that this replica does not have. */
  isUnreadable?: true;
  added: Stamp;
  removed?: Stamp;
  /** Asked for, and waiting for another administrator. */
  erasure?: ErasureRequest;
  /** What they wrote was erased. */
  erased?: Stamp;
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

/** A sign-in link that was just made. */
export interface LinkIssued {
  /** The text that proves it; returned this once. */
  link: string;
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
  /** The principal of a credential as it was sent. */
  admit(credential: string, presented: Presented): Principal | NotSignedIn;
  /** The principal to whom an administrator tied an identity. */
  identify(identity: Identity): Principal | NotSignedIn;
  /** The principal of a credential that signed in before, as it is now; undefined once it has ended. */
  again(credential: string): Principal | undefined;
  /** What somebody who added a subscription may be notified of now. */
  subscriber(by: string): Subscriber;
  /** A project with its present district; immediate unless the rows are behind. */
  placeOf(project: string): Place | Promise<Place>;
  /** True for a moment of the last day, which everybody may ask for who may read. */
  isRecent(knownAt: Required<MomentAsked>['knownAt']): Promise<boolean>;
  /** What the present person is called, and may do. */
  self(principal: Pick<Principal, 'person'>): PersonAnswer;
  /** The people with a role within reach, and those without any role. */
  people(reach: Reach): Promise<PersonAnswer[]>;
  /** The people whose roles, past ones included, reach where somebody may read; and themselves. */
  names(principal: Pick<Principal, 'person' | 'rights'>): Promise<PersonName[]>;
  /** @throws CommandRejected `person-unknown` */
  person(id: string, reach: Reach): Promise<PersonAnswer>;
  /** What each person could do on a day, as known at a moment. */
  rightsOn(asked: MomentAsked, reach: Reach): Promise<Moment & { items: PersonRights[] }>;
  addPerson(named: PersonNamed, request: AccessRequest): Promise<PersonAnswer>;
  removePerson(person: string, request: AccessRequest): Promise<void>;
  /**
   * Removes a person, and destroys the keys of what they wrote; resolves once no cache here holds any of it. Where there is
   * another administrator, it asks for that, or confirms what another one asked for.
   */
  erasePerson(person: string, request: AccessRequest): Promise<PersonAnswer>;
  cancelErasure(person: string, request: AccessRequest): Promise<void>;
  grantRole(person: string, role: Role, scope: Scope, request: AccessRequest): Promise<PersonAnswer>;
  revokeGrant(person: string, grant: string, request: AccessRequest): Promise<void>;
  issueKey(person: string, asked: KeyAsked, request: AccessRequest): Promise<KeyIssued>;
  revokeKey(person: string, credential: string, request: AccessRequest): Promise<void>;
  /** Ties a person to what a provider of identities knows them by. @throws CommandRejected `identity-taken` */
  tieIdentity(person: string, identity: Identity, request: AccessRequest): Promise<PersonAnswer>;
  /** Makes a link by which a person sets a password, once and within 24 hours. */
  issueLink(person: string, request: AccessRequest): Promise<LinkIssued>;
  signOutEverywhere(person: string, request: AccessRequest): Promise<void>;
  /** The phones by which people sign in. */
  readonly devices: Devices;
  /** Appoints the first administrator of the installation. */
  found(named: PersonNamed): Promise<Founded>;
  readonly sessions: Sessions;
}

/** A session that was just opened. */
export interface SessionOpened {
  person: Uuid;
  /** Its public id. */
  credential: string;
  /** The text that proves it, for the cookie. */
  session: string;
  /** How long it is valid, in milliseconds. */
  forMs: number;
}

/** Sign-ins on the page: 12 hours at most, and 30 minutes without use. */
export interface Sessions {
  /**
   * @param who the id, the contact or the name of a person, if only one has it
   * @param address of the client, by which wrong passwords are counted
   * @throws Refused `sign-in-failed`, `sign-in-delayed`, `sign-in-busy`
   */
  byPassword(who: string, password: string, address: string): Promise<SessionOpened>;
  /** Opens a session for who signed in by a key or an identity: with its limits, and until that ends. */
  byPrincipal(principal: Principal): Promise<SessionOpened>;
  /**
   * Sets the password of the person of a one-time link.
   *
   * @throws CommandRejected `link-ended`
   * @throws Refused `password-weak`, `sign-in-busy`
   */
  byLink(link: string, password: string): Promise<SessionOpened>;
  /**
   * Changes a password by the one before it. The other sessions and the links of the person end.
   *
   * @param address of the client, by which wrong passwords are counted
   * @throws Refused `sign-in-failed`, `sign-in-delayed`, `sign-in-busy`, `password-weak`
   */
  changePassword(
    person: string,
    passwords: { old: string; password: string },
    address: string,
  ): Promise<SessionOpened>;
  /** Ends what somebody signed in with. */
  end(principal: Pick<Principal, 'person' | 'credential'>): Promise<void>;
}

/** A code that was just made; it is exchanged once, for a device of the person. */
export interface CodeIssued {
  person: string;
  /** As it is read aloud: `K7PM-3QX-T9W`. */
  code: string;
  expiresAt: Instant;
  /** For how long it is valid from now on, whatever the clock of the reader says. */
  validSeconds: number;
}

/** A device that was just enrolled or renewed. */
export interface DeviceHeld {
  /** The public id of its credential. */
  credential: string;
  /** For how long its browser keeps the credential, in milliseconds. */
  forMs: number;
}

/** Phones: each is enrolled by a code, and then signs in by a credential of its own. */
export interface Devices {
  /** Makes a code for a person; the one before ends. */
  offer(person: string, request: AccessRequest): Promise<CodeIssued>;
  /**
   * Exchanges a code for a device.
   *
   * @param label what its person calls it
   * @returns the device, and the text by which it signs in
   * @throws CommandRejected `code-invalid`, whatever is wrong with the code
   */
  enrol(typed: string, label: string): Promise<DeviceHeld & { key: string }>;
  /** Renews the device that signed in, if little of its time is left. */
  renew(commander: Commander & Pick<Principal, 'credential'>): Promise<DeviceHeld>;
}

/** The first administrator of an installation, with a key and a sign-in link. */
export interface Founded extends KeyIssued {
  person: Uuid;
  link: LinkIssued;
}

/** A key to issue. */
export interface KeyAsked {
  /** For how long it is valid. */
  days: number;
  limits?: Limits;
}
