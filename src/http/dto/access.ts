import { mostKeyDays } from '../../../domain/access/credentials.js';
import type { Limits } from '../../../domain/access/events.js';
import { type Role, roles } from '../../../domain/access/roles.js';
import type { Scope } from '../../../domain/access/scope.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { KeyAsked } from '../../app/access/access.js';
import type { PersonNamed } from '../../app/access/people.js';
import { type ReadKind, readKinds } from '../../app/access/reads.js';
import { type Kinds, kinds, Member, Optional, shape } from '../validation/member.js';
import { listOf, oneOf, slug, text, uuid, wholeNumber } from '../validation/rules.js';
import { PageQuery } from './moment.js';

/** The highest rate that a key may have, in requests a second. */
const mostPerSecond = 10_000;
/** For how long a key is valid unless somebody says otherwise, in days. */
const usualKeyDays = 365;

export class PersonSaid implements PersonNamed {
  @Member(text(100), 'The name, in any script; it is kept outside the log.')
  name!: string;

  @Optional(text(200), 'A mail address or a telephone number.')
  contact?: string;
}

/** The first administrator, with the token of the data folder. */
export class FirstAdministratorSaid extends PersonSaid {
  @Member(text(200), 'The content of the file "setup-token" in the data folder.')
  token!: string;
}

class InstallationScope {
  @Member(oneOf(['installation']), 'The whole installation.')
  kind!: 'installation';
}

class DistrictScope {
  @Member(oneOf(['district']), 'Every project of a district.')
  kind!: 'district';

  @Member(text(200), 'The district, as projects name it.')
  district!: string;
}

class ProjectScope {
  @Member(oneOf(['project']), 'One project.')
  kind!: 'project';

  @Member(slug(3), 'Its id.')
  project!: string;
}

/** Where a role or a key holds. */
export const scopes: Kinds = {
  member: 'kind',
  shapes: { installation: InstallationScope, district: DistrictScope, project: ProjectScope },
};

export class GrantSaid {
  @Member(oneOf(roles), 'What the person may do.')
  role!: Role;

  @Member(kinds(scopes), 'Where.')
  scope!: Scope;
}

class RatesSaid {
  @Optional(wholeNumber(1, mostPerSecond), 'How many a second.')
  reads?: number;

  @Optional(wholeNumber(1, mostPerSecond), 'How many a second.')
  writes?: number;
}

class LimitsSaid implements Limits {
  @Optional(listOf(oneOf(roles), 1, roles.length), "Only these of the person's roles.")
  roles?: Role[];

  @Optional(kinds(scopes), 'Only here.')
  scope?: Scope;

  @Optional(
    shape(RatesSaid),
    'Requests a second, in place of the limits of the installation; set by administrators.',
  )
  rates?: RatesSaid;
}

export class KeySaid {
  @Optional(wholeNumber(1, mostKeyDays), `For how many days it is valid; ${usualKeyDays} when absent.`)
  days?: number;

  @Optional(shape(LimitsSaid), 'Limits narrower than the rights of the person.')
  limits?: Limits;
}

/** What the provider of identities knows a person by. */
export class IdentitySaid {
  @Member(text(255), 'The subject (sub) of the person at the provider.')
  subject!: string;
}

export class ReadsQuery extends PageQuery {
  @Optional(uuid, 'Only reads of this person.')
  person?: string;

  @Optional(oneOf(readKinds), 'Only reads of this kind.')
  kind?: ReadKind;
}

/** A phone that uses a code. */
export class DeviceSaid {
  @Member(text(40), 'The code that a signed-in page or the terminal showed, in any case and grouping.')
  code!: string;

  @Member(text(60), 'What its person calls the phone; it is kept outside the log.')
  label!: string;
}

/** The scope as it is stored. */
export function scopeOf(said: Scope): Scope {
  return { ...said };
}

export function keyOf({ days = usualKeyDays, limits }: KeySaid): KeyAsked {
  if (!limits) return { days };
  const { roles: only, scope, rates } = limits;
  const own = rates && omitUndefined({ ...rates });
  return { days, limits: omitUndefined({ roles: only, scope: scope && scopeOf(scope), rates: own }) };
}

export function namedOf({ name, contact }: PersonSaid): PersonNamed {
  return omitUndefined({ name, contact });
}
