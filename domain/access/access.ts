import type { Sealed } from '../governance/events.js';
import type { Day, Instant } from '../values/days/calendar.js';
import type { AccessEvent, AccessEventData, CredentialKind } from './events.js';
import type { Role } from './roles.js';
import type { Scope } from './scope.js';

/** When something began or ended: on which day, recorded when, and by whom. */
export interface Stamp {
  on: Day;
  at: Instant;
  by: string;
}

/** A person, by an opaque id. */
export interface Person {
  person: string;
  added: Stamp;
  removed?: Stamp;
  /** An administrator asked to erase them, which another one confirms until an instant. */
  erasure?: ErasureRequest;
  /** What they wrote cannot be read again. */
  erased?: Stamp;
}

/** When and by whom an erasure was asked for, and until when it can be confirmed. */
export interface ErasureRequest extends Stamp {
  until: Instant;
}

/** A role that a person has, or had. */
export interface Grant {
  grant: string;
  person: string;
  role: Role;
  scope: Scope;
  granted: Stamp;
  revoked?: Stamp;
}

/** What a person signs in with, or did. */
export interface Credential extends Omit<AccessEventData['CredentialIssued'], 'kind'> {
  kind: CredentialKind;
  issued: Stamp;
  revoked?: Stamp;
}

/** Personal data as recorded, and the id of the event that it is bound to. */
export interface SealedIn {
  event: string;
  value: Sealed;
}

/** What is recorded of a person, sealed; on a cluster only. */
export interface SealedPerson {
  named?: SealedIn;
  password?: SealedIn;
  /** Of the devices, by credential. */
  labels: Record<string, SealedIn>;
}

/** Who may do what; plain JSON, each member by id in the order of recording. */
export interface AccessState {
  /** Of the stream; -1 before its first event. */
  revision: number;
  /** Of the last event; 0 before the first. */
  position: number;
  people: Record<string, Person>;
  grants: Record<string, Grant>;
  credentials: Record<string, Credential>;
  /** Of the people who are there; nothing of one who was removed. */
  sealed: Record<string, SealedPerson>;
}

/** Before the first event: nobody may do anything. */
export function emptyAccess(): AccessState {
  return { revision: -1, position: 0, people: {}, grants: {}, credentials: {}, sealed: {} };
}

/** The state after further events of the stream; the given one is not changed, and is copied once. */
export function replayAccess(state: AccessState, events: readonly AccessEvent[]): AccessState {
  const last = events.at(-1);
  if (!last) return state;
  const draft = {
    ...state,
    people: { ...state.people },
    grants: { ...state.grants },
    credentials: { ...state.credentials },
    sealed: { ...state.sealed },
  };
  for (const event of events) apply(draft, event);
  return { ...draft, revision: last.revision, position: last.position };
}

/** What a person keeps who signs out everywhere: a sign-in with it comes afterwards. */
const staying: readonly CredentialKind[] = ['key', 'identity'];

function apply({ people, grants, credentials, sealed }: AccessState, event: AccessEvent): void {
  const stamp: Stamp = { on: event.entry.asOf, at: event.recordedAt, by: event.by };
  switch (event.type) {
    case 'PersonAdded': {
      const { person } = event.data;
      people[person] = { person, added: stamp };
      break;
    }
    case 'PersonRemoved': {
      const { person } = event.data;
      end(people, person, { removed: stamp });
      const isTheirs = (one: { person: string }) => one.person === person;
      revokeAll(grants, isTheirs, stamp);
      revokeAll(credentials, isTheirs, stamp);
      delete sealed[person];
      break;
    }
    case 'RoleGranted':
      grants[event.data.grant] = { ...event.data, granted: stamp };
      break;
    case 'RoleRevoked':
      end(grants, event.data.grant, { revoked: stamp });
      break;
    case 'CredentialIssued':
      credentials[event.data.credential] = { ...event.data, issued: stamp };
      break;
    case 'CredentialRevoked': {
      const { credential } = event.data;
      end(credentials, credential, { revoked: stamp });
      revokeAll(credentials, ({ from }) => from === credential, stamp);
      break;
    }
    case 'CredentialRenewed': {
      const { credential, expiresAt } = event.data;
      const known = credentials[credential];
      if (known) credentials[credential] = { ...known, expiresAt };
      break;
    }
    case 'SignedOutEverywhere': {
      const { person } = event.data;
      revokeAll(credentials, (one) => one.person === person && !staying.includes(one.kind), stamp);
      break;
    }
    case 'ErasureRequested': {
      const { person, until } = event.data;
      const known = people[person];
      if (known) people[person] = { ...known, erasure: { ...stamp, until } };
      break;
    }
    case 'ErasureCancelled':
      forgetRequest(people, event.data.person);
      break;
    case 'PersonErased':
      forgetRequest(people, event.data.person);
      end(people, event.data.person, { erased: stamp });
      break;
    case 'PersonNamed':
      seal(people, sealed, event, { named: { event: event.id, value: event.data.named } });
      break;
    case 'PasswordSet':
      seal(people, sealed, event, { password: { event: event.id, value: event.data.password } });
      break;
    case 'DeviceLabelled': {
      const { person, credential, label } = event.data;
      const labels = { ...sealed[person]?.labels, [credential]: { event: event.id, value: label } };
      seal(people, sealed, event, { labels });
      break;
    }
  }
}

/** Adds to what is sealed of a person, unless they were removed. */
function seal(
  people: AccessState['people'],
  sealed: AccessState['sealed'],
  { data: { person } }: { data: { person: string } },
  more: Partial<SealedPerson>,
): void {
  if (people[person]?.removed) return;
  sealed[person] = { labels: {}, ...sealed[person], ...more };
}

function forgetRequest(people: AccessState['people'], person: string): void {
  const { erasure: _, ...known } = people[person] ?? {};
  if ('person' in known) people[person] = known;
}

/** Ends the member with an id, unless it has ended. */
function end<One extends object>(all: Record<string, One>, id: string, ending: Partial<One>): void {
  const one = all[id];
  if (one) all[id] = { ...ending, ...one };
}

function revokeAll<One extends { revoked?: Stamp }>(
  all: Record<string, One>,
  isMeant: (one: One) => boolean,
  revoked: Stamp,
): void {
  for (const [id, one] of Object.entries(all)) if (isMeant(one)) end(all, id, { revoked } as Partial<One>);
}
