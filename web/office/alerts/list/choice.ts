import type { AlertFacet, AlertsByProject } from '../../../../src/app/alerts/alerts.js';
import type { Localised } from '../../../../src/http/answers/language.js';
import type { Changes } from '../../../shared/place.js';

/** `GET /alerts/by-project` */
export type ByProjectAnswer = Localised<AlertsByProject>;
export type ProjectAlerts = ByProjectAnswer['items'][number];

export const facets = ['state', 'due', 'severity', 'rule', 'role'] as const satisfies readonly AlertFacet[];
export const places = ['district', 'sector', 'project'] as const;
const names = [...facets, ...places, 'find'] as const;

/** What is chosen of the alerts, as in the URL; the state is also `cleared`. */
export type Choice = Readonly<Partial<Record<(typeof names)[number], string>>>;

/** Removes all choices. */
export const noChoice: Changes = Object.fromEntries(names.map((name) => [name, undefined]));

/** The choice in the URL. */
export function choiceIn(parameters: URLSearchParams): Choice {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = parameters.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

/** The facets by which cleared alerts are chosen: nobody has to answer them. */
export const facetsOfCleared: readonly AlertFacet[] = ['state', 'severity', 'rule'];

/** The filter of cleared alerts, as `GET /alerts` and its count take it. */
export function clearedFilter({ district, sector, project, severity, rule }: Choice) {
  return { status: 'cleared', district, sector, project, severity, rule };
}

/** How many members of a choice are set. */
export function chosenCount(choice: Choice): number {
  return Object.keys(choice).length;
}
