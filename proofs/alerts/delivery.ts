import { diceOf, uuidOf } from '../../test/support/dice.js';
import {
  cleared,
  raised,
  SimulatedClock,
  SimulatedInstallation,
  type Step,
} from '../../test/support/simulated-deliveries.js';
import type { Proof } from '../proof.js';

const begin = Date.parse('2018-07-10T02:00:00.000Z');
const projects = ['huaao-2', 'tengjun', 'baiyou-2'] as const;
const subscriptions = ['office', 'leader', 'archive'].map((name) => uuidOf(name));

const fresh = () => ({
  rounds: 0,
  deaths: 0,
  faults: 0,
  notices: 0,
  attempts: 0,
  lost: 0,
  idsBesideTheFirst: 0,
  duplicates: 0,
});

/**
 * Every event of an alert reaches every subscriber, even if the process dies and the network fails between any two
 * steps; duplicates have the same id.
 *
 * A round is an installation with three subscriptions, one of them a daily digest. Alerts are raised and cleared while
 * it dies at random steps, is restarted on the same log, and receivers fail before or after they accepted a notice.
 *
 * Broken, an outcome is recorded before the notice is sent.
 */
export const delivery: Proof = {
  rounds: { small: 12, full: 1_000 },
  async run({ seed, rounds, isBroken }) {
    const figures = fresh();
    for (let round = 0; round < rounds; round += 1) await tryOnce(seed + round * 7919, isBroken, figures);
    const { idsBesideTheFirst, ...shown } = figures;
    const pass = figures.lost === 0 && idsBesideTheFirst === 0 && figures.notices > 0;
    const idsPerNotice = figures.notices === 0 ? 0 : 1 + idsBesideTheFirst / figures.notices;
    return { figures: { ...shown, idsPerNotice }, pass };
  },
};

async function tryOnce(seed: number, isBroken: boolean, figures: ReturnType<typeof fresh>): Promise<void> {
  const dice = diceOf(seed);
  const clock = new SimulatedClock(begin);
  const site = new SimulatedInstallation(clock);
  const mayDie = { isOn: true };
  const reached = new Map<string, Set<string>>();
  let taken = 0;
  let skipsNext = false;
  site.diesAt = (step: Step) => {
    // Recorded before sending: after a crash in between nobody gets the notice.
    if (isBroken && step === 'after-sending') return false;
    const dies = mayDie.isOn && dice.chance(6);
    if (dies) figures.deaths += 1;
    return dies;
  };
  site.answer = ({ notice }) => {
    figures.attempts += 1;
    if (isBroken && mayDie.isOn) skipsNext = dice.chance(6);
    const isCut = mayDie.isOn && dice.chance(20);
    const isTaken = !skipsNext && (!isCut || dice.chance(50));
    if (isTaken) {
      for (const { event } of notice.items) {
        const key = `${notice.subscription} ${event}`;
        const ids = reached.get(key) ?? new Set();
        taken += 1;
        reached.set(key, ids.add(notice.notice));
      }
    }
    if (isCut) figures.faults += 1;
    const isAccepted = !isCut || skipsNext;
    skipsNext = false;
    return isAccepted ? { kind: 'accepted' } : { kind: 'failed', why: 'the line was cut' };
  };
  try {
    await site.start();
    for (const subscription of subscriptions) {
      const isDigest = subscription === subscriptions[2];
      await site.subscribe(subscription, isDigest ? { timing: { kind: 'daily', at: '08:00' } } : {});
    }
    const written: string[] = [];
    for (let day = 0; day < dice.int(3, 6); day += 1) {
      const project = dice.pick(projects);
      const alerts = Array.from({ length: dice.int(1, 3) }, (_, n) => uuidOf(`${seed} ${day} ${n}`));
      const correlation = uuidOf(`evaluation ${seed} ${day}`);
      const all = [
        ...alerts.map((alert) => raised(alert)),
        ...alerts.filter(() => dice.chance(50)).map(cleared),
      ];
      written.push(...(await site.say(`alerts-${project}`, all, correlation)));
      await onwards(site, clock, dice.pick([0, 6_000, 400_000, 90_000_000]));
    }
    mayDie.isOn = false;
    await onwards(site, clock, 3_600_000);
    await onwards(site, clock, 90_000_000);
    await onwards(site, clock, 3_600_000);
    figures.rounds += 1;
    figures.notices += new Set(site.received.map(({ notice }) => notice.notice)).size;
    for (const subscription of subscriptions) {
      for (const event of written) {
        const ids = reached.get(`${subscription} ${event}`);
        if (!ids) figures.lost += 1;
        else figures.idsBesideTheFirst += ids.size - 1;
      }
    }
    figures.duplicates += taken - reached.size;
  } finally {
    await site.close();
  }
}

/** Advances the clock in jumps, so that each one is a tick or two; restarts the process after each death. */
async function onwards(site: SimulatedInstallation, clock: SimulatedClock, ms: number): Promise<void> {
  const end = Date.parse(clock.now()) + ms;
  do {
    if (!site.isRunning) await site.start();
    const left = end - Date.parse(clock.now());
    if (left > 120_000) clock.set(new Date(Date.parse(clock.now()) + left / 3).toISOString());
    await site.advance(new Date(Math.min(end, Date.parse(clock.now()) + 31_000)).toISOString());
  } while (Date.parse(clock.now()) < end || !site.isRunning);
}
