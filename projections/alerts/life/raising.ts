import type { AlertLife, Raising } from '../../../domain/alerts/alert.js';
import type { Subject } from '../../../domain/alerts/events.js';
import type { Severity } from '../../../domain/governance/rules.js';
import { type Day, daysBetween } from '../../../domain/values/days/calendar.js';
import type { Watched } from '../rules/watched.js';
import type { StepContext } from './context.js';
import { deadlineOf, stepOf } from './deadlines.js';
import { exemptionOf } from './exemptions.js';

/** A watched condition that is due. */
export type Met = Watched & { severity: Severity };

/** The key of an alert within its project, without the episode. */
export function keyOf({ rule, subject }: { rule: string; subject: Subject }): string {
  return `${rule}/${subject.kind}/${subject.kind === 'project' ? '' : subject.id}`;
}

/** True for a day that was due soon and has passed: the rule that takes over is due. */
export function isOvertaken({ overdue }: Watched, byKey: ReadonlyMap<string, Watched>): boolean {
  const over = overdue && byKey.get(keyOf(overdue));
  return over !== undefined && isMet(over);
}

/** Everything watched by its key; of several with one key the first. */
export function byKeyOf(watched: readonly Watched[]): Map<string, Watched> {
  const byKey = new Map<string, Watched>();
  for (const one of watched) if (!byKey.has(keyOf(one))) byKey.set(keyOf(one), one);
  return byKey;
}

/** True for a watched condition that is due. */
export function isMet(watched: Watched): watched is Met {
  return watched.severity !== null;
}

/** A new episode, or the last one of its key reopened if it ended recently; nothing during an exemption. */
export function raising(life: AlertLife, met: Met, on: Day, context: StepContext): Raising[] {
  const { rule, subject, severity, cause, silence, stopsWorks, since, anchor, evidence, reason, clears } =
    met;
  const { rules, of, idOf } = context;
  if (exemptionOf({ rule, project: life.project, of }, rules, on)) return [];
  const key = keyOf(met);
  const episodes = life.alerts.filter((alert) => keyOf(alert) === key);
  const last = episodes.at(-1);
  const goesOn = last?.cleared && daysBetween(last.cleared.on, on) <= rules.reopenWithinDays;
  const step = stepOf(severity, context);
  const data: Raising['data'] = {
    alert: goesOn ? last.alert : idOf(`${life.project}/${key}/${episodes.length + 1}`),
    rule,
    rulesVersion: rules.version,
    subject,
    severity,
    cause,
    ...(silence ? { silence } : {}),
    ...(stopsWorks ? { stopsWorks } : {}),
    since,
    ...(met.sinceExactness ? { sinceExactness: met.sinceExactness } : {}),
    anchor,
    evidence,
    reason,
    clears,
    opening: goesOn ? last.opening + 1 : 1,
    of,
    ...(step ? { deadline: deadlineOf(step, on, context) } : {}),
  };
  return [{ type: 'AlertRaised', data }];
}
