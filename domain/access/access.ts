import type { Day, Instant } from '../values/calendar.js';
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

/** Who may do what; plain JSON, each member by id in the order of recording. */
export interface AccessState {
  /** Of the stream; -1 before its first event. */
  revision: number;
  /** Of the last event; 0 before the first. */
  position: number;
  people: Record<string, Person>;
  grants: Record<string, Grant>;
  credentials: Record<string, Credential>;
}

/** Before the first event: nobody may do anything. */
export function emptyAccess(): AccessState {
  return { revision: -1, position: 0, people: {}, grants: {}, credentials: {} };
}

/** The state after further events of the stream; the given one is not changed, and is copied once. */
export function replayAccess(state: AccessState, events: readonly AccessEvent[]): AccessState {
  const last = events.at(-1);
  if (!last) return state;
  const { people, grants, credentials } = state;
  const draft = { ...state, people: { ...people }, grants: { ...grants }, credentials: { ...credentials } };
  for (const event of events) apply(draft, event);
  return { ...draft, revision: last.revision, position: last.position };
}

/** What a person keeps who signs out everywhere: a sign-in with it comes afterwards. */
const staying: readonly CredentialKind[] = ['key', 'identity'];

function apply({ people, grants, credentials }: AccessState, event: AccessEvent): void {
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
  }
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
