import type { AlertLife, AlertStep } from '../../../domain/alerts/alert.js';
import { applyToLife, emptyLife } from '../../../domain/alerts/alert.js';
import type { AlertEvent, AlertEventData, AlertEventType } from '../../../domain/alerts/events.js';
import { type AdoptedRules, defaultRules } from '../../../domain/governance/rules.js';
import { schemas } from '../../../domain/log/any-event.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import { afterWorkingDays } from '../../../domain/values/days/working-days.js';
import type { Due, Watched } from '../../../projections/alerts/due.js';
import type { StepContext } from '../../../projections/alerts/life/context.js';
import { alertSteps } from '../../../projections/alerts/life/steps.js';

export const huaao = 'huaao-2';
export const district = {
  name: { en: 'Huaao car, phase II', zh: '华奥汽车二期' },
  district: { en: 'north' },
  sector: { en: 'cars' },
};
const weekdays = { name: 'weekdays', freeWeekdays: [0, 6], holidays: [], workdays: [] };

/** The default rules without holidays, so that a test can be read against any calendar. */
export const rules: AdoptedRules = { ...defaultRules, calendar: 'weekdays' };

/** The decision of the tests: alerts have readable names, and the cause of a clearing is not looked up. */
export function context(change: Partial<StepContext> = {}): StepContext {
  return {
    rules,
    afterWorkingDays: (day, days) => afterWorkingDays(day, days, weekdays),
    of: district,
    idOf: (name) => name,
    clearedBy: () => ({ because: 'fact', evidence: ['resumed'] }),
    ...change,
  };
}

/** A watched condition with only the relevant members; due and yellow by default. */
export function watched(change: Partial<Watched> = {}): Watched {
  return {
    rule: 'silent-stall',
    subject: { kind: 'project' },
    cause: 'silence',
    since: '2018-05-01',
    anchor: 'rise-1',
    evidence: ['rise-1'],
    severity: 'yellow',
    isHeld: false,
    reason: { en: 'Nothing rose', zh: '无进展' },
    clears: { en: 'A rise', zh: '任一进展' },
    ...change,
  };
}

export const dueOn = (on: Day, ...all: Watched[]): Due => ({ on, watched: all, notJudged: [], nextOn: null });

/** A recorded alert event, behind all others. */
export function recorded(life: AlertLife, on: Day, { type, data }: AlertStep): AlertEvent {
  const revision = life.revision + 1;
  return {
    type,
    data,
    entry: { asOf: on, precision: 'day', source: { kind: 'system' } },
    id: `event-${revision}`,
    stream: `alerts-${life.project}`,
    revision,
    position: 100 + revision,
    schema: schemas[type],
    recordedAt: `${on}T08:00:00.000Z`,
    by: 'topout',
  } as AlertEvent;
}

/** The state after some events, each on its day. */
export function lifeAfter(
  ...said: { [T in AlertEventType]: [on: Day, type: T, data: AlertEventData[T]] }[AlertEventType][]
): AlertLife {
  return said.reduce(
    (life, [on, type, data]) => applyToLife(life, recorded(life, on, { type, data } as AlertStep)),
    emptyLife(huaao),
  );
}

/** Evaluates once and records the events. */
export function judged(life: AlertLife, due: Due, by: StepContext = context()): [AlertLife, AlertStep[]] {
  const steps = alertSteps(life, due, by);
  return [steps.reduce((now, step) => applyToLife(now, recorded(now, due.on, step)), life), steps];
}

/** Evaluates the same watched conditions on every day in a range, both inclusive: the events by day. */
export function saidFrom(
  start: AlertLife,
  from: Day,
  to: Day,
  all: readonly Watched[],
  by: StepContext = context(),
): string[] {
  const said: string[] = [];
  let life = start;
  for (let on = from; on <= to; on = addDays(on, 1)) {
    const [next, steps] = judged(life, dueOn(on, ...all), by);
    said.push(...steps.map((step) => `${on} ${shortly(step)}`));
    life = next;
  }
  return said;
}

/** A step in a few words: `AlertEscalated red by deadline`. */
export function shortly({ type, data }: AlertStep): string {
  const to = 'to' in data ? ` ${data.to} by ${data.because}` : '';
  return `${type}${'severity' in data ? ` ${data.severity}` : to}`;
}
