import { isAbove, lightRank, type Severity, severities } from '../../../../domain/governance/rules.js';
import { type Day, daysBetween } from '../../../../domain/values/days/calendar.js';
import { Refused } from '../../refusals.js';
import {
  type AlertFacet,
  type AlertFacets,
  type AlertsChosen,
  alertStates,
  type DueSection,
  type DueSectionCount,
  dueSections,
  type FacetCount,
} from '../alerts.js';
import { type OpenAlert, stateOf } from './open-alerts.js';

/** When an open alert is to be answered, seen from a day. */
export function dueOf(dueOn: Day | null, today: Day): DueSection {
  if (dueOn === null) return 'no-deadline';
  if (dueOn < today) return 'overdue';
  const days = daysBetween(today, dueOn);
  return days <= 7 ? 'in-7-days' : days <= 14 ? 'in-14-days' : 'later';
}

type Keys = Readonly<Record<AlertFacet, string | undefined>>;

const facets = ['state', 'due', 'severity', 'rule', 'role'] as const satisfies readonly AlertFacet[];

/** Alerts that match what was chosen, and the numbers beside each choice. */
export interface Chosen {
  alerts: OpenAlert[];
  facets: AlertFacets;
}

/**
 * Chooses alerts. A choice of a facet is counted within what is chosen in the others, so that its number is that of the
 * list after choosing it; a choice that some alert has stays with 0.
 *
 * @param alerts those that the caller may see
 * @param isMeant what is filtered besides the facets
 */
export function chosenOf(
  alerts: readonly OpenAlert[],
  chosen: AlertsChosen,
  today: Day,
  isMeant: (alert: OpenAlert) => boolean,
): Chosen {
  const counts: Record<AlertFacet, Map<string, number>> = {
    state: zeros(alertStates),
    due: zeros(dueSections),
    severity: zeros(severities.toReversed()),
    rule: new Map(),
    role: new Map(),
  };
  const found: OpenAlert[] = [];
  for (const alert of alerts) {
    const keys = keysOf(alert, today);
    const isOne = isMeant(alert);
    const missed = facets.filter((facet) => chosen[facet] !== undefined && chosen[facet] !== keys[facet]);
    if (isOne && missed.length === 0) found.push(alert);
    for (const facet of facets) {
      const key = keys[facet];
      if (key === undefined) continue;
      const counted = isOne && missed.every((other) => other === facet);
      counts[facet].set(key, (counts[facet].get(key) ?? 0) + (counted ? 1 : 0));
    }
  }
  const { state, due, severity, rule, role } = counts;
  return {
    alerts: found,
    facets: {
      ...{ state: listed(state), due: listed(due), severity: listed(severity) },
      ...{ rule: listed(sorted(rule)), role: listed(sorted(role)) },
    },
  };
}

function keysOf(alert: OpenAlert, today: Day): Keys {
  const { dueOn, severity, rule, role } = alert;
  return { state: stateOf(alert, today), due: dueOf(dueOn, today), severity, rule, role };
}

const zeros = (keys: readonly string[]) => new Map(keys.map((key) => [key, 0]));
const listed = (counts: ReadonlyMap<string, number>): FacetCount[] =>
  [...counts].map(([key, count]) => ({ key, count }));
/** By name: an order by number would move under the pointer. */
const sorted = (counts: ReadonlyMap<string, number>) =>
  new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The place of a project in the list. */
interface Place {
  project: string;
  /** The earliest of its alerts; null if none has a deadline. */
  dueOn: Day | null;
  /** The highest of its alerts. */
  severity: Severity;
}

/** The chosen alerts of one project, the most urgent first. */
export interface ProjectGroup extends Place {
  alerts: OpenAlert[];
}

/** The chosen alerts by project: by the earliest deadline, then by severity. */
export function groupsOf(alerts: readonly OpenAlert[]): ProjectGroup[] {
  return [...Map.groupBy(alerts, ({ project }) => project)]
    .map(([project, own]) => ({ project, ...placeIn(own), alerts: own.sort(byUrgency) }))
    .sort(comparePlaces);
}

function placeIn(alerts: readonly OpenAlert[]): Omit<Place, 'project'> {
  let [dueOn, severity]: [Day | null, Severity] = [null, 'blue'];
  for (const alert of alerts) {
    if (isEarlier(alert.dueOn, dueOn)) dueOn = alert.dueOn;
    if (isAbove(alert.severity, severity)) severity = alert.severity;
  }
  return { dueOn, severity };
}

function byUrgency(a: OpenAlert, b: OpenAlert): number {
  return (
    compareDays(a.dueOn, b.dueOn) ||
    lightRank(b.severity) - lightRank(a.severity) ||
    (a.raisedAt === b.raisedAt ? (a.alert < b.alert ? -1 : 1) : a.raisedAt > b.raisedAt ? -1 : 1)
  );
}

/** Compares the places of two projects. */
export function comparePlaces(a: Place, b: Place): number {
  return (
    compareDays(a.dueOn, b.dueOn) ||
    lightRank(b.severity) - lightRank(a.severity) ||
    (a.project === b.project ? 0 : a.project < b.project ? -1 : 1)
  );
}

function compareDays(a: Day | null, b: Day | null): number {
  return a === b ? 0 : isEarlier(a, b) ? -1 : 1;
}

/** How many projects and alerts each section has; none of 0. */
export function sectionsOf(groups: readonly ProjectGroup[], today: Day): DueSectionCount[] {
  const byDue = Map.groupBy(groups, ({ dueOn }) => dueOf(dueOn, today));
  return dueSections.flatMap((due) => {
    const own = byDue.get(due);
    if (!own) return [];
    return { due, projects: own.length, alerts: own.reduce((sum, { alerts }) => sum + alerts.length, 0) };
  });
}

/** No day is later than every day. */
export function isEarlier(one: Day | null, other: Day | null): boolean {
  return one !== null && (other === null || one < other);
}

const shape = /^by-project\|(-|\d{4}-\d\d-\d\d)\|(blue|yellow|red)\|([0-9a-z-]{3,64})$/;

/** A cursor for a place: independent of alerts raised or cleared around it. */
export function cursorOf({ dueOn, severity, project }: Place): string {
  return Buffer.from(['by-project', dueOn ?? '-', severity, project].join('|')).toString('base64url');
}

/** The place in a cursor. @throws Refused `cursor-invalid` */
export function placeInCursor(cursor: string): Place {
  const [, dueOn, severity, project] = shape.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (dueOn && severity && project)
    return { dueOn: dueOn === '-' ? null : dueOn, severity: severity as Severity, project };
  throw new Refused('cursor-invalid', {
    member: 'cursor',
    seen: { en: 'a cursor that is not of this list', zh: '不属于此列表的游标' },
    expected: { en: 'the "next" of the page before', zh: '上一页的“next”' },
  });
}
