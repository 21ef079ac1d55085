import type { Alert } from '../../domain/alerts/alert.js';
import { defaultLexicon } from '../../domain/governance/lexicons.js';
import { defaultRules } from '../../domain/governance/rules.js';
import { facts } from '../../domain/project/facts/facts.js';
import { CommandRejected } from '../../domain/values/rejections.js';

import type { AlertReceipt, Alerts } from '../../src/app/alerts/alerts.js';
import type { Governance, RulesVersion, SubscriptionAnswer } from '../../src/app/governance/governance.js';
import { Refused } from '../../src/app/refusals.js';
import type { Topout } from '../../src/app/topout.js';
import { AlertLog, stallAlert } from '../support/alert-log.js';

/** The calls to the application, in order. */
export type Calls = unknown[][];

export const unknownAlert = '019a4c1e-0000-5000-8000-00000000dead';
export const subscriptionId = '019a4c1e-0000-7000-8000-0000000000f1';
export const goodToken = 'c2VjcmV0LXRva2Vu';
const recordedAt = '2018-07-10T00:00:00.000Z';

export const clearedAlert: Alert = {
  ...stallAlert,
  alert: '019a4c1e-0000-5000-8000-0000000000a2',
  status: 'cleared',
  clears: null,
  cleared: {
    because: 'fact',
    evidence: ['019a4c1e-0000-7000-8000-000000000002'],
    reason: { en: 'Works resumed on 2018-07-09.', zh: '2018年7月9日复工。' },
    on: '2018-07-10',
    at: recordedAt,
  },
};

const webhook: SubscriptionAnswer = {
  subscription: subscriptionId,
  name: 'duty office',
  channel: { kind: 'webhook', url: 'https://hooks.example.org/topout' },
  choice: { atLeast: 'red' },
  timing: { kind: 'at-once' },
  language: 'zh',
  timeZone: 'Asia/Shanghai',
  status: 'active',
  by: 'anonymous',
  addedAt: recordedAt,
  since: 7,
  waiting: 0,
};

const rules: RulesVersion = { rules: defaultRules, entry: null, position: null, recordedAt: null, by: null };

/** Alert queries and commands that return one stall and record their calls. */
function fakeAlerts(log: AlertLog, calls: Calls): Alerts {
  const recorded = new Set<string>();
  const find = (id: string): Alert => {
    const found = [stallAlert, clearedAlert].find(({ alert }) => alert === id);
    if (found) return found;
    throw new CommandRejected('alert-unknown', {
      member: 'alert',
      seen: id,
      expected: 'an alert of the list',
    });
  };
  const answer = (id: string, request: { id?: string }): AlertReceipt => {
    if (find(id).status === 'cleared')
      throw new CommandRejected('alert-cleared', { seen: 'a cleared alert', expected: 'an open one' });
    const entry = request.id ?? '019a4c1e-0000-7000-8000-0000000000e1';
    const outcome = recorded.has(entry) ? 'replayed' : 'recorded';
    recorded.add(entry);
    return { alert: id, id: entry, revision: 3, position: 9, recordedAt, outcome };
  };
  return {
    happenings: (...asked) => log.happenings(...asked),
    position: () => log.position(),
    news$: log.news$,
    async list(...asked) {
      calls.push(['list', ...asked]);
      return { knownAt: { position: 8 }, items: [stallAlert, clearedAlert], next: 'more' };
    },
    async count(...asked) {
      calls.push(['count', ...asked]);
      return { knownAt: { position: 8 }, count: 2, bySeverity: { blue: 0, yellow: 0, red: 2 }, byRule: {} };
    },
    async needs(...asked) {
      calls.push(['needs', ...asked]);
      const { project, of, severity } = stallAlert;
      const first = { project, of, severity, dueOn: '2018-07-17', alerts: 1, first: stallAlert };
      return { knownAt: { position: 8 }, today: '2018-07-10', projects: 3, items: [first], due: [] };
    },
    async byProject(...asked) {
      calls.push(['byProject', ...asked]);
      const { project, of } = stallAlert;
      const one = { project, of, due: 'in-7-days', dueOn: '2018-07-17', alerts: [stallAlert] } as const;
      const facets = { state: [{ key: 'waiting', count: 1 }], due: [], severity: [], rule: [], role: [] };
      const counts = { today: '2018-07-10', alerts: 1, projects: 1, facets, sections: [] };
      return { knownAt: { position: 8 }, ...counts, items: [{ ...one, alerts: [stallAlert] }], next: 'more' };
    },
    projectOf: (id) => [stallAlert, clearedAlert].find(({ alert }) => alert === id)?.project,
    async alert(id, asked) {
      calls.push(['alert', id, asked]);
      return { knownAt: { position: 8 }, ...find(id) };
    },
    async notices(id) {
      find(id);
      const notice = '019a4c1e-0000-5000-8000-0000000000b1';
      const attempt = {
        notice,
        subscription: subscriptionId,
        channel: 'webhook',
        attempt: 1,
        at: recordedAt,
      } as const;
      const events = ['019a4c1e-0000-7000-8000-0000000000e0'];
      return {
        knownAt: { position: 8 },
        alert: id,
        items: [
          {
            ...attempt,
            outcome: 'retry',
            position: 5,
            status: 503,
            why: 'HTTP 503',
            nextAt: recordedAt,
            events,
          },
          { ...attempt, attempt: 2, outcome: 'accepted', position: 6, status: 204, events },
        ],
      };
    },
    async acknowledge(id, said, request) {
      calls.push(['acknowledge', id, said, request]);
      return answer(id, request);
    },
    async silence(id, said, request) {
      calls.push(['silence', id, said, request]);
      return answer(id, request);
    },
  };
}

