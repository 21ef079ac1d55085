import type { AccessState, Credential, Grant, Person } from '../../../domain/access/access.js';
import { foundPerson } from '../../../domain/access/decide.js';
import type { PlaceOf } from '../../../domain/access/delegation.js';
import { requestInForce } from '../../../domain/access/erasure.js';
import type { Permission } from '../../../domain/access/permissions.js';
import { grantsOn, rightsOf } from '../../../domain/access/rights.js';
import { isEverywhere, isWithin, overlaps, type Reach } from '../../../domain/access/scope.js';
import type { Day, Instant } from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { PersonName } from '../../../projections/words/author-words.js';
import type { CredentialAnswer, GrantAnswer, PersonAnswer, PersonRights } from './access.js';
import type { People } from './people.js';

/** A person as they are shown: the roles within reach, and the keys. */
export function personAnswer(
  state: AccessState,
  id: string,
  { people, isShown, now }: { people: People; isShown(grant: Grant): boolean; now: Instant },
): PersonAnswer {
  const found = foundPerson(state, id);
  const { person, added, removed, erased } = found;
  const erasure = requestInForce(state, found, now);
  const isTheirs = (one: { person: string }) => one.person === id;
  return {
    person,
    ...people.named(id),
    ...(people.isUnreadable(id) ? { isUnreadable: true as const } : {}),
    added,
    ...(removed ? { removed } : {}),
    ...(erasure ? { erasure } : {}),
    ...(erased ? { erased } : {}),
    grants: Object.values(state.grants).filter(isTheirs).filter(isShown).map(grantAnswer),
    credentials: Object.values(state.credentials)
      .filter((one) => isTheirs(one) && isListed(one, now))
      .flatMap((one) => credentialAnswer(one, people)),
  };
}

/** Of the many sign-ins of a person only those in force; the log has the others. */
function isListed({ kind, revoked, expiresAt }: Credential, now: Instant): boolean {
  return kind === 'key' || kind === 'device' || (!revoked && expiresAt > now);
}

/** The people with a role within reach, in force or not, and those without any. */
export function peopleWithin(state: AccessState, reach: Reach, placeOf: PlaceOf): Person[] {
  const people = Object.values(state.people);
  if (isEverywhere(reach)) return people;
  const grants = Map.groupBy(Object.values(state.grants), ({ person }) => person);
  return people.filter(({ person }) => {
    const theirs = grants.get(person) ?? [];
    return theirs.length === 0 || theirs.some(({ scope }) => isWithin(reach, placeOf(scope)));
  });
}

/** True for a person who is among those within reach. */
export function isInSight(state: AccessState, id: string, reach: Reach, placeOf: PlaceOf): boolean {
  const known = Object.hasOwn(state.people, id) ? state.people[id] : undefined;
  if (!known || isEverywhere(reach)) return known !== undefined;
  const theirs = Object.values(state.grants).filter(({ person }) => person === id);
  return theirs.length === 0 || theirs.some(({ scope }) => isWithin(reach, placeOf(scope)));
}

/** The permissions with which somebody learns who the people are that record where they read. */
export const nameRights: readonly Permission[] = ['project-read', 'access-read', 'people-manage'];

/** The people with a role, in force or not, that reaches into an area of a reader. */
export function peopleMet(state: AccessState, reach: Reach, placeOf: PlaceOf): Person[] {
  const met = new Set(
    Object.values(state.grants).flatMap(({ person, scope }) =>
      overlaps(reach, scope, placeOf) ? [person] : [],
    ),
  );
  return Object.values(state.people).filter(({ person }) => met.has(person));
}

/** A person by name; of one who was removed, that they were. */
export function nameAnswer({ person, removed }: Person, people: People): PersonName {
  const name = people.named(person)?.name;
  const isUnreadable = people.isUnreadable(person) ? (true as const) : undefined;
  return omitUndefined({ person, name, isRemoved: removed && (true as const), isUnreadable });
}

/** What a person could do on a day, by the grants within reach. */
export function rightsAnswer(
  state: AccessState,
  { person }: Person,
  day: Day,
  isShown: (grant: Grant) => boolean,
): PersonRights {
  const grants = grantsOn(state, person, day).filter(isShown);
  const permissions = Object.keys(rightsOf(grants)).sort() as Permission[];
  return { person, grants: grants.map(grantAnswer), permissions };
}

function grantAnswer({ person: _, ...grant }: Grant): GrantAnswer {
  return grant;
}

/** A credential without its hash; none for a code, by which nobody signs in. */
function credentialAnswer(
  { person: _, hash: __, kind, ...credential }: Credential,
  people: People,
): CredentialAnswer[] {
  if (kind === 'code') return [];
  const label = kind === 'device' ? people.labelOf(credential.credential) : undefined;
  return [omitUndefined({ ...credential, kind, label })];
}
