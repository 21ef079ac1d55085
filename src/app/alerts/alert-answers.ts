import { type AlertEventData, alertsStreamOf } from '../../../domain/alerts/events.js';
import { type Day, isDay } from '../../../domain/values/calendar.js';
import { isSame } from '../../../domain/values/equal.js';
import { type Alert, applyToLife, emptyLife } from '../../../projections/alerts/life/life.js';
import { EventIdReused } from '../../event-store/errors.js';
import type { EventStore } from '../../event-store/event-store.js';
import { transact } from '../commands/transact.js';
import type { World } from '../ports.js';
import type { WriteRequest } from '../queries/asked.js';
import { Refused } from '../refusals.js';
import { isOfAlerts } from './alert-lives.js';
import type { AlertEvent, AlertReceipt } from './alerts.js';

/** What a person says about an alert. */
export type Answer = {
  [Type in 'AlertAcknowledged' | 'AlertSilenced']: { type: Type; data: AlertEventData[Type] };
}['AlertAcknowledged' | 'AlertSilenced'];

/** Records what people say about alerts, at the revision of the alerts that they were judged by. */
export class AlertAnswers {
  constructor(
    private readonly store: EventStore,
    private readonly world: World,
  ) {}

  /**
   * Records an answer about an alert of a project. The same again records nothing new.
   *
   * @param today the business day of the project
   * @throws Refused `alert-unknown`, `alert-cleared`, `day-passed`, `revision-stale`, `write-contended`
   * @throws EventIdReused the id of the request is taken by something else
   */
  async say(project: string, answer: Answer, today: Day, request: WriteRequest): Promise<AlertReceipt> {
    const stream = alertsStreamOf(project);
    const id = request.id ?? this.world.newId();
    return await transact(this.world, async () => {
      const events = await this.events(project);
      const said = events.find((event) => event.id === request.id);
      if (said && !isSaid(said, answer)) throw new EventIdReused(said.id);
      if (said) return receipt(answer, said, 'replayed');
      const life = events.reduce(applyToLife, emptyLife(project));
      const alert = answerable(life.alerts, answer.data.alert);
      expectRevision(request.expectedRevision, life.revision);
      expectDay(answer, today);
      const already = alreadySaid(events, alert, answer, request.by);
      if (already) return receipt(answer, already, 'replayed');
      const entry = { asOf: today, precision: 'day', source: { kind: 'inspection' } } as const;
      const event = { ...answer, entry, id, by: request.by };
      const appended = await this.store.append(stream, [event], life.revision);
      const [recorded] = appended.events.filter(isOfAlerts);
      if (!recorded) throw new Error('An append answers what it recorded.');
      return receipt(answer, recorded, appended.isReplay ? 'replayed' : 'recorded');
    });
  }

  private async events(project: string): Promise<AlertEvent[]> {
    const events: AlertEvent[] = [];
    for await (const page of this.store.readStream(alertsStreamOf(project)))
      events.push(...page.filter(isOfAlerts));
    return events;
  }
}

/** The entry by which the same person said the same last, if nothing else was said since. */
function alreadySaid(events: readonly AlertEvent[], alert: Alert, answer: Answer, by: string) {
  const last = answer.type === 'AlertAcknowledged' ? alert.acknowledged : alert.silenced;
  if (last?.by !== by) return undefined;
  return events.find((event) => event.id === last.entry && isSaid(event, answer));
}

function isSaid(event: AlertEvent, { type, data }: Answer): boolean {
  return event.type === type && isSame(event.data, data);
}

/** An alert that stands. */
function answerable(alerts: readonly Alert[], id: string): Alert {
  const alert = alerts.find((known) => known.alert === id);
  if (!alert) throw unknownAlert(id);
  if (alert.status === 'open') return alert;
  const seen = `${id}, which was cleared on ${alert.cleared?.on}`;
  throw new Refused('alert-cleared', { member: 'alert', seen, expected: 'an alert that stands' });
}

/** What a question about an alert that nobody knows is answered with. */
export function unknownAlert(id: string): Refused {
  const expected = 'the id of an alert that was raised';
  return new Refused('alert-unknown', { member: 'alert', seen: id, expected });
}

function expectDay({ type, data }: Answer, today: Day): void {
  const [member, day] = type === 'AlertAcknowledged' ? ['dueOn', data.dueOn] : ['until', data.until];
  if (isDay(day) && day >= today) return;
  throw new Refused('day-passed', {
    member,
    seen: day,
    expected: `${today}, which is today, or a later day`,
  });
}

function expectRevision(expected: number | undefined, current: number): void {
  if (expected === undefined || expected === current) return;
  const fault = { member: 'If-Match', seen: `"${expected}"`, expected: `"${current}", the current revision` };
  throw new Refused('revision-stale', fault, { currentRevision: current });
}

function receipt({ data }: Answer, event: AlertEvent, outcome: AlertReceipt['outcome']): AlertReceipt {
  const { id, revision, position, recordedAt } = event;
  return { alert: data.alert, id, revision, position, recordedAt, outcome };
}