const shipped = { lexicon: defaultLexicon, entry: null, position: null, recordedAt: null, by: null };
type Bounds = Record<'floorBasisPoints' | 'percentBasisPoints' | 'ceilingBasisPoints', number>;

/** A governance that returns given values and records its calls. */
function fakeGovernance(calls: Calls): Governance {
  const find = (id: string) => {
    if (id === subscriptionId) return webhook;
    throw new Refused('subscription-unknown', { seen: id, expected: 'a subscription of the list' });
  };
  let isEnded = false;
  return {
    async rules(version = 1) {
      if (version === 1) return rules;
      throw new Refused('rules-unknown', { member: 'version', seen: String(version), expected: '1' });
    },
    rulesVersions: async () => [rules],
    async adoptRules(adopted, request) {
      calls.push(['adoptRules', adopted, request]);
      if (request.expectedRevision !== undefined && request.expectedRevision !== 1)
        throw new Refused(
          'revision-stale',
          { seen: 'an older version', expected: '1' },
          { currentRevision: 1 },
        );
      const isSame = adopted.basis === defaultRules.basis;
      return isSame
        ? { ...rules, outcome: 'already-said' }
        : {
            rules: { ...adopted, version: 2 },
            entry: '019a4c1e-0000-7000-8000-0000000000e2',
            position: 2,
            recordedAt,
            by: request.by,
            outcome: 'recorded',
          };
    },
    phrasebook: () => defaultLexicon,
    async lexicon(version = 2) {
      if (version === 2) return shipped;
      throw new Refused('lexicon-unknown', { member: 'version', seen: String(version), expected: '2' });
    },
    lexiconVersions: async () => [shipped],
    async adoptLexicon(adopted, request) {
      calls.push(['adoptLexicon', adopted, request]);
      if (adopted.basis === defaultLexicon.basis) return { ...shipped, outcome: 'already-said' };
      return {
        lexicon: { ...adopted, version: 3 },
        entry: '019a4c1e-0000-7000-8000-0000000000e3',
        position: 3,
        recordedAt,
        by: request.by,
        outcome: 'recorded',
      };
    },
    async testLexicon(candidate, on, where) {
      calls.push(['testLexicon', candidate, on, where]);
      const [adopted, other] = [5100, 6000].map((floorBasisPoints) => ({
        floorBasisPoints,
        percentBasisPoints: 7500,
        ceilingBasisPoints: 9500,
      })) as [Bounds, Bounds];
      const moved = { name: { en: 'Roads', zh: '道路' }, adopted, candidate: other };
      return {
        asOf: on,
        projects: 8,
        adopted: { version: 2 },
        moved: [{ project: 'huaao-2', ...moved, items: [{ item: 'roads', ...moved }] }],
      };
    },
    async testRules(candidate, period, where) {
      calls.push(['testRules', candidate, period, where]);
      const side = {
        version: 1,
        alerts: 1,
        bySeverity: { blue: 0, yellow: 0, red: 1 },
        byRule: { unreported: 1 },
        stallsForeseen: 0,
        stalls: 1,
        medianLeadDays: null,
        withoutStall: 0,
      };
      const wouldBe = {
        project: 'huaao-2',
        name: { en: '=HYPERLINK("http://evil.example")', zh: '华奥，"二期"' },
        rule: 'unreported' as const,
        subject: { kind: 'project' as const },
        raisedOn: '2018-05-01',
        severity: 'yellow' as const,
        escalated: [{ to: 'red' as const, on: '2018-06-01' }],
        clearedOn: null,
        reason: { en: 'No report for 45 days.', zh: '45天无报告。' },
        leadDays: 31,
        adoptedOn: null,
      };
      return {
        ...period,
        projects: 8,
        candidate: { ...side, version: null },
        adopted: side,
        alerts: [wouldBe],
        missed: [],
      };
    },
    calendars: async () => [{ name: 'every-day', freeWeekdays: [], holidays: [], workdays: [] }],
    async adoptCalendar(calendar, request) {
      calls.push(['adoptCalendar', calendar, request]);
      return calendar;
    },
    subscriptions: async () => ({ items: [webhook] }),
    tidyKeys: async () => undefined,
    subscription: async (id) => find(id),
    ownerOf: (id) => (id === subscriptionId ? webhook.by : undefined),
    async preview(terms) {
      calls.push(['preview', terms]);
      const lines = [{ label: '原因', text: '停工' }];
      const alerts = [{ severity: 'red' as const, headline: '[红] 停滞 – 发出预警', lines }];
      const at = '2018-07-09T02:02:00.000Z';
      return {
        from: '2018-06-10T00:00:00.000Z',
        to: recordedAt,
        notices: 1,
        changes: 2,
        latest: [
          { at, subject: '[红] 停滞', opening: '', groups: [{ project: '华奥', alerts }], unshown: 1 },
        ],
        channels: ['webhook'],
      };
    },
    async subscribe(asked, request) {
      calls.push(['subscribe', asked, request]);
      return { ...webhook, secret: 'whsec_c2VjcmV0' };
    },
    async change(id, asked, request) {
      calls.push(['change', id, asked, request]);
      return find(id);
    },
    async rotateSecret(id, secret, request) {
      calls.push(['rotateSecret', id, secret, request]);
      find(id);
      return { secret: secret ?? 'whsec_bWFkZQ==', oldUntil: '2018-07-11T00:00:00.000Z' };
    },
    async notices(id, page) {
      calls.push(['notices', id, page]);
      find(id);
      return { items: [noticeOfSubscription], next: '7' };
    },
    async pause(id, request) {
      calls.push(['pause', id, request]);
      return find(id);
    },
    async resume(id, request) {
      calls.push(['resume', id, request]);
      return find(id);
    },
    async end(id, because, request) {
      calls.push(['end', id, because, request]);
      find(id);
      if (isEnded)
        throw new CommandRejected('subscription-ended', { seen: 'an ended one', expected: 'another one' });
      isEnded = true;
    },
    async test(id) {
      find(id);
      return { outcome: 'failed', why: 'HTTP 500', status: 500 };
    },
    async askToConfirm(id, request) {
      calls.push(['askToConfirm', id, request]);
      return find(id);
    },
    requireConfirmable(id, token) {
      if (id === subscriptionId && token === goodToken) return;
      throw new Refused('subscription-unknown', { member: 'token', seen: 'another', expected: 'the link' });
    },
    async confirm(id, token, request) {
      this.requireConfirmable(id, token);
      calls.push(['confirm', id, token, request]);
    },
    mayUnsubscribe: (id, token) => id === subscriptionId && token === goodToken,
    verifyingKey: async () => 'whpk_a2V5',
  };
}

const noticeOfSubscription = {
  notice: '019a4c1e-0000-7000-8000-0000000000a1',
  subscription: subscriptionId,
  channel: 'webhook' as const,
  outcome: 'accepted' as const,
  status: 204,
  attempt: 1,
  at: '2018-07-10T08:00:00.000Z',
  position: 8,
  project: 'huaao-2',
  alerts: ['019a4c1e-0000-7000-8000-0000000000a2'],
  events: ['019a4c1e-0000-7000-8000-0000000000a3'],
};

/** An application with alerts and governance only. */
export function fakeTopout(log: AlertLog, calls: Calls = []): Topout {
  return {
    facts,
    today: () => ({ on: '2018-07-10', isSet: true, timeZone: 'Asia/Shanghai' }),
    todayOf: async () => '2018-07-10',
    // All that these hold is known within the day.
    access: { isRecent: async () => true } as Partial<Topout['access']> as Topout['access'],
    alerts: fakeAlerts(log, calls),
    governance: fakeGovernance(calls),
    head: async () => log.position(),
    standing: () => ({ isMade: true }),
    health: () => ({
      store: { state: 'up', head: log.position() },
      views: [],
      isReadable: true,
      isReady: true,
    }),
  } as Partial<Topout> as Topout;
}
