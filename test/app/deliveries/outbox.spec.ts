import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../src/event-store/event-store.js';
import { uuidOf } from '../../support/dice.js';
import {
  cleared,
  escalated,
  raised,
  SimulatedClock,
  SimulatedInstallation,
} from '../../support/simulated-deliveries.js';

type Said = Pick<NewEvent, 'type' | 'data'>;

const huaao = 'huaao-2';
const stall = uuidOf('stall of huaao');
const other = uuidOf('another alert');
const office = uuidOf('office');
const leader = uuidOf('leader');
const muted = (mutedBy: string | null): Said => ({ type: 'AlertMuted', data: { alert: stall, mutedBy } });
const reminded: Said = {
  type: 'AlertReminded',
  data: { alert: stall, number: 1, reason: { en: 'Still red', zh: '仍为红色' } },
};
const silenced = (until: string): Said => ({
  type: 'AlertSilenced',
  data: { alert: stall, until, reason: 'flood season' },
});

let site: SimulatedInstallation;
beforeEach(async () => {
  site = new SimulatedInstallation(new SimulatedClock(Date.parse('2018-07-10T02:00:00.000Z')));
  site.isMine = false;
  await site.start();
});
afterEach(() => site.close());

/** Pending notices, and the same after the views were rebuilt from the log. */
async function waiting(): Promise<unknown[]> {
  await site.settled();
  const rows = () =>
    site.views.rows('SELECT * FROM outbox ORDER BY position, subscription').map((row) => ({ ...row }));
  const before = rows();
  await site.views.rebuild();
  expect(rows()).toEqual(before);
  return before.map(({ type, severity }) => `${type} ${severity}`);
}

describe('pending notices', () => {
  test('exist for an alert that is raised, escalated, reminded and cleared', async () => {
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall, { severity: 'yellow' }), escalated(stall, 'yellow', 'red'));
    await site.ofAlerts(huaao, reminded, cleared(stall));
    expect(await waiting()).toEqual([
      'AlertRaised yellow',
      'AlertEscalated red',
      'AlertReminded red',
      'AlertCleared red',
    ]);
  });

  test('do not exist for an answer, a silence or changed facts', async () => {
    await site.subscribe(office);
    const { rulesVersion, since, anchor, evidence, reason, clears } = raised(stall).data;
    const facts = { rulesVersion, since, anchor, evidence, reason, clears };
    await site.ofAlerts(
      huaao,
      raised(stall),
      { type: 'AlertRevised', data: { alert: stall, severity: 'yellow', ...facts } },
      { type: 'AlertAcknowledged', data: { alert: stall, name: 'Li Wei', dueOn: '2018-07-31' } },
      silenced('2018-07-31'),
    );
    expect(await waiting()).toEqual(['AlertRaised red']);
  });

  test('do not exist for a muted alert, until it is unmuted and still open', async () => {
    await site.subscribe(office);
    await site.ofAlerts(
      huaao,
      raised(stall, { severity: 'yellow', mutedBy: other }),
      escalated(stall, 'yellow', 'red'),
    );
    expect(await waiting()).toEqual([]);
    await site.ofAlerts(huaao, muted(null));
    expect(await waiting()).toEqual(['AlertMuted red']);
  });

  test('do not exist for the end of an alert that was always muted', async () => {
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall, { mutedBy: other }), cleared(stall), muted(null));
    expect(await waiting()).toEqual([]);
  });

  test('do not exist during a silence, including its last day, except for the end of the alert', async () => {
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall), silenced('2018-07-12'));
    site.today = '2018-07-12';
    await site.ofAlerts(huaao, reminded);
    expect(await waiting()).toEqual(['AlertRaised red']);
    await site.ofAlerts(huaao, cleared(stall), raised(stall, { opening: 2 }));
    expect(await waiting()).toEqual(['AlertRaised red', 'AlertCleared red']);
    site.today = '2018-07-13';
    await site.ofAlerts(huaao, reminded);
    expect(await waiting()).toEqual(['AlertRaised red', 'AlertCleared red', 'AlertReminded red']);
  });

  test('do not exist for events before the subscription, except the end of alerts open then', async () => {
    await site.ofAlerts(huaao, raised(stall), raised(other, { mutedBy: stall }));
    await site.subscribe(office);
    await site.subscribe(leader, { choice: { projects: ['tengjun'] } });
    expect(await waiting()).toEqual([]);
    await site.ofAlerts(huaao, cleared(other), cleared(stall));
    expect(await waiting()).toEqual(['AlertCleared red']);
    await site.ofAlerts(huaao, raised(stall, { opening: 2 }));
    expect(await waiting()).toEqual(['AlertCleared red', 'AlertRaised red']);
  });

  test('stay while a subscription is paused, and are dropped when it ends', async () => {
    await site.subscribe(office);
    await site.ofGovernance('SubscriptionPaused', {
      subscription: office,
      because: 'failing',
      reason: '5 days',
    });
    await site.ofAlerts(huaao, raised(stall));
    expect(await waiting()).toEqual(['AlertRaised red']);
    await site.ofGovernance('SubscriptionEnded', { subscription: office, because: 'removed' });
    await site.ofAlerts(huaao, cleared(stall));
    expect(await waiting()).toEqual([]);
  });
});

