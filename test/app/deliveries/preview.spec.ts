import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type PreviewPorts, type PreviewTerms, previewOf } from '../../../src/app/deliveries/preview.js';
import { letterOf } from '../../../src/channels/email-letter.js';
import type { NewEvent } from '../../../src/event-store/event-store.js';
import { uuidOf } from '../../support/dice.js';
import {
  cleared,
  escalated,
  raised,
  SimulatedClock,
  SimulatedInstallation,
  subscribed,
} from '../../support/simulated-deliveries.js';

const settlingMs = 120_000;
const office = uuidOf('office');
const stall = uuidOf('stall of huaao');
const silent = uuidOf('silent stall of huaao');
const tunnel = uuidOf('stall of the tunnel');
const brief = uuidOf('over soon');
const everything: PreviewTerms = {
  choice: {},
  timing: { kind: 'at-once' },
  language: 'en',
  timeZone: 'Asia/Shanghai',
};

let site: SimulatedInstallation;
beforeEach(async () => {
  site = new SimulatedInstallation(new SimulatedClock(Date.parse('2018-06-01T02:00:00.000Z')));
  site.options = { settlingMs };
  await site.start();
});
afterEach(() => site.close());

/** Half a month of alerts: raised, muted, escalated, cleared, over before it settled. */
async function halfAMonth(): Promise<void> {
  const at = async (when: string, project: string, ...said: Pick<NewEvent, 'type' | 'data'>[]) => {
    await site.advance(when);
    site.today = when.slice(0, 10);
    await site.ofAlerts(project, ...said);
  };
  await at(
    '2018-06-12T01:00:00.000Z',
    'huaao-2',
    raised(stall, { severity: 'yellow' }),
    raised(silent, { rule: 'silent-stall', severity: 'yellow', mutedBy: stall }),
  );
  await at(
    '2018-06-15T14:00:00.000Z',
    'tunnel',
    raised(tunnel, {
      severity: 'red',
      of: { name: { en: 'Tunnel', zh: '隧道' }, district: { en: 'hills' } },
    }),
  );
  await at('2018-06-18T01:00:00.000Z', 'huaao-2', escalated(stall, 'yellow', 'red'));
  await at('2018-06-19T01:00:00.000Z', 'huaao-2', raised(brief));
  await at('2018-06-19T01:00:30.000Z', 'huaao-2', cleared(brief));
  await at('2018-06-22T15:00:00.000Z', 'tunnel', cleared(tunnel));
  await at('2018-06-26T01:00:00.000Z', 'huaao-2', cleared(stall), {
    type: 'AlertMuted',
    data: { alert: silent, mutedBy: null },
  });
  await site.advance('2018-07-01T02:00:00.000Z');
}

function preview(terms: Partial<PreviewTerms> = {}, ports: Partial<PreviewPorts> = {}) {
  return previewOf(
    { ...everything, ...terms },
    {
      views: site.views,
      governed: { calendar: () => undefined },
      world: site.clock,
      settlingMs,
      letterOf,
      isReached: () => true,
      pace: { isOver: true, rest: async () => undefined },
      ...ports,
    },
  );
}

/** What a subscription that was there got, latest first, in the same shape. */
const received = () =>
  site.received
    .map(({ notice, at }) => ({ at, changes: notice.items.length, subject: letterOf(notice).subject }))
    .reverse();

const forms: [string, Partial<PreviewTerms>][] = [
  ['immediately', {}],
  ['once a day', { timing: { kind: 'daily', at: '08:00' } }],
  ['once a week, in Chinese', { timing: { kind: 'weekly', weekday: 1, at: '08:00' }, language: 'zh' }],
  ['in working hours', { hours: { from: '09:30', to: '17:00', calendar: 'every-day' } }],
  ['of one district', { choice: { districts: ['hills'] } }],
  ['of red ones', { choice: { atLeast: 'red' } }],
  ['of one rule', { choice: { rules: ['silent-stall'] } }],
  ['of one project', { choice: { projects: ['huaao-2'] } }],
];

describe('a preview shows what was really sent', () => {
  test.each(forms)('%s', async (_, terms) => {
    await site.subscribe(office, { ...subscribed(office), ...everything, ...terms });
    await halfAMonth();
    const sent = received();
    const { notices, changes, latest, from, to } = await preview(terms);
    expect(sent.length).toBeGreaterThan(0);
    expect([notices, changes]).toEqual([sent.length, sent.reduce((sum, one) => sum + one.changes, 0)]);
    const shown = latest.filter(({ at }) => at <= to);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.map(({ at, subject }) => ({ at: at.slice(0, 16), subject }))).toEqual(
      sent.slice(0, shown.length).map(({ at, subject }) => ({ at: at.slice(0, 16), subject })),
    );
    expect([from, to]).toEqual(['2018-06-01T02:00:00.000Z', '2018-07-01T02:00:00.000Z']);
  });
});

test('a preview leaves out projects out of reach, and records nothing', async () => {
  await halfAMonth();
  const head = await site.store.head();
  const { latest, notices } = await preview({}, { isReached: (project) => project === 'tunnel' });
  expect([notices, latest.map(({ groups }) => groups.map(({ project }) => project))]).toEqual([
    2,
    [['Tunnel (隧道)'], ['Tunnel (隧道)']],
  ]);
  expect([await site.store.head(), site.received]).toEqual([head, []]);
});

test('what waits for its digest is counted by itself, and shown first', async () => {
  await halfAMonth();
  const { notices, changes, next, latest } = await preview({
    timing: { kind: 'weekly', weekday: 1, at: '08:00' },
  });
  expect([notices, changes, next, latest.map(({ at }) => at)]).toEqual([
    2,
    4,
    { at: '2018-07-02T00:00:00.000Z', changes: 2 },
    ['2018-07-02T00:00:00.000Z', '2018-06-25T00:00:00.000Z', '2018-06-18T00:00:00.000Z'],
  ]);
});

test('a preview of months ago is empty, and says of what days', async () => {
  await halfAMonth();
  await site.advance('2018-09-01T02:00:00.000Z');
  expect(await preview()).toEqual({
    from: '2018-08-02T02:00:00.000Z',
    to: '2018-09-01T02:00:00.000Z',
    notices: 0,
    changes: 0,
    latest: [],
  });
});

test('a digest of many alerts shows five of them, and counts the others', async () => {
  await site.advance('2018-06-12T01:00:00.000Z');
  await site.ofAlerts(
    'huaao-2',
    ...Array.from({ length: 40 }, (_, number) => raised(uuidOf(`alert ${number}`))),
  );
  await site.advance('2018-06-20T01:00:00.000Z');
  const { notices, changes, latest } = await preview({ timing: { kind: 'daily', at: '08:00' } });
  expect([
    notices,
    changes,
    latest[0]?.unshown,
    latest[0]?.groups.flatMap(({ alerts }) => alerts).length,
  ]).toEqual([1, 40, 35, 5]);
});
