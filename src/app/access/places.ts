import type { AccessState } from '../../../domain/access/access.js';
import type { PlaceOf } from '../../../domain/access/delegation.js';
import type { Scope } from '../../../domain/access/scope.js';
import type { ByLanguage } from '../../../domain/values/by-language.js';

/** The present district of a project; immediate unless the rows are behind. */
export type DistrictOf = (project: string) => ByLanguage | undefined | Promise<ByLanguage | undefined>;

/** The places of all granted scopes, and of one more. */
export async function placesOf(
  { grants }: AccessState,
  districtOf: DistrictOf,
  more?: Scope,
): Promise<PlaceOf> {
  const districts = new Map<string, ByLanguage | undefined>();
  const scopes = [...Object.values(grants).map(({ scope }) => scope), ...(more ? [more] : [])];
  for (const scope of scopes) {
    if (scope.kind !== 'project' || districts.has(scope.project)) continue;
    districts.set(scope.project, await districtOf(scope.project));
  }
  return (scope) => {
    if (scope.kind === 'project') return { project: scope.project, district: districts.get(scope.project) };
    return scope.kind === 'district' ? { district: scope.district } : {};
  };
}
