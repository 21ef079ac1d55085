import type { Sealed } from '../governance/events.js';
import type { EntryMetadata, Recorded } from '../project/events.js';
import type { Instant } from '../values/days/calendar.js';
import type { Uuid } from '../values/uuid.js';
import type { Role } from './roles.js';
import type { Scope } from './scope.js';

/**
 * How a person signs in: a program by a key, a phone as a device, a page by a session. A link is used once, to set a
 * password, and a code once, to enrol a device. An identity is what a provider of identities knows the person by.
 */
export type CredentialKind = 'key' | 'device' | 'session' | 'link' | 'code' | 'identity';

/** Limits of a credential, narrower than the rights of its person. */
export interface Limits {
  /** Only these of the person's roles. */
  roles?: Role[];
  /** Only here. */
  scope?: Scope;
  /** Requests a second, in place of the limits of the installation; more or fewer. */
  rates?: { reads?: number; writes?: number };
}

/**
 * The stored contract of the stream `access`; people are opaque ids. Their names are outside the log of an embedded store, and
 * sealed in that of a cluster.
 */
export interface AccessEventData {
  /** Recorded by an administrator, and at the machine for the first one. */
  PersonAdded: { person: Uuid };
  /** Recorded by an administrator: the grants and credentials of the person end. */
  PersonRemoved: { person: string };
  /** Recorded by an administrator, and at the machine for the first one. */
  RoleGranted: { grant: Uuid; person: string; role: Role; scope: Scope };
  /** Recorded by an administrator. */
  RoleRevoked: { grant: string };
  /** Recorded by an administrator, or by a person for themselves, as when they sign in; of the secret only its hash. */
  CredentialIssued: {
    /** Its public id. */
    credential: string;
    kind: CredentialKind;
    person: string;
    /** SHA-256 of the secret, in base64url; of an identity a keyed hash, by which nobody finds out what it is of. */
    hash: string;
    expiresAt: Instant;
    limits?: Limits;
    /** The key that a session was opened with; it ends with that key. */
    from?: string;
  };
  /** Recorded by an administrator, or by its person; of a code when it was exchanged, replaced or guessed at too often. */
  CredentialRevoked: { credential: string };
  /** Recorded by its person while the device is in use: it is valid for longer. */
  CredentialRenewed: { credential: string; expiresAt: Instant };
  /** Recorded by an administrator, or by the person: their sessions, devices, links and codes end, and keys stay. */
  SignedOutEverywhere: { person: string };
  /**
   * Recorded by an administrator of an installation that has another one: the person is erased once another administrator
   * confirms it, until an instant.
   */
  ErasureRequested: { person: string; until: Instant };
  /** Recorded by an administrator: the request to erase the person holds no more. */
  ErasureCancelled: { person: string };
  /** Recorded by an administrator: the keys of what the person wrote in events are destroyed, and nobody can read it again. */
  PersonErased: { person: string };
  /** Recorded on a cluster by an administrator, and at the machine for the first one: name and contact, sealed. */
  PersonNamed: { person: string; named: Sealed };
  /** Recorded on a cluster by a person who sets a password: what is stored of it, sealed. */
  PasswordSet: { person: string; password: Sealed };
  /** Recorded on a cluster by a person who enrols a device: what they call it, sealed. */
  DeviceLabelled: { person: string; credential: string; label: Sealed };
}

export const accessStream = 'access';

export type AccessEventType = keyof AccessEventData;

/** A new event of the stream, before it has an id. */
export type NewAccessEvent = {
  [K in AccessEventType]: { type: K; data: AccessEventData[K] };
}[AccessEventType];

/** An event of the stream `access` as a store returns it. */
export type AccessEvent = {
  [K in AccessEventType]: { type: K; data: AccessEventData[K]; entry: EntryMetadata };
}[AccessEventType] &
  Recorded;
