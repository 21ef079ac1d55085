import type { RuleKind, Severity } from '../../domain/governance/rules.js';
import { type Day, daysBetween } from '../../domain/values/days/calendar.js';
import { keyOf } from './life/raising.js';
import { type Fired, type WouldBe, worstOf } from './would-be.js';

/** What one set of rules would have raised in the period, including muted alerts. */
export interface BackTestSide {
  /** Null for a candidate that was never adopted. */
  version: number | null;
  alerts: number;
  /** By the highest severity that each reached. */
  bySeverity: Record<Severity, number>;
  /** Alerts by rule; a rule without alerts is absent. */
  byRule: Partial<Record<RuleKind, number>>;
  /** Declared stalls in the period that another alert preceded, of all. */
  stallsForeseen: number;
  stalls: number;
  /**
   * Median of the days by which the first alert preceded a declared stall; null if none did.
   *
   * @multipleOf 0.5
   */
  medianLeadDays: number | null;
  /** Alerts, other than of declared stalls or muted by one, without a later stall in the period. */
  withoutStall: number;
}

/** The days in the period on which stalls of a project were declared, in order. */
export type StallDays = ReadonlyMap<string, readonly Day[]>;

/** The figures of one set of rules. */
export function sideOf(fired: readonly Fired[], stalls: StallDays, version: number | null): BackTestSide {
  const bySeverity = { blue: 0, yellow: 0, red: 0 };
  const byRule: Partial<Record<RuleKind, number>> = {};
  let withoutStall = 0;
  for (const alert of fired) {
    bySeverity[worstOf(alert)] += 1;
    byRule[alert.rule] = (byRule[alert.rule] ?? 0) + 1;
    if (alert.rule !== 'declared-stall' && !alert.isMuted && nextStallOn(alert, stalls) === null)
      withoutStall += 1;
  }
  const leads = leadsOf(fired, stalls);
  return {
    version,
    alerts: fired.length,
    bySeverity,
    byRule,
    stallsForeseen: leads.length,
    stalls: [...stalls.values()].reduce((sum, days) => sum + days.length, 0),
    medianLeadDays: median(leads),
    withoutStall,
  };
}

/** Rows by day, then by project; `adoptedOn` is the day on which the adopted rules raise the same. */
export function rowsOf(
  fired: readonly Fired[],
  stalls: StallDays,
  adoptedOn: (alert: Fired) => Day | null,
): WouldBe[] {
  const rows = fired.map((alert): WouldBe => {
    const { isMuted: _, ...row } = alert;
    const stallOn = alert.rule === 'declared-stall' ? null : nextStallOn(alert, stalls);
    const leadDays = stallOn === null ? null : daysBetween(alert.raisedOn, stallOn);
    return { ...row, leadDays, adoptedOn: adoptedOn(alert) };
  });
  return rows.sort((a, b) => compare(a.raisedOn, b.raisedOn) || compare(a.project, b.project));
}

/** Finds the first alert of one side for the same subject while an alert of the other side is open. */
export function sameAmong(others: readonly Fired[]): (alert: Fired) => Fired | undefined {
  const byKey = Map.groupBy(others, (other) => `${other.project}/${keyOf(other)}`);
  return (alert) =>
    byKey
      .get(`${alert.project}/${keyOf(alert)}`)
      ?.find(
        (other) =>
          (other.clearedOn === null || alert.raisedOn <= other.clearedOn) &&
          (alert.clearedOn === null || other.raisedOn <= alert.clearedOn),
      );
}

/** For each stall that an alert preceded: the days by which the first one did. */
function leadsOf(fired: readonly Fired[], stalls: StallDays): number[] {
  const first = new Map<string, number>();
  for (const alert of fired) {
    const stallOn = alert.rule === 'declared-stall' ? null : nextStallOn(alert, stalls);
    if (stallOn === null || stallOn === alert.raisedOn) continue;
    const key = `${alert.project} ${stallOn}`;
    first.set(key, Math.max(first.get(key) ?? 0, daysBetween(alert.raisedOn, stallOn)));
  }
  return [...stalls].flatMap(([project, days]) =>
    days.flatMap((day) => first.get(`${project} ${day}`) ?? []),
  );
}

function nextStallOn({ project, raisedOn }: Fired, stalls: StallDays): Day | null {
  return stalls.get(project)?.find((day) => day >= raisedOn) ?? null;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] ?? upper) + upper) / 2);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
