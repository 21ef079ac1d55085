import { applyToLife, emptyLife } from '../../../domain/alerts/alert.js';
import { type Answer, decide, openAlert } from '../../../domain/alerts/answers.js';
import type { AlertEvent } from '../../../domain/alerts/events.js';
import { alertsStreamOf } from '../../../domain/alerts/events.js';
import { type AnyRecordedEvent, isOfAlerts } from '../../../domain/log/any-event.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { isSame } from '../../../domain/values/equal.js';
import { EventIdReused } from '../../event-store/errors.js';
import type { EventStore } from '../../event-store/event-store.js';
import { type Answer as Decided, named, transact } from '../commands/transact.js';
import type { World } from '../ports.js';
import type { WriteRequest } from '../queries/asked.js';
import { requireRevision } from '../refusals.js';
import type { AlertReceipt } from './alerts.js';

/** Records what people say about alerts. */
export class AlertAnswers {
  constructor(
    readonly store: EventStore,
    readonly world: World,
  ) {}

  /**
   * Records an answer to an alert of a project. A repetition records nothing new.
   *
   * @param today the business day of the project
   * @throws CommandRejected `alert-unknown`, `alert-cleared`, `day-passed`
   * @throws Refused `revision-stale`, `write-contended`
   * @throws EventIdReused the id of the request is taken by something else
   */
  async say(project: string, answer: Answer, today: Day, request: WriteRequest): Promise<AlertReceipt> {
    const { by, id = this.world.newId() } = request;
    const written = await transact(this, {
      stream: alertsStreamOf(project),
      load: () => this.load(project),
      decide: ({ events, life }): Decided<AlertEvent> => {
        const recorded = (entry: string | undefined) => events.find((event) => event.id === entry);
        const sent = recorded(request.id);
        if (sent && !says(sent, answer)) throw new EventIdReused(sent.id);
        if (sent) return { alreadySaid: sent };
        openAlert(life, answer.data.alert);
        requireRevision(request.expectedRevision, life.revision);
        const decision = decide(answer, life, { by, today });
        const alreadySaid = 'alreadySaid' in decision ? recorded(decision.alreadySaid) : undefined;
        if (alreadySaid) return { alreadySaid };
        const entry = { asOf: today, precision: 'day', source: { kind: 'unstated' } } as const;
        return { append: named([{ ...answer, entry }], id, by, this.world) };
      },
    });
    if ('alreadySaid' in written) return receipt(answer, written.alreadySaid, 'replayed');
    const [recorded] = written.appended.events;
    if (!recorded) throw new Error('An append returns what it recorded.');
    return receipt(answer, recorded, written.appended.isReplay ? 'replayed' : 'recorded');
  }

  private async load(project: string) {
    const events: AlertEvent[] = [];
    for await (const page of this.store.readStream(alertsStreamOf(project)))
      events.push(...page.filter(isOfAlerts));
    const life = events.reduce(applyToLife, emptyLife(project));
    return { events, life, revision: life.revision };
  }
}

function says(event: AlertEvent, { type, data }: Answer): boolean {
  return event.type === type && isSame(event.data, data);
}

function receipt(
  { data }: Answer,
  { id, revision, position, recordedAt }: AnyRecordedEvent,
  outcome: AlertReceipt['outcome'],
): AlertReceipt {
  return { alert: data.alert, id, revision, position, recordedAt, outcome };
}
