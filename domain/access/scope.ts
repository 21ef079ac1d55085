import { type ByLanguage, isCalled } from '../values/by-language.js';

/** Where a role holds: the whole installation, the projects of a district, or one project. */
export type Scope =
  | { kind: 'installation' }
  | { kind: 'district'; district: string }
  | { kind: 'project'; project: string };

/** What is acted on: a project with its present district, a district, or (without members) the installation. */
export interface Place {
  project?: string | undefined;
  /** A project may name it by language; a scope names it by one of these. */
  district?: ByLanguage | string | undefined;
}

/** True if a scope includes a place. */
function covers(scope: Scope, place: Place): boolean {
  switch (scope.kind) {
    case 'installation':
      return true;
    case 'district':
      return typeof place.district === 'string'
        ? place.district === scope.district
        : isCalled(place.district, scope.district);
    case 'project':
      return place.project === scope.project;
  }
}

/** Scopes that all have to include a place: that of a grant, and that to which its key is limited. */
export type Area = readonly Scope[];

/** Where a permission holds: in any of these areas. */
export type Reach = readonly Area[];

/** The whole installation. */
export const everywhere: Reach = [[{ kind: 'installation' }]];

/** True if a place is within reach. */
export function isWithin(reach: Reach, place: Place): boolean {
  return reach.some((area) => area.every((scope) => covers(scope, place)));
}

/** True if nothing is out of reach. */
export function isEverywhere(reach: Reach): boolean {
  return reach.some((area) => area.every(({ kind }) => kind === 'installation'));
}

/** True if a role with a scope may act somewhere within reach. */
export function overlaps(reach: Reach, scope: Scope, placeOf: (scope: Scope) => Place): boolean {
  return reach.some((area) =>
    area.every((one) => covers(one, placeOf(scope)) || covers(scope, placeOf(one))),
  );
}
