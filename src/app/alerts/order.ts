import type { Alert } from '../../../domain/alerts/alert.js';
import { isAbove, severities } from '../../../domain/governance/rules.js';
import { isCalled } from '../../../domain/values/by-language.js';
import { firstWhere } from '../../../domain/values/search.js';
import { Refused } from '../refusals.js';
import type { AlertFilter } from './alerts.js';

/** The place of an alert in a list. */
export type Place = Pick<Alert, 'alert' | 'status' | 'severity' | 'raisedAt'>;

const shape = /^alerts\|(open|cleared)\|(blue|yellow|red)\|(\d{4}-\d\d-\d\dT[\d:.]+Z)\|([0-9a-zA-Z-]{1,64})$/;

/** Compares two alerts: open ones first, then the more severe, then the latest raised. */
export function compare(a: Place, b: Place): number {
  if (a.status !== b.status) return a.status === 'open' ? -1 : 1;
  if (a.severity !== b.severity) return severities.indexOf(b.severity) - severities.indexOf(a.severity);
  if (a.raisedAt !== b.raisedAt) return a.raisedAt > b.raisedAt ? -1 : 1;
  return a.alert < b.alert ? -1 : a.alert > b.alert ? 1 : 0;
}

/** A place as text; the texts sort in the order of the places. */
export function rankOf({ alert, status, severity, raisedAt }: Place): string {
  // Latest first: the digits of instants, all of equal length, are complemented.
  const age = raisedAt.replace(/\d/g, (digit) => String(9 - Number(digit)));
  return `${status === 'open' ? 0 : 1}${severities.length - severities.indexOf(severity)}${age}${alert}`;
}

/** The range of place texts, both exclusive, for a status; for every status by default. */
export function ranksOf(status: Alert['status'] | undefined): [from: string, to: string] {
  return [status === 'cleared' ? '1' : '', status === 'open' ? '1' : '2'];
}

/** The index of the first of ordered places not before another one; their number if there is none. */
export function indexOf(ordered: readonly Place[], place: Place): number {
  return firstWhere(0, ordered.length, (index) => compare(ordered[index] as Place, place) >= 0);
}

/** A cursor for a place: independent of alerts raised or cleared around it. */
export function asCursor({ alert, status, severity, raisedAt }: Place): string {
  return Buffer.from(['alerts', status, severity, raisedAt, alert].join('|')).toString('base64url');
}

/** The place in a cursor. @throws Refused `cursor-invalid` */
export function placeOf(cursor: string): Place {
  const [, status, severity, raisedAt, alert] = shape.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (status && severity && raisedAt && alert) return { alert, status, severity, raisedAt } as Place;
  throw new Refused('cursor-invalid', {
    member: 'cursor',
    seen: { en: 'a cursor that is not of this list', zh: '不属于此列表的游标' },
    expected: { en: 'the "next" of the page before', zh: '上一页的“next”' },
  });
}

/** True if an alert, or its row in a list, matches the query. */
export function fits(
  alert: Pick<Alert, 'status' | 'project' | 'rule' | 'severity'> & {
    of: Pick<Alert['of'], 'district' | 'sector'>;
  },
  { status, project, district, sector, rule, atLeast, severity }: AlertFilter,
): boolean {
  return (
    (status === undefined || alert.status === status) &&
    (project === undefined || alert.project === project) &&
    (district === undefined || isCalled(alert.of.district, district)) &&
    (sector === undefined || isCalled(alert.of.sector, sector)) &&
    (rule === undefined || alert.rule === rule) &&
    (severity === undefined || alert.severity === severity) &&
    (atLeast === undefined || !isAbove(atLeast, alert.severity))
  );
}
