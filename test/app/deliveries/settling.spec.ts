import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { settledAtMs } from '../../../src/app/deliveries/settling.js';
import { uuidOf } from '../../support/dice.js';
import {
  cleared,
  escalated,
  raised,
  SimulatedClock,
  SimulatedInstallation,
} from '../../support/simulated-deliveries.js';

const huaao = 'huaao-2';
const stall = uuidOf('stall of huaao');
const slip = uuidOf('slip of huaao');
const office = uuidOf('office');
const leader = uuidOf('leader');

let clock: SimulatedClock;
let site: SimulatedInstallation;

beforeEach(async () => {
  clock = new SimulatedClock(Date.parse('2018-07-10T02:00:00.000Z'));
  site = new SimulatedInstallation(clock);
  site.options = { settlingMs: 120_000 };
  await site.start();
});
afterEach(() => site.close());

const at = (time: string) => site.advance(`2018-07-10T${time}.000Z`);
const told = () =>
  site.received.map(({ at, notice }) => [at.slice(11, 19), ...notice.items.map(({ type }) => type)]);
const outcomes = async () =>
  (await site.log()).flatMap(({ type, data }) => {
    if (type === 'NoticeSent') return [`sent ${data.attempt}`];
    return type === 'NoticeFailed' ? [`${data.outcome} ${data.attempt}`] : [];
  });
async function restart(): Promise<void> {
  await site.stop();
  await site.start();
  await site.settled();
}

describe('an alert event', () => {
  test('is notified after two minutes, not before', async () => {
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await at('02:01:59');
    expect(told()).toEqual([]);
    await at('02:02:00');
    expect(told()).toEqual([['02:02:00', 'AlertRaised']]);
  });

  test('is not notified if the alert is cleared within two minutes, and the log says so', async () => {
    await site.subscribe(office);
    await site.subscribe(leader);
    const [raising] = await site.ofAlerts(huaao, raised(stall));
    await at('02:01:00');
    const [clearing] = await site.ofAlerts(huaao, cleared(stall));
    await at('03:00:00');
    expect([told(), await outcomes()]).toEqual([[], ['left-out 0', 'left-out 0']]);
    expect((await site.log()).at(-1)).toMatchObject({
      type: 'NoticeFailed',
      stream: 'alerts-huaao-2',
      data: {
        alerts: [stall],
        events: [raising, clearing],
        attempt: 0,
        outcome: 'left-out',
        why: 'It was over before the settling time had passed.',
      },
    });
  });

  test('is notified with its end if it lasted longer', async () => {
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await at('02:02:00');
    await site.ofAlerts(huaao, cleared(stall));
    await at('03:00:00');
    expect(told()).toEqual([
      ['02:02:00', 'AlertRaised'],
      ['02:04:00', 'AlertCleared'],
    ]);
  });

  test('is notified if the alert reopens after it was cleared immediately', async () => {
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await at('02:00:30');
    await site.ofAlerts(huaao, cleared(stall));
    await at('02:01:00');
    await site.ofAlerts(huaao, raised(stall, { opening: 2 }));
    await at('03:00:00');
    expect(told()).toEqual([['02:03:00', 'AlertRaised']]);
  });

  test('is notified to earlier recipients as cleared, without the part that was cleared immediately', async () => {
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall, { severity: 'yellow' }));
    await at('02:10:00');
    await site.ofAlerts(huaao, escalated(stall, 'yellow', 'red'));
    await at('02:11:00');
    await site.ofAlerts(huaao, cleared(stall));
    await at('03:00:00');
    expect(told()).toEqual([
      ['02:02:00', 'AlertRaised'],
      ['02:13:00', 'AlertCleared'],
    ]);
    expect(await outcomes()).toEqual(['sent 1', 'left-out 0', 'sent 1']);
  });

  test('is notified for the open alert if another of the same evaluation was cleared immediately', async () => {
    await site.subscribe(office);
    const both = [raised(stall), raised(slip, { rule: 'forecast-slip' })];
    await site.say(`alerts-${huaao}`, both, uuidOf('judgement'));
    await at('02:01:00');
    await site.ofAlerts(huaao, cleared(slip));
    await at('03:00:00');
    expect(site.received.map(({ notice }) => notice.items.map(({ alert }) => alert))).toEqual([[stall]]);
  });
});