describe('a selection', () => {
  const deadline = {
    duty: { role: 'leader', words: { en: 'the leader', zh: '领导' } },
    dueOn: '2018-07-17',
  };
  test.each([
    ['of the project', { projects: [huaao, 'tengjun'] }, 1],
    ['of another project', { projects: ['tengjun'] }, 0],
    ['of the district', { districts: ['port'] }, 1],
    ['of another district', { districts: ['old town'] }, 0],
    ['of the sector', { sectors: ['steel'] }, 1],
    ['of another sector', { sectors: ['roads'] }, 0],
    ['of the rule', { rules: ['declared-stall' as const] }, 1],
    ['of another rule', { rules: ['unreported' as const] }, 0],
    ['of this severity or more', { atLeast: 'yellow' as const }, 1],
    ['of what is more serious', { atLeast: 'red' as const }, 0],
    ['of the role whose duty it is', { roles: ['leader'] }, 1],
    ['of another role', { roles: ['contact'] }, 0],
    ['of which one member does not fit', { projects: [huaao], districts: ['old town'] }, 0],
  ])('%s', async (_, choice, rows) => {
    await site.subscribe(office, { choice });
    await site.ofAlerts(huaao, raised(stall, { severity: 'yellow', deadline }));
    expect(await waiting()).toHaveLength(rows);
  });

  test('that is changed applies from then on', async () => {
    await site.subscribe(office, { choice: { atLeast: 'red' } });
    await site.ofAlerts(huaao, raised(stall, { severity: 'yellow' }));
    const [added] = (await site.log()).filter(({ type }) => type === 'SubscriptionAdded');
    await site.ofGovernance('SubscriptionChanged', {
      ...(added?.data as never as object),
      choice: {},
    } as never);
    await site.ofAlerts(huaao, reminded);
    expect(await waiting()).toEqual(['AlertReminded yellow']);
  });
});

describe('a notice', () => {
  const remarks = () => site.received.map(({ notice }) => notice.remarks.map(({ en }) => en));
  beforeEach(async () => {
    await site.stop();
    site.isMine = true;
    await site.start();
    await site.subscribe(office);
  });

  test('reports the end of a silence once', async () => {
    await site.ofAlerts(huaao, raised(stall), silenced('2018-07-12'));
    await site.settled();
    site.today = '2018-07-13';
    await site.ofAlerts(huaao, reminded);
    await site.settled();
    await site.ofAlerts(huaao, reminded);
    await site.settled();
    expect(remarks()).toEqual([
      [],
      ['The silence of this alert ended on 2018-07-12; its reason was: flood season'],
      [],
    ]);
  });

  test('reports an unmuted alert like a raised one', async () => {
    await site.ofAlerts(huaao, raised(stall, { mutedBy: other }), muted(null));
    await site.settled();
    expect(
      site.received.map(({ notice }) => notice.items.map(({ type, severity }) => [type, severity])),
    ).toEqual([[['AlertRaised', 'red']]]);
    expect(remarks()).toEqual([
      ['1 alert was muted by a declared stall that has ended, and it is still open.'],
    ]);
  });

  test('of a reminder also has the subject of the alert', async () => {
    await site.ofAlerts(huaao, raised(stall), reminded);
    await site.settled();
    expect(site.received.at(-1)?.notice.items.at(-1)?.reason).toEqual({
      en: 'Still red. Works are stalled since 2018-06-01',
      zh: '仍为红色。Works are stalled since 2018-06-01',
    });
  });
});
