import { Subject } from 'rxjs';
import type { Alert } from '../../domain/alerts/alert.js';
import type { AlertEvent } from '../../domain/alerts/events.js';
import type { AlertFilter, AlertHappening, AlertNews, Alerts } from '../../src/app/alerts/alerts.js';
import { fits } from '../../src/app/alerts/order.js';
import { uuidOf } from './dice.js';

/** An alert of a declared stall right after it was raised. */
export const stallAlert: Alert = {
  alert: '019a4c1e-0000-5000-8000-0000000000a1',
  project: 'huaao-2',
  of: { name: { en: 'Huaao II', zh: '华奥二期' }, district: { zh: '港区' }, sector: { en: 'machinery' } },
  rule: 'declared-stall',
  rulesVersion: 1,
  subject: { kind: 'stall', id: 'june' },
  cause: 'financing',
  status: 'open',
  severity: 'red',
  since: '2018-06-01',
  anchor: 'stall june',
  evidence: ['019a4c1e-0000-7000-8000-000000000001'],
  reason: { en: 'Works stand still since 2018-06-01: financing.', zh: '自2018-06-01起停工：资金。' },
  clears: { en: 'an entry that works resumed', zh: '记录复工' },
  opening: 1,
  raisedOn: '2018-07-10',
  raisedAt: '2018-07-10T00:00:00.000Z',
  toldOn: '2018-07-10',
  reminders: 0,
  deadline: {
    duty: { role: 'leader', words: { en: 'the leader holds an interview', zh: '分管领导约谈' } },
    dueOn: '2018-07-17',
  },
  position: 1,
};

/** Alert queries over an in-memory list: events are added by hand, and survive a service on it. */
export class AlertLog implements Pick<Alerts, 'happenings' | 'position' | 'news$'> {
  readonly items: AlertHappening[] = [];
  /** The number of event queries. */
  asked = 0;
  readonly news$ = new Subject<AlertNews>();
  private at = 0;

  constructor(private readonly now: () => string = () => '2018-07-10T00:00:00.000Z') {}

  /** Records that an alert was raised and notifies the followers. */
  raise(changes: Partial<Alert> = {}): AlertHappening {
    return this.raiseAll([changes])[0] as AlertHappening;
  }

  /** Records that several alerts were raised and notifies together. */
  raiseAll(all: readonly Partial<Alert>[]): AlertHappening[] {
    const raised = all.map((changes) => this.happening(changes));
    this.items.push(...raised);
    this.news$.next({ happenings: raised, position: this.at });
    return raised;
  }

  /** Adds an entry that is not an alert event to the log. */
  pass(): void {
    this.at += 1;
    this.news$.next({ happenings: [], position: this.at });
  }

  position(): number {
    return this.at;
  }

  happenings(after: number, upTo: number, filter: AlertFilter, limit: number): AlertHappening[] {
    this.asked += 1;
    const isAsked = (happening: AlertHappening) =>
      happening.event.position > after && happening.event.position <= upTo && fits(happening.alert, filter);
    return this.items.filter(isAsked).slice(0, limit);
  }

  private happening(changes: Partial<Alert>): AlertHappening {
    this.at += 1;
    const alert: Alert = { ...stallAlert, ...changes, position: this.at };
    const { rule, rulesVersion, subject, severity, cause, since, anchor, evidence, reason, opening, of } =
      alert;
    const event = {
      id: uuidOf(`happening ${this.at}`),
      stream: `alerts-${alert.project}`,
      revision: this.at,
      position: this.at,
      recordedAt: this.now(),
      by: 'topout',
      type: 'AlertRaised' as const,
      schema: 1,
      entry: { asOf: '2018-07-10', precision: 'day' as const, source: { kind: 'system' as const } },
      data: {
        alert: alert.alert,
        rule,
        rulesVersion,
        subject,
        severity,
        cause,
        since,
        anchor,
        evidence,
        reason,
        clears: stallAlert.clears ?? reason,
        opening,
        of,
      },
    } satisfies AlertEvent;
    return { event, alert };
  }
}