describe('the settling time', () => {
  test('continues after a restart, and nothing is sent or skipped twice', async () => {
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall), raised(slip, { rule: 'forecast-slip' }));
    await at('02:01:00');
    await restart();
    await site.ofAlerts(huaao, cleared(slip));
    await at('02:01:59');
    expect(told()).toEqual([]);
    await at('02:05:00');
    await restart();
    await at('03:00:00');
    expect([told(), await outcomes()]).toEqual([[['02:02:00', 'AlertRaised']], ['sent 1', 'left-out 0']]);
  });

  test('skips once if the process dies while recording that', async () => {
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await at('02:01:00');
    await site.ofAlerts(huaao, cleared(stall));
    let deaths = 0;
    site.diesAt = (step) => step === 'after-recording' && deaths++ === 0;
    await at('02:02:00');
    expect(site.isRunning).toBe(false);
    await site.start();
    await at('03:00:00');
    expect([told(), await outcomes()]).toEqual([[], ['left-out 0']]);
  });

  test('continues on the replica that takes over', async () => {
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    site.isMine = false;
    await at('02:02:30');
    expect(told()).toEqual([]);
    site.isMine = true;
    await restart();
    expect(told()).toEqual([['02:02:30', 'AlertRaised']]);
  });

  test('keeps immediately cleared alerts out of a digest', async () => {
    await site.subscribe(office, { timing: { kind: 'daily', at: '10:30' } });
    await site.ofAlerts(huaao, raised(stall), raised(slip, { rule: 'forecast-slip' }));
    await at('02:01:00');
    await site.ofAlerts(huaao, cleared(stall));
    await at('02:10:00');
    await site.ofAlerts(huaao, cleared(slip));
    await at('03:00:00');
    expect(told()).toEqual([['02:30:00', 'AlertRaised', 'AlertCleared']]);
    expect(site.received[0]?.notice.items.map(({ alert }) => alert)).toEqual([slip, slip]);
  });

  test('skips nothing that was attempted, because it may have arrived', async () => {
    await site.subscribe(office);
    site.options = { settlingMs: 0 };
    await restart();
    site.answer = () => ({ kind: 'failed', why: 'no answer' });
    await site.ofAlerts(huaao, raised(stall));
    await site.settled();
    site.options = { settlingMs: 120_000 };
    await restart();
    site.answer = () => ({ kind: 'accepted' });
    await site.ofAlerts(huaao, cleared(stall));
    await at('03:00:00');
    expect(told().map(([, ...types]) => types)).toEqual([['AlertRaised'], ['AlertRaised'], ['AlertCleared']]);
  });

  test('delays nothing after the clock was set back', () => {
    expect(settledAtMs(500_000, 120_000, 400_000)).toBe(400_000);
    expect(settledAtMs(400_000, 120_000, 400_000)).toBe(520_000);
  });

  test('of 0 sends immediately', async () => {
    site.options = { settlingMs: 0 };
    await restart();
    await site.subscribe(office);
    await site.ofAlerts(huaao, raised(stall));
    await site.settled();
    expect(told()).toEqual([['02:00:00', 'AlertRaised']]);
  });
});

test('many that settle at the same time are all sent then, equal to immediate sending', async () => {
  await site.subscribe(office);
  for (let number = 0; number < 20; number++)
    await site.ofAlerts(`site-${number}`, raised(uuidOf(`alert ${number}`)));
  await at('02:02:00');
  expect(told()).toHaveLength(20);
});
